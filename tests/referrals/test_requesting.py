"""Requests to other services: sent from a case, followed to a decision, with reasons and dates."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.cases.models import Case, Task
from alongside.core import audit
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.models import Notice
from alongside.people.models import ChronologyEntry
from alongside.referrals import actions, requests
from alongside.referrals.actions import Asked
from alongside.referrals.models import RequestStep, SupportRequest

pytestmark = pytest.mark.django_db

PSYCHOLOGY = Asked(
    "PSYCHOLOGY", "Educational psychology, 01632 960300", "Loses words under pressure. Please see."
)


def sent(acting, route, asked: Asked = PSYCHOLOGY, name: str = "asha") -> SupportRequest:
    return actions.send_request(
        actor=acting(name), case=route.case, asked=asked, submission=uuid4()
    )


def answered(acting, request: SupportRequest, step: str, **changed: object) -> SupportRequest:
    asha = acting("asha")
    given = {"reason": "Their list is long.", "version": request.version, "said_by": "P. Sampler"}
    if step == "wait":
        given["expected_on"] = asha.today + timedelta(days=60)
    return actions.answer_request(actor=asha, request=request, step=step, **(given | changed))


@pytest.mark.duty("LP-16")
def test_specialist_support_is_requested_from_the_case_and_tracked_to_a_decision(acting, route):
    request = answered(acting, sent(acting, route), "wait")
    request = answered(acting, request, "accept", reason="Seen from 12 January.")

    steps = [(s.name, s.to_state, s.reason) for s in reversed(requests.steps_of(request))]
    assert [step[:2] for step in steps] == [
        ("send", "SENT"),
        ("wait", "WAITING"),
        ("accept", "ACCEPTED"),
    ]
    assert all(reason for *_, reason in steps)
    assert request.decided_on == acting("asha").today and request.answer == "Seen from 12 January."


@pytest.mark.duty("LP-46")
@pytest.mark.parametrize(
    ("step", "state"), [("accept", "ACCEPTED"), ("wait", "WAITING"), ("decline", "DECLINED")]
)
def test_a_council_service_is_asked_and_its_answer_seen_with_its_reason(acting, route, step, state):
    asked = Asked("EARLY_HELP", "Early Help front door", "The family asks for help with sleep.")

    request = answered(acting, sent(acting, route, asked), step, reason="Because of the list.")

    assert (request.state, request.answer) == (state, "Because of the list.")
    seen = requests.get_request(acting("mina"), request.pk)
    assert seen.get_state_display() and seen.answer
    assert f"Request to Early Help: {requests.TRANSITIONS[step].label.lower()}" in set(
        ChronologyEntry.objects.values_list("summary", flat=True)
    )


def test_pressing_twice_sends_one(acting, route):
    press, asha = uuid4(), acting("asha")

    first, again = (
        actions.send_request(actor=asha, case=route.case, asked=PSYCHOLOGY, submission=press)
        for _ in range(2)
    )

    assert first == again and SupportRequest.objects.count() == 1


def test_whoever_asked_is_reminded_until_there_is_an_answer(acting, route):
    request = sent(acting, route)
    first = Task.objects.get(done_on=None)
    assert first.due_on == request.chase_on and first.owner_id == request.recorded_by_id

    request = answered(acting, request, "chase", reason="No reply; rang again.")
    assert request.state == "SENT" and Task.objects.get(done_on=None).pk != first.pk

    answered(acting, request, "decline")
    assert not Task.objects.filter(done_on=None).exists()


@pytest.mark.duty("RC-103")
def test_a_school_asks_for_more_itself_and_follows_what_becomes_of_it(acting, route):
    asked = Asked("SCHOOL", "Eastmere outreach service", "One more session a week before exams.")

    request = sent(acting, route, asked, name="petra")

    asha = route.children.cast.staff["asha"]
    assert request.is_by_school and request.is_shared
    assert Notice.objects.filter(staff_id=asha, kind="request.told").exists()
    answered(acting, request, "decline", reason="From January, when there is room.")
    seen = requests.get_request(acting("petra"), request.pk)
    assert (seen.state, seen.answer) == ("DECLINED", "From January, when there is room.")


def test_a_school_asks_no_other_service(acting, route):
    with pytest.raises(Problem, match="what is asked for"):
        sent(acting, route, name="petra")


def test_a_school_does_not_see_what_is_not_shared_with_it(acting, route):
    shared = sent(acting, route)
    kept = sent(
        acting, route, Asked("YOUTH_JUSTICE", "Duty desk", "Is a worker known?", is_shared=False)
    )
    petra = acting("petra")

    assert requests.get_request(petra, shared.pk)
    with pytest.raises(NotFound):
        requests.get_request(petra, kept.pk)
    assert not SupportRequest.objects.filter(pk=kept.pk).exists()  # The wall itself.
    assert requests.counts(petra)["all"] == 1


@pytest.mark.parametrize("name", ["marta", "hugo", "ines"])
def test_who_does_not_work_the_case_asks_nobody(acting, route, name):
    with pytest.raises(Refused):
        sent(acting, route, name=name)


def test_nothing_is_asked_for_a_closed_case(acting, route):
    asha = acting("asha")
    Case.objects.filter(pk=route.case.pk).update(
        state="CLOSED", closed_on=asha.today, outcome="SUSTAINED"
    )

    with pytest.raises(Refused, match="closed"):
        sent(acting, route)
    with pytest.raises(Refused, match="Refer the pupil again"):
        sent(acting, route, Asked("SCHOOL", "x", "More, please."), name="petra")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "NOBODY"}, "kind"),
        ({"addressed_to": " "}, "addressed_to"),
        ({"asked": " "}, "asked"),
        ({"asked": "x" * 120_000}, "asked"),
        ({"agreed_on": 1}, "agreed_on"),
        ({"chase_on": 0}, "chase_on"),
        ({"chase_on": 900}, "chase_on"),
    ],
)
def test_a_request_that_cannot_stand_is_told_at_its_field(acting, route, changed, field):
    today = acting("asha").today
    given = {"kind": "SEND", "addressed_to": "SEND team", "asked": "Please advise."}
    given |= {k: today + timedelta(days=v) if isinstance(v, int) else v for k, v in changed.items()}

    with pytest.raises(Problem) as told:
        sent(acting, route, Asked(**given))

    assert told.value.field == field


@pytest.mark.parametrize(
    ("step", "changed", "field"),
    [
        ("ponder", {}, "step"),
        ("accept", {"reason": " "}, "reason"),
        ("accept", {"answered_on": 1}, "answered_on"),
        ("accept", {"answered_on": -1}, "answered_on"),
        ("wait", {"expected_on": None}, "expected_on"),
        ("wait", {"expected_on": 0}, "expected_on"),
        ("accept", {"expected_on": 1500}, "expected_on"),
    ],
)
def test_an_answer_that_cannot_stand_is_told_at_its_field(acting, route, step, changed, field):
    request, today = sent(acting, route), acting("asha").today
    changed = {
        k: today + timedelta(days=v) if isinstance(v, int) else v for k, v in changed.items()
    }

    with pytest.raises(Problem) as told:
        answered(acting, request, step, **changed)

    assert told.value.field == field


@pytest.mark.parametrize("step", ["accept", "decline"])
def test_a_decided_request_stays_decided(acting, route, step):
    request = answered(acting, sent(acting, route), step)

    with pytest.raises(Refused, match="was decided on"):
        answered(acting, request, "accept")
    with pytest.raises(Refused, match="was decided on"):
        actions.withdraw_request(
            actor=acting("asha"), request=request, reason="No.", version=request.version
        )


def test_two_who_answer_at_once_are_told(acting, route):
    request = sent(acting, route)
    seen = request.version
    answered(acting, request, "chase")

    with pytest.raises(Conflict):
        answered(acting, request, "accept", version=seen)


def test_who_sent_it_takes_it_back_with_a_reason(acting, route):
    request = sent(acting, route)
    with pytest.raises(Problem, match="why"):
        actions.withdraw_request(
            actor=acting("asha"), request=request, reason=" ", version=request.version
        )

    done = actions.withdraw_request(
        actor=acting("asha"), request=request, reason="Not needed.", version=request.version
    )

    assert done.state == "WITHDRAWN" and not Task.objects.filter(done_on=None).exists()
    with pytest.raises(Refused, match="Only who sent"):
        actions.withdraw_request(
            actor=acting("hugo"), request=request, reason="No.", version=done.version
        )


def test_a_school_answers_nothing(acting, route):
    request = sent(acting, route)

    assert "records the answer" in requests.answer(acting("petra"), request).reason


def test_one_without_an_answer_past_its_day_is_flagged(acting, route):
    request = sent(acting, route)
    asha = acting("asha")
    assert not requests.is_late(request, asha) and requests.counts(asha)["late"] == 0

    SupportRequest.objects.update(chase_on=asha.today - timedelta(days=1))

    request.refresh_from_db()
    assert requests.is_late(request, asha) and requests.counts(asha)["late"] == 1
    rows, _ = requests.page(asha, "late")
    assert rows == [request]


def test_the_list_goes_on_from_the_last_row_seen(acting, route, monkeypatch):
    monkeypatch.setattr(requests, "PAGE", 2)
    for _ in range(3):
        sent(acting, route)
    asha = acting("asha")

    rows, following = requests.page(asha, "open")
    more, end = requests.page(asha, "open", following)

    assert len(rows) == 2 and len(more) == 1 and end == ""
    assert {r.pk for r in rows}.isdisjoint({r.pk for r in more})


@pytest.mark.parametrize("step", ["send", "accept", "withdraw"])
def test_a_failed_audit_changes_nothing(acting, route, step, monkeypatch):
    request = sent(acting, route)
    before = RequestStep.objects.count()
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        match step:
            case "send":
                sent(acting, route)
            case "accept":
                answered(acting, request, "accept")
            case _:
                actions.withdraw_request(
                    actor=acting("asha"), request=request, reason="No.", version=1
                )

    acting("asha")
    assert RequestStep.objects.count() == before
    assert SupportRequest.objects.get().state == "SENT"
