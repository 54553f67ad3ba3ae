"""Walks every address of the service and holds each screen to the same promises.

A new screen needs nothing here: name its address, and give its parts examples in `tests/world.py`.
"""

import re
from collections.abc import Iterator
from html import unescape
from json import dumps
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

from alongside import web
from alongside.core.permissions import Permission
from tests import world as the_world
from tests.cast import Cast
from tests.enter import Forms, first_is_choice
from tests.web.addresses import (
    ADDRESSES,
    OURS,
    SAME_FOR_ALL,
    Address,
    Browser,
    body_of,
    every_address,
    every_page,
    every_record,
    people_who_may,
    people_who_may_not,
    source_of,
    words_of,
)
from tests.web_page import Page
from tests.world import EXAMPLES, World, Worlds


def _names_asked() -> list[str]:
    """The names of what any view reads from an address."""
    views = "".join(path.read_text() for path in Path(web.__file__).parent.rglob("*.py"))
    return sorted(
        set(re.findall(r"""(?:GET|query|asked|given)\.get(?:list)?\(["'](\w+)["']""", views))
    )


MOST_QUERIES = 15

# Addresses of ours that are no @screen, each with why it may stand before or beside sign-in.
OPEN = {
    "first-sign-in": "a one-time link for somebody who cannot sign in yet",
    "second-factor-first": "on the way in, before any record",
    "demonstration": "exists in the demonstration only",
    "openid_connect_login": "on the way to a council's own sign-in",
    "openid_connect_callback": "on the way back from it",
    "mfa_remove_webauthn": "one's own passkey, asked for by allauth to prove it is oneself first",
    "calendar-feed": "a calendar program cannot sign in: a secret address, revocable, naming nobody",
    "service-worker": "a script without data",
    "manifest": "a file without data",
    "healthy": "says that the service answers, nothing else",
}
# Tables a page that is only looked at may still write to.
MAY_WRITE = {"core_auditentry", "django_session"}
# How the kinds of audit lines end that a look alone may write.
LOOKING = (".viewed", ".listed", ".read", ".searched", ".exported", ".downloaded")
# Answers to a look that tell somebody they should not have been sent there.
REFUSALS = {403, 404, 405, 409, 500}
# What is asked in addresses, all of it at once, and what people and machines write there.
ASKED = _names_asked()
ODD_VALUES = ("²", "9" * 30, "9999-12-31")
# Where something may be typed and left.
FORMS_OF_OURS = [a for a in ADDRESSES if {"GET", "POST"} <= set(a.screen.methods)]
# Templates whose first button is a choice, each with why Enter does not press it.
PARTS_OF_FORMS = {
    "door/demonstration.html": "a form for each person, with one button and no box",
    "referrals/cycle.html": "within a referral, whose first button is its own",
    "referrals/papers.html": "within a referral, whose first button is its own",
    "referrals/tried.html": "within a referral, whose first button is its own",
}
# Who tries addresses of another team: workers, leads and schools that have no part in it.
OUTSIDERS = ("asha", "omar", "lena", "mina", "hana", "petra", "sana", "theo", "ben", "dora")


@pytest.fixture(scope="module")
def worlds(cast: Cast, django_db_setup, django_db_blocker) -> Iterator[Worlds]:
    """One world for the whole walk, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_world.build(cast)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browser(worlds: Worlds, cast: Cast) -> "Browser":
    return Browser(cast, worlds)


@pytest.fixture
def own(browser: "Browser", worlds: Worlds, django_db_blocker) -> Iterator[World]:
    """The world of one's own team. What a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.own
        transaction.set_rollback(True)


def test_every_address_of_ours_is_a_screen_or_says_why_not():
    bare = {name for name, pattern in OURS if not hasattr(pattern.callback, "screen")}

    assert bare - set(OPEN) == set()
    assert all(isinstance(address.screen.needs, Permission) for address in ADDRESSES)


