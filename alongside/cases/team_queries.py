"""Questions about a team: who is in it, who fits a case, who covers, what waits to be countersigned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.cases.models import (
    Allocation,
    Announcement,
    Case,
    CaseComment,
    CaseState,
    Countersignature,
    Cover,
    Task,
    Whereabouts,
    WorkerProfile,
)
from alongside.cases.places import team_place_ids
from alongside.cases.queries import visible_cases, who_can_lead
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Place, PlaceKind, RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.core.prepared import prepared
from alongside.core.queries import assignments_in_force
from alongside.people.models import Capacity, ChronologyEntry, EntryKind, in_scope
from alongside.rules.words import day_in_words

# Roles that work cases and answer for none: somebody countersigns what they record.
COUNTERSIGNED = tuple(
    role
    for role, told in ROLES.items()
    if Permission.CASE_WORK in told.permissions and Permission.CASE_CLOSE not in told.permissions
)
WORKING = tuple(role for role, told in ROLES.items() if Permission.CASE_WORK in told.permissions)
PAGE = 50


@dataclass(frozen=True)
class Member:
    """Somebody of a team, as what and where."""

    staff: Staff
    role: str
    place: str


def members(actor: Actor) -> list[Member]:
    """Everybody who works cases in the actor's services, by name."""
    return _members(_at(place_ids=team_place_ids(actor), today=actor.today))


def managed(actor: Actor) -> list[Member]:
    """Whose cases the actor allocates: who works in their places, and who reports to them."""
    place_ids = actor.place_ids(permission=Permission.CASE_ALLOCATE)
    return _members(_managed(place_ids=place_ids, manager_id=actor.staff_id, today=actor.today))


@prepared
def _at(*, place_ids: Any, today: Any) -> QuerySet[RoleAssignment]:
    return _working(today).filter(place_id__among=place_ids)


@prepared
def _managed(*, place_ids: Any, manager_id: Any, today: Any) -> QuerySet[RoleAssignment]:
    theirs = Q(place_id__among=place_ids) | Q(staff__line_manager_id=manager_id)
    return _working(today).filter(theirs)


def get_managed(actor: Actor, staff_id: int) -> Member:
    found = next((m for m in managed(actor) if m.staff.pk == staff_id), None)
    if found is None:
        raise NotFound
    return found


def _working(today: Any) -> QuerySet[RoleAssignment]:
    held = assignments_in_force(today).filter(role__in=WORKING, staff__is_active=True)
    return held.select_related("staff", "place").order_by("staff__name", "staff_id", "pk")


def _members(assignments: Iterable[RoleAssignment]) -> list[Member]:
    """One a person: their first role, though they hold several."""
    found: dict[int, Member] = {}
    for held in assignments:
        member = Member(held.staff, ROLES[Role(held.role)].label, held.place.name)
        found.setdefault(held.staff_id, member)
    return list(found.values())


@dataclass(frozen=True)
class Fit:
    """Somebody who could lead a case, and what speaks for or against them, in words."""

    staff: Staff
    points: int
    reasons: tuple[str, ...]
    is_lead: bool = False
    is_against: bool = False  # Away, or full: whoever gives it to them says why.


def fits(actor: Actor, case: Case) -> list[Fit]:
    """Who could lead a case, who fits best first: by place, need, school and room."""
    people = who_can_lead(case, actor.today)
    profiles = {p.staff_id: p for p in WorkerProfile.objects.filter(staff__in=people)}
    leading = {row["staff_id"]: row for row in _leading(case)}
    in_area = _works_in(case.area_id, actor.today) if case.area_id else set()
    away = {c.staff_id for c in covers_now(actor.today)}
    found = []
    for staff in people:
        leads = leading.get(staff.pk, {"open": 0, "here": 0, "this": 0})
        said = _speaks(case, profiles.get(staff.pk), leads["open"])
        if staff.pk in in_area and case.area:
            said.append((2, f"works in {case.area.name}"))
        if leads["here"]:
            said.append((1, f"works at {case.school.name} already"))
        if staff.pk in away:
            said.append((-3, "is away and covered for"))
        reasons = tuple(words for _, words in sorted(said, key=lambda one: -one[0]))
        is_against = any(n < 0 for n, _ in said)
        found.append(Fit(staff, sum(n for n, _ in said), reasons, bool(leads["this"]), is_against))
    return sorted(found, key=lambda fit: (fit.is_lead, -fit.points, fit.staff.name, fit.staff.pk))


