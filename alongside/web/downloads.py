"""What a person takes away, whole: a file for a spreadsheet, or pages to print. Both say what they hold.

A cell that would start a formula in a spreadsheet is made harmless.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from alongside.core import audit
from alongside.core.permissions import Permission
from alongside.documents.withheld import cleaned_list
from alongside.rules.dates import dated
from alongside.rules.words import count_of
from alongside.web.dates import clock_time
from alongside.web.screens import Forbidden, Request

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MOST_ROWS = 5_000
MOST_PRINTED = 1_000  # Some forty sheets: more is for a spreadsheet.
WAY, ON_PAPER = "way", "print"

type Cells = Sequence[object]


@dataclass(frozen=True)
class Part:
    """One table. `about` says of which pupil each row is, in order; none when it names no pupil.

    `printed` are the columns that paper has room for; every one unless told.
    """

    columns: Sequence[str]
    rows: Sequence[Cells]
    about: Sequence[int | None] = ()
    title: str = ""
    printed: Sequence[str] = ()


@dataclass(frozen=True)
class Taken:
    """What the screen lists now: its title, what was chosen there in words, and every row of it."""

    title: str
    chosen: Sequence[str]
    parts: Sequence[Part]
    back_url: str
    is_cut: bool = False  # There are more rows than may be taken at once.

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)


def ways(request: Request, name: str, *args: int) -> dict[str, str] | None:
    """Links for components/take.html to this list as it is chosen now, for who may take it away."""
    if not request.actor.may(Permission.EXPORT):
        return None
    query = request.GET.copy()
    for place in ("after", "from", WAY):
        query.pop(place, None)
    at, chosen = reverse(name, args=args), query.urlencode()
    on_paper = f"{chosen}&{WAY}={ON_PAPER}" if chosen else f"{WAY}={ON_PAPER}"
    return {"file": f"{at}?{chosen}" if chosen else at, "paper": f"{at}?{on_paper}"}


def take(
    request: Request,
    taken: Taken,
    *,
    kind: str,
    needs: Permission,
) -> HttpResponse:
    """The file, or the paper when it is asked for. Who took it and whom it names is audited.

    `needs` is what the screen itself needs: taking a list away shows nobody more than the list, and
    never a concealed address.
    """
    if not request.actor.may(needs):
        raise Forbidden(needs)
    is_paper = request.GET.get("way") == ON_PAPER
    audit.record(
        actor=request.actor,
        kind=kind,
        subject=taken.title,
        pupil_ids=sorted({one for part in taken.parts for one in part.about if one}),
        detail={"rows": taken.count, "form": ON_PAPER if is_paper else "csv"},
    )
    parts = [_withheld(request, part) for part in taken.parts]
    taken = replace(taken, parts=parts)
    return _paper(request, taken) if is_paper else _file(request, taken)


def _withheld(request: Request, part: Part) -> Part:
    if not part.about:
        return part
    about = zip(part.about, part.rows, strict=True)
    return replace(part, rows=cleaned_list(request.actor, about))


def csv_file(
    name: str, columns: Sequence[str], rows: Iterable[Cells], said: Sequence[str] = ()
) -> HttpResponse:
    """A CSV file that Excel opens with its accents right; `said` stands beneath the rows."""
    beneath = [[], *([line] for line in said)] if said else []
    return _csv(name, [columns, *rows, *beneath])


def harmless(cell: object) -> str:
    """The cell as text, with an apostrophe before what a spreadsheet would run."""
    if isinstance(cell, int | float):
        return str(cell)  # A number runs nothing, below nought either.
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_A_FORMULA) else text


def _csv(name: str, lines: Iterable[Cells]) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in line] for line in lines)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _file(request: Request, taken: Taken) -> HttpResponse:
    """One part begins with its columns, as a spreadsheet likes it; of several, each has its title."""
    lines: list[Cells] = []
    for part in taken.parts:
        if len(taken.parts) > 1:
            lines += [[part.title]]
        lines += [part.columns, *part.rows, []]
    said = [taken.title, _holds(taken), _by(request, "Taken")]
    name = f"{taken.title} {request.actor.today.isoformat()}"
    return _csv(name, [*lines, *([line] for line in said)])


def _paper(request: Request, taken: Taken) -> HttpResponse:
    tables = [
        {"title": part.title, "table": _table(taken, part)} for part in taken.parts if part.rows
    ]
    return render(
        request,
        "paper.html",
        {
            "heading": taken.title,
            "holds": _holds(taken, MOST_PRINTED),
            "by": _by(request, "Printed"),
            "tables": tables,
            "back_url": taken.back_url,
            "back_label": taken.title,
        },
    )


def _holds(taken: Taken, most: int = MOST_ROWS) -> str:
    """What was chosen and how many there are; that there are more, when there are."""
    chosen = "; ".join(word for word in taken.chosen if word) or "Everything on the screen’s list"
    count = min(taken.count, most)
    if taken.is_cut or taken.count > most:
        return f"{chosen}. The first {count:,} rows: there are more. Choose less to have them all."
    return f"{chosen}. {count_of(count, 'row')}, the whole of it."


def _by(request: Request, done: str) -> str:
    now = timezone.now()
    day = dated(request.actor.today)
    return f"{done} by {request.actor.name} on {day} at {clock_time(now)}, with what their role may read."


def _table(taken: Taken, part: Part) -> dict[str, Any]:
    at = [n for n, name in enumerate(part.columns) if not part.printed or name in part.printed]
    rows = part.rows[:MOST_PRINTED]
    numbers = {n for n in at if all(isinstance(row[n], int | float) for row in rows)}
    return {
        "caption": part.title or taken.title,
        "columns": [{"label": part.columns[n], "is_number": n in numbers} for n in at],
        "rows": [
            {"cells": [{"text": _said(row[n]), "is_number": n in numbers} for n in at]}
            for row in rows
        ],
    }


def _said(cell: object) -> str:
    if isinstance(cell, date):
        return dated(cell)
    return "–" if cell in (None, "") else str(cell)
