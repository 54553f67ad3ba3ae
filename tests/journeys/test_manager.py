"""A manager's Monday: who is where, who takes what, what waits for approval, what the figures say."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Live
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240), pytest.mark.xdist_group("journeys")]

WEEK = timedelta(weeks=1)


def test_a_monday_of_a_manager(live: Live, enter: Enter, faults: Faults):
    today, people = timezone.localdate(), live.people
    manager = enter("Assistant Headteacher (outreach)")

    read_the_board(manager)
    say_what_they_can_hold(manager)
    check_the_reviews(manager)
    allocate(manager, people["accepted"])
    approve(manager, people["submitted"])
    cover(manager, today)
    hand_over(manager, people["submitted"], today)
    give_out_a_task(manager, today)
    compare(manager)
    preview_a_framework(manager)
    be_reminded(manager, [one["name"] for one in people.values() if isinstance(one, dict)])

    manager.go(f"/pupils/{people['submitted']['id']}/chronology/")
    manager.sees("Lead worker: Sofia Figment", "Plan 1 approved with changes by Grace Exampleton")
    faults.none()


def read_the_board(manager: Walk) -> None:
    manager.look("Today of a manager")
    manager.go("/team/board/")
    manager.look("Whole team’s caseload")
    manager.sees("Dana Mockridge", "Sofia Figment")


def say_what_they_can_hold(manager: Walk) -> None:
    manager.press("Sofia Figment")
    manager.look("One person’s cases")
    manager.press("What they can hold")
    manager.look("What they can hold")
    manager.type(most_cases="9", note="Free on Thursdays")
    manager.choose(knows="ABSENCE")
    manager.save()
    manager.sees("Can lead 9 cases.", "Not coming in")


def check_the_reviews(manager: Walk) -> None:
    """Reviews overdue by school, open cases without a plan, and who is where today."""
    manager.go("/reviews/")
    manager.look("Reviews by school")
    manager.go("/reviews/?view=none")
    manager.look("Open cases without a plan")
    manager.sees("School days since acceptance", "Pathway")
    manager.go("/team/today/")
    manager.look("Who is where today")


def allocate(manager: Walk, accepted: dict) -> None:
    """Each person with why they fit: room, place, need."""
    manager.go("/caseload/?view=waiting")
    manager.look("Waiting to be allocated")
    manager.sees(accepted["name"])
    manager.go(f"/cases/{accepted['case']}/allocate/")
    manager.look("Allocate, with reasons")
    choice = manager.page.locator("label").filter(has_text="Sofia Figment")
    expect(choice).to_contain_text("room for 9 more")
    choice.click()
    manager.type(reason="Has room, and Thursdays are free.")
    manager.save()
    manager.sees("Sofia Figment has been told.")


def approve(manager: Walk, submitted: dict) -> None:
    manager.go("/")
    with manager.page.expect_navigation():
        manager.page.get_by_role(
            "link", name=f"Approve or return the plan: {submitted['name']}"
        ).click()
    manager.look("Plan to approve")
    plan = f"/plans/{manager.number('plans')}/"
    manager.press("Change it first")
    manager.type(aim="He stays in lessons, first in maths.")
    manager.look("A plan changed by who approves it")
    manager.save()
    manager.go(f"{plan}decide/")
    manager.choose(answer="approve")
    manager.type(comment="Maths first: the teacher is ready.")
    manager.look("Approved with changes")
    manager.save()
    manager.sees("Approved.", submitted["name"])


def cover(manager: Walk, today: date) -> None:
    manager.go("/team/cover/")
    manager.look("Cover while somebody is away")
    manager.page.select_option('[name="staff"]', label="Imran Testwell")
    manager.page.get_by_label("Dana Mockridge", exact=False).check()
    manager.type(starts_on=today, ends_on=today + timedelta(days=4), reason="On a course")
    manager.save()
    manager.sees("Dana Mockridge covers, and has been told.", "On a course")
    manager.look("Team with cover")


def hand_over(manager: Walk, submitted: dict, today: date) -> None:
    """One case of a caseload; what the next person needs to know goes with it."""
    manager.go("/team/board/")
    manager.press("Dana Mockridge")
    manager.press("Hand cases over")
    for box in manager.page.locator('[name="cases"]').all():
        box.uncheck()
    manager.page.locator(f'[name="cases"][value="{submitted["case"]}"]').check()
    manager.page.locator('[name="takes_checks"]').uncheck()
    manager.page.get_by_label("Sofia Figment", exact=False).check()
    manager.type(starts_on=today, note="Mum prefers a text before eight.")
    manager.look("Hand cases over")
    manager.save()
    manager.sees("1 case handed to Sofia Figment.")


def give_out_a_task(manager: Walk, today: date) -> None:
    manager.go("/team/tasks/new/")
    manager.type(text="Bring the half-term figures", due_on=today + WEEK)
    manager.page.get_by_label("Dana Mockridge", exact=False).check()
    manager.page.locator('[name="is_priority"]').check()
    manager.look("A task for the team")
    manager.save()
    manager.sees("Dana Mockridge has been told.", "Bring the half-term figures")
    manager.look("The team’s tasks")


def compare(manager: Walk) -> None:
    manager.go("/referrals/compare/")
    manager.look("Neighbourhoods compared")
    manager.go("/referrals/triage/")
    manager.look("Versions of the triage form")


def preview_a_framework(manager: Walk) -> None:
    """A version in the making says whom it reaches before it is published; this one is discarded."""
    manager.go("/frameworks/")
    manager.press("Eastmere inclusion framework")
    manager.look("A framework")
    framework = manager.number("frameworks")
    manager.press("Begin a new version")
    draft = f"/frameworks/drafts/{manager.number('drafts')}/"
    stage = manager.page.locator('main a[href*="/stages/"]').get_by_text("Change").nth(2)
    with manager.page.expect_navigation():
        stage.click()
    manager.type(weeks_limit="10")
    manager.look("A stage of the new version")
    manager.save()
    manager.look("A version in the making")
    manager.press("See whom it affects, and publish")
    manager.look("Whom a new version reaches")
    manager.go(draft)
    manager.press("Throw it away")
    manager.sees("Nothing has changed.")
    assert manager.number("frameworks") == framework


def be_reminded(manager: Walk, names: list[str]) -> None:
    """A digest once a week, and a calendar that a phone may read: neither names a child."""
    manager.go("/me/reminders/")
    manager.look("How I am reminded")
    manager.choose(digest="WEEKLY")
    manager.type(weekday="0")
    manager.save()
    manager.sees("Saved.")
    manager.press("Make my secret address")
    manager.look("The calendar’s address")
    address = manager.page.locator("code").inner_text()
    calendar = manager.page.request.get(address).text()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "BEGIN:VEVENT" in calendar
    assert not [name for name in names if name.split()[-1] in calendar]
