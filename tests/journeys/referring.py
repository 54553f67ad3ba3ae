"""A referral through the screens: written, screened, returned, sent again, accepted."""

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect

from alongside.ops.seed.life import PAPER
from tests.journeys.walk import Walk

WEEK = timedelta(weeks=1)
INCIDENT = "Left maths after ten minutes and sat in the corridor until the bell."


def refer(school: Walk, child: dict, today: date, folder: Path) -> int:
    school.look("Today of a SENDCo")
    school.go("/referrals/")
    school.look("Referrals of a school")
    school.press("Refer a pupil")
    school.look("Choose a pupil")
    box = school.page.locator('input[name="pupil-words"]')
    box.press_sequentially(child["name"].split()[-1])
    option = school.page.get_by_role("option").filter(has_text=child["name"])
    option.first.click()
    school.press("Go on")
    assert school.number("new") == child["id"]
    school.look("Referral form")
    school.choose(main_worry="LEAVING")
    school.type(days_suspended="2.5", last_incident=INCIDENT, going_well="Loves art.")
    first = {
        "what": "Check-in with tutor",
        "changed": "Came in calmer",
        "starts_on": today - 12 * WEEK,
    }
    first |= {"ends_on": today - 7 * WEEK, "reviewed_on": today - 7 * WEEK}
    school.type(**{f"tried-0-{name}": value for name, value in first.items()})
    school.type(agreed_by="Jo Sample, mother", agreed_on=today - timedelta(days=3))
    school.choose(agreed_how="By phone")
    paper = folder / "school plan.pdf"
    paper.write_bytes(PAPER)
    school.page.set_input_files('[name="papers"]', paper)
    school.press("Save and look at the criteria")
    school.look("Referral form, saved")
    school.sees("school plan.pdf", "likely to come back")
    school.press("Check and send")
    school.look("Check and send")
    school.sees(INCIDENT, "Jo Sample, mother")
    school.press("Send to Eastmere outreach service")
    school.look("Referral sent")
    return school.number("referrals")


def screen(worker: Walk, referral: int, today: date, not_yet: str = "") -> None:
    worker.go("/referrals/")
    worker.look("Referrals of the service")
    worker.go(f"/referrals/{referral}/")
    worker.look("A referral to screen")
    worker.post(f"/referrals/{referral}/start/")
    worker.look("Screening")
    answer(worker, today, not_yet)
    worker.press("Save the answers")
    worker.look("Screened")
    if not_yet:
        worker.press("Return to the school")
        worker.look("Return to the school")
        worker.type(reason="Clear and helpful. One more review, and we can start.")
        worker.press("Return it")
        worker.look("Returned")


def answer(worker: Walk, today: date, not_yet: str) -> None:
    for question in worker.page.locator(".al-question").all():
        words = question.inner_text()
        is_met = not not_yet or not_yet not in words
        question.locator(f'[value="{"MET" if is_met else "NOT_YET"}"]').check()
        if not is_met:
            question.locator("textarea").fill("Review it once more, and write what changed.")
            for box, part in zip(
                question.locator("input[type=text]").all(),
                ((by := today + 2 * WEEK).day, by.month, by.year),
                strict=True,
            ):
                box.fill(str(part))


def send_again(school: Walk, referral: int, today: date) -> None:
    school.go("/")
    school.look("Today with a returned referral")
    school.go(f"/referrals/{referral}/")
    school.press("Add what is missing")
    school.look("Add what is missing")
    expect(school.page.locator('[name="last_incident"]')).to_have_count(0)
    school.press("Add a cycle")
    second = {"what": "Calm space at lunch", "changed": "Fewer late marks"}
    second |= {"starts_on": today - 6 * WEEK, "reviewed_on": today - timedelta(days=1)}
    school.type(**{f"tried-1-{name}": value for name, value in second.items()})
    school.type(words="We met on Thursday and wrote it up.")
    school.press("Send again")
    school.look("Sent again")


def score(worker: Walk, referral: int) -> None:
    """On the form that every neighbourhood shares: the highest level of each question."""
    worker.go(f"/referrals/{referral}/score/")
    worker.look("Triage scores")
    for question in worker.page.locator("main fieldset").all():
        question.locator("input[type=radio]").last.check()
    worker.press("Save the score")
    worker.look("Scored")


def accept(worker: Walk, referral: int, today: date) -> int:
    screen(worker, referral, today)
    score(worker, referral)
    worker.press("Accept")
    worker.look("Accept")
    worker.page.get_by_label("Outreach", exact=False).locator("visible=true").last.check()
    worker.type(reason="Meets every criterion; the school has tried two things.")
    worker.choose(risk_at_start="HIGH")
    worker.press("Accept and open the case")
    worker.look("Accepted")
    case_link = worker.page.locator('main a[href^="/cases/"]').first
    with worker.page.expect_navigation():
        case_link.click()
    worker.look("Case waiting to be allocated")
    return worker.number("cases")
