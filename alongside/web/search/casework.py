"""All casework in one search: pupil, school, words, kind and day, over what this person may read."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse

from alongside.core.permissions import Permission
from alongside.exchange.dates import NotADate, read_date
from alongside.people.models import ChronologyEntry, EntryKind
from alongside.people.queries import record_view
from alongside.people.queries.casework import Found, Sought, find_casework
from alongside.web.dates import short_weekday
from alongside.web.screens import Request, screen

LONGEST = 100
TEXTS = (("words", "Words"), ("pupil", "Pupil"), ("school", "School"))
DAYS = (("from", "From"), ("to", "To"))


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def casework(request: Request) -> HttpResponse:
    sought, problems = read_sought(request.GET)
    found = find_casework(request.actor, sought)
    pupil_ids = sorted({entry.pupil_id for entry in found.entries if entry.pupil_id})
    record_view(request.actor, pupil_ids, "casework search")
    return TemplateResponse(
        request,
        "search/casework.html",
        {
            "heading": "Search casework",
            "second": _second(sought, found),
            "filter": _filter(request.GET, sought),
            "problems": problems,
            "is_asked": bool(sought),
            "table": {
                "caption": "Lines of casework, newest first",
                "columns": [{"label": label} for label in ("When", "Pupil", "What happened", "By")],
                "rows": [{"cells": _cells(entry)} for entry in found.entries],
            },
            "pages": _pages(request.GET, sought, found),
        },
    )


def read_sought(asked: QueryDict) -> tuple[Sought, list[str]]:
    """What was asked, and what could not be read, in words."""
    problems: list[str] = []
    days: dict[str, date | None] = {}
    for name, _ in DAYS:
        days[name] = None
        if text := asked.get(name, "").strip()[:40]:
            try:
                days[name] = read_date(text)
            except NotADate as mistake:
                problems.append(str(mistake))
    texts = {name: asked.get(name, "").replace("\x00", "").strip()[:LONGEST] for name, _ in TEXTS}
    return Sought(
        **texts,
        kinds=tuple(kind for kind in EntryKind.values if kind in asked.getlist("kind")),
        from_on=days["from"],
        to_on=days["to"],
        after=asked.get("after", "")[:40],
    ), problems


def _second(sought: Sought, found: Found) -> str:
    if not sought:
        return "By pupil, school, words, kind and day, in everything you may read"
    count = len(found.entries)
    lines = "1 line" if count == 1 else f"{count} lines"
    return f"The newest {lines}" if found.after and not sought.after else lines


def _cells(entry: Any) -> list[dict[str, str]]:
    return [
        {"text": short_weekday(entry.occurred_at), "second": str(EntryKind(entry.kind).label)},
        {"text": entry.pupil_name, "url": f"/pupils/{entry.pupil_id}/"},
        {"text": entry.summary, "url": entry.url, "second": _beginning(entry)},
        {"text": entry.author},
    ]


def _beginning(entry: ChronologyEntry) -> str:
    words = " ".join(entry.detail.split())
    return f"{words[:160]} …" if len(words) > 160 else words


def _filter(asked: QueryDict, sought: Sought) -> dict[str, object]:
    texts = [
        {"legend": label, "name": name, "kind": "search", "value": getattr(sought, name)}
        for name, label in TEXTS
    ]
    texts += [
        {"legend": label, "name": name, "kind": "search", "value": asked.get(name, "")[:40]}
        for name, label in DAYS
    ]
    kinds = [
        {"value": value, "label": label, "is_chosen": value in sought.kinds}
        for value, label in EntryKind.choices
        if value != EntryKind.SCHOOL
    ]
    return {
        "groups": [
            *texts,
            {"legend": "Kind", "name": "kind", "kind": "checkbox", "options": kinds},
        ],
        "selected": _selected(asked, sought),
        "clear_url": "/casework/",
        "keep": {},
    }


def _selected(asked: QueryDict, sought: Sought) -> list[dict[str, str]]:
    labels = dict(EntryKind.choices)
    chosen = [("kind", kind, str(labels[EntryKind(kind)])) for kind in sought.kinds]
    for name, label in (*TEXTS, *DAYS):
        if value := asked.get(name, "").strip():
            chosen.append((name, value, f"{label}: {value}"))
    return [
        {"label": said, "remove_url": _without(asked, name, value)} for name, value, said in chosen
    ]


def _without(asked: QueryDict, name: str, value: str) -> str:
    query = asked.copy()
    query.setlist(name, [v for v in query.getlist(name) if v != value and v.strip() != value])
    query.pop("after", None)
    return f"/casework/?{query.urlencode()}"


def _pages(asked: QueryDict, sought: Sought, found: Found) -> dict[str, str] | None:
    if not found.after and not sought.after:
        return None
    kept = [(name, value) for name in asked for value in asked.getlist(name) if name != "after"]
    return {
        "summary": f"{len(found.entries)} shown",
        "first_url": f"?{urlencode(kept)}" if sought.after else "",
        "next_url": f"?{urlencode([*kept, ('after', found.after)])}" if found.after else "",
    }
