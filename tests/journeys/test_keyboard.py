"""A SENDCo refers a pupil with the keyboard alone: type-ahead, radios, a mistake, the check, sending."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Live
from tests.journeys.walk import Enter, Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120), pytest.mark.xdist_group("journeys")]

MOST_TABS = 80
# What the element in focus is, and whether somebody can see that it is.
FOCUS = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const label = at.closest('label') || (at.labels && at.labels[0]);
  const shown = [at, label].filter(Boolean).some((one) => [null, '::before', '::after'].some((part) => {
    const look = getComputedStyle(one, part);
    const outlined = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
    return outlined || look.boxShadow !== 'none';
  }));
  return {
    tag: at.tagName, id: at.id, name: at.getAttribute('name') || '', value: at.value || '',
    text: (at.innerText || '').trim(), shown, inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def test_a_pupil_is_referred_without_a_mouse(live: Live, enter: Enter, faults: Faults):
    today = timezone.localdate()
    child = live.people["chalkhill"][1]
    walk = enter("SENDCo, mainstream")
    keys = Keys(walk)

    skip_to_the_page(walk, keys)
    keys.tab_to(text="Refer a pupil")
    keys.follow()
    skip_to_the_page(walk, keys)
    choose_by_typing(walk, keys, child)
    make_a_mistake(walk, keys)
    fill_in(walk, keys, today)
    walk.look("Check and send by keyboard")
    skip_to_the_page(walk, keys)
    keys.tab_to(text="Send to Eastmere outreach service")
    keys.follow()

    walk.sees(child["name"])
    assert walk.number("referrals")
    walk.look("Sent by keyboard")
    faults.none()


class Keys:
    """Hands on the keyboard. Every stop on the way must be visible and in view."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.keyboard = walk.page.keyboard

    @property
    def focus(self) -> dict:
        return self.walk.page.evaluate(FOCUS)

    def tab_to(self, *, back: bool = False, **wanted: str) -> None:
        """Tab until the focus is on what is wanted: text="…", name="…" or id="…"."""
        for _ in range(MOST_TABS):
            self.keyboard.press("Shift+Tab" if back else "Tab")
            at = self.focus
            if at["tag"] == "BODY":
                continue
            if not at["shown"] or not at["inside"]:
                where = at["text"][:40] or at["name"] or at["id"]
                self.walk.faults.found.append(
                    f"{self.walk.page.url}: the focus on {at['tag']} {where!r} cannot be seen"
                )
            if all(at[key] == value for key, value in wanted.items()):
                return
        raise AssertionError(f"never reached {wanted} on {self.walk.page.url}")

    def follow(self) -> None:
        with self.walk.page.expect_navigation():
            self.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        if self.focus["name"] != name:
            self.tab_to(name=name)
        self.keyboard.type(text)

    def write_day(self, name: str, day: date) -> None:
        for number, part in enumerate((day.day, day.month, day.year)):
            self.write(f"{name}_{number}", str(part))

    def choose(self, name: str, value: str) -> None:
        """Tab to a group of radios, then Space and arrows within it."""
        self.tab_to(name=name)
        self.keyboard.press("Space")
        for _ in range(12):
            if self.focus["value"] == value:
                return
            self.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no choice {value}")


def skip_to_the_page(walk: Walk, keys: Keys) -> None:
    """The first stop of a page leads past everything above it; a form sent from there stays there."""
    if walk.page.url.endswith("#main"):
        return
    keys.keyboard.press("Tab")
    assert keys.focus["text"] == "Skip to main content"
    assert keys.focus["inside"]
    assert keys.focus["shown"]
    keys.keyboard.press("Enter")
    expect(walk.page.locator("#main")).to_be_focused()


def choose_by_typing(walk: Walk, keys: Keys, child: dict) -> None:
    keys.tab_to(name="pupil-words")
    keys.keyboard.type(child["name"])
    option = walk.page.get_by_role("option").filter(has_text=child["name"])
    expect(option.first).to_be_visible()
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("Enter")
    expect(walk.page.locator('[name="pupil"]')).to_have_value(str(child["id"]))
    walk.look("Type-ahead by keyboard")
    keys.tab_to(text="Go on")
    keys.follow()
    assert walk.number("new") == child["id"]


def make_a_mistake(walk: Walk, keys: Keys) -> None:
    """Sent empty: the summary takes the focus, and its link leads into the field."""
    skip_to_the_page(walk, keys)
    keys.tab_to(text="Check and send")
    keys.follow()
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.look("Mistakes by keyboard")
    keys.tab_to(text="Say what happened in the last incident")
    keys.keyboard.press("Enter")
    expect(walk.page.locator('[name="last_incident"]')).to_be_focused()


def fill_in(walk: Walk, keys: Keys, today: date) -> None:
    keys.write("last_incident", "Shouted in the corridor, then went home.")
    keys.tab_to(name="main_worry", back=True)
    keys.tab_to(name="going_well", back=False)
    keys.tab_to(name="main_worry", back=True)
    keys.keyboard.press("Space")
    keys.write("going_well", "Loves art.")
    keys.write("tried-0-what", "Check-in with tutor")
    keys.write_day("tried-0-starts_on", today - timedelta(weeks=8))
    keys.write("agreed_by", "Jo Sample, mother")
    keys.write_day("agreed_on", today - timedelta(days=2))
    keys.choose("agreed_how", "By phone")
    keys.tab_to(text="Check and send")
    keys.follow()
    walk.sees("Check and send", "Shouted in the corridor")
