"""Every model with its wall, retention and the information class of each field, as declared beside it."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from alongside.core.base import CouncilModel
from alongside.core.handling import Handling
from alongside.core.walls import OUTSIDE_THE_WALL
from alongside.rules.retention import RULES


def tables() -> Iterator[str]:
    from alongside.ops.docs import table

    for model in described():
        handling: Handling = model.handling  # type: ignore[attr-defined]
        yield from ("", f"## {model._meta.label}", "", _says(model), "")
        yield f"- Table: `{model._meta.db_table}`"
        yield f"- Wall: {_wall(model)}"
        yield f"- Kept: {_kept(handling)}"
        if issubclass(model, CouncilModel):
            yield f"- History of changes: {'kept by trigger' if model.keeps_history else 'not kept'}"
        yield ""
        yield from table(("Field", "Is", "Class"), (_field(f, handling) for f in _fields(model)))


def described() -> list[type[models.Model]]:
    """Our own models, in the order of their names."""
    ours = (m for m in apps.get_models(include_auto_created=True) if hasattr(m, "handling"))
    return sorted(ours, key=lambda model: model._meta.label)


def _fields(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _says(model: type[models.Model]) -> str:
    return (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")


def _wall(model: type[models.Model]) -> str:
    if issubclass(model, CouncilModel):
        return model.wall.value
    outside = OUTSIDE_THE_WALL.get(model._meta.db_table)
    return f"none: {outside[0]}" if outside else "the council itself: its own row only"


def _kept(handling: Handling) -> str:
    rule = RULES.get(handling.keep.value)
    return f"{handling.keep.value} ({rule.in_words})" if rule else handling.keep.value


def _field(field: "models.Field[Any, Any]", handling: Handling) -> tuple[str, str, str]:
    information_class = handling.class_of(field.name)
    said = f"{information_class.value} {information_class.label}" if information_class else ""
    return f"`{field.name}`", _type(field), said


def _type(field: "models.Field[Any, Any]") -> str:
    if field.remote_field:
        return f"one of {field.remote_field.model._meta.label}"  # type: ignore[union-attr]
    name = type(field).__name__.removesuffix("Field")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower().replace("json", "JSON")
    length = getattr(field, "max_length", None)
    return f"{words}, at most {length}" if length else words
