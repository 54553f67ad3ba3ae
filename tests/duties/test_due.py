"""What is due to whom, from facts alone; days counted by hand on a known calendar."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from alongside.cases import actions, closing
from alongside.core.decisions import Problem
from alongside.core.models import Place
from alongside.duties import caseload
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.people.models import Capacity
from alongside.plans.models import Plan, PlanState
from alongside.schools.models import NamedWorker, NonTeachingDay, Term

pytestmark = pytest.mark.django_db


def whats(actor):
    return [item.what for item in due_items(actor, Calendars(actor))]


def test_a_new_lead_is_due_a_checklist_and_a_first_plan(acting, route):
    assert whats(acting("asha")) == [
        "Finish the start checklist: Robin Testerly",
        "See or speak with Robin Testerly",
        "Write the first plan: Robin Testerly",
    ]


def test_a_deployed_assistant_sees_what_is_due_of_the_case_and_who_leads_it(acting, route):
    asha = acting("asha")
    actions.allocate(
        actor=acting("mina"),
        case=route.case,
        staff=route.staff("ben"),
        capacity=Capacity.DEPLOYED,
        starts_on=asha.today,
    )
    ben = acting("ben")

    theirs = due_items(ben, Calendars(ben))

    assert [item.what for item in theirs] == whats(asha)
    assert all(item.why.endswith(f"Led by {asha.name}") for item in theirs)


def test_a_plan_in_use_is_due_its_review(acting, route):
    asha = acting("asha")
    Plan.objects.create(
        case=route.case,
        pupil=route.pupil,
        number=1,
        state=PlanState.AGREED,
        aim="Stay in lessons",
        starts_on=asha.today,
        review_due_on=asha.today + timedelta(weeks=6),
        written_by_id=asha.staff_id,
        changed_by_id=asha.staff_id,
        changed_at=timezone.now(),
    )

    items = due_items(asha, Calendars(asha))

    assert ("Review the plan: Robin Testerly", asha.today + timedelta(weeks=6)) in [
        (item.what, item.due_on) for item in items
    ]
    assert "Write the first plan: Robin Testerly" not in whats(asha)


def test_the_caseloads_day_of_contact_is_the_one_on_the_list(acting, route):
    asha = acting("asha")

    (row,) = caseload.rows(asha, [{"pk": route.case.pk}], Calendars(asha))

    (item,) = [i for i in due_items(asha, Calendars(asha)) if i.kind == "seen"]
    assert item.due_on == row.contact_by
    assert item.pupil_id == route.pupil.pk


def test_a_manager_is_due_to_allocate_what_waits(acting, route):
    mina = acting("mina")
    lena = Place.objects.get(name="Orchard Centre")
    other = route.children.pupil("Morgan", "Samplewood", at="marlpit")
    mina = acting("mina")
    actions.open_case(
        actor=mina,
        pupil=other,
        school=other.enrolments.get().school,
        service=route.service,
        framework=route.framework,
        reason="Not coming in",
        opened_on=mina.today,
    )

    assert "Allocate the case: Morgan Samplewood" in whats(mina)
    assert "Allocate the case: Morgan Samplewood" not in whats(acting("omar"))
    assert lena


def test_a_manager_of_another_service_is_not_due_it(acting, route):
    route.case.allocations.update(ends_on=route.case.opened_on)
    route.case.__class__.objects.filter(pk=route.case.pk).update(state="WAITING")

    assert whats(acting("lena")) == []
    assert whats(acting("sara")) == []


def test_sustained_checks_are_due_to_who_led(acting, route):
    asha = acting("asha")
    closing.close_case(
        actor=asha,
        case=route.case,
        closed_on=asha.today,
        outcome="SUSTAINED",
        risk_at_end="LOW",
        closing_summary="Stays in lessons.",
    )

    assert whats(asha) == [f"{weeks}-week check: Robin Testerly" for weeks in (6, 12, 24)]


def test_a_step_agreed_on_a_case_is_asked_of_nobody_once_it_is_closed(acting, route):
    asha = acting("asha")
    step = {"actor": asha, "owner_id": asha.staff_id, "due_on": asha.today, "case": route.case}
    actions.add_task(text="Bring a copy of the plan", agreed_from="/visits/1/", **step)
    actions.add_task(text="Tell the receiving side", **step)

    closing.close_case(
        actor=asha,
        case=route.case,
        closed_on=asha.today,
        outcome="SUSTAINED",
        risk_at_end="LOW",
        closing_summary="Stays in lessons.",
    )

    asked = whats(asha)
    assert not any("Bring a copy" in one for one in asked)
    assert any("Tell the receiving side" in one for one in asked)


def test_someone_who_only_co_works_is_not_due_the_plan(acting, route):
    mina = acting("mina")
    actions.allocate(
        actor=mina,
        case=route.case,
        staff=route.staff("omar"),
        capacity=Capacity.CO_WORKER,
        starts_on=mina.today,
    )
    assert whats(acting("omar")) == []


def test_a_school_never_contacted_waits_from_this_term_and_not_from_years_ago(acting, route):
    asha = acting("asha")
    long_ago, began = asha.today - timedelta(days=900), asha.today - timedelta(days=20)
    NamedWorker.objects.create(school=route.case.school, staff_id=asha.staff_id, starts_on=long_ago)
    Term.objects.all().delete()
    for first, last in (
        (long_ago, began - timedelta(days=20)),
        (began, began + timedelta(days=99)),
    ):
        Term.objects.create(name="Any", starts_on=first, ends_on=last)

    calendars = Calendars(asha)
    (item,) = [item for item in due_items(asha, calendars) if item.kind == "contact"]

    assert item.due_on == calendars.add(route.case.school_id, began, 30)


def test_school_days_skip_half_term_inset_and_closures(acting, cast):
    """Autumn 2025 in Luton: half-term 27 to 31 October. Five school days after Thu 23 October.

    By hand: Fri 24 (1), Mon 3 Nov (2), Tue 4 closed, Wed 5 (3), Thu 6 INSET, Fri 7 (4), Mon 10 (5).
    """
    asha = acting("asha")
    Term.objects.create(
        name="Autumn",
        starts_on=date(2025, 9, 1),
        half_term_starts_on=date(2025, 10, 27),
        half_term_ends_on=date(2025, 10, 31),
        ends_on=date(2025, 12, 19),
    )
    NonTeachingDay.objects.create(
        kind="CLOSURE",
        starts_on=date(2025, 11, 4),
        ends_on=date(2025, 11, 4),
        reason="Boiler",
        learned_on=date(2025, 11, 4),
    )
    NonTeachingDay.objects.create(
        kind="INSET",
        starts_on=date(2025, 11, 6),
        ends_on=date(2025, 11, 6),
        learned_on=date(2025, 9, 1),
    )

    calendars = Calendars(asha)

    assert calendars.add(None, date(2025, 10, 23), 5) == date(2025, 11, 10)
    assert calendars.left(None, date(2025, 10, 23), date(2025, 11, 10)) == 5
    assert calendars.left(None, date(2025, 11, 10), date(2025, 10, 23)) == -5


def test_beyond_the_calendar_working_days_are_counted(acting, cast):
    """Friday 1 May 2026, no terms entered: Monday 4 May is a bank holiday, so the 1st is Tuesday 5."""
    assert Calendars(acting("asha")).add(None, date(2026, 5, 1), 1) == date(2026, 5, 5)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1950, 1, 1)])
def test_a_task_is_not_due_in_another_age(acting, route, day):
    asha = acting("asha")

    with pytest.raises(Problem, match="Enter a day"):
        actions.add_task(actor=asha, owner_id=asha.staff_id, text="Ring back", due_on=day)


def test_nobody_takes_a_case_on_in_another_age(acting, route):
    mina = acting("mina")

    with pytest.raises(Problem, match="a long way ahead"):
        actions.allocate(
            actor=mina,
            case=route.case,
            staff=route.staff("omar"),
            capacity=Capacity.LEAD,
            starts_on=date(9999, 1, 1),
        )
