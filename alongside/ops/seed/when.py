"""Lets history be made through the actions: for a block, "now" is a moment of the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from django.db import connections, transaction
from django.utils import timezone

from alongside.core.actor import Actor, begin_staff
from alongside.core.models import AuditEntry

_real_now = timezone.now
# The last audit line of each moment, so that lines can be given the time they tell of.
_moments: list[tuple[datetime, int]] = []


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def hurry() -> None:
    """Nobody waits for the disk or for savepoints while invented history is made: it can be redone."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    connection.features.uses_savepoints = False


@contextmanager
def acting_at(staff_id: int, day: date, hour: int = 10, minute: int = 0) -> Iterator[Actor]:
    """One transaction in somebody's name at a moment of the past; never after the real now."""
    now = min(moment(day, hour, minute), _real_now() - timedelta(minutes=5))
    with patch.object(timezone, "now", lambda: now), transaction.atomic():
        actor = begin_staff(staff_id)
        if actor is None:
            raise LookupError(f"Staff {staff_id} holds no role in force.")
        yield replace(actor, today=timezone.localtime(now).date())
        last = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first()
        _moments.append((now, last or 0))


def give_rows_their_times() -> None:
    """Rows are stamped with the time they were inserted; in a made history that is the time told of.

    Done once, by the tables' owner, in an otherwise empty database, before anything is sealed.
    """
    stamped = {
        "people_chronologyentry": "occurred_at",
        "plans_plan": "starts_on::timestamptz",
        "referrals_referral": "sent_at",
        "cases_case": "opened_on::timestamptz",
    }
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table, told in stamped.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET created_at = {told} + interval '40 minutes'")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("CREATE TEMP TABLE moments (at timestamptz, last bigint) ON COMMIT DROP")
        cursor.executemany("INSERT INTO moments VALUES (%s, %s)", _moments)
        for table in ("core_auditentry", "core_notice"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE core_auditentry e SET created_at = coalesce("
            " (SELECT min(m.at) FROM moments m WHERE m.last >= e.id), e.created_at)"
        )
        cursor.execute(
            "UPDATE core_notice SET seen_at = now() WHERE id NOT IN ("
            " SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY staff_id ORDER BY id DESC)"
            " AS place FROM core_notice) latest WHERE place <= 4)"
        )
        for table in ("core_auditentry", "core_notice"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    _moments.clear()
