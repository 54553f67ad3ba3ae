"""Rows of several tables about one pupil, fetched in one query as lists of plain dictionaries."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from alongside.people.models import Pupil


def rows(found: QuerySet[Any], *names: str, **renamed: str) -> ArraySubquery:
    """A list of dictionaries, in the order of `found`, to stand beside others in one query.

    Dates come back as text: read them with `day_of` and `moment_of`.
    """
    return ArraySubquery(found.values(row=JSONObject(**{n: n for n in names}, **renamed)))


def gather(pupil: Pupil, **lists: ArraySubquery) -> dict[str, list[dict[str, Any]]]:
    """Every list, each filtered by `OuterRef("pk")`, in one query. The pupil is already in scope."""
    # Prefixed, because an annotation may not bear the name of a field: a pupil has `enrolments`.
    asked = {f"of_{name}": rows_of for name, rows_of in lists.items()}
    found: dict[str, Any] = dict(Pupil.objects.filter(pk=pupil.pk).values(**asked).get())
    return {name.removeprefix("of_"): value for name, value in found.items()}


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text)
