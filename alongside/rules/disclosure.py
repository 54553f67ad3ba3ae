"""Which counts of tables to hide, the fewest found, so that no small one can be worked out again.

A small count is kept when there is a witness: other whole numbers in place of the hidden ones, none
of them below one, that fit every sum that is shown and give this count another value. Whoever solves
all sums at once cannot tell the two apart. A cell of which no witness is found counts as given away.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

MOST_LOOKED_AT = 300  # Steps on the way to one witness,
AT_FIRST = 20_000  # and to the first ones: without them all would be hidden.
LENGTHS = (4, 8, 12)  # Cells of one witness: the short ones are looked for first.

type Cell = tuple[int, int, int]  # Which table, how far down, how far across; totals stand last.
type Counts = Mapping[Cell, int]
type Move = dict[Cell, int]  # By how much each hidden cell may differ: one more, or one less.


@dataclass(frozen=True)
class Sum:
    """What a reader knows: some cells add up to the same as others, or to no more than they, and
    then by how much they fall short at least."""

    ones: Sequence[Cell]
    others: Sequence[Cell]
    is_same: bool = True
    short_by: int = 0


@dataclass(frozen=True)
class Fact:
    """A sum with its signs, and how far the cells may drift apart before a reader sees it."""

    signs: Mapping[Cell, int]
    slack: int | None  # None where both sides are the same.

    def is_broken(self, by: int) -> bool:
        return by != 0 if self.slack is None else by > self.slack


def least_hidden(
    known: Counts, sums: Sequence[Sum], small: AbstractSet[Cell], totals: AbstractSet[Cell]
) -> set[Cell]:
    """The small cells, and as few beside them as were found. All is hidden where that is not enough."""
    tables = Tables(known, sums)
    tried = [_bared(tables, small, sorted(known, key=order)) for order in _orders(known, totals)]
    return min(tried, key=lambda hidden: _cost(known, hidden, totals))


def _orders(
    known: Counts, totals: AbstractSet[Cell]
) -> Iterator[Callable[[Cell], tuple[Any, ...]]]:
    """What is rather read comes first: a nought, a total of the first table, a large count."""
    yield lambda c: (known[c] > 0, c not in totals, c[0] if c in totals else 0, -known[c], c)
    yield lambda c: (known[c] > 0, -known[c], c not in totals, c)


def _cost(known: Counts, hidden: AbstractSet[Cell], totals: AbstractSet[Cell]) -> tuple[int, ...]:
    told = [cell for cell in hidden if known[cell]]
    return len(told) + len(totals & hidden), sum(known[cell] for cell in told)


def _bared(tables: "Tables", small: AbstractSet[Cell], order: Sequence[Cell]) -> set[Cell]:
    """Begin with everything hidden; show one cell after another, wherever all that is small is kept.

    Once is enough: with fewer hidden, what gives a small one away gives it away all the more.
    """
    hidden = set(order)
    witnesses = {cell: tables.witness(cell, hidden, AT_FIRST) for cell in sorted(small)}
    if not all(witnesses.values()):
        return hidden
    for cell in order:
        if cell in small:
            continue
        found = _witnesses_without(tables, witnesses, hidden - {cell}, cell)
        if found is not None:
            hidden.remove(cell)
            witnesses = found
    # Once more, without looking: other witnesses may have come to do without a cell.
    return {cell for cell in hidden if cell in small or _is_needed(cell, witnesses)}


def _is_needed(cell: Cell, witnesses: Mapping[Cell, Move]) -> bool:
    return any(cell in move for move in witnesses.values())


def _witnesses_without(
    tables: "Tables", witnesses: Mapping[Cell, Move], hidden: AbstractSet[Cell], shown: Cell
) -> dict[Cell, Move] | None:
    """Those that do not need the cell, and others in place of those that do."""
    found: dict[Cell, Move] = {}
    free: set[Cell] | None = None
    for small, move in witnesses.items():
        if shown in move:
            ready = (other for other in found.values() if small in other)
            free = tables.free(hidden) if free is None else free
            move = next(ready, {}) or tables.witness(small, free)
        if not move:
            return None
        found[small] = move
    return found


class Tables:
    """Counts and what is known of their sums."""

    def __init__(self, known: Counts, sums: Sequence[Sum]) -> None:
        self.known = known
        self.facts = [_fact(known, one) for one in sums]
        self.of: dict[Cell, list[int]] = {cell: [] for cell in known}
        for at, fact in enumerate(self.facts):
            for cell in fact.signs:
                self.of[cell].append(at)

    def free(self, hidden: AbstractSet[Cell]) -> set[Cell]:
        """Without those that a sum gives away by itself, being hidden alone in it, and so on."""
        free = set(hidden)
        ahead = [fact for fact in self.facts if fact.slack is None]
        while ahead:
            fact = ahead.pop()
            left = [cell for cell in fact.signs if cell in free]
            if len(left) == 1:
                free.remove(left[0])
                ahead += [f for at in self.of[left[0]] if (f := self.facts[at]).slack is None]
        return free

    def witness(self, cell: Cell, free: AbstractSet[Cell], most: int = MOST_LOOKED_AT) -> Move:
        """Other whole numbers in which this cell differs; empty when none are found."""
        if cell not in free:
            return {}
        for longest in LENGTHS:
            for by in (1, -1):
                search = Search(self, free, longest, most)
                if self.may(cell, by) and search.goes_on({}, {}, cell, by):
                    return search.found
        return {}

    def may(self, cell: Cell, by: int) -> bool:
        """A reader knows that what is hidden is not nought."""
        return by > 0 or self.known[cell] > 1


def _fact(known: Counts, of: Sum) -> Fact:
    signs = dict.fromkeys(of.ones, 1) | dict.fromkeys(of.others, -1)
    apart = -sum(sign * known[cell] for cell, sign in signs.items())
    return Fact(signs, None if of.is_same else apart - of.short_by)


class Search:
    """Looks for one witness: mends a sum that is broken by changing a hidden cell in it, and so on."""

    def __init__(self, tables: Tables, free: Collection[Cell], longest: int, most: int) -> None:
        self.tables, self.free, self.longest = tables, free, longest
        self.left = most
        self.found: Move = {}

    def goes_on(self, move: Move, apart: Mapping[int, int], cell: Cell, by: int) -> bool:
        """`apart` says by how much each sum is out through the move so far."""
        self.left -= 1
        if self.left < 0:
            return False
        move, apart = move | {cell: by}, dict(apart)
        facts = self.tables.facts
        for at in self.tables.of[cell]:
            apart[at] = apart.get(at, 0) + by * facts[at].signs[cell]
        broken = [at for at, out in apart.items() if facts[at].is_broken(out)]
        if not broken:
            self.found = move
            return True
        if len(move) == self.longest:
            return False
        mends = min((self._mends(at, apart[at], move) for at in broken), key=len)
        return any(self.goes_on(move, apart, *mend) for mend in mends)

    def _mends(self, at: int, out: int, move: Move) -> list[tuple[Cell, int]]:
        """Small counts first: they are hidden in any case."""
        signs = self.tables.facts[at].signs
        mends = [
            (cell, -sign if out > 0 else sign)
            for cell, sign in signs.items()
            if cell in self.free and cell not in move
        ]
        able = [mend for mend in mends if self.tables.may(*mend)]
        return sorted(able, key=lambda mend: (self.tables.known[mend[0]], mend[0]))
