"""Notices: what is new to a person, on Today until seen, and by e-mail without a child's name."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.models import Notice, Staff
from alongside.core.prepared import add, prepared

NEW_FOR = timedelta(weeks=6)
PAGE = 50


def notify(
    *,
    staff_ids: Iterable[int],
    kind: str,
    text: str,
    url: str = "",
    pupil_id: int | None = None,
    is_urgent: bool = False,
) -> None:
    """Tell people. `text` names no child: the child is `pupil_id`, shown to who may see it.

    An urgent notice is also sent by e-mail, once this transaction is safely committed.
    """
    people = sorted(set(staff_ids))
    for staff_id in people:
        add(
            Notice(
                staff_id=staff_id,
                kind=kind,
                text=text,
                url=url,
                pupil_id=pupil_id,
                created_at=timezone.now(),
            )
        )
    if is_urgent:
        addresses = list(
            Staff.objects.filter(id__in=people).exclude(email="").values_list("email", flat=True)
        )
        transaction.on_commit(lambda: _send(addresses, text), robust=True)


def _send(addresses: list[str], text: str) -> None:
    body = f"{text}\n\nSign in to read it: {settings.PUBLIC_URL}/\n"
    for address in addresses:
        send_mail("Alongside: something needs you now", body, None, [address])


def unseen(actor: Actor) -> list[Notice]:
    """What is new to a person: not seen, and not so old that it is no news."""
    return _unseen(staff_id=actor.staff_id, since=timezone.now() - NEW_FOR)


@prepared
def _unseen(staff_id: Any, since: Any) -> QuerySet[Notice]:
    new = Notice.objects.filter(staff_id=staff_id, seen_at=None, created_at__gte=since)
    return new.order_by("-created_at", "-id")[:12]


def before(actor: Actor, last: int | None) -> list[Notice]:
    """A page of all of a person's notices, newest first, and one more when there are more."""
    mine = Notice.objects.filter(staff_id=actor.staff_id)
    shown = mine.filter(pk=last).first() if last else None
    if shown:
        at = shown.created_at
        mine = mine.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=shown.pk))
    return list(mine.order_by("-created_at", "-id")[: PAGE + 1])


def mark_seen(*, actor: Actor) -> int:
    """Mark all of the actor's notices as seen; answers how many there were."""
    mine = Notice.objects.filter(staff_id=actor.staff_id, seen_at=None)
    return mine.update(seen_at=timezone.now())