def _leading(case: Case) -> QuerySet[Any]:
    """What each person leads in the service: open cases, those at the same school, this one."""
    leads = Allocation.objects.filter(
        capacity=Capacity.LEAD, ends_on=None, case__service=case.service_id
    )
    return leads.values("staff_id").annotate(
        open=Count("pk", filter=Q(case__state=CaseState.OPEN)),
        here=Count("pk", filter=Q(case__school=case.school_id) & ~Q(case=case.pk)),
        this=Count("pk", filter=Q(case=case.pk)),
    )


def _works_in(place_id: int, today: date) -> set[int]:
    held = assignments_in_force(today).filter(place_id=place_id)
    return set(held.values_list("staff_id", flat=True))


def _speaks(case: Case, profile: WorkerProfile | None, count: int) -> list[tuple[int, str]]:
    said = [_room(profile, count)]
    if profile and case.primary_need in profile.knows:
        said.append((2, f"knows this need: {case.get_primary_need_display().lower()}"))
    return said


def _room(profile: WorkerProfile | None, count: int) -> tuple[int, str]:
    """Nobody's room is guessed: without a figure only the number is said."""
    cases = "1 open case" if count == 1 else f"{count} open cases"
    if profile is None or not profile.most_cases:
        return 0, f"leads {cases}"
    if count < profile.most_cases:
        return 2, f"leads {cases}, room for {profile.most_cases - count} more"
    return -2, f"leads {cases}, full at {profile.most_cases}"


def told_of(actor: Actor, staff_ids: Sequence[int]) -> dict[int, str]:
    """What is to be known of each before work is given to them: their room, and when they are away."""
    profiles = {p.staff_id: p for p in WorkerProfile.objects.filter(staff__in=staff_ids)}
    leads = Allocation.objects.filter(
        staff__in=staff_ids, capacity=Capacity.LEAD, ends_on=None, case__state=CaseState.OPEN
    )
    counted = dict(leads.values_list("staff_id").annotate(n=Count("pk")).order_by())
    told = {pk: _room(profiles.get(pk), counted.get(pk, 0))[1] for pk in staff_ids}
    away = away_in_words(actor, staff_ids)
    return {pk: ", ".join(filter(None, (said, away.get(pk)))) for pk, said in told.items()}


def away_in_words(actor: Actor, staff_ids: Sequence[int]) -> dict[int, str]:
    """When each of them is away, today and later; nothing of those who are here."""
    told: dict[int, list[str]] = {}
    for cover in covers_to_come(actor, staff_ids):
        first, last = day_in_words(cover.starts_on), day_in_words(cover.ends_on)
        told.setdefault(cover.staff_id, []).append(f"away from {first} to {last}")
    return {pk: ", ".join(said) for pk, said in told.items()}


def covers_now(today: date) -> list[Cover]:
    return _covers_now(today=today)


@prepared
def _covers_now(*, today: Any) -> QuerySet[Cover]:
    return Cover.objects.in_force(today).select_related("staff", "covered_by").order_by("pk")


def covers_to_come(actor: Actor, staff_ids: Sequence[int]) -> list[Cover]:
    """Cover of these people today and later, the nearest first."""
    return _covers_to_come(staff_ids=list(staff_ids), today=actor.today)


@prepared
def _covers_to_come(*, staff_ids: Any, today: Any) -> QuerySet[Cover]:
    found = Cover.objects.filter(staff_id__among=staff_ids, ends_on__gte=today)
    return found.select_related("staff", "covered_by").order_by("starts_on", "pk")


def get_cover(actor: Actor, cover_id: int) -> Cover:
    found = Cover.objects.select_related("staff", "covered_by")
    cover = found.one(pk=cover_id)
    theirs = {m.staff.pk for m in managed(actor)} | {actor.staff_id}
    if cover.staff_id not in theirs:
        raise NotFound
    return cover


def profile_of(staff: Staff) -> WorkerProfile | None:
    return WorkerProfile.objects.filter(staff=staff).first()


def led_by(actor: Actor, staff: Staff) -> list[Case]:
    """Cases a person leads that the actor sees: what can be handed over."""
    leads = Allocation.objects.filter(
        case=OuterRef("pk"), staff=staff, capacity=Capacity.LEAD, ends_on=None
    )
    found = visible_cases(actor).filter(Exists(leads), state=CaseState.OPEN)
    related = ("pupil", "school", "service", "area")
    return list(found.select_related(*related).order_by("pupil__search_name", "pk"))


