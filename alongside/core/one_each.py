"""What a child has one of, said on its model: how two records of one child become one all the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class OneEach:
    """Declared by a model with a unique rule that names the pupil.

    With `end_first` the two are not merged until one of them ended. Otherwise the kept record's row
    stays in use, takes over what it lacks (`joins`, `fills`), and the other stays with its record.
    """

    what: str  # Read after "both have": "a one-page profile".
    tell: Callable[[Any], str]
    end_first: str = ""
    joins: tuple[str, ...] = ()  # Lists of lines: those of the other follow its own.
    fills: tuple[str, ...] = ()  # Taken over together, where the first of them is empty.


def rules(
    model: type[models.Model], parent: type[models.Model]
) -> Iterator[tuple[str, list[str], Q]]:
    """Each unique rule of the model that names a row of `parent`: the field, the others, and when."""
    to_parent = [f.name for f in model._meta.concrete_fields if f.related_model is parent]
    for name in to_parent:
        if getattr(model._meta.get_field(name), "unique", False):
            yield name, [], Q()
        for rule in model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and name in rule.fields:
                yield name, [f for f in rule.fields if f != name], rule.condition or Q()
