"""Questions about visits: a person's own, by day; and which of their schools is owed a contact."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from alongside.cases.models import Allocation, Case, CaseState
from alongside.core.actor import Actor
from alongside.core.days import day_of, end_of
from alongside.core.models import Staff
from alongside.core.prepared import prepared
from alongside.fieldwork.models import DailyLog, Session, Visit
from alongside.people.models import (
    MAIN,
    ChronologyEntry,
    Enrolment,
    EntryKind,
    Pupil,
    called,
)
from alongside.people.models.pupil import reasons
from alongside.schools.models import NamedWorker


@dataclass(frozen=True)
class Planned:
    """One visit as its day shows it."""

    id: int
    starts_at: datetime
    minutes: int
    purpose: str
    school_id: int
    school_name: str
    street: str
    town: str
    pupil_id: int | None
    pupil_name: str
    case_id: int | None  # Their open case, the one that the visitor works on first.
    done_at: datetime | str | None
    is_on_roll: bool  # On its day the pupil is on roll at this school.
    is_written: bool  # The visitor wrote a session or a daily log of the pupil on its day.
    plan_id: int | None = None  # In use for the pupil, where the day's list looks it up.

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.street, self.town) if part)

    @property
    def on(self) -> date:
        return day_of(self.starts_at)


def between(actor: Actor, first: date, last: date) -> list[Planned]:
    """The actor's own visits of these days that were not called off, in order."""
    rows = _between(
        staff_id=actor.staff_id,
        since=midnight(first),
        until=midnight(last + timedelta(days=1)),
    )
    return named_where_seen(actor, [Planned(**row) for row in rows])


def named_where_seen(actor: Actor, planned: list[Planned]) -> list[Planned]:
    """A visit outlasts the work with a pupil: who may not open them any more does not read the name."""
    ids = {visit.pupil_id for visit in planned if visit.pupil_id}
    if not ids or actor.reach.is_everything:
        return planned
    seen = {*actor.reach.opened_ids}
    for reason in reasons(actor.reach):
        seen.update(reason.filter(pupil_id__in=ids - seen).values_list("pupil_id", flat=True))
        if ids <= seen:
            return planned
    return [
        visit
        if visit.pupil_id in (seen | {None})
        else replace(visit, pupil_id=None, pupil_name="", case_id=None, plan_id=None)
        for visit in planned
    ]


def with_pupils(staff: Staff, pupil_ids: Iterable[int], first: date) -> QuerySet[Visit]:
    """What somebody has planned with these pupils from a day on."""
    return Visit.objects.filter(
        staff=staff,
        pupil_id__in=list(pupil_ids),
        starts_at__gte=max(midnight(first), timezone.now()),
        cancelled_because="",
    )


def planned_with(pupil: Pupil) -> list[Visit]:
    """What anybody has planned with a pupil from now on; held until this transaction ends."""
    planned = Visit.objects.filter(
        pupil=pupil, starts_at__gte=timezone.now(), cancelled_because="", done_at=None
    )
    return list(planned.select_for_update().order_by("pk"))


def planned_where_on_roll(pupil: Pupil, today: date) -> QuerySet[Visit]:
    """What anybody has planned with a pupil at a school where they are on roll now."""
    here = Enrolment.objects.current(today).filter(pupil=pupil, status__in=MAIN)
    planned = Visit.objects.filter(
        pupil=pupil, starts_at__gte=timezone.now(), cancelled_because="", done_at=None
    )
    return (
        planned.filter(school__place__in=here.values("school__place"))
        .select_related("staff", "school")
        .order_by("starts_at", "pk")
    )