def lead_id(case: Case) -> int:
    """Who leads this case, 0 when nobody does."""
    led = case.allocations.filter(capacity=Capacity.LEAD, ends_on=None)
    return led.values_list("staff_id", flat=True).first() or 0


def colleagues(actor: Actor, case: Case) -> list[Staff]:
    """Who could work beside the lead: of the service, and not on the case already."""
    on_it = set(case.allocations.filter(ends_on=None).values_list("staff_id", flat=True))
    return [p for p in who_can_lead(case, actor.today) if p.pk not in on_it]


def comments_of(actor: Actor, case: Case) -> list[CaseComment]:
    if not actor.reads_casework:
        return []
    return list(case.comments.select_related("written_by").order_by("-pk")[:PAGE])


def to_countersign(actor: Actor, before: int | None = None) -> list[ChronologyEntry]:
    """What assistants of the actor's places recorded and nobody has countersigned, newest first."""
    place_ids = actor.place_ids(permission=Permission.CASE_ALLOCATE)
    writers = assignments_in_force(actor.today).filter(role__in=COUNTERSIGNED)
    writers = writers.filter(
        Q(place_id__among=place_ids) | Q(staff__line_manager_id=actor.staff_id)
    )
    found = (
        ChronologyEntry.objects.readable_by(actor)
        .filter(
            in_scope(actor.reach, "pupil_id"),
            recorded_by__in=writers.values("staff_id"),
            countersignature=None,
        )
        .exclude(kind=EntryKind.CONCERN)  # Its own route, acknowledged by the safeguarding lead.
        .exclude(recorded_by_id=actor.staff_id)
    )
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.select_related("pupil", "recorded_by").order_by("-pk")[: PAGE + 1])


def signed_for(actor: Actor) -> list[Countersignature]:
    """What others countersigned of the actor's own lines, the newest first."""
    found = Countersignature.objects.filter(entry__recorded_by_id=actor.staff_id)
    return list(found.select_related("entry", "recorded_by").order_by("-pk")[:PAGE])


def services(actor: Actor) -> list[Place]:
    """The services and neighbourhoods of the actor's team, the services first."""
    found = Place.objects.filter(pk__in=team_place_ids(actor), ends_on=None)
    return sorted(found, key=lambda p: (p.kind != PlaceKind.SERVICE, p.name, p.pk))


def _coordinated(actor: Actor) -> set[int]:
    """The actor's own places, and the services that these belong to: not the neighbourhood beside."""
    held = actor.place_ids(permission=Permission.TEAM_COORDINATE)
    above = Place.objects.filter(pk__in=held, kind=PlaceKind.NEIGHBOURHOOD)
    return {*held, *above.values_list("parent_id", flat=True)}


def announcements(actor: Actor) -> list[Announcement]:
    """What stands for the actor's team today, the newest first."""
    return _announcements(place_ids=team_place_ids(actor), today=actor.today)


@prepared
def _announcements(*, place_ids: Any, today: Any) -> QuerySet[Announcement]:
    found = Announcement.objects.in_force(today).filter(place_id__among=place_ids)
    return found.select_related("place", "written_by").order_by("-pk")[:PAGE]


def get_announcement(actor: Actor, announcement_id: int) -> Announcement:
    found = Announcement.objects.filter(place_id__in=_coordinated(actor))
    return found.select_related("place").one(pk=announcement_id)


def where_today(actor: Actor, staff_ids: Sequence[int]) -> dict[int, Whereabouts]:
    said = _where(staff_ids=list(staff_ids), today=actor.today)
    return {one.staff_id: one for one in said}


@prepared
def _where(*, staff_ids: Any, today: Any) -> QuerySet[Whereabouts]:
    return Whereabouts.objects.filter(staff_id__among=staff_ids, on=today)


def team_tasks(actor: Actor, *, is_done: bool = False) -> list[Task]:
    """The team's own tasks: those first that were put first, then by day."""
    found = Task.objects.filter(team_id__in=team_place_ids(actor), done_on__isnull=not is_done)
    order = ("-done_on", "-pk") if is_done else ("-is_priority", "due_on", "pk")
    return list(found.select_related("owner", "made_by", "team", "done_by").order_by(*order)[:PAGE])


def get_team_task(actor: Actor, task_id: int) -> Task:
    found = Task.objects.filter(team_id__in=_coordinated(actor))
    return found.select_related("owner", "team").one(pk=task_id)
