"""A closed case has no plan in use and none being written; opened again, it begins without one."""

from datetime import timedelta

import pytest

from alongside.cases.closing import reopen_case
from alongside.cases.models import SustainedCheck
from alongside.core.decisions import Problem
from alongside.core.models import AuditEntry
from alongside.people.models import ChronologyEntry
from alongside.plans import actions, policy
from alongside.plans.models import Plan, PlanState
from alongside.plans.queries import plan_in_use, visible_plans
from tests.pages import plain

TOLD = {
    "outcome": "SUSTAINED",
    "risk_at_end": "LOW",
    "closing_summary": "Stays in lessons.",
}


def close(making, **changes):
    actor = making.acting("asha")
    told = TOLD | {"closed_on": actor.today} | changes
    return actions.close_case(actor=actor, case=making.case, **told)


def lines(making) -> dict[str, bool]:
    found = ChronologyEntry.objects.filter(pupil=making.case.pupil, summary__contains="case was")
    return {entry.summary: entry.is_shared for entry in found}


def test_the_plan_in_use_ends_on_the_last_day_of_the_work(making):
    plan = making.agreed()
    Plan.objects.filter(pk=plan.pk).update(starts_on=making.today - timedelta(days=9))
    last = making.today - timedelta(days=2)

    close(making, closed_on=last)

    plan.refresh_from_db()
    assert (plan.state, plan.ended_on) == (PlanState.ENDED, last)
    assert lines(making) == {"Plan 1 ended, because the case was closed": True}
    assert AuditEntry.objects.filter(kind="plan.ended").count() == 1


def test_a_reviewed_plan_ends_and_the_next_being_written_is_set_aside(making):
    making.reviewed()

    close(making)

    first, second = Plan.objects.order_by("number")
    assert (first.state, second.state) == (PlanState.ENDED, PlanState.ENDED)
    assert second.is_set_aside
    assert lines(making) == {
        "Plan 1 ended, because the case was closed": True,
        "Plan 2 was set aside unfinished, because the case was closed": False,
    }
    assert plan_in_use(making.acting("asha"), making.case) is None


def test_a_plan_set_aside_is_never_shown_to_the_school(making):
    plan = making.submitted()

    close(making)

    assert plan in visible_plans(making.acting("asha"))
    assert plan not in visible_plans(making.acting("hana"))


def test_a_closure_refused_leaves_the_plan_as_it_was(making):
    plan = making.agreed()

    with pytest.raises(Problem):
        close(making, closing_summary=" ")

    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED


def test_opening_again_brings_no_plan_back(making):
    making.reviewed()
    case = close(making)

    case = reopen_case(actor=making.acting("asha"), case=case, reason="It did not last")

    assert {plan.state for plan in Plan.objects.all()} == {PlanState.ENDED}
    assert policy.write(making.acting("asha"), case)


def test_of_a_case_opened_again_nobody_is_asked_whether_the_place_has_lasted(making):
    making.reviewed()
    case = close(making)
    assert SustainedCheck.objects.filter(case=case, done_on=None).count() == 3

    reopen_case(actor=making.acting("asha"), case=case, reason="It did not last")

    assert not SustainedCheck.objects.filter(case=case, done_on=None).exists()


def test_the_school_is_offered_no_comparison_with_a_plan_set_aside(making, signed_in):
    making.reviewed()
    case = close(making)
    reopen_case(actor=making.acting("asha"), case=case, reason="It did not last")
    making.case.refresh_from_db()
    third = making.approved()

    mine = signed_in("asha").get(f"/plans/{third.pk}/").content.decode()
    theirs = signed_in("hana").get(f"/plans/{third.pk}/").content.decode()

    assert f"/plans/{third.pk}/compare/" in mine
    assert f"/plans/{third.pk}/compare/" not in theirs


def test_the_form_says_beforehand_what_ends(making, signed_in):
    making.reviewed()

    page = plain(signed_in("asha").get(f"/cases/{making.case.pk}/close/").content)

    assert "Plan 1 ends on the last day of the work" in page
    assert "Plan 2 was never approved. It is set aside" in page


def test_a_plan_set_aside_says_so_on_its_page_and_on_the_case(making, signed_in):
    plan = making.written()
    case = close(making)
    asked = signed_in("asha")

    page = plain(asked.get(f"/plans/{plan.pk}/").content)

    assert "It was set aside when the case was closed on" in page
    assert "Set aside, never approved" in plain(asked.get(f"/cases/{case.pk}/").content)
    assert "they stay as they were" not in page
    assert "Its plans stay ended" in plain(asked.get(f"/cases/{case.pk}/reopen/").content)


def test_a_closed_case_names_the_plan_that_was_used_before_the_one_set_aside(making, signed_in):
    first = making.reviewed()
    case = close(making)
    second = Plan.objects.get(number=2)

    page = plain(signed_in("asha").get(f"/cases/{case.pk}/").content)

    assert page.count("Set aside, never approved") == 1
    used, aside = (page.index(f"Plan {plan.number}") for plan in (first, second))
    assert used < aside, "the one that was used comes first"
