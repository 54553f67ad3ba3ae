"""Questions about the waiting list and the weekly cut-off. Always within the actor's scope."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Place, PlaceKind
from alongside.core.permissions import Permission
from alongside.core.prepared import prepared
from alongside.people.models import Enrolment, Pupil, on_pathway
from alongside.referrals import policy
from alongside.referrals.models import CutOff, Referral, ReferralState, Wait
from alongside.referrals.queries import visible_referrals
from alongside.rules.calendar import BeyondCalendar
from alongside.rules.cut_offs import Rhythm, Triage, next_triage, triage_of
from alongside.rules.dates import day_in
from alongside.rules.names import normalise
from alongside.rules.numbers import number_in
from alongside.rules.open_days import count_open_days
from alongside.schools.queries import calendar_for, council_calendar

PAGE = 50
YEAR = timedelta(days=365)
NEWEST = 200  # Ended waits that the usual wait is reckoned from.
FEWEST_TO_SAY = 3  # Waits that must have ended before the usual wait is said.


@dataclass(frozen=True)
class WaitingList:
    """One page of who waits, longest first, and the figures of the whole list."""

    rows: list[Wait]
    total: int
    late: int
    longest_since: date | None
    by_reason: dict[str, int]
    usual_days: int | None
    following: str


def waiting_list(
    actor: Actor, after: str = "", waits_for: str = "", pathway: str = "", *, most: int = PAGE
) -> WaitingList:
    """Who waits, in scope. The audit line names every pupil shown."""
    facts = {row["waits_for"]: row for row in _facts(actor, pathway)}
    day, _, number = after.partition("|")
    since, last_id = day_in(day), number_in(number)
    follows = since is not None and last_id is not None
    asked = waits_for if waits_for in Wait.For.values else ""
    told = {"since": since or actor.today, "last_id": last_id or 0}
    ids = [row["pk"] for row in _keys(actor, asked, pathway, follows, most + 1, **told)]
    page = _listed(ids=ids)
    last = page[most - 1] if len(page) > most else None
    page = page[:most]
    if page:
        audit.record(
            actor=actor,
            kind="referrals.viewed",
            subject="waiting list",
            pupil_ids=[wait.referral.pupil_id for wait in page],
        )
    return WaitingList(
        rows=page,
        total=sum(row["number"] for row in facts.values()),
        late=sum(row["late"] for row in facts.values()),
        longest_since=min((row["since"] for row in facts.values()), default=None),
        by_reason={key: facts[key]["number"] for key in Wait.For.values if key in facts},
        usual_days=usual_wait(actor),
        following=f"{last.starts_on.isoformat()}|{last.pk}" if last else "",
    )


def _waits(actor: Actor, pathway: str) -> QuerySet[Wait]:
    found = Wait.objects.filter(ends_on=None, referral__in=_waiting(actor).values("pk"))
    return (
        found.filter(on_pathway(pathway, actor.today, "referral__pupil_id")) if pathway else found
    )


@prepared
def _facts(actor: Actor, pathway: str) -> QuerySet[Any]:
    """Of each reason: how many wait for it, how many past their day, and the longest since when."""
    late = Count("pk", filter=Q(expected_on__lt=actor.today))
    by_reason = _waits(actor, pathway).order_by("waits_for").values("waits_for")
    return by_reason.annotate(number=Count("pk"), late=late, since=Min("starts_on"))


def wait_of(referral: Referral) -> Wait | None:
    """The stay on the waiting list that has not ended."""
    return referral.waits.filter(ends_on=None).first()


def usual_wait(actor: Actor, referral: Referral | None = None) -> int | None:
    """School days that half of the waits of the last year lasted; None when too few have ended."""
    service_id = referral.service_id if referral else 0
    spans = _ended(actor, bool(referral), service_id=service_id, since=actor.today - YEAR)
    days = [school_days_waited(actor, row["school"], row["from"], row["until"]) for row in spans]
    return round(median(days)) if len(days) >= FEWEST_TO_SAY else None


@prepared
def _ended(actor: Actor, is_of_one: bool, *, service_id: Any, since: Any) -> QuerySet[Any]:
    """Accepted is asked as a column of each: the newest are looked at, and no others."""
    of_service = Referral.objects.filter(service_id=service_id)
    theirs = of_service if is_of_one else visible_referrals(actor)
    accepted = theirs.filter(pk=OuterRef("referral_id"), state=ReferralState.ACCEPTED)
    ended = Wait.objects.annotate(accepted=Subquery(accepted.values("pk"))).filter(
        ends_on__gte=since, accepted__isnull=False
    )
    said = {"school": F("referral__school_id"), "from": F("starts_on"), "until": F("ends_on")}
    return ended.order_by("-ends_on", "-pk").values(**said)[:NEWEST]


def school_days_waited(actor: Actor, school_id: int, since: date, until: date) -> int:
    """As every other count of the school's days."""
    return count_open_days(since, until, calendar_for(actor, school_id))


