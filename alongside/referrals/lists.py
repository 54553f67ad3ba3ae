"""The list of referrals: what is asked of it, counted, sorted, a page at a time. Always within scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.days import start_of
from alongside.core.prepared import prepared
from alongside.referrals import policy, waiting
from alongside.referrals.models import Referral, ReferralState
from alongside.referrals.queries import RELATED, visible_referrals
from alongside.rules.names import normalise
from alongside.rules.numbers import number_in
from alongside.rules.working_days import working_days_before

# How old a live referral is, in working days since it was last sent.
AGES = {
    "2": "Up to 2 working days",
    "5": "3 to 5 working days",
    "over": "Over 5 working days",
}
TRIAGES = {"this": "In by the cut-off", "later": "After the cut-off"}
SORTS = {"new": ("-sent_at", "-id"), "old": ("sent_at", "id"), "school": ("school__name", "id")}
VIEWS = {
    "waiting": (ReferralState.SENT, ReferralState.SCREENING),
    "returned": (ReferralState.RETURNED,),
    "queue": (ReferralState.WAITING,),
    "decided": (
        ReferralState.ACCEPTED,
        ReferralState.DECLINED,
        ReferralState.SIGNPOSTED,
        ReferralState.WITHDRAWN,
    ),
    "all": tuple(ReferralState),
}
PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for."""

    states: Sequence[str] = ()
    school: str = ""
    age: str = ""
    triage: str = ""  # "this" or "later": in by the cut-off of the coming triage, or after it.
    sort: str = "old"
    after: str = ""  # The last row seen: its value of the sort, a bar, its id.


@dataclass(frozen=True)
class Found:
    """A page of the list, how many there are in all, and where the next page starts."""

    rows: list[Referral]
    total: int
    following: str


def find(actor: Actor, asked: Asked, *, most: int = PAGE) -> Found:
    """Referrals in scope as asked for, one page. The audit line names every pupil shown."""
    matching = _matching(actor, asked)
    total = matching.count()
    keys = _after(matching.order_by(*SORTS[asked.sort]), asked).values_list("pk", flat=True)
    # Only what is on the page is looked up with all that is said of it.
    page = _listed(asked.sort, ids=list(keys[: most + 1]))
    following = _mark(page[most - 1], asked.sort) if len(page) > most else ""
    page = page[:most]
    if page:
        audit.record(
            actor=actor,
            kind="referrals.viewed",
            subject="referrals",
            pupil_ids=[row.pupil_id for row in page],
        )
    return Found(page, total, following)


@prepared
def _listed(sort: str, *, ids: Any) -> QuerySet[Referral]:
    listed = Referral.objects.filter(pk__among=ids).select_related(*RELATED)
    return listed.order_by(*SORTS[sort])


def counts(actor: Actor) -> dict[str, int]:
    """Saved view to how many referrals in scope it holds, of those still to be decided.

    What is decided is not counted: there are thirty times as many, and nobody asks.
    """
    by_state = {row["state"]: row["number"] for row in _counted(actor)}
    return {
        name: sum(by_state.get(state, 0) for state in VIEWS[name])
        for name in ("waiting", "returned", "queue")
    }


@prepared
def _counted(actor: Actor) -> QuerySet[Any]:
    live = visible_referrals(actor).filter(state__in=policy.LIVE)
    return live.order_by("state").values("state").annotate(number=Count("pk"))


def _matching(actor: Actor, asked: Asked) -> QuerySet[Referral]:
    found = visible_referrals(actor)
    if asked.states:
        found = found.filter(state__in=asked.states)
    if words := normalise(asked.school):
        found = found.filter(school__search_name__contains=words)
    if asked.triage in TRIAGES:
        is_in = waiting.received_by(coming_cut_offs(actor))
        found = found.filter(is_in if asked.triage == "this" else ~is_in)
    if asked.age:
        found = found.filter(state__in=policy.LIVE, **_sent_between(asked.age, actor.today))
    return found


def coming_cut_offs(actor: Actor) -> dict[int, datetime]:
    """Service to the cut-off of its coming triage, for services that have a weekly rhythm."""
    return {
        service_id: waiting.coming_triage(actor, rhythm).cut_off
        for service_id, rhythm in waiting.rhythms().items()
    }


def _sent_between(age: str, today: date) -> dict[str, datetime]:
    two, five = (start_of(working_days_before(today, n)) for n in (2, 5))
    if age == "2":
        return {"sent_at__gte": two}
    if age == "5":
        return {"sent_at__gte": five, "sent_at__lt": two}
    return {"sent_at__lt": five}


def _after(ordered: QuerySet[Referral], asked: Asked) -> QuerySet[Referral]:
    value, _, number = asked.after.rpartition("|")
    last = number_in(number)
    if last is None:
        return ordered
    if asked.sort == "school":
        return ordered.filter(Q(school__name__gt=value) | Q(school__name=value, pk__gt=last))
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return ordered
    if timezone.is_naive(at):
        at = timezone.make_aware(at)
    if asked.sort == "new":
        return ordered.filter(Q(sent_at__lt=at) | Q(sent_at=at, pk__lt=last))
    return ordered.filter(Q(sent_at__gt=at) | Q(sent_at=at, pk__gt=last))


def _mark(row: Referral, sort: str) -> str:
    value = row.school.name if sort == "school" else row.sent_at.isoformat()
    return f"{value}|{row.pk}"
