"""The pupil's Sessions tab: sessions and daily logs together, their hours, and the list to take away."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.documents.withheld import withheld
from alongside.fieldwork import policy, queries
from alongside.fieldwork.models import DailyLog, Session
from alongside.fieldwork.queries import Entry
from alongside.fieldwork.wording import (
    log_line,
    marks_in_words,
    minutes_in_words,
    session_line,
    url_of,
)
from alongside.people.queries import get_pupil, open_pupil
from alongside.people.shared_words import shared_in_words
from alongside.web.dates import clock_time, short_weekday
from alongside.web.downloads import csv_file
from alongside.web.fieldwork.pages import FACE_WORDS
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

COLUMNS = (
    "Day",
    "Began",
    "What",
    "Kind",
    "Minutes",
    "Attendance",
    "Why missed",
    "Where",
    "What we did, or what worked",
    "How it went, or what was hard",
    "What is next, or who was told",
    "Face",
    "Targets",
    "Written by",
    "Written at",
    "Shared with school",
    "Which school",
)


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def sessions_tab(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "sessions")
    after = request.GET.get("after", "")
    page = queries.diary(actor, pupil, after)
    cases = queries.cases_to_work(actor, pupil)
    url = f"/pupils/{pupil.pk}/sessions/"
    return render(
        request,
        "fieldwork/diary.html",
        {
            **pupil_frame(actor, pupil, "sessions"),
            "heading": "Sessions and daily logs",
            "second": _second(actor),
            # Of what is shared alone, the hours would say too little.
            "facts": _totals(queries.hours_of(actor, pupil)) if actor.reads_work else [],
            "table": {"caption": "Sessions and daily logs", "columns": HEADS, "rows": _rows(page)},
            "pages": {
                "summary": "Newest first",
                "first_url": url if after else "",
                "next_url": f"{url}?{urlencode({'after': page.after})}" if page.after else "",
            },
            "case": next((case for case in cases if policy.record(actor, case)), None),
            "nothing": _nothing(actor),
            "may_export": actor.may(Permission.EXPORT),
            "csv_url": f"{url}csv/",
        },
    )


def _second(actor: Actor) -> str:
    if actor.reads_work:
        return "Every session and daily log, newest first."
    return "What the service shared with you, and what you wrote, newest first."


def _nothing(actor: Actor) -> str:
    if actor.reads_work:
        return "Sessions and daily logs stand here once the work has begun."
    return "What the service shares with you stands here. Ask the lead worker for what you need."


HEADS = [{"label": label} for label in ("When", "What", "How it went", "Targets", "Written by")]


def _totals(hours: queries.Hours) -> list[dict[str, Any]]:
    rows = [
        ("Offered", hours.offered),
        ("Attended", hours.attended),
        ("Attended part", hours.part),
        ("Missed", hours.missed),
    ]
    return [
        {"label": label, "value": minutes_in_words(minutes)} for label, minutes in rows if minutes
    ]


def _rows(page: queries.Page) -> list[dict[str, Any]]:
    return [{"cells": _cells(entry)} for entry in page.entries]


def _cells(entry: Entry) -> list[dict[str, Any]]:
    written = entry.written
    moment = timezone.localtime(entry.moment)
    face = FACE_WORDS.get(written.face or 0)
    said = [
        words for words in (*_said(written), f"Chose the face “{face}”" if face else "") if words
    ]
    return [
        {
            "text": short_weekday(moment),
            "url": url_of(written),
            "second": clock_time(moment) if entry.is_session else "",
        },
        {"text": _what(written)},
        {"text": said[0] if said else "–", "second": ". ".join(said[1:])},
        {"text": marks_in_words(m.mark for m in written.marks.all()) or "–"},
        {
            "text": written.recorded_by.name,
            "second": shared_in_words(written, written.case.school_id),
        },
    ]


def _what(written: Session | DailyLog) -> str:
    return session_line(written) if isinstance(written, Session) else log_line(written, ())


def _said(written: Session | DailyLog) -> tuple[str, str]:
    if isinstance(written, Session):
        return _short(written.what_we_did), _short(written.response)
    return _short(written.what_worked), _short(written.what_was_hard)


def _short(words: str) -> str:
    words = words.rstrip(".")
    return words if len(words) <= 140 else f"{words[:140].rsplit(' ', 1)[0]}…"


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = get_pupil(actor, pupil_id)
    entries = list(queries.whole_diary(actor, pupil))
    audit.record(
        actor=actor,
        kind="sessions.exported",
        subject=f"pupil {pupil.pk}",
        pupil_ids=[pupil.pk],
        detail={"lines": len(entries), "form": "csv"},
    )
    return csv_file(
        f"sessions pupil {pupil.pk} {actor.today:%Y-%m-%d}",
        COLUMNS,
        withheld(actor, pupil).clean_rows([_csv_row(entry) for entry in entries]),
    )


def _csv_row(entry: Entry) -> list[object]:
    written = entry.written
    moment = timezone.localtime(entry.moment)
    targets = "; ".join(f"{m.target.text}: {m.get_mark_display()}" for m in written.marks.all())
    written_at = timezone.localtime(written.created_at)
    end = [
        FACE_WORDS.get(written.face or 0, ""),
        targets,
        written.recorded_by.name,
        f"{written_at:%Y-%m-%d %H:%M}",
        "Yes" if written.is_shared else "No",
        written.shared_with.name if written.shared_with else "",
    ]
    if isinstance(written, DailyLog):
        said = [written.what_worked, written.what_was_hard, written.staff_told]
        return [f"{written.on:%Y-%m-%d}", "", "Daily log", "", "", "", "", "", *said, *end]
    return [
        f"{moment:%Y-%m-%d}",
        f"{moment:%H:%M}",
        "Session",
        written.get_kind_display(),
        written.minutes,
        written.get_attendance_display(),
        written.reason_missed,
        written.place,
        written.what_we_did,
        written.response,
        written.next_step,
        *end,
    ]
