"""A council caseworker's day: the planner, a referral returned, a review in the meeting, a threshold, a hearing."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.journeys.conftest import Live
from tests.journeys.referring import answer
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240), pytest.mark.xdist_group("journeys")]

WEEK = timedelta(weeks=1)


def test_a_day_of_a_council_caseworker(live: Live, enter: Enter, faults: Faults):
    today, people = timezone.localdate(), live.people
    reviewed, asked = people["reviewed"], people["county asked"]
    worker = enter("Pupil reintegration caseworker", council="Northfold")

    plan_a_visit(worker, today)
    return_a_referral(worker, asked, today)
    plan = review(worker, reviewed, today)
    step_down(worker, plan)
    tend_an_alternative(worker, reviewed)
    pass_up(worker, reviewed)
    keep_a_decision(worker, reviewed, today)
    see_who_was_not_seen(worker)
    make_a_hearing(worker, enter("Casework supervisor", council="Northfold"), reviewed)
    faults.none()


def plan_a_visit(worker: Walk, today: date) -> None:
    worker.look("Today of a caseworker")
    worker.go("/visits/new/")
    box = worker.page.locator('input[name="school-words"]')
    box.press_sequentially("Sandholme")
    worker.page.get_by_role("option").filter(has_text="Sandholme").first.click()
    worker.type(purpose="Pastoral support meeting", on=today, at="14:30", minutes="45")
    worker.look("Plan a visit")
    worker.save()
    worker.sees("It stands in your planner", "Pastoral support meeting")
    worker.look("Week planner")


def return_a_referral(worker: Walk, asked: dict, today: date) -> None:
    """What is not shown goes back item by item, each with what to do and by when."""
    base = f"/referrals/{asked['referral']}/"
    worker.go("/referrals/")
    worker.look("Referrals of the team")
    worker.go(base)
    worker.post(f"{base}start/")
    not_yet = worker.page.locator(".al-question").first.inner_text().splitlines()[0]
    answer(worker, today, not_yet)
    worker.save()
    worker.press("Return to the school")
    worker.look("Return with what to adjust")
    worker.type(reason="Clear and helpful. One thing is missing, and here is how to show it.")
    worker.save()
    worker.sees("Returned")
    worker.look("Returned")


def review(worker: Walk, child: dict, today: date) -> int:
    """Targets are scored one by one in the meeting; each is saved as it is said."""
    worker.go(f"/pupils/{child['id']}/plan/")
    worker.press("Review it")
    plan = worker.number("plans")
    worker.press("Score the targets one by one")
    while "/meeting/" in worker.page.url:
        worker.choose(value="2")
        worker.look("A target scored in the meeting")
        worker.save()
    worker.sees("targets scored. Now decide what follows.")
    worker.type(held_on=today, present="Head of year, mum", reason="Half the week goes well.")
    worker.type(family_view="He sleeps.", pupil_view="Better when I know what comes.")
    return plan


def step_down(worker: Walk, plan: int) -> None:
    worker.choose(decision="STEP_DOWN")
    worker.page.select_option('[name="stage"]', label="Assess")
    worker.look("Review, stepping down")
    worker.save()
    following = worker.number("plans")
    assert following != plan
    worker.look("The next plan")
    worker.go(f"/plans/{following}/compare/")
    worker.look("Two plans side by side")


def tend_an_alternative(worker: Walk, child: dict) -> None:
    """What is used in place of exclusion: a step is done, and it is seen from the ladder."""
    worker.go(f"/pupils/{child['id']}/frameworks/")
    worker.look("The Ladder, stepped down")
    alternative = worker.page.locator('main a[href^="/alternatives/"]').first
    with worker.page.expect_navigation():
        alternative.click()
    worker.look("In place of exclusion")
    step = worker.page.locator('main a[href*="/steps/"]').first
    with worker.page.expect_navigation():
        step.click()
    worker.type(note="The base is ready, and he has seen it.")
    worker.save()
    worker.sees("The base is ready, and he has seen it.")


def pass_up(worker: Walk, child: dict) -> None:
    """Suspected sending-home goes up to the supervisor, restricted to who answers for it."""
    worker.go(f"/escalations/new/?kind=DIRECTION&case={child['case']}")
    worker.type(words="Sent home at noon twice with no suspension recorded. Both days are noted.")
    worker.page.get_by_label("Mark Standing-In", exact=False).check()
    worker.save()
    worker.look("Passed up")
    worker.sees("Put to Mark Standing-In.")


def keep_a_decision(worker: Walk, child: dict, today: date) -> None:
    """At home: options explained, what was asked, and both decisions in their own words."""
    worker.go(f"/pupils/{child['id']}/assessment/voice/decisions/new/")
    worker.type(about="Where he learns until Easter", options="Stay with a plan; a managed move.")
    worker.type(questions="Can we say no? Yes.", parent_name="Jo Sample")
    worker.type(parent_words="We want him to stay.", pupil_words="I want my own class.")
    worker.type(explained_on=today)
    worker.look("A decision in their words")
    worker.save()
    worker.sees("We want him to stay.", "I want my own class.")


def see_who_was_not_seen(worker: Walk) -> None:
    """The last-contact list, to act from, before going home."""
    worker.go("/caseload/?view=unseen")
    worker.look("Not seen lately")
    worker.sees("Pathway")


def make_a_hearing(worker: Walk, supervisor: Walk, child: dict) -> None:
    """Sent in, read and approved by who supervises, then taken as pages."""
    at = f"/pupils/{child['id']}/chronology/hearing/"
    worker.go(at)
    worker.type(hearing="The governors’ meeting of 10 December")
    worker.look("Chronology for a hearing")
    worker.save()
    worker.sees("Sent in.", "Waiting for approval")
    supervisor.go("/due/")
    supervisor.press(f"Approve or return the chronology for a hearing: {child['name']}")
    supervisor.look("A chronology to approve")
    supervisor.press("Approve or return")
    supervisor.choose(decision="approve")
    supervisor.save()
    supervisor.sees("Approved by Mark Standing-In")
    worker.go(at)
    worker.look("A chronology that is approved")
    with worker.page.expect_download() as download:
        worker.page.locator("main form button").filter(has_text="Make the pages").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
