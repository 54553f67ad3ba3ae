"""Rows of several tables about one pupil, fetched in one query as lists of plain dictionaries."""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, QuerySet
from django.db.models.functions import JSONObject

from alongside.core.prepared import prepared
from alongside.people.models import Pupil

type Lists = dict[str, Any]  # Lists; a count may stand among them.
type Found = dict[str, list[dict[str, Any]]]


def rows(found: QuerySet[Any], *names: str, **renamed: str) -> ArraySubquery:
    """A list of dictionaries, in the order of `found`, to stand beside others in one query.

    Dates come back as text: read them with `day_from` and `moment_from`.
    """
    return ArraySubquery(found.values(row=JSONObject(**{n: n for n in names}, **renamed)))


def gather(pupil: Pupil, **lists: ArraySubquery | Func) -> Found:
    """Every list, each filtered by `OuterRef("pk")`, in one query. The pupil is already in scope."""
    return _found(_query(pupil.pk, lists).get())


def gathered(build: Callable[..., Lists]) -> Callable[..., Found]:
    """`gather`, prepared (core/prepared.py), for what every screen of a record asks.

    Decorates a function that answers the lists. Call it with the pupil, then what it takes: what
    is given by name is left open in the query.
    """

    @prepared
    def query(*shape: Hashable, pupil_id: Any, **asked: Any) -> QuerySet[Any]:
        return _query(pupil_id, build(*shape, **asked))

    @wraps(build)
    def gather_prepared(pupil: Pupil, *shape: Hashable, **given: Any) -> Found:
        (found,) = query(*shape, pupil_id=pupil.pk, **given)
        return _found(found)

    return gather_prepared


def _query(pupil_id: Any, lists: Lists) -> QuerySet[Any]:
    # Prefixed, because an annotation may not bear the name of a field: a pupil has `enrolments`.
    return Pupil.objects.filter(pk=pupil_id).values(
        **{f"of_{n}": found for n, found in lists.items()}
    )


def _found(row: dict[str, Any]) -> Found:
    return {name.removeprefix("of_"): value for name, value in row.items()}


def day_from(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def moment_from(text: str) -> datetime:
    return datetime.fromisoformat(text)
