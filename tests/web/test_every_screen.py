"""Walks every address of the service and holds each screen to the same promises.

A new screen needs nothing here: name its address, and give its parts examples in `tests/world.py`.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, reset_queries, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from alongside.core.models import Account, AuditEntry
from alongside.core.permissions import Permission
from alongside.web.screens import Screen
from tests import world as the_world
from tests.cast import EASTMERE, NORTHFOLD, Cast
from tests.web_page import Page
from tests.world import EXAMPLES, SEEN_BY_ALL, World, Worlds

MOST_QUERIES = 15
ABSENT = 987_654_321

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
# Screens that look the same whatever record they are asked about: tests of their own prove it.
SAME_FOR_ALL = {"break-glass"}
# Tables a page that is only looked at may still write to.
MAY_WRITE = {"core_auditentry", "django_session"}
# How the kinds of audit lines end that a look alone may write.
LOOKING = (".viewed", ".listed", ".read", ".searched", ".exported", ".downloaded")
# Who tries addresses of another team: workers, leads and schools that have no part in it.
OUTSIDERS = ("asha", "omar", "lena", "mina", "hana", "petra", "sana", "theo", "ben", "dora")


@dataclass(frozen=True)
class Address:
    """One address of the resolver: its name, the parts it needs, and its screen."""

    name: str
    parts: tuple[str, ...]
    screen: Screen

    def url(self, world: World) -> str:
        return reverse(self.name, kwargs={part: EXAMPLES[part](world) for part in self.parts})

    def absent_url(self, world: World) -> str:
        """The same address for a record that does not exist."""
        own = {part: EXAMPLES[part](world) for part in self.parts}
        return reverse(
            self.name,
            kwargs={p: ABSENT if isinstance(v, int) else f"{v}-absent" for p, v in own.items()},
        )

    @property
    def is_of_a_record(self) -> bool:
        return bool(self.parts) and not set(self.parts) <= SEEN_BY_ALL

    def __str__(self) -> str:
        return self.name


def _walk(patterns: list, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or "")), pattern
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner)


def _ours() -> list[tuple[str, URLPattern]]:
    return [
        (name, pattern)
        for name, pattern in _walk(get_resolver().url_patterns)
        if pattern.callback.__module__.startswith("alongside.")
    ]


OURS = _ours()
ADDRESSES = [
    Address(name, tuple(pattern.pattern.regex.groupindex), pattern.callback.screen)
    for name, pattern in OURS
    if hasattr(pattern.callback, "screen")
]
PAGES = [address for address in ADDRESSES if "GET" in address.screen.methods]
RECORDS = [a for a in ADDRESSES if a.is_of_a_record and a.name not in SAME_FOR_ALL]
every_address = pytest.mark.parametrize("address", ADDRESSES, ids=str)
every_page = pytest.mark.parametrize("address", PAGES, ids=str)
every_record = pytest.mark.parametrize("address", RECORDS, ids=str)


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


@dataclass(frozen=True)
class Visit:
    """One look at one page by one person, and what it did to the database."""

    name: str
    answer: HttpResponse
    asked: list[str]  # Queries, savepoints left out.
    wrote: set[str]  # Tables.
    kinds: set[str]  # Of the audit lines it wrote.
    named: set[int]  # Pupils those lines name.

    @property
    def body(self) -> str:
        return _body(self.answer)

    @property
    def is_page(self) -> bool:
        is_html = self.answer["Content-Type"].startswith("text/html")
        return self.answer.status_code == 200 and is_html


class Browser:
    """Browsers of everybody in the cast, signed in once, and the pages they have looked at."""

    def __init__(self, cast: Cast, worlds: Worlds) -> None:
        self.worlds = worlds
        self.cookies = {}
        self.visits: dict[tuple[Address, str], Visit] = {}
        for name, pk in cast.accounts.items():
            client = Client()
            client.force_login(
                Account.objects.get(pk=pk), "django.contrib.auth.backends.ModelBackend"
            )
            self.cookies[name] = client.cookies["sessionid"].value

    def of(self, name: str, **options: object) -> Client:
        client = Client(**options)
        client.cookies["sessionid"] = self.cookies[name]
        return client

    def look(self, address: Address) -> list[Visit]:
        """What everybody who may gets to see there."""
        return [self._visit(address, name) for name in people_who_may(address.screen.needs)]

    def _visit(self, address: Address, name: str) -> Visit:
        if (address, name) not in self.visits:
            with transaction.atomic():
                self.visits[address, name] = self._go(address, name)
                transaction.set_rollback(True)
        return self.visits[address, name]

    def _go(self, address: Address, name: str) -> Visit:
        last = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        before = _writes()
        reset_queries()  # The log holds 9,000, and a capture alone never empties it.
        with CaptureQueriesContext(connection) as asked:
            answer = self.of(name).get(address.url(self.worlds.own))
        wrote = {table for table, n in _writes().items() if n != before.get(table, 0)}
        lines = AuditEntry.objects.filter(id__gt=last).values_list("kind", "pupil_ids")
        return Visit(
            name=name,
            answer=answer,
            asked=[q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]],
            wrote=wrote,
            kinds={kind for kind, _ in lines},
            named={pupil_id for _, pupil_ids in lines for pupil_id in pupil_ids},
        )


def people_who_may(needs: Permission) -> list[str]:
    return [n for n, (role, *_) in EASTMERE.items() if needs in _permissions(role)]


def people_who_may_not(needs: Permission) -> list[str]:
    everyone = EASTMERE | NORTHFOLD
    return [n for n, (role, *_) in everyone.items() if needs not in _permissions(role)]


def _permissions(role) -> frozenset[Permission]:
    from alongside.core.permissions import ROLES

    return ROLES[role].permissions


def _writes() -> dict[str, int]:
    """Rows this transaction has written so far, by table: PostgreSQL counts them for us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def _body(answer) -> str:
    return "" if answer.streaming else html.unescape(answer.content.decode(errors="replace"))


