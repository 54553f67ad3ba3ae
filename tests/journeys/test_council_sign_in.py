"""A council's own sign-in in a real browser, on production with its security policy in force."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import provider
from tests.browser import Launch
from tests.journeys import production
from tests.journeys.production import Production
from tests.provider import Provider

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]
HOME = re.compile(r"://localhost:\d+/$")


@pytest.fixture(scope="module")
def council() -> Iterator[Provider]:
    with provider.running("Eastmere account") as made:
        yield made


@pytest.fixture(scope="module")
def service(django_db_setup: None, council: Provider) -> Iterator[Production]:
    with production.running(**council.settings("991")) as made:
        yield made


@pytest.fixture
def page(service: Production, launch: Launch) -> Iterator[Page]:
    browser: Browser = launch(f"--ignore-certificate-errors-spki-list={service.pin}")
    page = browser.new_page(base_url=service.url)
    page.set_default_timeout(20_000)
    yield page
    browser.close()


def by_way_of_the_council(page: Page, person: str) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with Eastmere account").click()
    page.get_by_label("Who are you?").fill(person)
    page.get_by_role("button", name="Sign in").click()


def test_a_person_with_an_account_walks_there_and_back(service, council, page):
    council.add("morgan@example.org")
    service.invite("991", "morgan@example.org")

    by_way_of_the_council(page, "morgan@example.org")

    expect(page).to_have_url(HOME)
    page.goto("/me/")
    expect(page.locator("body")).to_contain_text("Morgan Samplewood")
    cookies = {c["name"]: c for c in page.context.cookies()}
    assert cookies["sessionid"]["secure"] and cookies["sessionid"]["httpOnly"]


def test_a_person_of_another_council_is_told_they_have_no_account(service, council, page):
    council.add("nell@example.org")
    service.invite("992", "nell@example.org", "Nell Samplewood")

    by_way_of_the_council(page, "nell@example.org")

    expect(page.get_by_role("heading", level=1)).to_have_text("You do not have an account here yet")
    page.goto("/me/")
    assert "/sign-in/" in page.url
