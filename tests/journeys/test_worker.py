"""An outreach worker's day: triage, a call, an assessment, a score put right, a step, Today worked through."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Live
from tests.journeys.referring import answer
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240), pytest.mark.xdist_group("journeys")]

WEEK = timedelta(weeks=1)
BACK = "Half of the morning was spent in the corridor before the school had a plan."


def test_a_day_of_an_outreach_worker(live: Live, enter: Enter, faults: Faults):
    today, people = timezone.localdate(), live.people
    begun, worked = people["begun"], people["worked"]
    worker = enter("Outreach Worker")

    put_on_the_waiting_list(worker, people["asked"], today)
    take_a_call(worker, people["chalkhill"][2], today)
    say_how_pressing(worker, begun["case"], today)
    assess(worker, begun, today)
    score_the_wrong_child(worker, worked, begun, today)
    choose_a_face(worker, begun)
    move_up(worker, begun, today)
    judge(worker, begun["case"])
    ask_the_council(worker, begun["case"])
    work_today_through(worker, begun["case"], today)
    see_the_whole_caseload(worker)

    worker.go(f"/pupils/{begun['id']}/chronology/")
    worker.look("Chronology of the day")
    worker.sees("steps up to Panel placement", "Put right:", "Professional judgement recorded")
    school = enter("SENDCo, mainstream")
    school.go(f"/pupils/{begun['id']}/frameworks/")
    school.look("The ladder as the school reads it")
    school.sees(BACK)
    faults.none()


def see_the_whole_caseload(worker: Walk) -> None:
    """The most pressing first, then by setting: the two orders that a week is planned in."""
    worker.go("/caseload/?sort=priority")
    worker.look("Caseload by priority")
    worker.go("/caseload/?sort=school")
    worker.look("Caseload by setting")


def put_on_the_waiting_list(worker: Walk, asked: dict, today: date) -> None:
    """Criteria first, then the form that every neighbourhood shares, then what it waits for."""
    base = f"/referrals/{asked['referral']}/"
    worker.go(base)
    worker.post(f"{base}start/")
    answer(worker, today, not_yet="")
    worker.press("Save the answers")
    worker.press("Score it")
    worker.look("Score on the shared form")
    for question in worker.page.locator("main fieldset").all():
        question.locator("input[type=radio]").nth(2).check()
    worker.save()
    worker.sees("the threshold")
    worker.go(f"{base}wait/")
    worker.look("Put on the waiting list")
    worker.choose(waits_for="PLACE")
    worker.type(expected_on=today + 4 * WEEK, reason="The next group begins after half-term.")
    worker.save()
    worker.sees("On the waiting list")
    worker.go("/referrals/waiting/")
    worker.look("Waiting list")
    expect(worker.page.get_by_role("row").filter(has_text=asked["name"])).to_contain_text(
        "A place in a group or in-reach"
    )


def take_a_call(worker: Walk, child: dict, today: date) -> None:
    """A professional rings; the pupil is found by facts, and the school is told."""
    worker.go("/referrals/call/")
    worker.look("Take a call")
    worker.type(caller_name="Sam Invented", caller_role="School nurse", upn=child["upn"])
    worker.choose(main_worry="LOW_MOOD")
    worker.type(last_incident="Sat alone at lunch all week and ate nothing.")
    worker.type(agreed_by="Jo Sample", agreed_on=today)
    worker.save()
    worker.sees("Taken: referral", "Chalkhill High School has been told.")
    worker.look("Call taken")


def say_how_pressing(worker: Walk, case: int, today: date) -> None:
    worker.go(f"/priority/{case}/")
    worker.look("How pressing it is")
    worker.choose(priority="VERY_HIGH")
    worker.type(reason="The head rang: one more day like Tuesday and he decides.")
    worker.save()
    worker.sees("Priority very high until")
    worker.go("/caseload/?sort=priority")
    worker.look("Caseload by priority")
    expect(worker.page.locator("main tbody tr").first).to_contain_text("Very high")


def assess(worker: Walk, child: dict, today: date) -> None:
    worker.go(f"/pupils/{child['id']}/assessment/assess/")
    worker.look("Needs assessment")
    for group in worker.page.locator('main [name^="rate_"][value="2"]').all():
        group.check()
    worker.choose(occasion="BASELINE")
    worker.type(taken_on=today, strengths="Draws for an hour", triggers="A loud room")
    worker.type(pupil_words="I try. It gets too much.", school_words="Better before lunch.")
    worker.save()
    worker.sees("Assessment 1 is complete.")
    worker.look("Assessment complete")


def score_the_wrong_child(worker: Walk, wrong: dict, right: dict, today: date) -> None:
    """It is struck out where it was typed, and stands where it belongs."""
    worker.go(f"/pupils/{wrong['id']}/assessment/scores/new/")
    worker.page.get_by_label("total score", exact=False).first.check()
    worker.choose(informant="SELF", occasion="BASELINE")
    worker.type(score="27", taken_on=today)
    worker.save()
    row = worker.page.get_by_role("row").filter(has_text="27")
    with worker.page.expect_navigation():
        row.get_by_role("link", name="Wrong child").click()
    worker.look("This score is another child’s")
    box = worker.page.locator('input[name="to_pupil-words"]')
    box.press_sequentially(right["name"].split()[-1])
    worker.page.get_by_role("option").filter(has_text=right["name"]).first.click()
    worker.choose(occasion="BASELINE")
    worker.type(reason="I had both papers on the desk.")
    worker.press("Move it")
    worker.sees(f"1 score moved to {right['name']}")
    worker.look("Score with the right child")
    worker.go(f"/pupils/{wrong['id']}/assessment/")
    struck = worker.page.locator("tr.al-struck").filter(has_text="27")
    expect(struck).to_contain_text("Entered for the wrong child")
    expect(struck).not_to_contain_text(right["name"])  # One child's page names no other.


def choose_a_face(worker: Walk, child: dict) -> None:
    worker.go(f"/pupils/{child['id']}/assessment/voice/new/")
    worker.choose(method="FACES", face="2")
    worker.type(question="How is the morning at school?", words="Too many people.")
    worker.look("A face chosen")
    worker.save()
    worker.sees("words are kept", "Too many people.")


def move_up(worker: Walk, child: dict, today: date) -> None:
    """A step up asks for what was tried before, and for a reason the school reads."""
    worker.go(f"/pupils/{child['id']}/frameworks/")
    worker.look("Where the pupil stands")
    worker.go(f"/pupils/{child['id']}/frameworks/move/")
    worker.look("Move on a framework")
    worker.page.get_by_label("4 Panel placement", exact=False).check()
    worker.type(reason=BACK, review_on=today + 6 * WEEK)
    worker.type(decided_by="The inclusion panel", decided_on=today)
    worker.press("Move")
    worker.look("Not without what was tried")
    worker.type(evidence="Two cycles of the school’s plan, reviewed twice. He left fewer lessons.")
    worker.press("Move")
    worker.keep()
    worker.sees("now stands at Panel placement", BACK)
    worker.look("Moved")


def judge(worker: Walk, case: int) -> None:
    """Reasoning that nobody can change afterwards."""
    worker.go(f"/cases/{case}/judgements/new/")
    worker.look("Professional judgement")
    worker.type(facts="Two incidents in a week, both in corridors.", options="Stay, or in-reach.")
    worker.type(decision="In-reach in the mornings.", rationale="The afternoons go well.")
    worker.type(consulted="Head of year, mum")
    worker.save()
    worker.sees("Nobody can change it now.")
    worker.look("Judgement recorded")


def ask_the_council(worker: Walk, case: int) -> None:
    worker.go(f"/cases/{case}/requests/new/")
    worker.look("Ask another service")
    worker.page.locator('[name="kind"]').first.check()
    worker.type(addressed_to="The front door", asked="May a family worker visit with us once?")
    worker.save()
    worker.look("Request sent")


def work_today_through(worker: Walk, case: int, today: date) -> None:
    """What is due is done, and is off the list."""
    worker.go("/due/")
    worker.look("Everything due")
    item = worker.page.locator("main").get_by_text("Finish the start checklist")
    before = item.count()
    assert before
    worker.go(f"/cases/{case}/checklist/")
    worker.look("The whole checklist")
    for box in worker.page.locator('[name^="answer_"][value="done"]').all():
        box.check()
    worker.type(done_on=today)
    worker.press("Save")
    worker.go("/due/")
    expect(item).to_have_count(before - 1)
