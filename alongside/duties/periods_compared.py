"""Which periods of a comparison may be read beside each other, so that none gives the other away.

The shorter time lies within the longer one. A number hidden in either would be held between the two,
and what is shown in both says by its difference what came before the shorter time. So the shorter is
offered only where the longer one, the shorter one and the difference hold no number that is small.
"""

from collections.abc import Iterator
from datetime import date

from alongside.core.actor import Actor
from alongside.core.models import Place
from alongside.duties.neighbourhoods import Comparison, Figures, compare_two
from alongside.rules.suppression import is_small

type Named = dict[tuple[int, int, str], int | None]  # Which table, how far down, which column.


def readable(
    actor: Actor, service: Place, longer: tuple[str, date], shorter: tuple[str, date]
) -> dict[str, Comparison]:
    """The periods of a service that may be read, by their keys. The longer always may."""
    times = compare_two(actor, service, longer[1], shorter[1], actor.today)
    found = {longer[0]: (whole := next(times))}
    if hides(whole):  # What the shorter would hide is not looked for.
        return found
    part = next(times)
    is_safe = not hides(part) and not _leaves_a_small_rest(whole, part)
    return found | {shorter[0]: part} if is_safe else found


def hides(found: Comparison) -> bool:
    return None in _named(found).values()


def _leaves_a_small_rest(whole: Comparison, part: Comparison) -> bool:
    shorter = _named(part)
    return any(is_small((n or 0) - (shorter.get(at) or 0)) for at, n in _named(whole).items())


def _named(found: Comparison) -> Named:
    """Every count and total of every table. A column of one period may be missing in the other."""
    tables = (found.referrals, found.judged, found.plans, found.closed, found.versions)
    return {(at, *cell): n for at, one in enumerate(tables) for cell, n in _cells(one)}


def _cells(one: Figures) -> Iterator[tuple[tuple[int, str], int | None]]:
    table, names = one.table, (*one.columns, "In all")
    lines = [*zip(table.rows, table.row_totals, strict=True), (table.column_totals, table.total)]
    for down, (counts, total) in enumerate(lines):
        for name, count in zip(names, (*counts, total), strict=True):
            yield (down, name), count
