"""Support does not begin before consent, referral, plan and approval are in place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases import actions as cases
from alongside.cases.models import Case, ChecklistItem
from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.people.models import ChronologyEntry
from alongside.plans import starting
from alongside.plans.actions.starting import start_support
from alongside.plans.models import Plan
from alongside.referrals.models import SupportStart
from tests.routes import route  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def settle(actor, case: Case, **changed: object) -> None:
    for item in ChecklistItem.objects.filter(case=case):
        given = {"done_on": actor.today} | changed
        cases.settle_checklist_item(actor=actor, item=item, **given)


def plan(actor, case: Case, *, is_approved: bool = True, state: str = "APPROVED") -> Plan:
    return Plan.objects.create(
        case=case, pupil=case.pupil, number=1, state=state, aim="Stays in lessons",
        starts_on=actor.today, review_due_on=actor.today + timedelta(days=42),
        written_by_id=actor.staff_id, changed_by_id=actor.staff_id, changed_at=timezone.now(),
        approved_at=timezone.now() if is_approved else None,
    )  # fmt: skip


@pytest.mark.duty("LP-38")
def test_support_is_refused_in_words_until_each_required_item_is_done(acting, route):
    asha = acting("asha")

    with pytest.raises(Refused) as refused:
        start_support(actor=asha, case=route.case, starts_on=asha.today)
    assert refused.value.reason == (
        "Not in place yet: parental consent to support, lawful basis for using data, plan and "
        "approval of the plan."
    )

    settle(asha, route.case)
    found = plan(asha, route.case, is_approved=False, state="WAITING_APPROVAL")
    with pytest.raises(Refused, match="Not in place yet: approval of the plan"):
        start_support(actor=asha, case=route.case, starts_on=asha.today)

    Plan.objects.filter(pk=found.pk).update(state="APPROVED", approved_at=timezone.now())
    start = start_support(actor=asha, case=route.case, starts_on=asha.today)
    assert [one["what"] for one in start.in_place] == [
        "Referral",
        "Parental consent to support",
        "Lawful basis for using data",
        "Plan",
        "Approval of the plan",
    ]
    assert "Support begins on" in ChronologyEntry.objects.latest("id").summary


def test_a_consent_that_does_not_apply_does_not_block(acting, route):
    asha = acting("asha")
    settle(asha, route.case, done_on=None, not_applicable_because="A court order asks for it.")
    plan(asha, route.case)

    assert starting.start_support(asha, route.case)
    assert "A court order" in starting.needed(route.case)[1].note


@pytest.mark.parametrize("state", ["DRAFT", "ENDED"])
def test_a_plan_half_written_or_ended_is_none(acting, route, state):
    asha = acting("asha")
    settle(asha, route.case)
    plan(asha, route.case, state=state)

    assert "plan and approval" in starting.start_support(asha, route.case).reason


def test_support_begins_once(acting, route):
    asha = acting("asha")
    settle(asha, route.case)
    plan(asha, route.case)
    start_support(actor=asha, case=route.case, starts_on=asha.today)

    with pytest.raises(Refused, match="Support began on"):
        start_support(actor=asha, case=route.case, starts_on=asha.today)


@pytest.mark.parametrize(("days", "says"), [(1, "on the day"), (-1, "The case opened")])
def test_a_day_that_cannot_be_is_told(acting, route, days, says):
    asha = acting("asha")
    settle(asha, route.case)
    plan(asha, route.case)

    with pytest.raises(Problem, match=says) as told:
        start_support(actor=asha, case=route.case, starts_on=asha.today + timedelta(days=days))

    assert told.value.field == "starts_on"


def test_who_does_not_work_cases_and_a_case_without_a_lead_begin_nothing(acting, route):
    assert not starting.start_support(acting("hugo"), route.case)
    route.case.state = "WAITING"
    assert "no lead worker" in starting.start_support(acting("asha"), route.case).reason


def test_a_failed_audit_changes_nothing(acting, route, monkeypatch):
    asha = acting("asha")
    settle(asha, route.case)
    plan(asha, route.case)
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        start_support(actor=asha, case=route.case, starts_on=asha.today)

    assert not SupportStart.objects.exists()


@pytest.mark.duty("LP-38")
def test_the_page_lists_what_is_missing_and_starts_once_nothing_is(acting, route, signed_in):
    asha, at = signed_in("asha"), f"/cases/{route.case.pk}/start/"
    page = asha.get(at).content.decode()
    assert page.count("Missing") == 4 and "Start support" not in page
    today = acting("asha").today
    day = {"starts_on_0": today.day, "starts_on_1": today.month, "starts_on_2": today.year}
    day["sure"] = f"starts_on:{today}"  # Whatever day this runs on.
    assert asha.post(at, day).status_code == 409
    actor = acting("asha")
    settle(actor, route.case)
    plan(actor, route.case)

    assert asha.post(at, day)["Location"] == f"/cases/{route.case.pk}/"

    page = asha.get(at).content.decode()
    assert "Support began on" in page and "Missing" not in page
    assert Page(page).problems() == []
    theirs = signed_in("petra").get(at).content.decode()
    assert "Support began on" in theirs and "Looked up now" not in theirs
