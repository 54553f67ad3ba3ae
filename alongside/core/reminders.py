"""How a person is reminded outside the service, and the secret address of their calendar."""

import hashlib
import secrets

from django.db import connection, transaction
from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.models import Reminders


def reminders_of(actor: Actor) -> Reminders:
    """The person's own, or what holds until they choose."""
    own = Reminders.objects.filter(staff_id=actor.staff_id).first()
    return own or Reminders(staff_id=actor.staff_id)


@transaction.atomic
def choose_reminders(
    *,
    actor: Actor,
    digest: Reminders.Digest,
    weekday: int,
    tells_overdue: bool,
    tells_week: bool,
    tells_new: bool,
    tells_team: bool,
) -> Reminders:
    own, _ = Reminders.objects.update_or_create(
        staff_id=actor.staff_id,
        defaults={
            "digest": digest,
            "weekday": weekday,
            "tells_overdue": tells_overdue,
            "tells_week": tells_week,
            "tells_new": tells_new,
            "tells_team": tells_team,
        },
    )
    audit.record(actor=actor, kind="reminders.chosen", detail={"digest": digest})
    return own


@transaction.atomic
def make_calendar(*, actor: Actor) -> str:
    """A new secret for the calendar's address, told once. The one before opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    Reminders.objects.update_or_create(
        staff_id=actor.staff_id,
        defaults={"calendar_hash": _hash(secret), "calendar_made_at": timezone.now()},
    )
    audit.record(actor=actor, kind="calendar.made")
    return secret


@transaction.atomic
def revoke_calendar(*, actor: Actor) -> None:
    Reminders.objects.filter(staff_id=actor.staff_id).update(
        calendar_hash="", calendar_made_at=None
    )
    audit.record(actor=actor, kind="calendar.revoked")


def staff_of_calendar(secret: str) -> int | None:
    """Whose calendar it is, asked before anybody is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.staff_of_calendar(%s)", [_hash(secret)])
        (staff_id,) = cursor.fetchone()
    return staff_id


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
