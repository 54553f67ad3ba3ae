"""Requests to other services: who may send, answer and withdraw them, and the questions about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from alongside.cases import policy as cases
from alongside.cases.models import Case, CaseState
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, NotFound, refuse
from alongside.core.permissions import Permission
from alongside.core.prepared import prepared
from alongside.people.models import in_scope, on_pathway
from alongside.referrals.models import RequestKind, RequestState, RequestStep, SupportRequest
from alongside.rules.dates import day_in
from alongside.rules.numbers import number_in

S = RequestState
OPEN = (S.SENT, S.WAITING)
PAGE = 50


@dataclass(frozen=True)
class Step:
    """A step of a request, from where to where."""

    label: str
    from_states: tuple[RequestState, ...]
    to_state: RequestState


TRANSITIONS = {
    "send": Step("Sent", (), S.SENT),
    "chase": Step("Chased", (S.SENT,), S.SENT),
    "wait": Step("On their waiting list", OPEN, S.WAITING),
    "accept": Step("Accepted", OPEN, S.ACCEPTED),
    "decline": Step("Declined", OPEN, S.DECLINED),
    "withdraw": Step("Withdrawn", OPEN, S.WITHDRAWN),
}
VIEWS = {
    "open": OPEN,
    "late": OPEN,
    "decided": (S.ACCEPTED, S.DECLINED, S.WITHDRAWN),
    "all": tuple(S),
}


def send(actor: Actor, case: Case) -> Decision:
    """Who works the case asks other services; the pupil's own school asks for more of this one."""
    if is_of_the_school(actor, case):
        if case.state == CaseState.CLOSED:
            return refuse("This case is closed. Refer the pupil again instead.")
        return ALLOWED
    return cases.work(actor, case)


def answer(actor: Actor, request: SupportRequest) -> Decision:
    """Who works the case writes down what the other service said."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("The service working with the pupil records the answer.")
    return _is_open(request)


def withdraw(actor: Actor, request: SupportRequest) -> Decision:
    """Who sent it, or who works the case, takes it back while there is no decision."""
    if not actor.may(Permission.CASE_WORK) and request.recorded_by_id != actor.staff_id:
        return refuse("Only who sent this request takes it back.")
    return _is_open(request)


def is_of_the_school(actor: Actor, case: Case) -> bool:
    return case.school.place_id in actor.place_ids(permission=Permission.REFERRAL_MAKE)


def kinds_for(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """What may be asked for: a school asks for more of the service that works with its pupil."""
    if is_of_the_school(actor, case) and not actor.may(Permission.CASE_WORK):
        return [(RequestKind.SCHOOL.value, RequestKind.SCHOOL.label)]
    return [(k.value, k.label) for k in RequestKind if k != RequestKind.SCHOOL]


def visible_requests(actor: Actor) -> QuerySet[SupportRequest]:
    """Of cases in scope; a school's are those shared with it, and its own."""
    found = SupportRequest.objects.filter(in_scope(actor.reach, "pupil_id"))
    if actor.reads_casework and actor.reads_work:
        return found
    return found.filter(Q(is_shared=True) | Q(recorded_by_id=actor.staff_id))


def get_request(actor: Actor, request_id: int) -> SupportRequest:
    found = visible_requests(actor).select_related(
        "case__school", "case__service", "pupil", "recorded_by"
    )
    request = found.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    return request


def open_request_page(actor: Actor, request_id: int) -> SupportRequest:
    """One request for a screen that shows its pupil: the view is a line of the audit trail."""
    request = get_request(actor, request_id)
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"request {request.pk}",
        pupil_ids=[request.pupil_id],
        detail={"screen": "request"},
    )
    return request


def requests_of(actor: Actor, case: Case) -> list[SupportRequest]:
    """Of one case, newest first."""
    return list(visible_requests(actor).filter(case=case).order_by("-sent_on", "-pk")[:PAGE])


def steps_of(request: SupportRequest) -> list[RequestStep]:
    return list(request.steps.select_related("taken_by").order_by("-pk"))


def counts(actor: Actor, pathway: str = "") -> dict[str, int]:
    """View to how many requests in scope it holds."""
    (found,) = _counted(actor, pathway) or [dict.fromkeys(VIEWS, 0)]
    return {name: found[name] for name in VIEWS}


@prepared
def _counted(actor: Actor, pathway: str) -> QuerySet[Any]:
    of = {name: Count("pk", filter=_within(actor, name)) for name in VIEWS}
    found = visible_requests(actor).filter(_follows(actor, pathway))
    return found.order_by().values("council_id").annotate(**of).values(*of)


def page(
    actor: Actor, view: str, after: str = "", pathway: str = ""
) -> tuple[list[SupportRequest], str]:
    """One page, those waiting longest first, and where the next one starts."""
    day, _, number = after.partition("|")
    sent_on, last = day_in(day), number_in(number)
    follows = bool(sent_on and last)
    rows = _page(actor, view, pathway, follows, sent_on=sent_on or actor.today, last=last or 0)
    following = f"{rows[PAGE - 1].sent_on}|{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    rows = rows[:PAGE]
    _record(actor, rows)
    return rows, following


@prepared
def _page(
    actor: Actor, view: str, pathway: str, follows: bool, *, sent_on: Any, last: Any
) -> QuerySet[SupportRequest]:
    found = visible_requests(actor).filter(_within(actor, view), _follows(actor, pathway))
    if follows:
        found = found.filter(Q(sent_on__gt=sent_on) | Q(sent_on=sent_on, pk__gt=last))
    related = found.select_related("pupil", "case__school", "case__service")
    return related.order_by("sent_on", "pk")[: PAGE + 1]


def is_late(request: SupportRequest, actor: Actor) -> bool:
    """There is no answer, or no beginning, by the day it should be asked about again."""
    by = request.expected_on if request.state == S.WAITING else request.chase_on
    return request.state in OPEN and by is not None and by < actor.today


def _within(actor: Actor, view: str) -> Q:
    within = Q(state__in=VIEWS.get(view, VIEWS["all"]))
    if view == "late":
        within &= Q(state=S.SENT, chase_on__lt=actor.today) | Q(
            state=S.WAITING, expected_on__lt=actor.today
        )
    return within


def _follows(actor: Actor, pathway: str) -> Q:
    return Q(on_pathway(pathway, actor.today)) if pathway else Q()


def _is_open(request: SupportRequest) -> Decision:
    if request.state in OPEN:
        return ALLOWED
    return refuse(f"This request was decided on {request.decided_on:%-d %B %Y}.")


def _record(actor: Actor, rows: Sequence[SupportRequest]) -> None:
    if rows:
        audit.record(
            actor=actor,
            kind="requests.viewed",
            subject="requests",
            pupil_ids=[row.pupil_id for row in rows],
        )
