"""Writes the audit trail. Every view of a pupil and every change is a line in its own transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.models import AuditEntry, AuditSeal, Purpose
from alongside.core.prepared import add


def record(
    *,
    actor: Actor,
    kind: str,
    subject: str = "",
    pupil_ids: Iterable[int] = (),
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add one line. `kind` is noun.verbed; `subject` names the record, never the child.

    What is read for a purpose says which: it is added to the line of each pupil it was given for.
    """
    touched = sorted(set(pupil_ids))
    told = dict(detail or {})
    if purpose := _purpose(actor, touched):
        told["purpose"] = purpose
    add(
        AuditEntry(
            created_at=timezone.now(),
            council_id=actor.council_id,
            staff_id=actor.staff_id,
            kind=kind,
            subject=subject,
            pupil_ids=touched,
            detail=told,
        )
    )


def _purpose(actor: Actor, pupil_ids: list[int]) -> str:
    given = {
        pupil_id: f"{Purpose.Kind(kind).label}: {words}" for pupil_id, kind, words in actor.purposes
    }
    return "; ".join(dict.fromkeys(given[p] for p in pupil_ids if p in given))


def seal() -> int:
    """Bind every line not yet sealed into the chain; answers how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.seal_audit()")
        return cursor.fetchone()[0]


def verify(*, expect: str = "") -> dict[str, Any]:
    """Whether the chain is whole: {"whole", "entries", "sealed", "head", "broken"}.

    `broken` names the first seal that does not hold: {"position", "entry", "problem"}. `expect`
    is a last seal noted earlier, which must still be in the chain: else its end was taken away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.verify_audit()")
        broken = cursor.fetchone()
        cursor.execute("SELECT * FROM sec.audit_state()")
        entries, sealed, head = cursor.fetchone()
    if broken is None and expect and not AuditSeal.objects.filter(hash=expect).exists():
        broken = (sealed + 1, None, f"the seal {expect} that you noted is gone")
    names = ("position", "entry", "problem")
    return {
        "whole": broken is None,
        "entries": entries,
        "sealed": sealed,
        "head": head,
        "broken": dict(zip(names, broken, strict=True)) if broken else None,
    }
