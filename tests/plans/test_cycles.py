"""Assess, plan, do, review as dated cycles, and beginning the next from the last review."""

from datetime import timedelta

import pytest

from alongside.assessments.actions.needs import record_need
from alongside.assessments.models import Need
from alongside.cases.closing import reopen_case
from alongside.core.decisions import Refused
from alongside.duties.cycles import cycles_of
from alongside.people.models import Enrolment
from alongside.plans import actions
from alongside.plans.models import Party, Plan, PlanState
from tests.children import Children
from tests.plans.makers import Making, facts, scored


def assessed(making: Making) -> None:
    record_need(
        actor=making.acting("asha"),
        pupil=making.case.pupil,
        kind=Need.Kind.BARRIER,
        text="Reading aloud",
    )


@pytest.mark.duty("SA-32")
def test_each_plan_is_four_dated_parts_and_the_next_begins_from_the_last_review(making):
    assessed(making)
    plan = making.agreed()
    review = making.review(scores=scored(plan, 6, 2))
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=review)

    newest, first = cycles_of(making.acting("asha"), making.case)

    assert [part.name for part in first.parts] == ["Assess", "Plan", "Do", "Review"]
    assert all(part.began for part in first.parts)
    assert first.parts[0].said[0] == "1 need"
    assert "Decided: continue" in first.parts[3].said
    assert newest.plan.previous_id == plan.pk
    assert newest.plan.targets.get(order=1).baseline == 6


def test_a_case_opened_again_begins_its_next_cycle_from_its_last_review(making, signed_in):
    plan = making.agreed()
    closing = making.review("CLOSE", scores=scored(plan, 6, 2), next_review_on=None)
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=closing)
    asha = making.acting("asha")
    actions.close_case(
        actor=asha,
        case=making.case,
        closed_on=asha.today,
        outcome="SUSTAINED",
        risk_at_end="LOW",
        closing_summary="Stays in lessons.",
    )
    reopen_case(actor=asha, case=making.case, reason="The place is shaky")

    answer = signed_in("asha").post(f"/plans/{plan.pk}/following/")

    making.acting("asha")
    following = Plan.objects.get(previous=plan)
    assert answer["Location"] == f"/plans/{following.pk}/edit/"
    assert (following.state, following.targets.count()) == (PlanState.DRAFT, 2)
    with pytest.raises(Refused, match="has begun already"):
        actions.next_cycle(actor=making.acting("asha"), plan=plan)


@pytest.mark.duty("SC-111")
def test_a_sendco_runs_dated_cycles_for_a_pupil_with_send_support_with_the_parents_input(
    making, cast
):
    pupil = making.case.pupil
    pupil.sen_provision = "K"
    pupil.save(update_fields=["sen_provision"])
    _on_the_units_roll(making, cast)
    sana = making.acting("sana")
    record_need(actor=sana, pupil=pupil, kind=Need.Kind.BARRIER, text="Reading aloud")
    plan = actions.write_plan(actor=sana, case=making.case, facts=facts(sana.today))
    one = actions.add_contributor(actor=sana, plan=plan, party=Party.FAMILY, name="Jo Testerly")
    actions.write_section(
        actor=sana, contributor=one, section="Mornings are hard.", version=one.version
    )
    actions.submit(actor=sana, plan=plan)
    plan = actions.approve(actor=making.acting("mina"), plan=plan)
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party, by="sana")
    review = making.review(family_view="He sleeps now.", scores=scored(plan, 5, 1))
    actions.record_review(actor=making.acting("sana"), plan=plan, facts=review)

    newest, first = cycles_of(making.acting("sana"), making.case)

    assert [part.began for part in first.parts] == [making.today] * 4
    assert "The family agreed" in " ".join(first.parts[1].said)
    assert "Parent or carer: He sleeps now." in first.parts[3].said
    assert newest.plan.review_due_on == making.today + timedelta(weeks=6)


def _on_the_units_roll(making: Making, cast) -> None:
    """Robin is on the roll of the unit whose SENDCo sana is."""
    children = Children(cast, _urn=900200)
    school = children.school("orchard")
    Enrolment.objects.create(
        pupil=making.case.pupil, school=school, status="S", starts_on=making.case.opened_on
    )
    making.acting("mina")
    making.case.school = school
    making.case.save(update_fields=["school"])


def test_the_school_reads_the_cycles_without_what_the_family_said(making, signed_in):
    plan = making.agreed()
    review = making.review(family_view="He sleeps now.")
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=review)

    page = signed_in("petra").get(f"/cases/{making.case.pk}/cycles/").content.decode()

    assert "Two lessons a day" not in page
    assert "He sleeps now." not in page
    assert "Decided: continue" in page


def test_a_case_without_a_plan_has_no_cycle_yet(making, signed_in):
    page = signed_in("asha").get(f"/cases/{making.case.pk}/cycles/").content.decode()

    assert "No cycle yet" in page
