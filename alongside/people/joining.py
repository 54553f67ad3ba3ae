"""Of what a child has one, and both of two records have one: what is in the way, what stays behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from alongside.core.base import CouncilModel
from alongside.core.one_each import OneEach, rules
from alongside.people.models import Pupil

type Changed = dict[str, list[Any]]


@dataclass(frozen=True)
class Clash:
    """One row of each record, where the child may have one."""

    each: OneEach
    column: str  # "table.column", as the database names what it moves.
    own: Any
    other: Any

    @property
    def words(self) -> str:
        return f"{self.each.tell(self.own)}, and {self.each.tell(self.other)}"


def clashes(kept: Pupil, merged: Pupil) -> Iterator[Clash]:
    for one in _of_both(kept, merged):
        both = [kept.pk, merged.pk]
        rows = one.rows.filter(**{f"{one.field}__in": both}).order_by("pk")
        column = _field(one.model, one.field)
        own = {_key(r, one.beside): r for r in rows if getattr(r, column.attname) == kept.pk}
        for other in rows:
            at = _key(other, one.beside)
            if getattr(other, column.attname) == merged.pk and at in own:
                name = f"{one.model._meta.db_table}.{column.column}"
                yield Clash(one.each, name, own[at], other)


@dataclass(frozen=True)
class _Rule:
    """Of these rows a pupil has one, for each of what stands beside."""

    model: type[CouncilModel]
    each: OneEach
    field: str
    beside: list[str]
    rows: "models.QuerySet[Any]"


def _of_both(kept: Pupil, merged: Pupil) -> list[_Rule]:
    """The rules of which both records have rows, asked in one query: most often none."""
    found = [
        _Rule(model, model.one_each, field, beside, model._default_manager.filter(when))
        for model in apps.get_models()
        if issubclass(model, CouncilModel) and model.one_each is not None
        for field, beside, when in rules(model, Pupil)
    ]
    has = {
        f"has_{n}": models.ExpressionWrapper(
            models.Q(models.Exists(one.rows.filter(**{one.field: kept})))
            & models.Q(models.Exists(one.rows.filter(**{one.field: merged}))),
            output_field=models.BooleanField(),
        )
        for n, one in enumerate(found)
    }
    (row,) = Pupil.objects.filter(pk=kept.pk).values_list(*has.values())
    return [one for one, is_of_both in zip(found, row, strict=True) if is_of_both]


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def _key(row: models.Model, beside: list[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, _field(type(row), name).attname) for name in beside)


def in_the_way(found: list[Clash]) -> str:
    """What has to end on one of the two records first, in words."""
    return " ".join(
        f"Both records have {clash.each.what} ({clash.words}). {clash.each.end_first}"
        for clash in found
        if clash.each.end_first
    )


def stays_behind(found: list[Clash]) -> list[str]:
    """What is not moved, for who is about to merge and for who reads of it later."""
    return [
        f"Both have {clash.each.what}: {clash.each.tell(clash.own)} stays in use"
        + (" and takes over the lines of the other" if clash.each.joins else "")
        + f"; {clash.each.tell(clash.other)} stays with the record that goes."
        for clash in found
        if not clash.each.end_first
    ]


def take_over(clash: Clash) -> Changed:
    """Put on the kept row what it lacks of the other: {field: [before, after]}."""
    own, other, each = clash.own, clash.other, clash.each
    changed: Changed = {}
    for name in each.joins:
        before = list(getattr(own, name))
        after = list(dict.fromkeys([*before, *getattr(other, name)]))
        if after != before:
            changed[name] = [before, after]
    if each.fills and not getattr(own, each.fills[0]):
        for name in each.fills:
            if getattr(own, name) != getattr(other, name):
                changed[name] = [getattr(own, name), getattr(other, name)]
    _set(own, {name: after for name, (_, after) in changed.items()})
    return {name: [_plain(before), _plain(after)] for name, (before, after) in changed.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def give_back(column: str, row_id: int, changed: Changed) -> None:
    """As it was before, where nobody changed it since."""
    table = column.split(".")[0]
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    row = model._default_manager.select_for_update().get(pk=row_id)
    _set(
        row,
        {
            name: _field(model, name).to_python(before)
            for name, (before, after) in changed.items()
            if _plain(getattr(row, name)) == after
        },
    )


def _set(row: models.Model, values: dict[str, Any]) -> None:
    if not values:
        return
    if hasattr(row, "version"):  # A form opened before is shown both.
        values = values | {"version": row.version + 1}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
