"""Finding schools: one, a page of many in order, and those a few letters name."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Place, PlaceKind, Staff
from alongside.core.prepared import prepared
from alongside.rules import names
from alongside.rules.numbers import number_in
from alongside.schools.models import NamedWorker, School, SchoolContact, SchoolStatus

# What a list may be ordered by, and the columns that order it; the id comes last, always.
ORDERS = {"name": "search_name", "phase": "phase", "town": "town", "pupils": "pupils_on_roll"}


@dataclass(frozen=True)
class Wanted:
    """What a person asked of the list of schools. Closed ones only when asked for."""

    words: str = ""
    phases: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    order: str = "name"
    is_backward: bool = False


def get_school(actor: Actor, school_id: int) -> School:
    """One school of the council with its place and what it became, or `NotFound`."""
    found = _school(school_id=school_id)
    if not found:
        raise NotFound
    school: School = found[0]
    return school


@prepared
def _school(*, school_id: Any) -> QuerySet[School]:
    return School.objects.filter(pk=school_id).select_related("place__parent", "successor")


def find_school(value: str) -> School | None:
    """The school that a type-ahead chose, or None when there is no such one."""
    return School.objects.select_related("place").filter(pk=number_in(value) or 0).first()


def find_schools(actor: Actor, wanted: Wanted) -> QuerySet[School]:
    """Every school that fits, not yet ordered."""
    found = School.objects.all()
    for word in names.sought(wanted.words):
        if word.isdigit() and len(word) > 3:
            found = found.filter(Q(urn__startswith=word) | Q(establishment_number=word))
        else:
            found = found.filter(Q(search_name__contains=word) | Q(town__icontains=word))
    if wanted.phases:
        found = found.filter(phase__in=["" if p == "-" else p for p in wanted.phases])
    if wanted.neighbourhoods:
        found = found.filter(
            place__parent_id__in=[n for each in wanted.neighbourhoods if (n := number_in(each))]
        )
    if wanted.statuses:
        return found.filter(status__in=wanted.statuses)
    return found.exclude(status=SchoolStatus.CLOSED)


def page_of_schools(
    actor: Actor, wanted: Wanted, *, after: str = "", size: int = 50
) -> tuple[list[Any], str]:
    """One page in order, and the place where the next begins; empty when there is none.

    Each school carries `workers_now`, its named workers of today.
    """
    column = ORDERS.get(wanted.order, ORDERS["name"])
    found = find_schools(actor, wanted).select_related("place__parent")
    if column == "pupils_on_roll":
        found = found.exclude(pupils_on_roll=None)
    found = found.prefetch_related(
        Prefetch("named_workers", queryset=in_force(actor), to_attr="workers_now")
    )
    if (start := _start(after)) is not None:
        value, pk = start
        sign = "lt" if wanted.is_backward else "gt"
        beyond = Q(**{f"{column}__{sign}": value}) | Q(**{column: value, "pk__gt": pk})
        found = found.filter(beyond)
    order = F(column).desc() if wanted.is_backward else F(column).asc()
    page: list[Any] = list(found.order_by(order, "pk")[: size + 1])
    if len(page) <= size:
        return page, ""
    last = page[size - 1]
    return page[:size], _token(getattr(last, column), last.pk)


def _token(value: Any, pk: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([value, pk]).encode()).decode()


def _start(token: str) -> tuple[Any, int] | None:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (ValueError, binascii.Error):
        return None
    is_sound = isinstance(value, str | int) and isinstance(pk, int)
    return (value, pk) if is_sound else None


def search_schools(actor: Actor, words: str, *, at_most: int = 12) -> list[School]:
    """Open schools whose name, town or number a few letters name: for a type-ahead."""
    return list(find_schools(actor, Wanted(words)).order_by("search_name", "pk")[:at_most])


def in_force(actor: Actor) -> QuerySet[NamedWorker]:
    now = NamedWorker.objects.filter(starts_on__lte=actor.today)
    now = now.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today))
    return now.select_related("staff").order_by("starts_on", "id")


def named_workers(actor: Actor, school: School) -> list[dict[str, Any]]:
    """Everyone who is, was or will be this school's, newest first; also under its earlier URN."""
    return _named_workers(place_id=school.place_id)


@prepared
def _named_workers(place_id: Any) -> QuerySet[Any]:
    workers = NamedWorker.objects.filter(school__place_id=place_id).order_by("-starts_on", "-id")
    return workers.values("starts_on", "ends_on", name=F("staff__name"))


def contacts_of(actor: Actor, school: School) -> list[SchoolContact]:
    """Who to reach now, as somebody entered them."""
    return _contacts(school_id=school.pk)


@prepared
def _contacts(school_id: Any) -> QuerySet[SchoolContact]:
    return SchoolContact.objects.filter(school_id=school_id, is_current=True).order_by("id")


def neighbourhoods(actor: Actor) -> list[Place]:
    found = Place.objects.filter(kind=PlaceKind.NEIGHBOURHOOD, ends_on=None)
    found = found.select_related("parent")
    return list(found.order_by("name", "id"))


def line_of(actor: Actor, school: School) -> list[School]:
    """The schools that became this one, newest first."""
    return _line(successor_id=school.pk)


@prepared
def _line(successor_id: Any) -> QuerySet[School]:
    return School.objects.filter(successor_id=successor_id).order_by("-closed_on", "-id")


def get_contact(school: School, contact_id: int) -> SchoolContact:
    try:
        return SchoolContact.objects.get(pk=contact_id, school=school, is_current=True)
    except SchoolContact.DoesNotExist:
        raise NotFound from None


def working_staff(actor: Actor) -> list[Staff]:
    """Those of the council's services who work here today: one of them may be a school's own."""
    in_force = Q(assignments__starts_on__lte=actor.today) & (
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gte=actor.today)
    )
    found = Staff.objects.filter(in_force, is_active=True, is_system=False)
    found = found.exclude(assignments__place__kind=PlaceKind.SCHOOL)
    return list(found.distinct().order_by("name", "id"))
