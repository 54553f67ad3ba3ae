"""How much was done with a child, in numbers alone: for reports that others approve. No word of it."""

from typing import Any

from django.db import connection

from alongside.cases.models import Case


def sessions_held(case: Case) -> list[dict[str, Any]]:
    """Attendance and minutes of each session of a case that the actor has already opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT attendance, minutes FROM sec.sessions_held(%s)", [case.pk])
        return [{"attendance": came, "minutes": minutes} for came, minutes in cursor.fetchall()]