@prepared
def _between(staff_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    mine = Visit.objects.filter(
        staff_id=staff_id, starts_at__gte=since, starts_at__lt=until, cancelled_because=""
    )
    return mine.order_by("starts_at", "id").values(*OWN, **around())


OWN = ("id", "starts_at", "minutes", "purpose", "school_id", "pupil_id", "done_at")


ON = Cast(
    OuterRef("starts_at"), DateField()
)  # The day of a visit, in a query within one of visits.


def around() -> dict[str, Any]:
    """What a row of a day shows beside the visit itself, for any query of visits."""
    at_work = Allocation.objects.filter(
        case=OuterRef("pk"), staff=OuterRef(OuterRef("staff_id")), ends_on=None
    )
    cases = Case.objects.filter(pupil=OuterRef("pupil_id")).exclude(state=CaseState.CLOSED)
    theirs_first = cases.annotate(is_theirs=Exists(at_work)).order_by("-is_theirs", "-pk")
    return {
        "school_name": F("school__name"),
        "street": F("school__street"),
        "town": F("school__town"),
        "pupil_name": called("pupil"),
        "is_on_roll": Exists(
            Enrolment.objects.current(ON).filter(
                pupil=OuterRef("pupil_id"), school__place=OuterRef("school__place")
            )
        ),
        "case_id": Subquery(theirs_first.values("pk")[:1]),
        "is_written": Exists(_theirs(Session, starts_at__date=ON))
        | Exists(_theirs(DailyLog, on=ON)),
    }


def _theirs(model: type[Session | DailyLog], **day: Any) -> QuerySet[Any]:
    """What the visitor of an outer query of visits wrote of the pupil on that day."""
    return model._default_manager.filter(
        pupil=OuterRef("pupil_id"), recorded_by=OuterRef("staff_id"), **day
    )


@prepared
def begun_with(staff_id: Any, pupil_id: Any, since: Any, until: Any) -> QuerySet[Any]:
    """Visits with a pupil that have begun and are not recorded as made."""
    found = Visit.objects.filter(
        staff_id=staff_id, pupil_id=pupil_id, starts_at__gte=since, starts_at__lte=until
    )
    return found.filter(done_at=None, cancelled_because="").order_by("pk").values("pk")


def moments_of(day: date) -> dict[str, datetime]:
    """From its midnight to now, or to its end."""
    return {"since": midnight(day), "until": min(timezone.now(), end_of(day))}


def visit_with(actor: Actor, visit_id: int | None, pupil_id: int) -> Visit | None:
    """The actor's own visit with this pupil; none when it is anything else."""
    own = Visit.objects.filter(staff_id=actor.staff_id, pupil_id=pupil_id, cancelled_because="")
    return own.select_related("school").filter(pk=visit_id or 0).first()


def get_visit(actor: Actor, visit_id: int) -> Visit:
    mine = Visit.objects.filter(staff_id=actor.staff_id).select_related("school__place", "pupil")
    return mine.one(pk=visit_id)


def schools_of(actor: Actor) -> list[dict[str, Any]]:
    """The schools that ring this person first, each with when it was last visited or spoken with."""
    return _schools_of(staff_ids=[actor.staff_id], today=actor.today, now=timezone.now())


@prepared
def _schools_of(staff_ids: Any, today: Any, now: Any) -> QuerySet[Any]:
    found = schools_named(staff_ids, today, now)
    return found.values("starts_on", "school_id", "visited_at", "spoken_at", **WHOSE)


WHOSE = {"owner_id": F("staff_id"), "whose": F("staff__name"), "school_name": F("school__name")}


def schools_named(staff_ids: Any, today: Any, now: Any) -> QuerySet[Any]:
    """Those that ring these people first, the longest without a contact first; for other queries."""
    visits = Visit.objects.filter(
        school=OuterRef("school_id"), starts_at__lt=now, done_at__isnull=False
    )
    contacts = ChronologyEntry.objects.filter(school=OuterRef("school_id"), kind=EntryKind.CONTACT)
    named = NamedWorker.objects.filter(staff_id__among=staff_ids, starts_on__lte=today)
    in_force = named.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return in_force.annotate(
        visited_at=_newest(visits, "starts_at"), spoken_at=_newest(contacts, "occurred_at")
    ).order_by(
        Coalesce(Greatest("visited_at", "spoken_at"), Cast("starts_on", DateTimeField())),
        "school__name",
        "pk",
    )


def _newest(found: QuerySet[Any], column: str) -> Subquery:
    return Subquery(found.order_by().values("school").annotate(n=Max(column)).values("n"))


def midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
