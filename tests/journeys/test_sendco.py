"""A SENDCo finds what the service suspected, puts the pupil on the register and opens the school's plan."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Live
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240), pytest.mark.xdist_group("journeys")]

WEEK = timedelta(weeks=1)
SUSPECTED = "Loses the thread of long instructions"


def test_a_plan_for_a_pupil_newly_on_the_register(live: Live, enter: Enter, faults: Faults):
    today, child = timezone.localdate(), live.people["begun"]
    worker = enter("Outreach Worker")
    school = enter("SENDCo, mainstream")
    head = enter("Headteacher or senior leader, mainstream")

    suspect(worker, child)
    put_on_the_register(school, child, today)
    plan = open_a_plan(school, child, today)
    add_to_it(school, worker, plan)
    school.go(f"/plans/{plan}/")
    school.post(f"/plans/{plan}/submit/")
    approve(head, plan)

    school.go(f"/pupils/{child['id']}/plan/")
    school.look("The school’s plan")
    school.sees("Individual support plan", "Held by", "Chalkhill High School")
    worker.go("/")
    worker.sees("The SENDCo has answered a suspected need.")
    faults.none()


def suspect(worker: Walk, child: dict) -> None:
    worker.go(f"/pupils/{child['id']}/assessment/needs/new/")
    worker.choose(kind="SUSPECTED_SEND")
    worker.type(text=SUSPECTED, source="Seen in three lessons")
    worker.save()
    worker.sees("Waiting for the SENDCo’s answer")


def put_on_the_register(school: Walk, child: dict, today: date) -> None:
    school.go("/")
    school.look("Today of a SENDCo")
    school.go(f"/pupils/{child['id']}/assessment/")
    school.look("Assessment as the school reads it")
    item = school.page.get_by_role("listitem").filter(has_text=SUSPECTED)
    with school.page.expect_navigation():
        item.get_by_role("link", name="Answer").click()
    school.look("Answer what is suspected")
    school.choose(outcome="SUPPORT")
    school.type(assessed="Language screen by S. Sampler", registered_on=today)
    school.type(answer="On the register for communication. A plan follows this week.")
    school.save()
    school.go(f"/pupils/{child['id']}/people/")
    school.look("Family and people")
    school.sees("SEN support")


def open_a_plan(school: Walk, child: dict, today: date) -> int:
    due = today + 6 * WEEK
    school.go(f"/pupils/{child['id']}/plan/")
    school.look("No plan yet, as the school sees it")
    school.go(f"/cases/{child['case']}/plans/new/")
    school.choose(kind="INDIVIDUAL")
    school.type(aim="Follows what is asked, and asks when it is lost.")
    school.type(starts_on=today, review_due_on=due)
    school.type(target_1_text="Starts the task within two minutes", target_1_unit="of 5 lessons")
    school.type(target_1_baseline="1", target_1_goal="4", target_1_lowest="0")
    school.type(target_1_highest="5", target_1_due_on=due, target_1_owner="Ms Exemplar")
    school.type(action_1_party="SCHOOL", action_1_text="Instructions on a card, two at a time")
    school.type(action_1_due_on=due, action_1_target="1")
    school.page.locator('[name="target_1_need"]').select_option(index=1)
    school.look("The school writes a plan")
    school.press("Add an action")
    expect(school.page.locator('[name^="action_"][name$="_text"]').last).to_be_focused()
    school.save()
    school.look("The school’s plan, being written")
    return school.number("plans")


def add_to_it(school: Walk, worker: Walk, plan: int) -> None:
    """The service is brought in, and adds its own part without touching the school's."""
    school.go(f"/plans/{plan}/contributors/add/")
    school.look("Bring somebody in")
    school.choose(party="SERVICE")
    school.type(name="Dana Mockridge", role="Outreach worker")
    school.save()
    school.sees("Dana Mockridge")
    worker.go(f"/plans/{plan}/")
    worker.look("The school’s plan as the service reads it")


def approve(head: Walk, plan: int) -> None:
    """The school approves its own plan: somebody else than who wrote it."""
    head.go("/")
    head.look("Today of a headteacher")
    head.go(f"/plans/{plan}/decide/")
    head.choose(answer="approve")
    head.look("Approve the school’s plan")
    head.save()
    head.sees("Approved.")
