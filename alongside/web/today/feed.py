"""The calendar that a person subscribes to by its secret address. It carries no name at all."""

import hashlib
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from alongside.core.actor import Actor, begin_staff
from alongside.core.reminders import staff_of_calendar
from alongside.duties.calendars import Calendars
from alongside.duties.due import due_items
from alongside.duties.nameless import called
from alongside.fieldwork.visits import between

BACK, AHEAD = timedelta(days=14), timedelta(days=180)
LINE = 73  # Octets of a line before it is folded (RFC 5545, 3.1).


def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is due and planned, for whoever holds the address; nothing once it is revoked."""
    with transaction.atomic():
        staff_id = staff_of_calendar(secret)
        actor = begin_staff(staff_id) if staff_id else None
        if actor is None:
            raise Http404
        lines = _calendar(actor)
    answer = HttpResponse(
        "".join(_folded(line) for line in lines), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(actor: Actor) -> list[str]:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alongside//Due//EN",
        "X-WR-CALNAME:Alongside",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    stamp = _utc(timezone.now())
    for item in due_items(actor, Calendars(actor)):
        if actor.today - BACK <= item.due_on <= actor.today + AHEAD:
            lines += _event(
                f"{item.kind} {item.url} {item.due_on}",
                stamp,
                f"DTSTART;VALUE=DATE:{item.due_on:%Y%m%d}",
                f"DTEND;VALUE=DATE:{item.due_on + timedelta(days=1):%Y%m%d}",
                f"SUMMARY:{called(item)}",
                f"URL:{settings.PUBLIC_URL}{item.url}",
            )
    for visit in between(actor, actor.today - BACK, actor.today + AHEAD):
        lines += _event(
            f"visit {visit.id}",
            stamp,
            f"DTSTART:{_utc(visit.starts_at)}",
            f"DTEND:{_utc(visit.ends_at)}",
            "SUMMARY:Visit",
            f"URL:{settings.PUBLIC_URL}/planner/?week={visit.on}",
        )
    return [*lines, "END:VCALENDAR"]


def _event(key: str, stamp: str, *lines: str) -> list[str]:
    uid = hashlib.sha256(key.encode()).hexdigest()[:32]
    return ["BEGIN:VEVENT", f"UID:{uid}@alongside", f"DTSTAMP:{stamp}", *lines, "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """Long lines go on in the next, after a space. All of it is ASCII."""
    parts = [line[n : n + LINE] for n in range(0, len(line), LINE)]
    return "\r\n ".join(parts) + "\r\n"
