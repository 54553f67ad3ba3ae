"""Every address of the service, and everybody of the cast who looks at it, once each."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, reset_queries, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from alongside.core.models import Account, AuditEntry
from alongside.core.permissions import Permission
from alongside.web.screens import Screen
from tests.cast import EASTMERE, NORTHFOLD, Cast
from tests.world import EXAMPLES, SEEN_BY_ALL, World, Worlds

ABSENT = 987_654_321
# Screens that look the same whatever record they are asked about: tests of their own prove it.
SAME_FOR_ALL = {"break-glass", "standard-change", "plan-type-change", "plan-type-switch"}


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
        return body_of(self.answer)

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
        self.codes: dict[tuple[str, str], int] = {}
        self.missing: dict[tuple[str, str, Address], tuple[int, list[str]]] = {}
        self.pages = {address.url(worlds.own): address for address in PAGES}
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

    def look_as(self, name: str, address: Address) -> list[Visit]:
        """What one of them gets to see there, when they may."""
        may = name in people_who_may(address.screen.needs)
        return [self._visit(address, name)] if may else []

    def _visit(self, address: Address, name: str) -> Visit:
        if (address, name) not in self.visits:
            with transaction.atomic():
                self.visits[address, name] = self._go(address, name)
                transaction.set_rollback(True)
        return self.visits[address, name]

    def code_of(self, name: str, link: str) -> int:
        """What somebody gets who follows a link, asked once of each link."""
        if link in self.pages and name in people_who_may(self.pages[link].screen.needs):
            return self._visit(self.pages[link], name).answer.status_code
        if (name, link) not in self.codes:
            with transaction.atomic():
                answer = self.of(name).get(link)
                transaction.set_rollback(True)
            self.codes[name, link] = answer.status_code
        return self.codes[name, link]

    def absent(self, name: str, method: str, address: Address) -> tuple[int, list[str]]:
        """What somebody gets who asks for a record that does not exist, asked once."""
        key = (name, method, address)
        if key not in self.missing:
            with transaction.atomic():
                answer = self.of(name).generic(method, address.absent_url(self.worlds.own))
                transaction.set_rollback(True)
            self.missing[key] = (answer.status_code, words_of(answer))
        return self.missing[key]

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


def body_of(answer) -> str:
    return "" if answer.streaming else html.unescape(answer.content.decode(errors="replace"))


def source_of(answer) -> str:
    return answer.content.decode(errors="replace")


def words_of(answer) -> list[str]:
    """The lines of a page but those that differ from one asking to the next."""
    return [line for line in body_of(answer).splitlines() if "csrfmiddlewaretoken" not in line]
