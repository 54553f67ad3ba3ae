"""Writing, agreeing and reviewing a plan: what changes, what is refused, what people are told."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from alongside.core import audit
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.models import Notice
from alongside.people.models import ChronologyEntry
from alongside.plans import actions, comparing, policy, queries, wording
from alongside.plans.models import Agreement, Party, Plan, PlanState
from tests.plans.makers import facts, scored, target


def test_a_plan_belongs_to_its_writers_until_it_is_approved(making):
    plan = making.written()

    with pytest.raises(NotFound):
        queries.get_plan(making.acting("petra"), plan.pk)
    assert queries.get_plan(making.acting("mina"), plan.pk) == plan


@pytest.mark.parametrize("name", ["omar", "carys", "marta", "nell"])
def test_another_teams_plan_is_absent(making, name):
    plan = making.agreed()

    with pytest.raises(NotFound):
        queries.get_plan(making.acting(name), plan.pk)


def test_a_manager_returns_a_plan_with_a_reason_then_approves_it(making):
    plan = making.returned()
    assert (plan.state, plan.return_reason) == (PlanState.RETURNED, "Which lessons?")
    assert Notice.objects.filter(staff_id=plan.written_by_id, kind="plan.returned").exists()

    asha = making.acting("asha")
    changed = facts(asha.today, aim="Robin stays in maths and in art.")
    actions.edit_plan(actor=asha, plan=plan, facts=changed, version=plan.version)
    actions.submit(actor=asha, plan=plan)
    mina = making.acting("mina")
    plan = actions.approve(actor=mina, plan=plan)

    assert (plan.state, plan.approved_by_id) == (PlanState.APPROVED, mina.staff_id)
    assert plan.approved_at


def test_whoever_submits_a_plan_tells_who_approves(making, cast):
    making.submitted()

    assert Notice.objects.filter(staff_id=cast.staff["mina"], kind="plan.submitted").exists()


def test_nobody_approves_what_they_sent_in(making):
    plan = making.written()
    mina = making.acting("mina")
    plan = actions.submit(actor=mina, plan=plan)

    with pytest.raises(Refused, match="You sent this plan in, so somebody else approves it"):
        actions.approve(actor=mina, plan=plan)


def test_nobody_approves_what_they_wrote_whoever_sent_it_in(making):
    mina = making.acting("mina")
    plan = actions.write_plan(actor=mina, case=making.case, facts=facts(mina.today))
    plan = actions.submit(actor=making.acting("asha"), plan=plan)

    with pytest.raises(Refused, match="You wrote this plan"):
        actions.approve(actor=making.acting("mina"), plan=plan)


def test_a_manager_who_changed_a_word_still_approves_what_another_sent_in(making):
    plan = making.written()
    mina = making.acting("mina")
    plan = actions.edit_plan(
        actor=mina, plan=plan, facts=facts(mina.today, aim="Stays in maths."), version=plan.version
    )
    plan = actions.submit(actor=making.acting("asha"), plan=plan)

    approved = actions.approve(actor=making.acting("mina"), plan=plan)

    assert approved.state == PlanState.APPROVED


def test_a_plan_that_waits_says_who_can_approve_it_and_leaves_its_authors_out(making, signed_in):
    plan = making.submitted()

    page = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()

    (names,) = re.findall(r"returns it with a reason\. (.*?) can approve it\.", page)
    assert making.acting("mina").name in names
    assert making.acting("asha").name not in names


def test_a_worker_does_not_approve(making):
    with pytest.raises(Refused, match="A manager"):
        actions.approve(actor=making.acting("omar"), plan=making.submitted())


def test_a_plan_without_targets_or_actions_is_not_sent(making):
    plan = making.written(targets=(), actions=())

    assert "no target" in policy.submit(making.acting("asha"), plan).reason


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"goal": Decimal(1)}, "target_1_goal"),
        ({"goal": Decimal(11)}, "target_1_goal"),
        ({"baseline": Decimal(-1)}, "target_1_baseline"),
        ({"highest": Decimal(0)}, "target_1_highest"),
        ({"due_on": date(2020, 1, 1)}, "target_1_due_on"),
    ],
)
def test_figures_that_cannot_stand_are_told_at_their_field(making, change, field):
    with pytest.raises(Problem) as problem:
        making.written(targets=(target(making.today, **change),))

    assert problem.value.field == field


def test_twelve_targets_are_kept_and_thirteen_are_too_many(making):
    twelve = tuple(target(making.today, f"Stays for the whole lesson {n}") for n in range(12))
    assert making.written(targets=twelve).targets.count() == 12

    with pytest.raises(Problem, match="at most 12"):
        from alongside.plans.facts import check_plan

        check_plan(facts(making.today, targets=(*twelve, twelve[0])), making.today, making.today)


def test_a_review_is_after_the_start(making):
    with pytest.raises(Problem) as problem:
        making.written(review_due_on=making.today)

    assert problem.value.field == "review_due_on"


def test_a_case_has_one_plan_in_the_making(making):
    making.written()

    with pytest.raises(Refused, match="Finish that one"):
        making.written()


def test_two_people_who_edit_one_plan_both_keep_their_words(making):
    plan = making.written()
    asha = making.acting("asha")
    actions.edit_plan(actor=asha, plan=plan, facts=facts(asha.today, aim="One"), version=1)

    with pytest.raises(Conflict) as conflict:
        actions.edit_plan(actor=asha, plan=plan, facts=facts(asha.today, aim="Two"), version=1)

    assert conflict.value.current.aim == "One"


@pytest.mark.duty("RC-06")
def test_the_last_yes_brings_a_plan_into_use(making):
    plan = making.approved(kind="PASTORAL")
    for party in (Party.SCHOOL, Party.FAMILY):
        assert making.answer(plan, party).state == PlanState.APPROVED

    plan = making.answer(plan, Party.PUPIL)

    assert plan.state == PlanState.AGREED
    dates = Agreement.objects.filter(plan=plan).values_list("agreed_on", flat=True)
    assert list(dates) == [making.today] * 3
    assert ChronologyEntry.objects.filter(summary="Plan 1 agreed by all", is_shared=True).exists()


def test_a_no_leaves_the_plan_approved_and_may_become_a_yes(making):
    plan = making.approved()
    making.answer(plan, Party.FAMILY, is_agreed=False)
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED
    assert policy.redraft(making.acting("asha"), plan)

    for party in (Party.FAMILY, Party.SCHOOL, Party.PUPIL):
        plan = making.answer(plan, party)

    assert plan.state == PlanState.AGREED


def test_a_no_needs_words(making):
    asha = making.acting("asha")
    with pytest.raises(Problem) as problem:
        actions.record_agreement(
            actor=asha,
            plan=making.approved(),
            party=Party.FAMILY,
            name="Jo",
            is_agreed=False,
            how="by phone",
            agreed_on=asha.today,
        )
    assert problem.value.field == "words"


def test_after_a_no_the_next_version_is_a_copy_and_this_one_stays(making):
    plan = making.approved()
    making.answer(plan, Party.FAMILY, is_agreed=False)

    following = actions.redraft(actor=making.acting("asha"), plan=plan)

    plan.refresh_from_db()
    assert (plan.state, following.state, following.number) == ("ENDED", "DRAFT", 2)
    kept = [t.carried_from_id for t in following.targets.all()]
    assert kept == [t.pk for t in plan.targets.all()]


def test_a_school_answers_for_itself_and_nobody_else(making):
    plan = making.approved()
    with pytest.raises(Refused, match="A worker on the case records"):
        making.answer(plan, Party.FAMILY, by="petra")
    with pytest.raises(Refused, match="A worker on the case records"):
        making.answer(plan, Party.SCHOOL, by="marta")

    making.answer(plan, Party.SCHOOL, by="petra")

    assert Agreement.objects.get(plan=plan, party="SCHOOL").is_agreed


def test_agreement_withdrawn_leaves_the_plan_in_use_until_the_next_replaces_it(making):
    plan = making.withdrawn()
    assert plan.state == PlanState.AGREED

    following = actions.redraft(actor=making.acting("asha"), plan=plan)
    actions.submit(actor=making.acting("asha"), plan=following)
    actions.approve(actor=making.acting("mina"), plan=following)
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        following = making.answer(following, party)

    plan.refresh_from_db()
    assert (plan.state, following.state) == (PlanState.ENDED, PlanState.AGREED)
    assert plan.ended_on == making.today


@pytest.mark.parametrize("act", ["write", "approve", "agree", "review"])
def test_a_failed_audit_changes_nothing(making, monkeypatch, act):
    maker = {
        "write": lambda: None,
        "approve": making.submitted,
        "agree": making.approved,
        "review": making.agreed,
    }
    plan = maker[act]()
    before = list(Plan.objects.values("pk", "state"))

    def fail(**_):
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "record", fail)
    acts = {
        "write": making.written,
        "approve": lambda: actions.approve(actor=making.acting("mina"), plan=plan),
        "agree": lambda: making.answer(plan, Party.SCHOOL),
        "review": lambda: actions.record_review(
            actor=making.acting("asha"), plan=plan, facts=making.review()
        ),
    }
    with pytest.raises(RuntimeError), transaction.atomic():
        acts[act]()

    assert list(Plan.objects.values("pk", "state")) == before
    assert not Agreement.objects.filter(plan=plan, party="SCHOOL").exists() or act == "review"


def test_the_school_sees_no_action_kept_from_it(making):
    plan = making.agreed()
    plan.actions.filter(party="FAMILY").update(is_shared=False)

    seen = queries.get_plan(making.acting("petra"), plan.pk)

    assert {a.party for a in seen.actions.all()} == {"SCHOOL", "PUPIL", "SERVICE"}


@pytest.mark.duty("SA-07")
def test_plan_in_use_is_the_agreed_one_with_who_agreed_and_when(making):
    plan = making.agreed()

    found = queries.plan_in_use(making.acting("asha"), making.case)

    assert found == plan
    assert {(a.party, a.agreed_on) for a in found.agreements.all()} == {
        (party, making.today) for party in ("SCHOOL", "FAMILY", "PUPIL")
    }


def test_plans_beside_each_other_show_what_changed(making):
    plan = making.agreed()
    scores = scored(plan, 6, 3)
    actions.record_review(
        actor=making.acting("asha"), plan=plan, facts=making.review(scores=scores)
    )
    following = Plan.objects.get(previous=plan)

    older, newer = queries.get_with_previous(making.acting("asha"), following.pk)
    lines = {line.label: line for line in comparing.compare(older, newer)}

    assert not lines["Aim"].is_changed
    carried, was = lines["Target 1"], [p.words for p in lines["Target 1"].before_parts]
    assert {"Baseline: 6 of 10 times", "Goal: 8 of 10 times"} <= {
        p.words for p in carried.after_parts
    }
    assert carried.reached == "Reached: 6 of 10 times" and carried.reached not in was
    assert lines["Target 2"].after == "Not carried on"


@pytest.mark.parametrize(
    ("goal", "latest", "said"),
    [
        (8, None, "Not measured yet"),
        (8, 8, "Met"),
        (8, 9, "Met"),
        (8, 5, "Where it started"),
        (8, 6, "Part of the way"),
        (8, 4, "Further away"),
        (2, 1, "Met"),
        (2, 6, "Further away"),
    ],
)
def test_where_a_target_stands_in_words(goal, latest, said):
    value = None if latest is None else Decimal(latest)
    assert wording.way(Decimal(5), Decimal(goal), value) == said


def test_a_score_stays_on_its_scale_and_within_the_plan(making):
    plan = making.agreed()
    one = plan.targets.first()
    for value, on in ((99, plan.starts_on), (2, plan.starts_on - timedelta(days=1))):
        with pytest.raises(Problem):
            actions.score_target(
                actor=making.acting("asha"), target=one, value=Decimal(value), scored_on=on
            )


def test_a_school_ticks_its_own_action_only(making):
    plan = making.agreed()
    petra = making.acting("petra")

    done = actions.mark_action(
        actor=petra, action=plan.actions.get(party="SCHOOL"), is_done=True, note="Since Monday"
    )

    assert (done.done_on, done.done_by_id) == (petra.today, petra.staff_id)
    with pytest.raises(Refused):
        actions.mark_action(actor=petra, action=plan.actions.get(party="FAMILY"), is_done=True)