def test_every_address_has_a_name_and_an_example_of_each_part():
    assert [pattern.pattern for name, pattern in OURS if not name.split(":")[-1]] == []
    missing = {(a.name, part) for a in ADDRESSES for part in a.parts if part not in EXAMPLES}
    assert missing == set(), "Add an example to tests/world.py: its top says how."


@every_address
def test_nobody_enters_without_signing_in(address: Address, own: World):
    client = Client()
    for method in address.screen.methods:
        with override_settings(IS_DEMONSTRATION=False):
            answer = client.generic(method, address.url(own))
        assert answer.status_code == 302, method
        assert answer["Location"].startswith("/sign-in/?next=")


@every_address
def test_a_role_without_the_permission_reads_which_one_is_needed(
    address: Address, own: World, browser: Browser
):
    for name in people_who_may_not(address.screen.needs):
        answer = browser.of(name).generic(address.screen.methods[0], address.url(own))
        assert answer.status_code == 403, name
        assert address.screen.needs.value in body_of(answer)
        assert Page(source_of(answer)).problems() == []


@every_page
def test_a_role_with_the_permission_gets_an_answer(address: Address, own: World, browser: Browser):
    codes = {visit.name: visit.answer.status_code for visit in browser.look(address)}

    assert set(codes.values()) <= {200, 302, 303, 403, 404, 405, 409}, codes
    assert {200, 302, 303} & set(codes.values()), f"nobody of the cast can open it: {codes}"


