"""The list of referrals: what is asked of it, counted, sorted, a page at a time. Always within scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.days import start_of
from alongside.core.prepared import prepared
from alongside.people.models import on_pathway
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
    pathway: str = ""
    sort: str = "old"
    after: str = ""  # The last row seen: its value of the sort, a bar, its id.


@dataclass(frozen=True)
class Found:
    """A page of the list, how many there are in all, and where the next page starts."""

    rows: list[Referral]
    total: int
    following: str


@dataclass(frozen=True)
class _Narrowed:
    """What of `Asked` changes the question itself, and not a value in it."""

    states: tuple[str, ...]
    of_schools: bool
    age: str
    pathway: str
    sort: str


def find(actor: Actor, asked: Asked, *, most: int = PAGE) -> Found:
    """Referrals in scope as asked for, one page. The audit line names every pupil shown."""
    ids, total = _keys(actor, asked, most + 1)
    # Only what is on the page is looked up with all that is said of it.
    page = _listed(asked.sort, ids=ids)
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


def _keys(actor: Actor, asked: Asked, most: int) -> tuple[list[int], int]:
    """The numbers of a page's referrals, and how many there are on all pages."""
    words = normalise(asked.school)
    narrowed = _Narrowed(tuple(asked.states), bool(words), asked.age, asked.pathway, asked.sort)
    values = {
        "words": words,
        "two_days": start_of(working_days_before(actor.today, 2)),
        "five_days": start_of(working_days_before(actor.today, 5)),
    }
    after = _last_seen(asked)
    if asked.triage in TRIAGES:  # Each service has a cut-off of its own.
        is_in = waiting.received_by(coming_cut_offs(actor))
        found = _matching(actor, narrowed, **values).filter(
            is_in if asked.triage == "this" else ~is_in
        )
        keys = _after(found, asked.sort, **after).values_list("pk", flat=True)
        return list(keys[:most]), found.count()
    (counted,) = _total(actor, narrowed, **values) or [{"number": 0}]
    page = _page(actor, narrowed, most, **values, **after)
    return [row["pk"] for row in page], counted["number"]


@prepared
def _total(actor: Actor, narrowed: _Narrowed, **values: Any) -> QuerySet[Any]:
    found = _matching(actor, narrowed, **values).order_by()
    return found.annotate(every=Value(1)).values("every").annotate(number=Count("pk"))


@prepared
def _page(
    actor: Actor,
    narrowed: _Narrowed,
    most: int,
    *,
    words: Any,
    two_days: Any,
    five_days: Any,
    **after: Any,
) -> QuerySet[Any]:
    found = _matching(actor, narrowed, words=words, two_days=two_days, five_days=five_days)
    return _after(found, narrowed.sort, **after).values("pk")[:most]


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


def _matching(
    actor: Actor, narrowed: _Narrowed, *, words: Any, two_days: Any, five_days: Any
) -> QuerySet[Referral]:
    found = visible_referrals(actor)
    if narrowed.states:
        found = found.filter(state__in=narrowed.states)
    if narrowed.of_schools:
        found = found.filter(school__search_name__contains=words)
    if narrowed.pathway:
        found = found.filter(on_pathway(narrowed.pathway, actor.today))
    if not narrowed.age:
        return found
    sent: dict[str, Any] = {"sent_at__lt": five_days}
    if narrowed.age == "2":
        sent = {"sent_at__gte": two_days}
    elif narrowed.age == "5":
        sent = {"sent_at__gte": five_days, "sent_at__lt": two_days}
    return found.filter(state__in=policy.LIVE, **sent)


def coming_cut_offs(actor: Actor) -> dict[int, datetime]:
    """Service to the cut-off of its coming triage, for services that have a weekly rhythm."""
    return {
        service_id: waiting.coming_triage(actor, rhythm).cut_off
        for service_id, rhythm in waiting.rhythms().items()
    }


def _last_seen(asked: Asked) -> dict[str, Any]:
    """The row after which a page starts: its value of the sort and its id. Nothing for the first page."""
    value, _, number = asked.after.rpartition("|")
    last = number_in(number)
    if last is None:
        return {}
    if asked.sort == "school":
        return {"last_value": value, "last_id": last}
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return {}
    return {"last_value": timezone.make_aware(at) if timezone.is_naive(at) else at, "last_id": last}


def _after(
    found: QuerySet[Referral], sort: str, last_value: Any = None, last_id: Any = None
) -> QuerySet[Referral]:
    found = found.order_by(*SORTS[sort])
    if last_id is None:
        return found
    if sort == "school":
        is_after = Q(school__name__gt=last_value) | Q(school__name=last_value, pk__gt=last_id)
    elif sort == "new":
        is_after = Q(sent_at__lt=last_value) | Q(sent_at=last_value, pk__lt=last_id)
    else:
        is_after = Q(sent_at__gt=last_value) | Q(sent_at=last_value, pk__gt=last_id)
    return found.filter(is_after)


def _mark(row: Referral, sort: str) -> str:
    value = row.school.name if sort == "school" else row.sent_at.isoformat()
    return f"{value}|{row.pk}"
