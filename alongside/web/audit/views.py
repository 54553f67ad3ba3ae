"""The audit trail as a screen and as a file. It names pupils by number only."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.core import audit_queries
from alongside.core.audit_queries import SUBJECTS, Asked
from alongside.core.models import AuditEntry
from alongside.core.permissions import Permission
from alongside.exchange.dates import NotADate, read_date
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of
from alongside.web.audit.detail import in_words
from alongside.web.dates import clock_time
from alongside.web.downloads import csv_file
from alongside.web.screens import Request, screen

COLUMNS = ("Line", "When", "Who", "What", "Record", "Pupils", "Detail")
GLASS = {
    "glass.broken": "Record opened out of hours",
    "glass.refused": "Opening refused: details fit nobody",
    "purpose.given": "Record opened for a purpose",
}
NAMES = ("about", "kind", "person", "pupil", "from", "to")


@screen(needs=Permission.AUDIT_VIEW, methods=("GET",))
def trail(request: Request) -> HttpResponse:
    asked = _asked(request)
    before = number_in(request.GET.get("before", ""))
    rows, has_more = audit_queries.lines(request.actor, asked, before)
    query = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
    return render(
        request,
        "audit/trail.html",
        {
            "table": _table(rows),
            "filter": _filter(request, asked),
            "pages": _pages(query, rows, has_more, is_first=not before),
            "download_url": f"/audit/download/?{urlencode(query)}",
            "seal": audit_queries.last_seal(),
        },
    )


@screen(needs=Permission.AUDIT_VIEW, methods=("GET",))
def download(request: Request) -> HttpResponse:
    rows = audit_queries.exported(request.actor, _asked(request))
    lines = (
        (
            line.pk,
            timezone.localtime(line.created_at).isoformat(timespec="seconds"),
            line.staff.name,
            line.kind,
            line.subject,
            " ".join(str(pupil_id) for pupil_id in line.pupil_ids),
            "; ".join(f"{name}: {value}" for name, value in line.detail.items()),
        )
        for line in rows
    )
    return csv_file(f"audit trail {request.actor.today.isoformat()}", COLUMNS, lines)


def _asked(request: Request) -> Asked:
    given = request.GET
    pupil = given.get("pupil", "")
    return Asked(
        about=given.get("about", ""),
        kind=given.get("kind", ""),
        person=given.get("person", ""),
        pupil_id=number_in(pupil),
        from_on=_day(given.get("from", "")),
        to_on=_day(given.get("to", "")),
    )


def _day(typed: str) -> date | None:
    """As a person types it; an unreadable one is left out, as every unknown choice is."""
    try:
        return read_date(typed)
    except NotADate:
        return None


HINTS = {
    "kind": "such as plan, or plan approved",
    "from": "day/month/year",
    "to": "day/month/year",
}


def _table(rows: list[AuditEntry]) -> dict[str, object]:
    return {
        "caption": "The audit trail, newest first",
        "columns": [{"label": label} for label in ("When", "Who", "What", "Record", "Detail")],
        "rows": [{"cells": _cells(line)} for line in rows],
    }


def _cells(line: AuditEntry) -> list[dict[str, str]]:
    at = timezone.localtime(line.created_at)
    noun, _, verbed = line.kind.partition(".")
    pupils = ", ".join(f"pupil {pupil_id}" for pupil_id in line.pupil_ids[:3])
    more = f" and {len(line.pupil_ids) - 3} more" if len(line.pupil_ids) > 3 else ""
    return [
        {"text": f"{at:%a} {at.day} {at:%b %Y}", "second": clock_time(at, seconds=True)},
        {"text": line.staff.name},
        {
            "text": GLASS.get(line.kind)
            or f"{noun.replace('_', ' ').capitalize()} {verbed.replace('_', ' ')}",
            "state": "restricted" if line.kind in GLASS else "",
        },
        {"text": line.subject or "–", "second": pupils + more if pupils != line.subject else ""},
        {"text": in_words(line.detail)},
    ]


def _filter(request: Request, asked: Asked) -> dict[str, object]:
    about = [("", "Everything"), *((key, label) for key, (label, _) in SUBJECTS.items())]
    words = (
        ("person", "Who", asked.person),
        ("kind", "What", asked.kind),
        ("pupil", "Pupil number", asked.pupil_id or ""),
        ("from", "From", f"{asked.from_on:%d/%m/%Y}" if asked.from_on else ""),
        ("to", "To", f"{asked.to_on:%d/%m/%Y}" if asked.to_on else ""),
    )
    searches = [
        {
            "kind": "search",
            "name": name,
            "legend": legend,
            "value": value,
            "hint": HINTS.get(name, ""),
        }
        for name, legend, value in words
    ]
    options = [{"value": v, "label": label, "is_chosen": v == asked.about} for v, label in about]
    return {
        "groups": [
            {"kind": "radio", "name": "about", "legend": "About", "options": options},
            *searches,
        ],
        "selected": [],
    }


def _pages(
    query: dict[str, str], rows: list[AuditEntry], has_more: bool, *, is_first: bool
) -> dict[str, str] | None:
    if is_first and not has_more:
        return None
    older = urlencode(query | {"before": str(rows[-1].pk)}) if rows else ""
    return {
        "summary": f"{count_of(len(rows), 'line')} shown",
        "first_url": "" if is_first else f"?{urlencode(query)}",
        "next_url": f"?{older}" if has_more else "",
    }
