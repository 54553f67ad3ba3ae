"""The service answers each criterion and returns, accepts or declines: every step with its reason."""

import shutil
from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.cases.models import CaseState, Task
from alongside.core import audit
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.pathways import packs
from alongside.pathways.models import Framework, Stage
from alongside.pathways.queries import standings
from alongside.people.models import Capacity, ChronologyEntry, Involvement
from alongside.referrals import actions, policy, queries
from alongside.referrals.actions import Answer
from alongside.referrals.models import CriterionAnswer, Referral
from tests.pathways import made as people
from tests.referrals import made

pytestmark = pytest.mark.django_db

STEPS = {
    "start_screening": ("asha", policy.start_screening),
    "answer": ("asha", policy.answer),
    "return": ("asha", policy.return_to_school),
    "accept": ("asha", policy.accept),
    "decline": ("asha", policy.decline),
    "wait": ("asha", policy.wait),
    "change_wait": ("asha", policy.change_wait),
    "signpost": ("asha", policy.signpost),
    "send_again": ("petra", policy.send_again),
    "withdraw": ("petra", policy.withdraw),
}


@pytest.mark.parametrize("state", made.STATES)
def test_a_step_is_taken_only_from_the_states_it_may_be(acting, cast, state):
    referral = made.STATES[state](acting, cast)

    for step, (name, decide) in STEPS.items():
        decision = decide(acting(name), referral)
        may = referral.state in policy.TRANSITIONS[step].from_states
        if state == "SCREENING" and step in ("return", "accept", "decline", "wait"):
            assert decision.reason == "Answer every criterion first: 6 of 6 left."
        else:
            assert bool(decision) is may and bool(decision.reason) is not may, step


def call(step: str, actor, referral):
    """Take a step with what it needs."""
    given = {"actor": actor, "referral": referral}
    asks = {"reason": "Because it cannot wait.", "version": referral.version}
    match step:
        case "start_screening":
            return actions.start_screening(**given)
        case "answer":
            answers = [Answer(referral.framework.criteria.first(), "MET")]
            return actions.answer(**given, answers=answers, version=referral.version)
        case "return":
            return actions.return_to_school(**given, **asks)
        case "accept":
            return actions.accept(**given, **asks)
        case "decline":
            return actions.decline(**given, **asks)
        case "wait" | "change_wait":
            asks |= {"waits_for": "TERM", "expected_on": actor.today + timedelta(days=30)}
            act = actions.put_on_waiting_list if step == "wait" else actions.change_wait
            return act(**given, **asks)
        case "signpost":
            return actions.signpost(**given, **asks, signposted_to="Early Help")
        case "send_again":
            return actions.send_again(
                **given,
                told=made.told(actor.today, going_well="Stays for art."),
                version=referral.version,
            )
        case _:
            return actions.withdraw(**given, reason="Because.")


@pytest.mark.parametrize("state", ["ACCEPTED", "DECLINED", "SIGNPOSTED", "WITHDRAWN"])
def test_no_step_leads_on_from_an_end(acting, cast, state):
    referral = made.STATES[state](acting, cast)

    for step, (name, _) in STEPS.items():
        with pytest.raises(Refused):
            call(step, acting(name), referral)

    assert Referral.objects.get(pk=referral.pk).state == state


@pytest.mark.parametrize("name", ["petra", "marta", "lena", "ben", "hugo", "ines", "dpo"])
def test_who_does_not_screen_here_is_refused_every_step(acting, cast, name):
    referral = made.answered(acting, cast)
    actor = acting(name)

    for step in set(STEPS) - {"send_again", "withdraw"}:
        with pytest.raises(Refused):
            call(step, actor, referral)


@pytest.mark.parametrize("name", ["asha", "mina", "marta"])
def test_only_the_sending_school_sends_again_or_withdraws(acting, cast, name):
    referral = made.returned(acting, cast)
    actor = acting(name)

    for step in ("send_again", "withdraw"):
        with pytest.raises(Refused, match="Only the school"):
            call(step, actor, referral)


def test_starting_to_screen_lets_the_screener_open_the_pupil(acting, cast):
    referral = made.sent(acting, cast)
    asha = acting("asha")
    assert queries.pupil_in_scope(asha, referral) is None

    actions.start_screening(actor=asha, referral=referral)

    assert queries.pupil_in_scope(asha, referral)
    given = Involvement.objects.get(capacity=Capacity.SCREENING)
    assert (given.staff_id, given.reason) == (asha.staff_id, referral.reference)


