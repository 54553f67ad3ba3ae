"""Signing in to production in a real browser: a passkey, an app's codes, recovery codes, wrong tries."""

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, expect

from tests.browser import Launch
from tests.journeys import production
from tests.journeys.production import Production
from tests.journeys.walk import Faults, Walk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]
PASSWORD = "quiet lantern over marble"
FIRST = "/sign-in/second-factor/first/"
HOME = re.compile(r"://[^/]+/$")
# A machine with a fingerprint reader, as Chromium's own tools for developers make one.
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def service(django_db_setup: None) -> Iterator[Production]:
    with production.running() as made:
        yield made


@pytest.fixture(scope="module")
def browser(service: Production, launch: Launch) -> Browser:
    return launch(f"--ignore-certificate-errors-spki-list={service.pin}")


@pytest.fixture
def sit_down(service: Production, browser: Browser, faults: Faults) -> Iterator[Callable[[], Walk]]:
    """`walk = sit_down()`: a fresh window. The security policy holds, so axe stays out."""
    contexts = []

    def window(who: str = "Morgan Samplewood") -> Walk:
        context = browser.new_context(base_url=service.url)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Walk(context.new_page(), who, faults, "passkey")

    yield window
    for context in contexts:
        context.close()


class Key:
    """An authenticator in the machine of one window, which its owner can hold back or lose."""

    def __init__(self, walk: Walk) -> None:
        self.tools = walk.page.context.new_cdp_session(walk.page)
        self.tools.send("WebAuthn.enable")
        made = self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        self.id = made["authenticatorId"]

    def kept(self) -> list[dict[str, object]]:
        asked = {"authenticatorId": self.id}
        return list(self.tools.send("WebAuthn.getCredentials", asked)["credentials"])

    def is_willing(self, willing: bool) -> None:
        """Whether the finger on the reader is the right one."""
        told = {"authenticatorId": self.id, "isUserVerified": willing}
        self.tools.send("WebAuthn.setUserVerified", told)


def choose_password(walk: Walk, link: str) -> None:
    walk.page.goto(link)
    walk.type(new_password1=PASSWORD, new_password2=PASSWORD)
    walk.press("Set the password")
    walk.sees("Your password is set. Sign in with it now.")


def give_password(walk: Walk, email: str, password: str = PASSWORD) -> None:
    walk.go("/sign-in/")
    walk.type(login=email, password=password)
    walk.press("Sign in")


def add_passkey(walk: Walk, name: str) -> None:
    walk.press("Add a passkey")
    walk.type(name=name)
    walk.press("Add this passkey")


def sign_out(walk: Walk) -> None:
    walk.go("/sign-out/")
    walk.press("Sign out")


def use_passkey(walk: Walk) -> None:
    walk.go("/sign-in/")
    walk.press("Sign in with a passkey")


def test_a_passkey_is_made_after_the_one_time_link_and_signs_in_alone(service, sit_down, faults):
    email = "one@example.org"
    walk = sit_down()
    key = Key(walk)

    choose_password(walk, service.invite("991", email))
    give_password(walk, email)
    expect(walk.page).to_have_url(f"{service.url}{FIRST}")
    add_passkey(walk, "work laptop")
    walk.sees("Recovery codes")
    walk.press("I have kept them: carry on")
    expect(walk.page).to_have_url(HOME)
    assert len(key.kept()) == 1

    sign_out(walk)
    use_passkey(walk)
    expect(walk.page).to_have_url(HOME)
    walk.go("/me/")
    walk.sees("Morgan Samplewood")
    faults.none()


def test_the_last_passkey_stays_and_an_earlier_one_that_is_removed_signs_nobody_in(
    service, sit_down, faults
):
    email = "two@example.org"
    walk = sit_down()
    key = Key(walk)
    choose_password(walk, service.invite("991", email))
    give_password(walk, email)
    add_passkey(walk, "work laptop")

    remove(walk, "work laptop")
    walk.sees("Add another way to prove it is you before removing this one.")
    secret = set_up_app(walk)
    remove(walk, "work laptop")
    walk.sees("The passkey is removed", "None yet")
    sign_out(walk)

    assert key.kept(), "the machine still offers it"
    use_passkey(walk)
    walk.sees("This passkey opens no account here")
    give_password(walk, email)
    walk.sees("Your second factor")
    walk.type(code=code_of(secret))
    walk.press("Sign in")
    expect(walk.page).to_have_url(HOME)
    faults.none()


def test_a_finger_that_is_not_the_owners_opens_nothing_and_the_page_says_what_to_do(
    service, sit_down, faults
):
    email = "three@example.org"
    walk = sit_down()
    key = Key(walk)
    choose_password(walk, service.invite("991", email))
    give_password(walk, email)
    add_passkey(walk, "work laptop")
    sign_out(walk)
    walk.go("/sign-in/")

    key.is_willing(False)
    walk.page.get_by_role("button", name="Sign in with a passkey").click()

    expect(walk.page.get_by_role("alert")).to_contain_text("The passkey was not used")
    key.is_willing(True)
    walk.press("Sign in with a passkey")
    expect(walk.page).to_have_url(HOME)
    faults.none()


def test_a_passkey_is_also_the_second_factor_after_a_password(service, sit_down, faults):
    email = "four@example.org"
    walk = sit_down()
    Key(walk)
    choose_password(walk, service.invite("991", email))
    give_password(walk, email)
    add_passkey(walk, "work laptop")
    sign_out(walk)

    give_password(walk, email)
    walk.press("Use my passkey")

    expect(walk.page).to_have_url(HOME)
    faults.none()


def test_an_app_set_up_after_the_one_time_link_is_asked_for_and_a_recovery_code_works_once(
    service, sit_down, faults
):
    email = "five@example.org"
    walk = sit_down()
    choose_password(walk, service.invite("991", email))
    give_password(walk, email)
    set_up_app(walk)
    code = walk.page.locator(".al-codes code").first.inner_text()
    walk.press("I have kept them: carry on")
    sign_out(walk)

    give_password(walk, email)
    walk.type(code="000000")
    walk.press("Sign in")
    walk.sees("This code is not right. Codes change every 30 seconds")
    walk.type(code=code)
    walk.press("Sign in")
    expect(walk.page).to_have_url(HOME)
    sign_out(walk)

    give_password(walk, email)
    walk.type(code=code)
    walk.press("Sign in")
    walk.sees("This code is not right")
    walk.page.goto("/me/")
    assert "/sign-in/" in walk.page.url
    faults.none()


def test_five_wrong_passwords_lock_the_door_and_the_page_says_what_to_do(service, sit_down, faults):
    email = "six@example.org"
    walk = sit_down()
    choose_password(walk, service.invite("991", email))

    for _ in range(5):
        give_password(walk, email, "a wrong guess")

    walk.sees("Locked for 30 minutes", "Wait 30 minutes, then try again")
    give_password(walk, email)
    walk.sees("Locked for 30 minutes")


def remove(walk: Walk, name: str) -> None:
    walk.go("/sign-in/second-factor/passkey/")
    walk.press(f"Remove {name}")
    walk.press("Remove it")


def set_up_app(walk: Walk) -> str:
    walk.go("/sign-in/second-factor/app/activate/")
    secret = walk.page.locator("code.al-door__key").inner_text().strip()
    walk.type(code=code_of(secret))
    walk.press("Check and finish")
    return secret


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))
