"""Questions about staff, their roles and the places roles are held in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.core.models import Council, Place, PlaceKind, RoleAssignment, Staff
from alongside.rules.numbers import number_in

A_PAGE = 50
GRACE = "days of grace"


@dataclass(frozen=True)
class StaffPage:
    """One page of people, and the names to ask for the next and the one before with."""

    people: list[Staff]
    total: int
    after: str = ""
    before: str = ""


def list_staff(
    actor: Actor,
    *,
    words: str = "",
    role: str = "",
    state: str = "active",
    is_descending: bool = False,
    after: str = "",
) -> StaffPage:
    """People by name, a page at a time. `after` is the last name and id of the page before."""
    found = Staff.objects.filter(is_system=False)
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(email__icontains=words) | Q(job_title__icontains=words)
        )
    if state in ("active", "closed"):
        found = found.filter(is_active=state == "active")
    if role:
        held = assignments_in_force(actor.today).filter(role=role)
        found = found.filter(pk__in=held.values("staff_id"))
    total = found.count()
    page = _page(found, after, is_descending).select_related("employer", "line_manager")
    rows = list(page.prefetch_related("assignments__place"))
    more = len(rows) > A_PAGE
    rows = rows[:A_PAGE]
    return StaffPage(rows, total, f"{rows[-1].name}|{rows[-1].pk}" if more else "")


def _page(found: QuerySet[Staff], after: str, is_descending: bool) -> QuerySet[Staff]:
    name, _, last = after.rpartition("|")
    pk = number_in(last)
    if name and pk is not None:
        side = "lt" if is_descending else "gt"
        found = found.filter(Q(**{f"name__{side}": name}) | Q(name=name, **{f"pk__{side}": pk}))
    order = ("-name", "-pk") if is_descending else ("name", "pk")
    return found.order_by(*order)[: A_PAGE + 1]


def get_staff(actor: Actor, staff_id: int) -> Staff:
    """One person of the actor's council, with roles and places, or `NotFound`."""
    people = Staff.objects.filter(is_system=False).select_related(
        "account", "employer", "line_manager"
    )
    return people.prefetch_related("assignments__place", "assignments__taken_away_by").one(
        pk=staff_id
    )


def grace_days(actor: Actor) -> int:
    """Days that access outlasts an allocation in the actor's council. Asked once a request."""
    found = actor._shared.get(GRACE)
    if not isinstance(found, int):
        council = Council.objects.filter(pk=actor.council_id)
        found = actor._shared[GRACE] = council.values_list("access_grace_days", flat=True).get()
    return found


def find_people(words: str) -> list[tuple[str, str]]:
    """People who work here by name, for a type-ahead."""
    found = Staff.objects.filter(name__icontains=words.strip(), is_active=True, is_system=False)
    rows = found.order_by("name", "pk")[:20] if words.strip() else ()
    return [(str(person.pk), label_of_person(person)) for person in rows]


def label_of_person(person: Staff) -> str:
    return f"{person.name}, {person.job_title}" if person.job_title else person.name


def find_person(value: str) -> Staff | None:
    return Staff.objects.filter(is_system=False, pk=number_in(value) or 0).first()


def managers_above(staff: Staff) -> list[int]:
    """The ids of a person's line manager, theirs, and so on to the top."""
    managers = dict(Staff.objects.exclude(line_manager=None).values_list("pk", "line_manager_id"))
    above: list[int] = []
    at = managers.get(staff.pk)
    while at is not None and at not in above:
        above.append(at)
        at = managers.get(at)
    return above


def reports_of(staff: Staff) -> list[Staff]:
    """Whom a person line manages: people, never the cases these work on."""
    return list(Staff.objects.filter(line_manager=staff, is_active=True).order_by("name", "pk"))


def employment_seen(staff: Staff) -> str:
    """What a form of employment was shown with."""
    return f"{staff.employer_id}.{staff.line_manager_id}"


def get_assignment(actor: Actor, assignment_id: int) -> RoleAssignment:
    return RoleAssignment.objects.select_related("staff", "place").one(pk=assignment_id)


def assignments_in_force(today: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(starts_on__lte=today).exclude(ends_on__lt=today)


def find_places(words: str) -> list[tuple[str, str]]:
    """Places whose name holds these words, the open ones first: for a type-ahead."""
    found = Place.objects.filter(name__icontains=words.strip(), ends_on=None)
    kinds = {"COUNCIL": 0, "SERVICE": 1, "NEIGHBOURHOOD": 2, "SCHOOL": 3}
    rows = sorted(found.order_by("name", "pk")[:200], key=lambda p: (kinds[p.kind], p.name))
    return [(str(place.pk), label_of_place(place)) for place in rows]


def neighbourhoods() -> list[Place]:
    """Every neighbourhood, those that go on first, each with its service and where it went."""
    found = Place.objects.filter(kind=PlaceKind.NEIGHBOURHOOD)
    rows = found.select_related("parent", "merged_into").order_by("parent__name", "name", "pk")
    return sorted(rows, key=lambda place: place.ends_on is not None)


def get_neighbourhood(place_id: int) -> Place:
    return (
        Place.objects.filter(kind=PlaceKind.NEIGHBOURHOOD).select_related("parent").one(pk=place_id)
    )


def label_of_place(place: Place) -> str:
    return f"{place.name} ({place.get_kind_display().lower()})"


def find_place(value: str) -> Place | None:
    return Place.objects.filter(pk=number_in(value) or 0).first()
