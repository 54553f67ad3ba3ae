"""A plan that was sent in is approved, amended or returned, each with a comment and its day."""

import pytest

from alongside.core.decisions import Problem, Refused
from alongside.core.models import Notice
from alongside.plans import actions, comparing
from alongside.plans.models import PlanDecision, PlanState
from tests.plans.makers import facts
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def amended(making, plan, by="mina", aim="Robin stays in maths, then in art."):
    actor = making.acting(by)
    plan.refresh_from_db()
    changed = facts(actor.today, aim=aim)
    return actions.edit_plan(actor=actor, plan=plan, facts=changed, version=plan.version)


@pytest.mark.duty("OW-27")
def test_a_plan_is_returned_then_amended_and_approved_each_with_comment_and_day(
    making, signed_in, cast
):
    plan = making.written()
    worker, manager, at = signed_in("asha"), signed_in("mina"), f"/plans/{plan.pk}/"
    worker.post(f"{at}submit/")
    manager.post(f"{at}decide/", {"answer": "return", "reason": "Which lessons?"})
    amended(making, plan, by="asha", aim="Robin stays in maths.")
    worker.post(f"{at}submit/")
    waiting = manager.get(at).content.decode()
    assert "Change it first" in waiting and "Change it first" not in worker.get(at).content.decode()
    assert manager.get(f"{at}edit/").status_code == 200
    amended(making, plan)
    silent = manager.post(f"{at}decide/", {"answer": "approve"})
    assert silent.status_code == 422 and "Say what was changed" in silent.content.decode()

    manager.post(f"{at}decide/", {"answer": "approve", "comment": "Art comes second."})

    page = worker.get(at).content.decode()
    for said in ("Approved with changes", "Art comes second.", "Returned", "Which lessons?"):
        assert said in page, said
    assert f"Mina Exampleton, {making.today.day} {making.today:%B %Y}" in page
    assert Page(page).problems() == []
    making.acting("asha")
    plan.refresh_from_db()
    assert (plan.state, plan.aim) == (PlanState.APPROVED, "Robin stays in maths, then in art.")
    newest = comparing.saved_versions(making.acting("asha"), plan)[0]
    assert newest.version.saved_by_id == cast.staff["mina"], "what was changed, and by whom"
    told = Notice.objects.filter(staff_id=plan.written_by_id, kind="plan.approved").get()
    assert told.text == "Your plan is approved with changes. Ask each party to agree."


def test_an_approval_without_a_change_needs_no_comment_and_keeps_one(making):
    plan = making.submitted()

    actions.approve(actor=making.acting("mina"), plan=plan, comment="Clear and short.")

    (one,) = PlanDecision.objects.filter(plan=plan)
    assert (one.answer, one.comment) == ("APPROVED", "Clear and short.")


def test_who_changed_a_plan_before_it_was_sent_in_amends_nothing(making):
    plan = making.written()
    amended(making, plan, by="asha")
    plan = actions.submit(actor=making.acting("asha"), plan=plan)

    with pytest.raises(Refused, match="waiting for approval"):
        amended(making, plan, by="omar")
    with pytest.raises(Refused, match="waiting for approval"):
        amended(making, plan, by="asha")
    with pytest.raises(Problem, match="Say what should be different"):
        actions.return_plan(actor=making.acting("mina"), plan=plan, reason=" ")
    assert actions.approve(actor=making.acting("mina"), plan=plan)
