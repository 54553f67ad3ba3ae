"""Questions about the audit trail, for whoever answers for it. Reading it is itself a line of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.days import end_of, start_of
from alongside.core.models import AuditEntry, AuditSeal

A_PAGE = 100
MOST_EXPORTED = 20_000

# What people ask the trail about, and which kinds of line answer.
SUBJECTS: dict[str, tuple[str, Q]] = {
    "views": ("Records looked at", Q(kind__endswith=".viewed") | Q(kind__endswith=".listed")),
    "glass": ("Records opened out of hours", Q(kind="glass.broken")),
    "purpose": ("Records opened for a purpose", Q(kind="purpose.given")),
    "taken": ("Lists taken away", Q(kind__endswith=".exported") | Q(kind__endswith=".downloaded")),
    "staff": ("Staff and roles", Q(kind__startswith="staff.") | Q(kind__startswith="role.")),
    "sessions": ("Signing in and out", Q(kind__startswith="session.")),
    "audit": ("This trail itself", Q(kind__startswith="audit.")),
}


@dataclass(frozen=True)
class Asked:
    """What the trail is asked: a subject or kind, a person, a pupil, days."""

    about: str = ""
    kind: str = ""
    person: str = ""
    pupil_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None

    def as_detail(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items() if value}


def lines(actor: Actor, asked: Asked, before: int | None = None) -> tuple[list[AuditEntry], bool]:
    """One page, newest first, and whether there is more."""
    audit.record(actor=actor, kind="audit.viewed", detail=asked.as_detail())
    found = _found(asked)
    if before:
        found = found.filter(id__lt=before)
    rows = list(found[: A_PAGE + 1])
    return rows[:A_PAGE], len(rows) > A_PAGE


def exported(actor: Actor, asked: Asked) -> list[AuditEntry]:
    """The newest lines that answer, to be taken away."""
    audit.record(actor=actor, kind="audit.exported", detail=asked.as_detail())
    return list(_found(asked)[:MOST_EXPORTED])


def last_seal() -> AuditSeal | None:
    return AuditSeal.objects.order_by("-position").first()


def _found(asked: Asked) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.select_related("staff").order_by("-id")
    if asked.about in SUBJECTS:
        found = found.filter(SUBJECTS[asked.about][1])
    if asked.kind:
        found = found.filter(kind__startswith=_kind(asked.kind))
    if asked.person:
        found = found.filter(staff__name__icontains=asked.person.strip())
    if asked.pupil_id:
        found = found.filter(pupil_ids__contains=[asked.pupil_id])
    if asked.from_on:
        found = found.filter(created_at__gte=start_of(asked.from_on))
    if asked.to_on:
        found = found.filter(created_at__lte=end_of(asked.to_on))
    return found


def _kind(typed: str) -> str:
    """“Plan approved”, as the trail shows it, or plan.approved, as it keeps it."""
    noun, _, verbed = typed.strip().lower().replace(".", " ", 1).partition(" ")
    return f"{noun}.{verbed.strip().replace(' ', '_')}" if verbed else noun
