"""Measures the real server over loopback on whatever is loaded. Every figure is beside its own base."""

import statistics
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from alongside.ops.bench_client import Answer, Client
from alongside.ops.bench_pages import BASE, JOURNEYS, Page
from alongside.ops.places import Problem

# Each of two processes has two connections at rest, and a statement has its plan for good from the
# seventh asking on: what is measured is a server that has been up for a while.
WARM_UP = 32
ROUNDS = 40
WARM_UP_ROUNDS = 4
ASKS_A_USER = 60
ONE_USER_TIMES = 4  # Eight at once: at most so many times the one-user p95 of the same page.


@dataclass
class Measured:
    """One page as one user met it."""

    page: Page
    answers: list[Answer] = field(default_factory=list)
    base_ms: float = 0.0

    @property
    def median_ms(self) -> float:
        return statistics.median(answer.ms for answer in self.answers)

    @property
    def p95_ms(self) -> float:
        return p95([answer.ms for answer in self.answers])

    @property
    def queries(self) -> int:
        return max(answer.queries for answer in self.answers)

    @property
    def bytes(self) -> int:
        return max(answer.bytes for answer in self.answers)

    def as_json(self) -> dict[str, Any]:
        return row(
            self.page.name, self.median_ms, self.p95_ms, self.median_ms / self.base_ms,
            self.queries, self.bytes,
        )  # fmt: skip

    def misses(self) -> Iterator[str]:
        """Each target this page does not meet, in words."""
        target = self.page.target
        if target is None:
            return
        if self.median_ms > target.median * self.base_ms:
            yield f"median {self.median_ms / self.base_ms:.1f} x, target {target.median:.0f} x"
        if target.p95 and self.p95_ms > target.p95 * self.base_ms:
            yield f"p95 {self.p95_ms / self.base_ms:.1f} x, target {target.p95:.0f} x"
        if target.queries and self.queries > target.queries:
            yield f"{self.queries} queries, target {target.queries}"
        if target.bytes and self.bytes > target.bytes:
            yield f"{self.bytes:,} bytes, target {target.bytes:,}"


@dataclass
class Together:
    """Eight users at once: each page's p95 against what one user alone met."""

    pages: dict[str, list[Answer]]
    alone: dict[str, float]
    errors: list[str]

    @property
    def worst(self) -> tuple[str, float]:
        ratios = {
            name: p95([answer.ms for answer in found]) / self.alone[name]
            for name, found in self.pages.items()
            if found
        }
        name = max(ratios, key=ratios.__getitem__)
        return name, ratios[name]

    def as_json(self) -> dict[str, Any]:
        every = [answer for found in self.pages.values() for answer in found]
        times = [answer.ms for answer in every]
        return row(
            "eight users at once", statistics.median(times), p95(times), self.worst[1],
            max(answer.queries for answer in every), max(answer.bytes for answer in every),
        )  # fmt: skip

    def misses(self) -> Iterator[str]:
        name, ratio = self.worst
        if self.errors:
            yield f"{len(self.errors)} errors, the first: {self.errors[0]}"
        if ratio > ONE_USER_TIMES:
            yield f"p95 of {name} {ratio:.1f} x one user's, target {ONE_USER_TIMES} x"


def row(
    name: str, median_ms: float, p95_ms: float, ratio: float, queries: int, size: int
) -> dict[str, Any]:
    return {
        "name": name,
        "median_ms": round(median_ms, 2),
        "p95_ms": round(p95_ms, 2),
        "ratio": round(ratio, 2),
        "queries": queries,
        "bytes": size,
    }


def p95(times: list[float]) -> float:
    """The time that nineteen of twenty answers stay within."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def one_user(address: str, pages: list[Page], rounds: int = ROUNDS) -> list[Measured]:
    """Every page in turn, again and again, so that a busy moment falls on all of them alike."""
    clients = {page.who: signed_in(address, page.who) for page in pages}
    found = [Measured(page) for page in pages]
    for turn in range(WARM_UP + rounds):
        for measured in found:
            answer = clients[measured.page.who].get(measured.page.path)
            if answer.status != 200:
                raise Problem(f"{measured.page.path} answered {answer.status} instead of a page.")
            if turn >= WARM_UP:
                measured.answers.append(answer)
    base_ms = next(m.median_ms for m in found if m.page.name == BASE)
    for measured in found:
        measured.base_ms = base_ms
    return found


def together(address: str, alone: list[Measured], asks: int = ASKS_A_USER) -> Together:
    """Eight signed-in users on their journeys, one page after another without a pause.

    Each begins at another place of the journey, so that they meet at different pages. The first
    rounds are not counted: eight at once have connections that one user alone never came to.
    """
    pages = {measured.page.name: measured.page for measured in alone if measured.page.target}
    found = Together({name: [] for name in pages}, {m.page.name: m.p95_ms for m in alone}, [])
    lock = threading.Lock()

    def browse(number: int, journey: tuple[str, ...]) -> None:
        steps = [pages[name] for name in journey if name in pages]
        try:
            clients = {who: signed_in(address, who) for who in {page.who for page in steps}}
            for step in range(-WARM_UP_ROUNDS * len(steps), asks):
                page = steps[(step + 3 * number) % len(steps)]
                answer = clients[page.who].get(page.path)
                with lock:
                    if step >= 0:
                        found.pages[page.name].append(answer)
                    if answer.status != 200:
                        found.errors.append(f"{page.path} answered {answer.status}")
        except (OSError, Problem) as error:
            with lock:
                found.errors.append(str(error))

    threads = [
        threading.Thread(target=browse, args=(number, journey))
        for number, journey in enumerate(JOURNEYS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def signed_in(address: str, account_id: int) -> Client:
    """A browser without a screen; account 0 is nobody."""
    parts = urlsplit(address)
    client = Client(parts.hostname or "127.0.0.1", parts.port or 80)
    if account_id:
        client.sign_in(account_id)
    return client