def _source(answer) -> str:
    return answer.content.decode(errors="replace")


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
        assert address.screen.needs.value in _body(answer)
        assert Page(_source(answer)).problems() == []


@every_page
def test_a_role_with_the_permission_gets_an_answer(address: Address, own: World, browser: Browser):
    codes = {visit.name: visit.answer.status_code for visit in browser.look(address)}

    assert set(codes.values()) <= {200, 302, 303, 403, 404, 405, 409}, codes
    assert {200, 302, 303} & set(codes.values()), f"nobody of the cast can open it: {codes}"


@every_page
def test_every_page_is_well_made(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        if visit.is_page:
            source = _source(visit.answer)
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
def test_every_page_allows_nothing_inline(address: Address, own: World, browser: Browser):
    for visit in browser.look(address):
        policy = visit.answer["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy
        assert "default-src 'none'" in policy
        assert visit.answer["X-Frame-Options"] == "DENY"


@every_record
def test_a_record_of_another_team_is_the_same_page_as_none(
    address: Address, own: World, worlds: Worlds, browser: Browser
):
    for name in set(OUTSIDERS) & set(people_who_may(address.screen.needs)):
        _is_the_same_as_absent(browser, name, address, own, worlds.other_team)


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.parts and a.name not in SAME_FOR_ALL], ids=str
)
def test_a_record_of_another_council_is_the_same_page_as_none(
    address: Address, own: World, worlds: Worlds, browser: Browser
):
    if set(address.parts) <= {"key"}:
        pytest.skip("names no record")
    for name in people_who_may(address.screen.needs):
        _is_the_same_as_absent(browser, name, address, own, worlds.other_council)


def _is_the_same_as_absent(
    browser: Browser, name: str, address: Address, own: World, theirs: World
) -> None:
    for method in address.screen.methods:
        client = browser.of(name)
        seen = client.generic(method, address.url(theirs))
        absent = client.generic(method, address.absent_url(own))
        assert (seen.status_code, absent.status_code) == (404, 404), f"{name} {method}"
        assert _words(seen) == _words(absent)
        assert theirs["pupil"].legal_surname not in _body(seen)


def _words(answer) -> list[str]:
    return [line for line in _body(answer).splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("address", [a for a in ADDRESSES if "POST" in a.screen.methods], ids=str)
def test_a_form_from_elsewhere_is_refused(address: Address, own: World, browser: Browser):
    name = (people_who_may(address.screen.needs) or ["asha"])[0]

    answer = browser.of(name, enforce_csrf_checks=True).post(address.url(own), {"x": "y"})

    assert answer.status_code == 403
    assert "This form had gone stale" in _body(answer)


@every_address
def test_a_method_a_screen_does_not_take_is_refused_with_a_page(
    address: Address, own: World, browser: Browser
):
    name = (people_who_may(address.screen.needs) or ["asha"])[0]

    answer = browser.of(name).put(address.url(own))

    assert answer.status_code == 405
    assert Page(_source(answer)).problems() == []


def test_an_unknown_address_is_a_page_of_ours(own: World, browser: Browser):
    answer = browser.of("asha").get("/no/such/place/")

    assert answer.status_code == 404
    assert "There is nothing for you here" in _body(answer)


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
