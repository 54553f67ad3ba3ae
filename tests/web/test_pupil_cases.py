"""From a pupil's record to the case, and the same dates there as on Today."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cases.actions import add_task
from alongside.cases.models import Case, CaseState
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.pathways.models import Stage, Standing
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity
from alongside.plans import actions as plans
from alongside.plans.models import Agreement
from alongside.web.pupils.frame import pupil_frame
from tests.duties.test_team import items as team_of
from tests.pathways.made import school
from tests.plans.makers import facts
from tests.referrals import made as referrals

pytestmark = pytest.mark.django_db


def on_record(actor, route) -> dict[str, object]:
    return {due.what: due.on for due in pupil_frame(actor, route.pupil)["dues"]}


def on_today(actor, route) -> dict[str, object]:
    """But for the next contact, which is counted for each reader and stands on their own lists."""
    name = f": {route.pupil.name}"
    items = [i for i in due_items(actor, Calendars(actor)) if i.kind != "seen"]
    return {i.what.removesuffix(name): i.due_on for i in items}


@pytest.mark.parametrize("tab", ["", "plan/", "assessment/", "people/", "sessions/"])
@pytest.mark.parametrize("name", ["asha", "mina", "hana"])
def test_each_page_of_the_record_leads_to_the_open_case(signed_in, route, name, tab):
    page = signed_in(name).get(f"/pupils/{route.pupil.pk}/{tab}").content.decode()

    assert f'<a href="/cases/{route.case.pk}/">{route.case.reference} with' in page
    assert "open since" in page


def test_a_closed_case_stands_on_the_record_as_past(signed_in, route, acting):
    asha = acting("asha")
    Case.objects.filter(pk=route.case.pk).update(state=CaseState.CLOSED, closed_on=asha.today)

    page = signed_in("asha").get(f"/pupils/{route.pupil.pk}/").content.decode()

    assert "<dt>Past case</dt>" in page
    assert f'<a href="/cases/{route.case.pk}/">' in page


def test_the_checklist_and_the_first_plan_are_due_on_the_record_as_on_today(acting, route):
    asha = acting("asha")

    record = on_record(asha, route)

    assert set(record) == {"Finish the start checklist", "Write the first plan"}
    assert record == on_today(asha, route)


def test_tasks_stand_beside_what_the_case_asks(acting, route):
    asha = acting("asha")
    due_on = asha.today + timedelta(days=3)
    add_task(
        actor=asha, owner_id=asha.staff_id, text="Ring the school", due_on=due_on, case=route.case
    )

    record = on_record(asha, route)

    assert record == on_today(asha, route)
    assert record["Ring the school"] == due_on


def test_a_plan_to_approve_is_due_on_the_record_on_the_managers_day(acting, route):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    plans.submit(actor=asha, plan=plan)
    mina = acting("mina")

    name = "Approve or return the plan"

    assert on_record(mina, route)[name] == on_today(mina, route)[name]
    assert name not in on_record(acting("hana"), route)


def test_a_review_stands_once_and_on_the_same_day(acting, route):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    type(plan).objects.filter(pk=plan.pk).update(
        state="AGREED", approved_at=plan.changed_at, approved_by=asha.staff_id
    )

    record, today = on_record(asha, route), on_today(asha, route)

    assert record["Review plan 1"] == today["Review the plan"]
    assert "Write the first plan" not in record


def test_a_plan_that_is_not_agreed_yet_has_no_review_due(acting, route):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    type(plan).objects.filter(pk=plan.pk).update(
        state="APPROVED", approved_at=plan.changed_at, approved_by=asha.staff_id
    )

    record = on_record(asha, route)

    assert record == on_today(asha, route)
    assert "Review plan 1" not in record


@pytest.mark.parametrize("state", ["APPROVED", "AGREED"])
def test_a_plan_that_waits_for_the_school_stands_with_the_worker_on_the_schools_day(
    acting, cast, route, state
):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    type(plan).objects.filter(pk=plan.pk).update(
        state=state, approved_at=plan.changed_at, approved_by=asha.staff_id
    )
    if state == "AGREED":  # With the school that the pupil came from.
        Agreement.objects.create(
            plan=plan, party="SCHOOL", school=school(cast.places["orchard"], "Orchard Centre"), name="Jo",
            is_agreed=True, how="by e-mail", agreed_on=asha.today, recorded_by_id=asha.staff_id,
        )  # fmt: skip

    record, today = on_record(asha, route), on_today(asha, route)
    mina = acting("mina")
    team = {i.item.what.split(":")[0]: i.item.due_on for i in team_of(mina)}
    schools = on_today(acting("hana"), route)

    what = "The school is to agree the plan"
    assert record[what] == today[what] == team[what] == schools["Agree the plan"]
    assert what not in schools


def test_a_plan_that_the_school_answered_waits_for_it_no_more(acting, route):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    type(plan).objects.filter(pk=plan.pk).update(
        state="APPROVED", approved_at=plan.changed_at, approved_by=asha.staff_id
    )
    Agreement.objects.create(
        plan=plan, party="SCHOOL", school=route.case.school, name="Jo", is_agreed=False,
        how="by e-mail", agreed_on=asha.today, recorded_by_id=asha.staff_id,
    )  # fmt: skip

    assert "The school is to agree the plan" not in on_record(asha, route) | on_today(asha, route)


def test_a_case_that_waits_is_due_to_be_allocated(acting, route):
    acting("asha")
    Case.objects.filter(pk=route.case.pk).update(state=CaseState.WAITING)
    mina = acting("mina")

    name = "Allocate the case"

    assert on_record(mina, route)[name] == on_today(mina, route)[name]


def test_a_school_is_told_of_no_work_of_the_services(acting, route):
    assert on_record(acting("hana"), route) == {}


def test_a_time_limit_that_has_passed_is_due_on_the_record_as_on_today(acting, route):
    asha = acting("asha")
    stage = Stage.objects.create(framework=route.framework, order=9, name="Outreach", weeks_limit=4)
    Standing.objects.create(
        pupil=route.pupil, stage=stage, starts_on=asha.today - timedelta(weeks=6),
        reason="Accepted", moved_by_id=asha.staff_id,
    )  # fmt: skip

    name = f"Decide what follows {stage.name}"
    record = on_record(asha, route)

    assert record[name] == on_today(asha, route)[name] == asha.today - timedelta(weeks=2)
    assert name not in on_record(acting("hana"), route)


def test_a_referral_to_screen_is_due_on_the_record_as_on_today(acting, cast, route):
    referral = referrals.sent(acting, cast)
    asha = acting("asha")
    involve(
        actor=asha, pupil=referral.pupil, capacity=Capacity.LEAD, starts_on=asha.today,
        staff_id=asha.staff_id,
    )  # fmt: skip
    items = {i.url: i.due_on for i in due_items(asha, Calendars(asha))}

    (due,) = pupil_frame(asha, referral.pupil)["dues"]

    assert due.what == "Screen the referral"
    assert due.on == items[due.url]


def test_what_waits_for_the_school_is_due_on_the_record_as_on_its_today(acting, route):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    type(plan).objects.filter(pk=plan.pk).update(
        state="APPROVED", approved_at=plan.changed_at, approved_by=asha.staff_id
    )
    hana = acting("hana")
    add_task(
        actor=asha, owner_id=hana.staff_id, text="Say what the school finds",
        due_on=asha.today + timedelta(days=2), case=route.case,
    )  # fmt: skip

    hana = acting("hana")
    record, today = on_record(hana, route), on_today(hana, route)

    for what in ("Agree the plan", "Say what the school finds"):
        assert record[what] == today[what], what
    assert "Ring the school" not in record


def test_the_record_asks_what_waits_for_the_school_of_one_child_and_by_no_name(acting, route):
    asha = acting("asha")
    plan = plans.write_plan(actor=asha, case=route.case, facts=facts(asha.today))
    type(plan).objects.filter(pk=plan.pk).update(
        state="APPROVED", approved_at=plan.changed_at, approved_by=asha.staff_id
    )
    type(route.pupil).objects.filter(pk=route.pupil.pk).update(preferred_surname="Test: Erly")
    route.pupil.refresh_from_db()
    hana = acting("hana")

    with CaptureQueriesContext(connection) as asked:
        record = on_record(hana, route)

    assert "Agree the plan" in record and "Agree the plan: Robin Test" not in record
    of_the_roll = [q["sql"] for q in asked if '"plans_planaction"."due_on"' in q["sql"]]
    assert of_the_roll and all('"pupil_id" =' in sql for sql in of_the_roll)


def test_the_record_asks_no_more_than_twelve_queries_with_a_case_and_its_dates(signed_in, route):
    client = signed_in("asha")
    client.get(f"/pupils/{route.pupil.pk}/")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/pupils/{route.pupil.pk}/")

    around = ("SAVEPOINT", "RELEASE", "django_session", "core_account")  # Signing in, on any page.
    own = [q["sql"] for q in asked if not any(word in q["sql"][:200] for word in around)]
    assert len(own) <= 12, own
