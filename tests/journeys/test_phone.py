"""An outreach worker with a phone in a corridor: Today, a pupil, a daily log, a session."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Live
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120), pytest.mark.xdist_group("journeys")]

FINGER = 44  # Pixels that a finger needs.
MOST_TAPS = 12
# Buttons, and the labels of radios: what a finger meets; what nobody sees is left out.
SMALL = """least => [...document.querySelectorAll('main form button, main form a.al-btn, main form input[type=radio]')]
  .map((one) => one.type === 'radio' ? (one.labels[0] || one) : one)
  .map((one) => [one.innerText.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && box.height < least)
  .map(([words, box]) => `${words} is ${Math.round(box.height)} px high`)"""


class Taps:
    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.count = 0

    def on(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        target.tap()
        self.count += 1

    def follow(self, target: Locator) -> None:
        with self.walk.page.expect_navigation():
            self.on(target)

    def mark(self, name: str, value: str) -> None:
        """Tap the label: the circle itself is smaller than a finger."""
        box = self.walk.page.locator(f'[name="{name}"][value="{value}"]')
        self.on(self.walk.page.locator(f'label[for="{box.get_attribute("id")}"]'))
        expect(box).to_be_checked()


@pytest.fixture
def worker(enter: Enter) -> Walk:
    return enter("Outreach Worker", width=390, is_mobile=True, has_touch=True)


def test_a_day_is_logged_on_a_phone_in_few_taps(live: Live, worker: Walk, faults: Faults):
    worked, page = live.people["worked"], worker.page
    worker.look("Today")
    taps = Taps(worker)
    taps.follow(page.locator(f'main a[href="/pupils/{worked["id"]}/"]').first)
    worker.look("Pupil")
    taps.follow(page.locator(f'a[href="/pupils/{worked["id"]}/sessions/"]').first)
    worker.look("Sessions and logs")
    taps.follow(page.locator(f'main a[href="/cases/{worked["case"]}/logs/new/"]').first)
    worker.look("Daily log")
    touchable(worker, "Daily log")
    names = page.locator('[name^="mark_"]').evaluate_all(
        "boxes => [...new Set(boxes.map((box) => box.name))]"
    )
    assert names
    for name in names:
        taps.mark(name, "MET")
    taps.mark("face", "4")
    taps.follow(page.get_by_role("button", name="Save the day"))
    worker.keep()

    assert taps.count < MOST_TAPS, f"{taps.count} taps"
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    worker.look("Logged")
    faults.none()


def test_a_session_is_recorded_on_a_phone(live: Live, worker: Walk, faults: Faults):
    page, case = worker.page, live.people["worked"]["case"]
    worker.go(f"/cases/{case}/sessions/new/")
    worker.look("Session")
    touchable(worker, "Session")
    taps = Taps(worker)
    taps.mark("kind", "ONE_TO_ONE")
    worker.type(on=timezone.localdate(), time="00:00", minutes="30")
    taps.mark("attendance", "ATTENDED")
    worker.type(what_we_did="Practised asking for a break.")
    taps.follow(page.get_by_role("button", name="Save the session"))
    worker.keep()

    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    worker.go(f"/pupils/{live.people['worked']['id']}/sessions/")
    worker.sees("Practised asking for a break")
    worker.look("Sessions")
    faults.none()


def touchable(worker: Walk, name: str) -> None:
    for small in worker.page.evaluate(SMALL, FINGER):
        worker.faults.found.append(f"{name}: {small}, under {FINGER}")
