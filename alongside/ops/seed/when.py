"""Lets history be made through the actions: for a block, "now" is a moment of the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from unittest.mock import patch

from django.db import connections, transaction
from django.utils import timezone

from alongside.core.actor import Actor, begin_again, begin_staff
from alongside.core.base import CouncilQuerySet

_real_now = timezone.now
NOTICES_LEFT_UNSEEN = 4
PREPARED = 2_000  # Statements kept prepared; more than there are.


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def hurry() -> None:
    """This process waits for no disk and no savepoint: invented history can be made again.

    The same few hundred statements are sent thousands of times: all of them stay prepared.
    """
    connection = connections["default"]
    connection.features.uses_savepoints = False
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    connection.connection.prepared_max = PREPARED
    patch("os.fsync", lambda _: None).start()


# What is shown with the day on which it was written; the database would stamp the day of loading.
WRITTEN = frozenset(
    {
        "cases.CaseComment", "cases.Escalation", "cases.Judgement", "cases.Task", "core.StoredFile",
        "incidents.Incident", "people.Document", "referrals.Evidence",
    }
)  # fmt: skip


@contextmanager
def written_then() -> Iterator[None]:
    """What is written while history is made was written at the moment it tells of."""
    create = CouncilQuerySet.create

    def create_then(self: Any, **given: Any) -> Any:
        if self.model._meta.label in WRITTEN:
            given.setdefault("created_at", timezone.now())
        return create(self, **given)

    with patch.object(CouncilQuerySet, "create", create_then):
        yield


@contextmanager
def acting_at(staff_id: int, day: date, hour: int = 10, minute: int = 0) -> Iterator[Actor]:
    """One transaction in somebody's name at a moment of the past.

    What today has not come to yet is told as its first minute: the same whenever it is made.
    """
    now = moment(day, hour, minute)
    if now > _real_now():
        now = moment(timezone.localdate(_real_now()), 0)
    with patch.object(timezone, "now", lambda: now), transaction.atomic():
        yield replace(_begin(staff_id), today=timezone.localtime(now).date())


_known: dict[int, Actor] = {}  # Nobody's roles change while it is made: read once a process.


def _begin(staff_id: int) -> Actor:
    if staff_id in _known:
        return begin_again(_known[staff_id])
    actor = begin_staff(staff_id)
    if actor is None:
        raise LookupError(f"Staff {staff_id} holds no role in force.")
    _known[staff_id] = actor
    return actor


def settle() -> None:
    """What the database stamped itself gets the time it tells of, and old notices were read.

    Done once, by the tables' owner, in an otherwise empty database.
    """
    stamped = {
        "plans_plan": "starts_on::timestamptz",
        "referrals_referral": "sent_at",
        "cases_case": "opened_on::timestamptz",
    }
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table, told in stamped.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET created_at = {told} + interval '9 hours'")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(
            "UPDATE core_notice SET seen_at = now() WHERE id NOT IN ("
            " SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY staff_id"
            " ORDER BY created_at DESC, pupil_id, kind, text, id) AS place FROM core_notice) latest"
            " WHERE place <= %s)",
            [NOTICES_LEFT_UNSEEN],
        )
