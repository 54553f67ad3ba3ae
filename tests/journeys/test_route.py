"""One child's whole route through the screens only: from a school's referral to the closure report."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Live
from tests.journeys.referring import accept, refer, screen, send_again
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240), pytest.mark.xdist_group("journeys")]

WEEK = timedelta(weeks=1)
TARGETS = ("Stays for the whole maths lesson", "Asks for a break before leaving")
STEPS = (
    "Chalkhill High School referred to Eastmere outreach service",
    "Eastmere outreach service returned the referral: 1 thing missing",
    "Chalkhill High School sent the referral again",
    "Eastmere outreach service accepted the referral",
    "Case opened with Eastmere outreach service",
    "Lead worker: Dana Mockridge",
    "Barrier: Cannot settle when the room is loud.",
    "teacher, at the start: 24 of 40",
    "Plan 1 sent for approval",
    "Plan 1 approved by Grace Exampleton",
    "The school agreed to plan 1",
    "The family agreed to plan 1",
    "The pupil agreed to plan 1",
    "Plan 1 agreed by all",
    "One-to-one session, 5 minutes, Room 14",
    "One-to-one session, 10 minutes, Room 14",
    "Daily log: 2 of 2 targets met",
    "Plan 1 reviewed: step down",
    "steps down to School plan",
    "Plan 2 agreed by all",
    "Plan 2 reviewed: close",
    "teacher, at the end: 13 of 40",
    "Case closed: Place sustained in the same school",
    "Closure report made as PDF",
    "Closure report made as Word",
)


def test_one_child_from_referral_to_closure(live: Live, enter: Enter, faults: Faults, tmp_path):
    today = timezone.localdate()
    child = live.people["chalkhill"][0]
    school = enter("SENDCo, mainstream")
    worker = enter("Outreach Worker")
    manager = enter("Assistant Headteacher (outreach)")

    referral = refer(school, child, today, tmp_path)
    screen(worker, referral, today, not_yet="Two plan reviews")
    send_again(school, referral, today)
    case = accept(worker, referral, today)
    allocate(manager, case)
    settle_start(worker, case)
    assess(worker, child, today)
    plan = write_plan(worker, case, today)
    approve(manager, plan)
    agree(school, worker, plan)
    do(worker, case, plan, child, today)
    following = step_down(worker, plan, today)
    approve(manager, following)
    agree(school, worker, following)
    finish(worker, following, child, today)
    close(worker, case)
    read_report(worker, case)
    school.go(f"/pupils/{child['id']}/")
    school.look("Pupil as the school reads it")
    see_checks(worker, case, today)
    read_chronology(worker, child)
    school.go("/")
    school.look("Today of the school")

    verified = live.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    assert len(faults.seen) >= 40
    faults.none()


def allocate(manager: Walk, case: int) -> None:
    manager.look("Today of a manager")
    manager.go("/caseload/")
    manager.look("Caseload of a manager")
    manager.go(f"/cases/{case}/allocate/")
    manager.look("Allocate")
    manager.page.get_by_label("Dana Mockridge").check()
    manager.type(reason="Knows the school")
    manager.press("Allocate")
    manager.look("Case allocated")
    manager.sees("Dana Mockridge has been told.")


def settle_start(worker: Walk, case: int) -> None:
    worker.go("/")
    worker.look("Today of a worker")
    worker.go(f"/cases/{case}/")
    worker.look("A case to begin")
    links = worker.page.locator("#checklist a[href]").all()
    hrefs = [str(link.get_attribute("href")) for link in links]
    items = [href for href in hrefs if re.search(r"/checklist/\d+/$", href)]
    assert items
    for number, href in enumerate(items):
        worker.go(str(href))
        if not number:
            worker.look("Checklist item")
        is_last = number == len(items) - 1 and number > 0
        worker.choose(answer="na" if is_last else "done")
        if is_last:
            worker.type(not_applicable_because="The family speaks English")
        worker.press("Save")
    expect(worker.page.locator("#checklist").get_by_text("To do")).to_have_count(0)
    worker.look("Checklist settled")


def assess(worker: Walk, child: dict, today: date) -> None:
    base = f"/pupils/{child['id']}/assessment/"
    worker.go(f"/pupils/{child['id']}/")
    worker.look("Pupil overview")
    worker.go(base)
    worker.look("Assessment, empty")
    worker.go(f"{base}needs/new/")
    worker.look("Record a need")
    worker.choose(kind="BARRIER")
    worker.type(text="Cannot settle when the room is loud.", source="Seen in maths on Tuesday")
    worker.save()
    score(worker, child, today, "BASELINE", "24")
    worker.go(f"{base}voice/new/")
    worker.look("The child's words")
    worker.choose(method="TALK")
    worker.type(question="What is school like?", words="It is too loud, then I go.", said_on=today)
    worker.save()
    worker.look("Assessment")
    worker.sees("It is too loud, then I go.", "24")


def score(worker: Walk, child: dict, today: date, occasion: str, figure: str) -> None:
    worker.go(f"/pupils/{child['id']}/assessment/scores/new/")
    worker.look(f"Record a score, {occasion.lower()}")
    worker.page.get_by_label("total score", exact=False).first.check()
    worker.choose(informant="TEACHER", occasion=occasion)
    worker.type(score=figure, taken_on=today)
    worker.save()


def write_plan(worker: Walk, case: int, today: date) -> int:
    worker.go(f"/cases/{case}/plans/new/")
    worker.look("Plan form")
    due = today + 6 * WEEK
    worker.choose(kind="INTERVENTION")
    worker.type(aim="To stay in maths and to say when it is too much.")
    worker.type(starts_on=today, review_due_on=due)
    while worker.page.locator('[name="action_4_text"]').count() == 0:
        worker.press("Add an action")
    while worker.page.locator('[name="target_2_text"]').count() == 0:
        worker.press("Add a target")
    for number, text in enumerate(TARGETS, 1):
        told = {"text": text, "unit": "of 4 a week", "baseline": 0, "goal": 3, "lowest": 0}
        told |= {"highest": 4, "due_on": due, "owner": "Head of year"}
        worker.type(**{f"target_{number}_{name}": value for name, value in told.items()})
    doing = {
        "SCHOOL": "A break card, honoured by every teacher",
        "FAMILY": "Ask about maths at tea, once",
        "PUPIL": "Show the card before leaving",
        "SERVICE": "One session a week",
    }
    for number, (party, text) in enumerate(doing.items(), 1):
        told = {"party": party, "text": text, "due_on": due}
        worker.type(**{f"action_{number}_{name}": value for name, value in told.items()})
        towards = "1" if number < 3 else "2"
        worker.page.locator(f'select[name="action_{number}_target"]').select_option(towards)
    for need in worker.page.locator('select[name$="_need"]').all()[: len(TARGETS)]:
        need.select_option(index=1)
    worker.press("Save the plan")
    worker.look("Plan, a draft")
    worker.sees(*TARGETS, *doing.values())
    plan = worker.number("plans")
    worker.post(f"/plans/{plan}/submit/")
    worker.look("Plan waiting for approval")
    return plan


def approve(manager: Walk, plan: int) -> None:
    manager.go(f"/plans/{plan}/decide/")
    manager.look("Approve a plan")
    manager.choose(answer="approve")
    manager.save()
    manager.sees("Approved.")


def agree(school: Walk, worker: Walk, plan: int) -> None:
    school.go(f"/plans/{plan}/")
    school.look("Plan as the school reads it")
    school.go(f"/plans/{plan}/agree/school/")
    school.look("The school agrees")
    school.choose(answer="yes")
    school.save()
    for party, name in (("family", "Jo Sample"), ("pupil", "")):
        worker.go(f"/plans/{plan}/agree/{party}/")
        worker.look(f"What the {party} says")
        if name:
            worker.type(name=name)
        worker.type(how="At the meeting in school", words="That sounds right.")
        worker.choose(answer="yes")
        worker.save()
    worker.sees("Everybody agrees. The plan is in use.")
    worker.look("Plan in use")


def do(worker: Walk, case: int, plan: int, child: dict, today: date) -> None:
    for start, minutes, mark in (("00:00", "5", "NOT_YET"), ("00:05", "10", "MET")):
        worker.go(f"/cases/{case}/sessions/new/")
        worker.look(f"Session at {start}")
        worker.choose(kind="ONE_TO_ONE", attendance="ATTENDED", face="4")
        worker.type(on=today, time=start, minutes=minutes, place="Room 14")
        worker.type(what_we_did="Practised the break card.", response="Used it twice.")
        mark_all(worker, mark)
        worker.save()
    worker.go(f"/cases/{case}/logs/new/")
    worker.look("Daily log")
    worker.choose(face="5")
    worker.type(what_worked="The card on the desk", staff_told="Mr Exemplar")
    mark_all(worker, "MET")
    worker.save()
    worker.go(f"/pupils/{child['id']}/sessions/")
    worker.look("Sessions and logs")
    worker.sees("Practised the break card", "The card on the desk")
    worker.go(f"/plans/{plan}/")
    worker.look("Plan with marks")


def mark_all(worker: Walk, mark: str) -> None:
    marks = worker.page.locator(f'[name^="mark_"][value="{mark}"]')
    assert marks.count() == len(TARGETS)
    for box in marks.all():
        box.check()


def step_down(worker: Walk, plan: int, today: date) -> int:
    worker.go(f"/plans/{plan}/review/")
    worker.look("Review")
    worker.type(
        held_on=today, present="Head of year, mum", reason="Nearly there; the school runs it now."
    )
    for box in worker.page.locator('[name^="score_"]').all():
        box.fill("2")
    worker.choose(decision="STEP_DOWN")
    worker.page.select_option('[name="stage"]', label="School plan")
    worker.type(pupil_view="Better, mostly.", family_view="Calmer at home.")
    worker.press("Record the review")
    following = worker.number("plans")
    assert following != plan
    worker.look("Next plan after the review")
    worker.post(f"/plans/{following}/submit/")
    return following


def finish(worker: Walk, plan: int, child: dict, today: date) -> None:
    worker.go(f"/plans/{plan}/review/")
    worker.type(held_on=today, reason="Targets are met and the school carries on.")
    for box in worker.page.locator('[name^="score_"]').all():
        box.fill("3")
    worker.choose(decision="CLOSE")
    worker.look("Review to close")
    worker.press("Record the review")
    worker.look("Close the case, before measuring again")
    score(worker, child, today, "EXIT", "13")
    worker.look("Assessment, before and after")


def close(worker: Walk, case: int) -> None:
    worker.go(f"/cases/{case}/close/")
    worker.look("Close the case")
    worker.choose(outcome="SUSTAINED", risk_at_end="LOW")
    worker.type(closing_summary="Stays in maths, and shows the card. The school knows what to do.")
    worker.press("Close the case")
    worker.sees("The case is closed.")
    worker.look("Case closed")


def read_report(worker: Walk, case: int) -> None:
    worker.go(f"/cases/{case}/report/")
    worker.look("Closure report")
    worker.sees(*TARGETS, "24", "13")
    picture = worker.page.get_by_role("region", name="Picture: before and after").locator("svg")
    expect(picture.first).to_be_visible()
    for ending, start in (("pdf", b"%PDF"), ("word", b"PK")):
        with worker.page.expect_download() as download:
            worker.page.locator(f'form[action="/cases/{case}/report/{ending}/"] button').click()
        body = Path(download.value.path()).read_bytes()
        assert body.startswith(start), ending
        assert len(body) > 4_000, ending


def see_checks(worker: Walk, case: int, today: date) -> None:
    worker.go(f"/cases/{case}/")
    worker.look("Case with its checks")
    worker.sees("6-week check", "12-week check", "24-week check")
    said = worker.page.locator("#checks").inner_text()
    for weeks in (6, 12, 24):
        on = today + weeks * WEEK
        as_due = f"Due {on:%a} {on.day} {on:%b %Y}"
        as_moved = f"{weeks} weeks after closing is {on:%A} {on.day} {on:%B %Y}"
        assert as_due in said or as_moved in said, said
    worker.go("/due/")
    worker.look("Everything due")
    rows = worker.page.locator(f'a[href^="/cases/{case}/checks/"]')
    expect(rows).to_have_count(3)


def read_chronology(worker: Walk, child: dict) -> None:
    worker.go(f"/pupils/{child['id']}/chronology/")
    worker.look("Chronology")
    worker.sees(*STEPS)
