"""Asks another service for support from a case, and follows the request to its answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from alongside.cases.actions import add_task
from alongside.cases.models import Case, Task
from alongside.cases.queries import lead_staff_ids
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.referrals import requests
from alongside.referrals.actions.told import MOST_CHARACTERS
from alongside.referrals.models import RequestKind, RequestState, RequestStep, SupportRequest
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words

CHASE_AFTER = timedelta(days=14)
DECIDED = (RequestState.ACCEPTED, RequestState.DECLINED, RequestState.WITHDRAWN)


@dataclass(frozen=True)
class Asked:
    """What is asked of whom, and who at home agreed that they are told."""

    kind: str
    addressed_to: str
    asked: str
    agreed_by: str = ""
    agreed_on: date | None = None
    chase_on: date | None = None
    is_shared: bool = True


@transaction.atomic
def send_request(*, actor: Actor, case: Case, asked: Asked, submission: UUID) -> SupportRequest:
    """Send a request from a case. Pressed twice, it is one."""
    case = hold(Case, case.pk, "pupil", "school")
    if already := SupportRequest.objects.filter(submission=submission, case=case).first():
        return already
    require(requests.send(actor, case))
    _check(actor, case, asked)
    is_by_school = asked.kind == RequestKind.SCHOOL
    request = SupportRequest.objects.create(
        reference=f"new-{submission.hex[:12]}",
        submission=submission,
        case=case,
        pupil=case.pupil,
        kind=asked.kind,
        addressed_to=asked.addressed_to.strip()[:120],
        asked=asked.asked.strip(),
        agreed_by=asked.agreed_by.strip()[:120],
        agreed_on=asked.agreed_on,
        sent_on=actor.today,
        chase_on=asked.chase_on or actor.today + CHASE_AFTER,
        recorded_by_id=actor.staff_id,
        is_shared=asked.is_shared or is_by_school,
        is_by_school=is_by_school,
    )
    request.reference = f"Q-{request.pk:05d}"
    request.save(update_fields=["reference"])
    _remind(actor, request, request.chase_on, "ask for an answer")
    _take(actor, request, "send", f"To {request.addressed_to}: {request.asked}", actor.today)
    if is_by_school:
        _tell(actor, request, lead_staff_ids(case.pupil_id), "A school asks for more support.")
    return request


@transaction.atomic
def answer_request(
    *,
    actor: Actor,
    request: SupportRequest,
    step: str,
    reason: str,
    version: int,
    said_by: str = "",
    answered_on: date | None = None,
    expected_on: date | None = None,
) -> SupportRequest:
    """Write down what they said: no answer yet (`chase`), `wait`, `accept` or `decline`."""
    request = _locked(request)
    require(requests.answer(actor, request))
    request.require_version(version)
    on = answered_on or actor.today
    _check_answer(actor, request, step, reason, on, expected_on)
    request.state = requests.TRANSITIONS[step].to_state
    request.answer = reason.strip()
    request.expected_on = expected_on if step in ("wait", "accept") else None
    if step == "chase":
        request.chase_on = expected_on or actor.today + CHASE_AFTER
    if request.state in DECIDED:
        request.decided_on = on
    request.save(
        update_fields=["state", "answer", "expected_on", "chase_on", "decided_on", "version"]
    )
    _finish_reminders(actor, request)
    if step == "chase":
        _remind(actor, request, request.chase_on, "ask again for an answer")
    if step == "wait" and expected_on:
        _remind(actor, request, expected_on, "ask whether it begins")
    _take(actor, request, step, reason, on, said_by)
    told = [request.recorded_by_id, *lead_staff_ids(request.pupil_id)]
    _tell(actor, request, told, f"A request was answered: {request.get_state_display().lower()}.")
    return request


@transaction.atomic
def withdraw_request(
    *, actor: Actor, request: SupportRequest, reason: str, version: int
) -> SupportRequest:
    """It is not needed any more."""
    request = _locked(request)
    require(requests.withdraw(actor, request))
    request.require_version(version)
    if not reason.strip():
        raise Problem("Say why it is taken back.", "reason")
    request.state = RequestState.WITHDRAWN
    request.answer, request.decided_on = reason.strip(), actor.today
    request.save(update_fields=["state", "answer", "decided_on", "version"])
    _finish_reminders(actor, request)
    _take(actor, request, "withdraw", reason, actor.today)
    return request


def _check(actor: Actor, case: Case, asked: Asked) -> None:
    if asked.kind not in dict(requests.kinds_for(actor, case)):
        raise Problem("Choose what is asked for.", "kind")
    if not asked.addressed_to.strip():
        raise Problem("Say whom it goes to, and how to reach them.", "addressed_to")
    if not asked.asked.strip():
        raise Problem("Say what is asked for, and why.", "asked")
    if len(asked.asked) > MOST_CHARACTERS:
        raise Problem("This is too long. Add it as a document and say here what matters.", "asked")
    if asked.agreed_on and asked.agreed_on > actor.today:
        raise Problem("The day of the agreement cannot be in the future.", "agreed_on")
    if asked.chase_on and asked.chase_on <= actor.today:
        raise Problem("Give a day that is still to come.", "chase_on")
    if asked.chase_on and (said := too_far(asked.chase_on, ahead_of=actor.today)):
        raise Problem(said, "chase_on")


def _check_answer(
    actor: Actor,
    request: SupportRequest,
    step: str,
    reason: str,
    on: date,
    expected_on: date | None,
) -> None:
    if step not in ("chase", "wait", "accept", "decline"):
        raise Problem("Choose what they said.", "step")
    if not reason.strip():
        raise Problem("Write down what they said.", "reason")
    if on > actor.today:
        raise Problem("This day has not come yet.", "answered_on")
    if on < request.sent_on:
        raise Problem(f"It was sent on {day_in_words(request.sent_on)}.", "answered_on")
    if step == "wait" and not expected_on:
        raise Problem("Say when they expect to begin, or when to ask again.", "expected_on")
    if step in ("chase", "wait") and expected_on and expected_on <= actor.today:
        raise Problem("Give a day that is still to come.", "expected_on")
    if expected_on and (said := too_far(expected_on, ahead_of=actor.today, years=2)):
        raise Problem(said, "expected_on")


def _locked(request: SupportRequest) -> SupportRequest:
    return hold(SupportRequest, request.pk, "case", "pupil")


def _url(request: SupportRequest) -> str:
    return f"/requests/{request.pk}/"


def _remind(actor: Actor, request: SupportRequest, on: date, what: str) -> None:
    """A school's own request waits for the service, so nobody at the school is reminded."""
    owner_id = request.recorded_by_id
    if request.is_by_school:
        owner_id = next(iter(lead_staff_ids(request.pupil_id)), owner_id)
    add_task(
        actor=actor,
        owner_id=owner_id,
        text=f"{request.get_kind_display()}: {what}"[:200],
        why=f"Request {request.reference}, sent {day_in_words(request.sent_on)}",
        due_on=on,
        source="a request to follow",
        url=_url(request),
        case=request.case,
    )