@pytest.mark.duty("RC-75")
def test_each_criterion_is_answered_met_not_met_or_unclear_with_evidence(acting, cast):
    referral = made.screening(acting, cast)
    asha = acting("asha")
    criteria = list(referral.framework.criteria.all())
    findings = ["MET", "NOT_YET", "CANNOT_TELL", "MET", "MET", "MET"]
    answers = [
        Answer(c, f, note=f"Read on page {c.order}.")
        for c, f in zip(criteria, findings, strict=True)
    ]

    actions.answer(actor=asha, referral=referral, answers=answers, version=referral.version)

    found = queries.answers_of(referral)
    assert [found[c.pk].finding for c in criteria] == findings
    assert found[criteria[1].pk].note == "Read on page 2."


def test_what_is_not_met_must_say_what_would_meet_it(acting, cast):
    referral = made.screening(acting, cast)
    criterion = referral.framework.criteria.first()

    with pytest.raises(Problem, match="what would meet it") as told:
        actions.answer(
            actor=acting("asha"),
            referral=referral,
            answers=[Answer(criterion, "NOT_YET")],
            version=referral.version,
        )

    assert told.value.field == f"note_{criterion.pk}"


def test_two_screeners_at_once_keep_both_versions(acting, cast):
    referral = made.screening(acting, cast)
    seen = referral.version
    made.answer_all(acting("asha"), referral)

    with pytest.raises(Conflict):
        actions.answer(actor=acting("omar"), referral=referral, answers=[], version=seen)

    assert CriterionAnswer.objects.filter(answered_by_id=cast.staff["asha"]).count() == 6


@pytest.mark.duty("RC-76", "RC-77")
def test_a_return_lists_each_unmet_criterion_as_a_dated_task_for_the_sender(acting, cast):
    referral = made.returned(acting, cast)

    tasks = list(Task.objects.filter(owner_id=cast.staff["petra"]).order_by("id"))
    returned = referral.steps.get(name="return")
    assert [t.text for t in tasks] == [
        f"Referral {referral.reference}: The school's plan is attached",
        f"Referral {referral.reference}: Needs more than the school can give alone",
    ]
    assert tasks[0].why == "Seen: 5." and tasks[0].due_on > acting("petra").today
    assert returned.created_at and returned.reason.startswith("Nearly there")
    assert Notice.objects.filter(
        staff_id=cast.staff["petra"], text="Your referral came back: 2 things missing."
    ).exists()


def test_a_referral_whose_criteria_are_all_met_is_not_returned(acting, cast):
    referral = made.answered(acting, cast, missing=0)

    assert (
        "nothing for the school to add" in policy.return_to_school(acting("asha"), referral).reason
    )


def test_sent_again_is_the_same_referral_with_the_earlier_answers_kept(acting, cast):
    referral = made.returned(acting, cast)
    petra = acting("petra")

    again = actions.send_again(
        actor=petra,
        referral=referral,
        told=actions.Told(going_well="He now stays for the whole of art."),
        version=referral.version,
        words="The plan is attached.",
    )

    again.refresh_from_db()
    assert (again.pk, again.state, again.round) == (referral.pk, "SENT", 2)
    assert again.last_incident and again.tried.count() == 2
    assert len(queries.answers_of(again, 1)) == 6 and not queries.answers_of(again)
    assert not Task.objects.filter(done_on=None).exists()


@pytest.mark.duty("RC-77")
def test_a_new_referral_after_a_decline_is_linked_to_the_first(acting, cast):
    first = made.declined(acting, cast)
    petra = acting("petra")

    second = actions.send(
        actor=petra,
        pupil=first.pupil,
        framework=first.framework,
        told=made.told(petra.today),
        submission=uuid4(),
    )

    assert second.previous_id == first.pk
    assert list(first.re_referrals.all()) == [second]


def test_accepting_opens_the_case_and_stands_the_pupil_at_the_stage(acting, cast):
    referral = made.answered(acting, cast, missing=0)
    asha = acting("asha")
    stage = Stage.objects.get(framework=referral.framework, order=3)

    done = actions.accept(
        actor=asha,
        referral=referral,
        reason="School support is not enough.",
        version=referral.version,
        stage=stage,
        risk_at_start="HIGH",
    )

    assert (done.case.state, done.case.risk_at_start) == (CaseState.WAITING, "HIGH")
    (standing,) = standings(asha, referral.pupil)
    assert standing.stage == stage and "Has had a plan at school: met" in standing.evidence
    assert Involvement.objects.get(capacity=Capacity.SCREENING).access_ends_on > asha.today