@every_page
def test_every_page_is_well_made(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        if visit.is_page:
            source = source_of(visit.answer)
            assert Page(source).problems(is_whole="<html" in source) == [], visit.name


@every_page
def test_every_page_asks_little_of_the_database(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        assert len(visit.asked) <= MOST_QUERIES, f"{visit.name}\n" + "\n".join(visit.asked)


@every_page
def test_looking_changes_nothing(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        assert visit.wrote - MAY_WRITE == set(), visit.name
        assert all(kind.endswith(LOOKING) for kind in visit.kinds), f"{visit.name} {visit.kinds}"


@every_page
def test_a_page_that_shows_a_pupil_leaves_a_line_that_names_them(
    address: Address, own: World, browser: Browser
):
    pupil = own["pupil"]
    for visit in browser.look(address):
        if pupil.legal_surname in visit.body:
            assert pupil.pk in visit.named, f"{visit.name} saw {pupil.legal_surname}, unrecorded"


@every_page
def test_who_answers_for_every_record_is_shown_no_child_before_they_say_what_for(
    address: Address, own: World, browser: Browser
):
    pupil = own["pupil"]
    for visit in browser.look_as("dpo", address):
        assert pupil.legal_surname not in visit.body
        assert pupil.pk not in visit.named
        if "pupil_id" in address.parts and address.name != "purpose-give":
            assert visit.answer.status_code == 302
            assert visit.answer["Location"].startswith(f"/pupils/{pupil.pk}/purpose/?next=")


@every_page
def test_every_page_allows_nothing_inline(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        policy = visit.answer["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy
        assert "default-src 'none'" in policy
        assert visit.answer["X-Frame-Options"] == "DENY"


@every_page
def test_every_link_leads_somewhere_for_whoever_sees_it(
    address: Address, own: World, browser: Browser
):
    for visit in browser.look(address):
        if visit.is_page:
            for link in Page(source_of(visit.answer)).links:
                code = browser.code_of(visit.name, link)
                assert code not in REFUSALS, f"{visit.name}: {link} answers {code}"


@every_page
def test_enter_makes_no_choice_for_anybody(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        if visit.is_page:
            assert Forms(source_of(visit.answer)).chosen_by_enter() == [], visit.name


def test_no_template_begins_its_form_with_a_choice():
    """Some buttons stand on a page only in a state that the walk does not meet."""
    templates = Path(web.__file__).parent / "templates"
    found = {
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if first_is_choice(path.read_text())
    }

    assert found - set(PARTS_OF_FORMS) == set()


@every_page
def test_nothing_typed_into_an_address_is_a_fault(address: Address, own: World, browser: Browser):
    client = browser.of(people_who_may(address.screen.needs)[0])
    for value in ODD_VALUES:
        with transaction.atomic():
            answer = client.get(address.url(own), dict.fromkeys(ASKED, value))
            transaction.set_rollback(True)
        assert answer.status_code < 500, value


@pytest.mark.parametrize("address", FORMS_OF_OURS, ids=str)
def test_a_page_gives_back_what_was_typed_however_far_it_got(
    address: Address, own: World, browser: Browser
):
    """A draft holds what stood in the boxes: half a date, letters where a number goes."""
    for visit in [v for v in browser.look(address) if v.is_page][:1]:
        page = source_of(visit.answer)
        key = re.search(r'data-draft-key="([^"]+)"', page)
        if not key:
            continue
        names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', page))
        content = dumps({name: ["half a line"] for name in names})
        with transaction.atomic():
            client = browser.of(visit.name)
            draft = {"key": unescape(key[1]), "content": content}
            assert client.post(reverse("draft-save"), draft).status_code == 200
            again = client.get(address.url(own))
            transaction.set_rollback(True)
        assert again.status_code == 200


@every_record
def test_a_record_of_another_team_is_the_same_page_as_none(
    address: Address, own: World, worlds: Worlds, browser: Browser
):
    for name in set(OUTSIDERS) & set(people_who_may(address.screen.needs)):
        _is_the_same_as_absent(browser, name, address, worlds.other_team)


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.parts and a.name not in SAME_FOR_ALL], ids=str
)
def test_a_record_of_another_council_is_the_same_page_as_none(
    address: Address, own: World, worlds: Worlds, browser: Browser
):
    if set(address.parts) <= {"key"}:
        pytest.skip("names no record")
    for name in people_who_may(address.screen.needs):
        _is_the_same_as_absent(browser, name, address, worlds.other_council)


def _is_the_same_as_absent(browser: Browser, name: str, address: Address, theirs: World) -> None:
    for method in address.screen.methods:
        seen = browser.of(name).generic(method, address.url(theirs))
        absent_code, absent_words = browser.absent(name, method, address)
        assert (seen.status_code, absent_code) == (404, 404), f"{name} {method}"
        assert words_of(seen) == absent_words
        assert theirs["pupil"].legal_surname not in body_of(seen)


@pytest.mark.parametrize("address", [a for a in ADDRESSES if "POST" in a.screen.methods], ids=str)
def test_a_form_from_elsewhere_is_refused(address: Address, own: World, browser: Browser):
    name = (people_who_may(address.screen.needs) or ["asha"])[0]

    answer = browser.of(name, enforce_csrf_checks=True).post(address.url(own), {"x": "y"})

    assert answer.status_code == 403
    assert "This form had gone stale" in body_of(answer)


@every_address
def test_a_method_a_screen_does_not_take_is_refused_with_a_page(
    address: Address, own: World, browser: Browser
):
    name = (people_who_may(address.screen.needs) or ["asha"])[0]

    answer = browser.of(name).put(address.url(own))

    assert answer.status_code == 405
    assert Page(source_of(answer)).problems() == []


def test_an_unknown_address_is_a_page_of_ours(own: World, browser: Browser):
    answer = browser.of("asha").get("/no/such/place/")

    assert answer.status_code == 404
    assert "There is nothing for you here" in body_of(answer)


def test_a_fault_of_ours_shows_no_trace():
    from alongside.web.errors import server_error

    answer = server_error(HttpRequest())

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_every_name_reverses(worlds: Worlds):
    for address in ADDRESSES:
        try:
            address.url(worlds.own)
        except NoReverseMatch as problem:  # pragma: no cover
            pytest.fail(str(problem))
