"""Rows that a child's record numbers, when two records become one: numbered anew by day, or back again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from alongside.core.base import CouncilModel
from alongside.core.numbered import Numbered
from alongside.people.models import Pupil
from alongside.rules.words import day_in_words


@dataclass(frozen=True)
class Change:
    """One row that has another number once the two records are one."""

    row: Any
    before: int
    after: int


@dataclass(frozen=True)
class Anew:
    """What is numbered anew, with each row that gets another number."""

    model: type[CouncilModel]
    numbered: Numbered
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """Needs assessments are numbered anew by their days: 1 of 3 May 2026 becomes 2."""
        told = [
            f"{c.before} of {_day(c.row, self.numbered)} becomes {c.after}" for c in self.changes
        ]
        return (
            f"{self.numbered.what} are numbered anew by their days: {'; '.join(told)}. "
            "Lines of the chronology keep the words they were written in."
        )


def anew(kept: Pupil, merged: Pupil) -> list[Anew]:
    """Of two records that are still two: only where both have some, and a number changes."""
    return [found for model in _numbering() if (found := _anew(model, kept, merged)).changes]


def renumber(found: list[Anew]) -> list[list[Any]]:
    """Answers what to keep so that it can be undone: [table, row, before, after]."""
    kept = []
    for each in found:
        for change in each.changes:
            _set(change.row, each.numbered.field, change.after)
            kept.append([each.model._meta.db_table, change.row.pk, change.before, change.after])
    return kept


def number_back(told: list[list[Any]]) -> None:
    """As it was before, where nobody numbered it otherwise since."""
    by_table = {model._meta.db_table: model for model in _numbering()}
    for table, row_id, before, after in told:
        model = by_table[table]
        row = model._default_manager.select_for_update().get(pk=row_id)
        field = model.numbered.field if model.numbered else ""
        if getattr(row, field) == after:
            _set(row, field, before)


def _numbering() -> Iterator[type[CouncilModel]]:
    for model in apps.get_models():
        if issubclass(model, CouncilModel) and model.numbered is not None:
            yield model


def _anew(model: type[CouncilModel], kept: Pupil, merged: Pupil) -> Anew:
    numbered = model.numbered
    assert numbered is not None
    manager: models.Manager[Any] = model._default_manager
    both = manager.filter(pupil__in=[kept, merged])
    rows = list(both.order_by(numbered.on, numbered.field, "pk"))
    if len({row.pupil_id for row in rows}) < 2:
        return Anew(model, numbered, ())
    befores = [getattr(row, numbered.field) for row in rows]
    counted = zip(rows, befores, range(1, len(rows) + 1), strict=True)
    return Anew(model, numbered, tuple(Change(*each) for each in counted if each[1] != each[2]))


def _day(row: Any, numbered: Numbered) -> str:
    return day_in_words(getattr(row, numbered.on))


def _set(row: models.Model, field: str, value: int) -> None:
    setattr(row, field, value)
    row.save(update_fields=[field])