def test_a_chronology_read_in_order_says_accepted_before_the_case_opened(acting, cast):
    referral = made.accepted(acting, cast)

    lines = ChronologyEntry.objects.filter(pupil=referral.pupil).order_by("occurred_at", "pk")
    said = [line.summary for line in lines]

    accepted = next(n for n, words in enumerate(said) if "accepted the referral" in words)
    opened = next(n for n, words in enumerate(said) if words.startswith("Case opened"))
    assert accepted < opened


def test_declining_points_elsewhere_and_ends_access_after_the_days_of_grace(acting, cast):
    referral = made.declined(acting, cast)

    assert (referral.state, referral.signposted_to) == ("DECLINED", "Early Help")
    assert not Involvement.objects.filter(ends_on=None).exists()
    assert "pointed to Early Help" in ChronologyEntry.objects.order_by("id").last().summary


@pytest.mark.duty("LP-56")
def test_every_step_keeps_its_reason_and_date(acting, cast):
    accepted = made.accepted(acting, cast)

    steps = [(s.name, s.to_state) for s in reversed(queries.steps_of(accepted))]

    assert steps == [
        ("send", "SENT"),
        ("start_screening", "SCREENING"),
        ("answer", "SCREENING"),
        ("accept", "ACCEPTED"),
    ]
    assert all(s.reason and s.created_at and s.taken_by for s in queries.steps_of(accepted))
    assert accepted.case.get_state_display() == "Waiting to be allocated"
    accepted.case.state = CaseState.CLOSED
    accepted.case.closed_on, accepted.case.outcome = acting("asha").today, "SUSTAINED"
    accepted.case.save()
    assert made.declined_after(acting, accepted).steps.filter(to_state="DECLINED").get().reason


@pytest.mark.parametrize("step", ["return", "accept", "decline"])
def test_a_decision_needs_a_reason(acting, cast, step):
    referral = made.answered(acting, cast)
    do = {
        "return": actions.return_to_school,
        "accept": actions.accept,
        "decline": actions.decline,
    }[step]

    with pytest.raises(Problem) as told:
        do(actor=acting("asha"), referral=referral, reason=" ", version=referral.version)

    assert told.value.field == "reason"


@pytest.mark.parametrize("step", STEPS)
def test_a_failed_audit_changes_nothing(acting, cast, step, monkeypatch):
    start = {"start_screening": "SENT", "send_again": "RETURNED", "withdraw": "SENT"}
    start["change_wait"] = "WAITING"
    referral = made.STATES[start.get(step, "ANSWERED")](acting, cast)
    actor = acting(STEPS[step][0])
    before = (referral.state, referral.steps.count(), ChronologyEntry.objects.count())
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call(step, actor, referral)

    referral.refresh_from_db()
    assert before == (referral.state, referral.steps.count(), ChronologyEntry.objects.count())


def test_every_step_is_in_the_audit_trail(acting, cast):
    made.returned(acting, cast)

    kinds = AuditEntry.objects.filter(kind__startswith="referral.").order_by("id")

    assert list(kinds.values_list("kind", flat=True)) == [
        "referral.sent",
        "referral.screening_started",
        "referral.answered",
        "referral.returned",
    ]


@pytest.mark.duty("LP-54")
def test_new_referrals_are_judged_by_the_new_version_of_the_criteria(acting, cast, tmp_path):
    earlier = made.sent(acting, cast)
    folder = shutil.copytree(people.PACKS / "eastmere", tmp_path / "eastmere")
    file = folder / "frameworks.toml"
    file.write_text(file.read_text().replace("Two plan reviews", "Three plan reviews"))
    packs.load(actor=acting("petra"), folder=folder)
    newest = Framework.objects.in_force(acting("petra").today).get(for_phase="SECONDARY")
    leo = people.pupil(earlier.school, "Leo", "Specimen")

    referral = actions.send(
        actor=acting("petra"),
        pupil=leo,
        framework=newest,
        told=made.told(acting("petra").today),
        submission=uuid4(),
    )

    assert "Three plan reviews" in {c.text for c in referral.framework.criteria.all()}
    assert "Two plan reviews" in {c.text for c in earlier.framework.criteria.all()}
    assert newest.version == "2024.2" and newest.starts_on == acting("petra").today


def test_a_day_to_adjust_by_lies_ahead(acting, cast):
    referral = made.screening(acting, cast)
    asha = acting("asha")
    criterion = referral.framework.criteria.first()
    late = Answer(criterion, "NOT_YET", "Ask again.", asha.today - timedelta(days=1))

    with pytest.raises(Problem, match="still to come"):
        actions.answer(actor=asha, referral=referral, answers=[late], version=referral.version)