def rhythm_of(service_id: int) -> Rhythm | None:
    """The week of a service, when it has set one."""
    found = CutOff.objects.filter(service_id=service_id, ends_on=None).first()
    return Rhythm(found.weekday, found.at, found.triage_weekday) if found else None


def rhythm_for(referral: Referral) -> Rhythm | None:
    """The week of a referral's service, from what `get_referral` brought along."""
    week = getattr(referral, "cut_off", None)
    if week is None:
        return None
    return Rhythm(week["weekday"], time.fromisoformat(week["at"]), week["triage_weekday"])


def rhythms(service_ids: Iterable[int] | None = None) -> dict[int, Rhythm]:
    found = CutOff.objects.filter(ends_on=None)
    if service_ids is not None:
        found = found.filter(service_id__in=service_ids)
    return {c.service_id: Rhythm(c.weekday, c.at, c.triage_weekday) for c in found}


def triage_for(actor: Actor, received_at: datetime, rhythm: Rhythm) -> Triage:
    """At which triage something received then is read, by the council's own terms."""
    return triage_of(timezone.localtime(received_at), rhythm, _open_days(actor))


def coming_triage(actor: Actor, rhythm: Rhythm) -> Triage:
    return next_triage(timezone.localtime(timezone.now()), rhythm, _open_days(actor))


def _open_days(actor: Actor) -> Callable[[date], bool]:
    """The council's school days; every weekday where its terms are not known."""
    calendar = council_calendar(actor)

    def is_open(day: date) -> bool:
        try:
            return calendar.is_school_day(day)
        except BeyondCalendar:
            return True

    return is_open


def received_by(cut_offs: dict[int, datetime]) -> Q:
    """Referrals received by the cut-off of their service; any of a service that has none."""
    within = ~Q(service_id__in=list(cut_offs))
    for service_id, cut_off in cut_offs.items():
        within |= Q(service_id=service_id, sent_at__lte=cut_off)
    return within


def services_managed(actor: Actor) -> list[tuple[Place, CutOff | None]]:
    """Services whose week this person sets, each with its cut-off."""
    services = Place.objects.filter(kind=PlaceKind.SERVICE).order_by("name", "pk")
    held = actor.place_ids(permission=Permission.CASE_ALLOCATE)
    if not policy.is_council_wide(actor, Permission.CASE_ALLOCATE):
        services = services.filter(Q(pk__in=held) | Q(children__in=held)).distinct()
    by_service = {c.service_id: c for c in CutOff.objects.filter(ends_on=None)}
    return [(service, by_service.get(service.pk)) for service in services]


def get_service(actor: Actor, service_id: int) -> Place:
    """A service whose week this person sets, or `NotFound`."""
    service = Place.objects.filter(kind=PlaceKind.SERVICE).one(pk=service_id)
    if not policy.set_cut_off(actor, service):
        raise NotFound
    return service


def find_exactly(
    actor: Actor, *, upn: str = "", forename: str = "", surname: str = "", born_on: date | None
) -> list[Pupil]:
    """Pupils with this UPN, or with exactly this name and day of birth: nobody is shown by guessing."""
    found = Pupil.objects.filter(merged_into=None)
    on_roll = Enrolment.objects.current(actor.today).values("pupil_id")
    if upn:
        return list(found.filter(upn=upn.strip().upper(), pk__in=on_roll)[:2])
    if born_on is None or not (forename.strip() and surname.strip()):
        return []
    same_day = found.filter(born_on=born_on, pk__in=on_roll)
    first, last = normalise(forename), normalise(surname)
    return [
        p
        for p in same_day.order_by("pk")[:200]
        if first in (normalise(p.legal_forename), normalise(p.preferred_forename))
        and last in (normalise(p.legal_surname), normalise(p.preferred_surname))
    ]


def _waiting(actor: Actor) -> QuerySet[Referral]:
    return visible_referrals(actor).filter(state=ReferralState.WAITING)


@prepared
def _listed(*, ids: Any) -> QuerySet[Wait]:
    found = Wait.objects.filter(pk__among=ids).select_related(
        "referral__pupil", "referral__school", "referral__area", "referral__service"
    )
    return found.order_by("starts_on", "pk")


@prepared
def _keys(
    actor: Actor,
    waits_for: str,
    pathway: str,
    follows: bool,
    most: int,
    *,
    since: Any,
    last_id: Any,
) -> QuerySet[Any]:
    waiting = _waits(actor, pathway)
    if waits_for:
        waiting = waiting.filter(waits_for=waits_for)
    if follows:
        waiting = waiting.filter(Q(starts_on__gt=since) | Q(starts_on=since, pk__gt=last_id))
    return waiting.order_by("starts_on", "pk").values("pk")[:most]
