"""An assistant's day on a tablet no wider than a phone: the profile, a log, a session, faces, the gate, a plan kept by two."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Live
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240), pytest.mark.xdist_group("journeys")]


def test_a_day_of_an_assistant_on_a_small_screen(live: Live, enter: Enter, faults: Faults):
    today, child = timezone.localdate(), live.people["taught"]
    assistant = enter("SEMH Assistant", width=390, is_mobile=True, has_touch=True)
    lead = enter("Lead Practitioner")

    read_the_profile(assistant, child)
    keep_both_versions(assistant, lead, child)
    write_the_day(assistant, child)
    record_a_session(assistant, child, today)
    hand_over_the_screen(assistant, child)
    pass_up(assistant, lead)
    speak_at_the_gate(assistant, child, today)
    tell_the_lead(assistant, lead, child)

    assistant.go("/")
    assistant.look("Today at the end")
    faults.none()


def read_the_profile(assistant: Walk, child: dict) -> None:
    assistant.look("Today of an assistant")
    assistant.sees(child["name"])
    assistant.go(f"/pupils/{child['id']}/")
    assistant.look("The pupil, small")
    assistant.go(f"/pupils/{child['id']}/profile/print/")
    assistant.look("One-page profile")
    assistant.sees("What helps")


def keep_both_versions(assistant: Walk, lead: Walk, child: dict) -> None:
    """The lead practitioner changes what the assistant has open: both versions are shown."""
    page = f"/pupils/{child['id']}/assessment/profile/"
    assistant.go(page)
    assistant.type(needs="A seat with a view of the door")
    lead.go(page)
    lead.type(needs="Time to arrive before others do")
    lead.save()
    with assistant.page.expect_navigation():
        assistant.page.locator("main form button.al-btn:not(.al-btn--2):visible").last.click()
    assistant.look("Two versions of the profile")
    assistant.sees("Time to arrive before others do", "A seat with a view of the door")


def write_the_day(assistant: Walk, child: dict) -> None:
    assistant.go(f"/cases/{child['case']}/logs/new/")
    assistant.look("Daily log, small")
    for box in assistant.page.locator('[name^="mark_"][value="MET"]').all():
        box.check()
    assistant.choose(face="4")
    assistant.type(what_worked="The visual timetable", staff_told="Ms Exemplar")
    assistant.save()


def record_a_session(assistant: Walk, child: dict, today: date) -> None:
    """Direct work, the child's face at the end, and the next step agreed with the teacher there and then."""
    assistant.go(f"/cases/{child['case']}/sessions/new/")
    assistant.choose(kind="ONE_TO_ONE", attendance="ATTENDED", face="5")
    assistant.type(on=today, time="00:00", minutes="25", what_we_did="Modelled the calm corner.")
    assistant.look("Session, small")
    assistant.press("Save, and agree next steps")
    assistant.keep()
    assistant.page.locator('[name="with_whom"]').last.check()
    assistant.type(name="Ms Exemplar, class teacher", step_1_text="Try the calm corner at ten")
    assistant.type(step_1_due_on=today)
    assistant.look("Next steps, small")
    assistant.save()
    assistant.sees("1 next step agreed.")


def hand_over_the_screen(assistant: Walk, child: dict) -> None:
    """The child chooses the faces; the page shows nothing of their record."""
    assistant.go(f"/pupils/{child['id']}/assessment/voice/belonging/?with=faces")
    assistant.look("Belonging, with faces")
    expect(assistant.page.locator(".al-banner")).to_have_count(0)
    for part in assistant.page.locator("main fieldset:has(.al-faces)").all():
        part.locator('input[value="4"]').check()
    assistant.choose(occasion="BASELINE")
    assistant.save()
    assistant.sees("It is kept as you said it.")


def pass_up(assistant: Walk, lead: Walk) -> None:
    """A school asks for what is not the work: whoever directs decides, and is answered on Today."""
    assistant.go("/escalations/new/?kind=BRIEF")
    box = assistant.page.locator('input[name="school-words"]')
    box.press_sequentially("Chalkdown")
    assistant.page.get_by_role("option").filter(has_text="Chalkdown").first.click()
    assistant.type(words="The office asked me to cover Year 3 after lunch.")
    assistant.page.get_by_label("Lena Inventham", exact=False).check()
    assistant.look("Pass something up, small")
    assistant.save()
    assistant.sees("Put to Lena Inventham.")
    up = assistant.number("escalations")
    lead.go("/")
    lead.look("Today of a lead practitioner")
    lead.go(f"/escalations/{up}/")
    lead.choose(decision="NOT_AGREED")
    lead.type(answer="We do not cover classes. I rang the head, who knows.")
    lead.save()
    assistant.go(f"/escalations/{up}/")
    assistant.look("Answered")
    assistant.sees("I rang the head, who knows.")


def speak_at_the_gate(assistant: Walk, child: dict, today: date) -> None:
    assistant.go(f"/pupils/{child['id']}/chronology/new/")
    assistant.look("A word at the gate")
    assistant.choose(kind="CONTACT")
    assistant.type(occurred_on=today, summary="Dad at the gate: a better weekend, slept well.")
    assistant.save()
    assistant.sees("a better weekend, slept well.")


def tell_the_lead(assistant: Walk, lead: Walk, child: dict) -> None:
    """The update puts itself together from the day, and what an assistant wrote is countersigned."""
    assistant.go(f"/pupils/{child['id']}/plan/")
    assistant.look("The plan, small")
    assistant.press("Updates on how it goes")
    assistant.press("Write an update")
    assistant.look("Update on the plan")
    assistant.save()
    assistant.sees("Sent to Lena Inventham")
    lead.go("/team/countersign/")
    lead.look("To countersign")
    lead.sees(child["name"])