def _finish_reminders(actor: Actor, request: SupportRequest) -> None:
    Task.objects.filter(url=_url(request), done_on=None).update(
        done_on=actor.today, done_by_id=actor.staff_id
    )


def _take(
    actor: Actor, request: SupportRequest, step: str, reason: str, on: date, said_by: str = ""
) -> None:
    """The step, a line of chronology and an audit line."""
    label = requests.TRANSITIONS[step].label
    RequestStep.objects.create(
        request=request,
        name=step,
        to_state=request.state,
        on=on,
        reason=reason.strip(),
        said_by=said_by.strip()[:120],
        taken_by_id=actor.staff_id,
    )
    write_chronology(
        actor=actor,
        pupil=request.pupil,
        kind=EntryKind.REFERRAL,
        information_class=InformationClass.CASEWORK,
        summary=f"Request to {request.get_kind_display()}: {label.lower()}",
        detail=reason.strip(),
        url=_url(request),
        is_shared=request.is_shared,
    )
    audit.record(
        actor=actor,
        kind=f"request.{step}",
        subject=f"request {request.pk}",
        pupil_ids=[request.pupil_id],
        detail={"state": request.state},
    )


def _tell(actor: Actor, request: SupportRequest, staff_ids: list[int], text: str) -> None:
    notices.notify(
        staff_ids=set(staff_ids) - {actor.staff_id},
        kind="request.told",
        text=text,
        url=_url(request),
        pupil_id=request.pupil_id,
    )
