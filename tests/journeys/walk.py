"""Somebody in a real browser: goes, types, presses, and keeps what was wrong with every page seen.

Must not wait for a fixed time: every press waits for the page that follows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import problems, too_wide

PICTURES = Path(__file__).resolve().parent.parent / "pictures"


@dataclass
class Faults:
    """What the pages of one journey did wrong, each with the page's name."""

    found: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def none(self) -> None:
        assert not self.found, "\n" + "\n".join(dict.fromkeys(self.found))


class Walk:
    """One person's page. `look` holds the page as it stands to what every page must be."""

    def __init__(self, page: Page, who: str, faults: Faults, journey: str) -> None:
        self.page = page
        self.who = who
        self.faults = faults
        self.journey = journey
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._fault(f"script: {error}"))

    def _heard(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        if kind == "error" and not re.search(r" 4(09|22) ", text):  # Sent back, or two versions.
            self._fault(f"console: {text}")

    def _fault(self, text: str) -> None:
        self.faults.found.append(f"{self.who}, {self.page.url}: {text}")

    def look(self, name: str) -> None:
        """Axe, width and a picture of the page as it now stands."""
        self.faults.seen.append(name)
        for problem in problems(self.page):
            self.faults.found.append(f"{name} ({self.page.url}): {problem}")
        if (by := too_wide(self.page)) > 0:
            self.faults.found.append(f"{name} ({self.page.url}): {by} px wider than the screen")
        folder = PICTURES / self.journey
        folder.mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        path = folder / f"{len(self.faults.seen):02d}-{file}.png"
        self.page.screenshot(path=path, full_page=True)

    # Getting about

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer and answer.ok, f"{self.who} at {path}: {answer and answer.status}"

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press the button or link of this name, and be on the page that follows."""
        at = within or self.page.locator("main")
        target = at.get_by_role("button", name=name, exact=True)
        target = target.or_(at.get_by_role("link", name=name, exact=True))
        with self.page.expect_navigation():
            target.first.click()

    def post(self, path: str) -> None:
        """Press the only button that posts to this address."""
        with self.page.expect_navigation():
            self.page.locator(f'form[action="{path}"] button').first.click()

    def save(self) -> None:
        """Press the chief button of the page's own form, which has nothing to fix."""
        with self.page.expect_navigation():
            self.page.locator("main form button.al-btn:not(.al-btn--2):visible").last.click()
        self.keep()
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)

    def keep(self) -> None:
        """Where the day of this journey is no school day, keep it: the suite runs on any day."""
        sure = self.page.locator(".al-doubt button[name=sure]")
        while sure.count():
            with self.page.expect_navigation():
                sure.first.click()

    # Typing

    def type(self, **fields: object) -> None:
        """Text by field name; a date goes into its three boxes."""
        for name, value in fields.items():
            if isinstance(value, date):
                for number, part in enumerate((value.day, value.month, value.year)):
                    self.page.fill(f'[name="{name}_{number}"]', str(part))
            elif self.page.locator(f'select[name="{name}"]').count():
                self.page.select_option(f'select[name="{name}"]', str(value))
            else:
                self.page.fill(f'[name="{name}"]', str(value))

    def choose(self, **fields: object) -> None:
        for name, value in fields.items():
            self.page.check(f'[name="{name}"][value="{value}"]')

    # Seeing

    def sees(self, *words: str) -> None:
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)

    def number(self, noun: str) -> int:
        """The number in this page's address: 7 of /cases/7/."""
        found = re.search(rf"/{noun}/(\d+)/", self.page.url)
        assert found, f"{self.page.url} is not about {noun}"
        return int(found[1])


Enter = Callable[..., Walk]
