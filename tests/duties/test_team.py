"""A team's deadlines: all of them by date, whose each is, and giving one on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases import actions, giving
from alongside.cases.escalations import raise_escalation
from alongside.cases.models import Escalation, StepOwner, SustainedCheck, Task
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.duties.giving import get_deadline, give
from alongside.duties.team import ROLE_ENDS_WITHIN, count_spans, team_list, within
from alongside.duties.team_rows import team_of
from alongside.pathways.models import Stage, Standing
from alongside.people.models import Capacity, Pupil
from alongside.plans.models import (
    Agreement,
    Party,
    Plan,
    PlanState,
    ProgressUpdate,
    TaperStep,
)
from alongside.referrals.models import Referral, ReferralState
from alongside.rules.statutory import BY_KEY
from alongside.schools.models import NamedWorker

pytestmark = pytest.mark.django_db


def members(actor):
    return team_of(actor, actor.today + ROLE_ENDS_WITHIN)


def items(actor):
    return team_list(actor, Calendars(actor), members(actor)).items


def told(actor):
    return [(one.item.what, one.owner) for one in items(actor)]


def whats(actor):
    return [item.what for item in due_items(actor, Calendars(actor))]


def hand(actor, key, to):
    give(actor, get_deadline(actor, key, members(actor)), to)


def plan_in_use(route, actor, **fields):
    return Plan.objects.create(
        case=route.case,
        pupil=route.pupil,
        number=1,
        state=PlanState.AGREED,
        aim="Stay in lessons",
        starts_on=actor.today,
        review_due_on=actor.today + timedelta(weeks=6),
        written_by_id=actor.staff_id,
        changed_by_id=actor.staff_id,
        changed_at=timezone.now(),
        **fields,
    )


def test_the_manager_sees_by_when_each_pupil_is_to_be_seen_as_their_lead_does(acting, route):
    asha = acting("asha")
    (theirs,) = [i for i in due_items(asha, Calendars(asha)) if i.kind == "seen"]

    (one,) = [one for one in items(acting("mina")) if one.item.kind == "seen"]

    assert (one.item, one.owner, one.key) == (theirs, route.staff("asha").name, "")
    plan_in_use(route, acting("mina"))
    assert [o.item.kind for o in items(acting("mina"))].count("seen") == 1, "once, with a plan too"


def test_the_manager_sees_every_case_and_staff_deadline_of_the_team(acting, route):
    omar = acting("omar")
    actions.add_task(actor=omar, owner_id=omar.staff_id, text="Book training", due_on=omar.today)

    found = told(acting("mina"))

    assert found == [
        ("Book training", route.staff("omar").name),
        ("Finish the start checklist: Robin Testerly", route.staff("asha").name),
        ("See or speak with Robin Testerly", route.staff("asha").name),
        ("Write the first plan: Robin Testerly", route.staff("asha").name),
    ]


def test_another_service_sees_none_of_them(acting, route):
    assert told(acting("lena")) == []


def test_a_review_stands_with_the_lead_until_it_is_given_to_a_co_worker(acting, route):
    mina = acting("mina")
    plan_in_use(route, mina)

    hand(mina, f"review-{route.case.pk}", route.staff("omar"))

    assert ("Review the plan: Robin Testerly", route.staff("omar").name) in told(mina)
    assert "Review the plan: Robin Testerly" in whats(acting("omar"))
    assert "Review the plan: Robin Testerly" not in whats(acting("asha"))


def test_the_next_review_is_the_leads_again(acting, route):
    mina = acting("mina")
    plan = plan_in_use(route, mina)
    hand(mina, f"review-{route.case.pk}", route.staff("omar"))

    Plan.objects.filter(pk=plan.pk).update(review_due_on=mina.today + timedelta(weeks=12))

    assert "Review the plan: Robin Testerly" in whats(acting("asha"))
    assert "Review the plan: Robin Testerly" not in whats(acting("omar"))


def test_a_deadline_given_back_to_the_lead_leaves_nothing_behind(acting, route):
    mina = acting("mina")
    hand(mina, f"plan-{route.case.pk}", route.staff("omar"))
    hand(mina, f"plan-{route.case.pk}", route.staff("asha"))

    assert not StepOwner.objects.exists()
    assert "Write the first plan: Robin Testerly" in whats(acting("asha"))


def test_whoever_is_given_a_step_of_a_case_works_on_it_and_may_open_the_pupil(acting, route):
    mina = acting("mina")
    hand(mina, f"checklist-{route.case.pk}", route.staff("omar"))

    omar = acting("omar")

    assert Pupil.objects.visible_to(omar).filter(pk=route.pupil.pk).exists()
    assert route.case.allocations.filter(staff_id=omar.staff_id, capacity="CO_WORKER").exists()


def test_a_new_lead_answers_for_every_deadline(acting, route):
    mina = acting("mina")
    hand(mina, f"plan-{route.case.pk}", route.staff("omar"))
    told = {"capacity": Capacity.LEAD, "starts_on": mina.today}
    actions.allocate(actor=mina, case=route.case, staff=route.staff("hugo"), **told)

    assert "Write the first plan: Robin Testerly" not in whats(acting("omar"))


def test_a_task_changes_hands_with_its_pupil(acting, route):
    asha = acting("asha")
    task = actions.add_task(
        actor=asha, owner_id=asha.staff_id, text="Ring mum", due_on=asha.today, case=route.case
    )
    mina = acting("mina")

    hand(mina, f"task-{task.pk}", route.staff("omar"))

    assert "Ring mum: Robin Testerly" in whats(acting("omar"))
    assert Pupil.objects.visible_to(acting("omar")).filter(pk=route.pupil.pk).exists()


def test_a_question_goes_to_somebody_else_but_never_back_to_who_asked(acting, route):
    asha = acting("asha")
    one = raise_escalation(
        actor=asha,
        kind=Escalation.Kind.DIRECTION,
        asked=route.staff("mina"),
        words="May he stay home?",
        answer_by=asha.today,
    )
    mina = acting("mina")

    with pytest.raises(Problem, match="cannot answer it too"):
        hand(mina, f"escalation-{one.pk}", route.staff("asha"))
    hand(mina, f"escalation-{one.pk}", route.staff("omar"))

    assert "Answer Asha" in whats(acting("omar"))[0]


def test_a_worker_gives_nothing_on(acting, route):
    asha = acting("asha")
    task = actions.add_task(actor=asha, owner_id=asha.staff_id, text="Ring", due_on=asha.today)

    with pytest.raises(Refused, match="Only who leads a team"):
        giving.give_task(actor=asha, task=task, owner=route.staff("omar"))


def test_a_deadline_of_another_team_is_not_found(acting, route):
    with pytest.raises(NotFound):
        get_deadline(acting("lena"), f"plan-{route.case.pk}", [])


def test_a_statutory_step_is_counted_from_its_event_once(acting, route):
    sana = acting("sana")
    event = sana.today - timedelta(days=300)
    step = BY_KEY["annual-review"]
    given = {"pupil": route.pupil, "step": step, "event_on": event, "owner": route.staff("tom")}

    giving.add_statutory_step(actor=sana, **given)

    (item,) = [one.item for one in items(sana) if one.item.is_statutory]
    assert item.source.startswith("Children and Families Act 2014, section 44: check")
    with pytest.raises(Problem, match="already"):
        giving.add_statutory_step(actor=sana, **given)


@pytest.mark.parametrize(
    ("days", "spans"),
    [
        (-1, {"all", "overdue"}),
        (0, {"all", "week", "term"}),
    ],
)
def test_a_day_belongs_to_its_spans(acting, route, days, spans):
    asha = acting("asha")
    due_on = asha.today + timedelta(days=days)
    actions.add_task(actor=asha, owner_id=asha.staff_id, text="Ring", due_on=due_on)
    item = next(i for i in due_items(asha, Calendars(asha)) if i.what == "Ring")

    found = {
        span
        for span in ("all", "overdue", "week", "next", "term", "law")
        if within(item, span, asha.today, asha.today + timedelta(days=40))
    }

    assert found == spans
    counts = count_spans([item], asha.today, asha.today + timedelta(days=40))
    assert {span for span, count in counts.items() if count} == spans


def test_of_one_person_every_deadline_is_listed_and_nobody_elses(acting, route):
    mina = acting("mina")
    hand(mina, f"checklist-{route.case.pk}", route.staff("omar"))

    def of(name):
        found = team_list(mina, Calendars(mina), members(mina), route.staff(name).pk)
        return [one.item.what for one in found.items]

    assert of("omar") == ["Finish the start checklist: Robin Testerly"]
    assert of("asha") == [
        "See or speak with Robin Testerly",
        "Write the first plan: Robin Testerly",
    ]


def test_a_manager_sees_as_theirs_all_that_a_worker_sees_as_due(acting, route):
    """One worker with every kind of thing that can be due to one."""
    mina, asha, school = acting("mina"), acting("asha"), route.case.school
    plan = plan_in_use(route, asha)
    own = {"actor": asha, "owner_id": asha.staff_id, "due_on": asha.today}
    actions.add_task(text="Ring mum", case=route.case, **own)
    Task.objects.create(
        text="Send the timetable", owner=route.staff("omar"), agreed_with_id=asha.staff_id,
        made_by_id=asha.staff_id, due_on=asha.today, case=route.case, pupil=route.pupil,
    )  # fmt: skip
    SustainedCheck.objects.create(
        case=route.case, owner_id=asha.staff_id, weeks=6, due_on=asha.today
    )
    Escalation.objects.create(
        kind=Escalation.Kind.DIRECTION, asked=route.staff("asha"), words="May he stay home?",
        answer_by=asha.today, recorded_by=route.staff("omar"),
    )  # fmt: skip
    Agreement.objects.create(
        plan=plan, party=Party.FAMILY, name="Mum", is_agreed=True, how="In person",
        agreed_on=asha.today, withdrawn_on=asha.today, recorded_by_id=asha.staff_id,
    )  # fmt: skip
    TaperStep.objects.create(
        case=route.case, order=1, hours_a_week=2, starts_on=asha.today, criteria="Calm weeks"
    )
    ProgressUpdate.objects.create(
        plan=plan, since=asha.today, body="Going well", sent_at=timezone.now(),
        sent_by=route.staff("omar"),
    )  # fmt: skip
    stage = Stage.objects.create(
        framework=route.case.framework, order=2, name="School plan", weeks_limit=4
    )
    Standing.objects.create(
        pupil=route.pupil, stage=stage, starts_on=asha.today - timedelta(weeks=5),
        reason="Agreed", moved_by_id=asha.staff_id,
    )  # fmt: skip
    NamedWorker.objects.create(school=school, staff_id=asha.staff_id, starts_on=asha.today)
    Referral.objects.create(
        reference="R-1", pupil=route.pupil, school=school, service=route.case.service,
        area=route.case.area, framework=route.case.framework, main_worry="LEAVING",
        last_incident="Left", sent_at=timezone.now(), sent_by=route.staff("omar"),
        screener=route.staff("asha"), state=ReferralState.SCREENING,
    )  # fmt: skip

    theirs = [(i.due_on, i.what, i.kind) for i in due_items(asha, Calendars(asha)) if not i.led_by]
    found = team_list(mina, Calendars(mina), members(mina), asha.staff_id).items
    of_all = [one for one in items(mina) if one.owner_id == asha.staff_id]

    assert {kind for _, _, kind in theirs} == {
        "task", "check", "escalation", "checklist", "review", "withdrawn", "update", "taper",
        "seen", "contact", "referral", "limit",
    }  # fmt: skip
    assert [(o.item.due_on, o.item.what, o.item.kind) for o in found] == theirs
    assert [(o.item.due_on, o.item.what, o.item.kind) for o in of_all] == theirs
