"""Says how a case stands (risk, need, complexity) and gives it another priority, with the reason."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.models import Case, Priority, PriorityOverride
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words

MARKS = ("risk_now", "primary_need", "complexity", "is_contentious", "marked_because")


@dataclass(frozen=True)
class Marks:
    """How a case stands, as whoever works it sees it."""

    risk_now: str
    primary_need: str
    complexity: str
    is_contentious: bool
    marked_because: str = ""


@transaction.atomic
def mark_case(*, actor: Actor, case: Case, marks: Marks, version: int) -> Case:
    """Write down how the case stands now. What it was before is kept in its history."""
    case = hold(Case, case.pk, "pupil")
    require(policy.mark(actor, case))
    case.require_version(version)
    is_grave = marks.is_contentious or marks.complexity != Case.Complexity.ORDINARY
    if is_grave and not marks.marked_because.strip():
        raise Problem("Say what makes it complex or contentious.", "marked_because")
    for name in MARKS:
        setattr(case, name, getattr(marks, name))
    case.save(update_fields=[*MARKS, "version"])
    _tell(actor, case, f"Risk of exclusion: {case.get_risk_now_display().lower() or 'not said'}. "
          f"{case.get_complexity_display()}{', contentious' if case.is_contentious else ''}")  # fmt: skip
    audit.record(
        actor=actor,
        kind="case.marked",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={name: getattr(case, name) for name in MARKS[:4]},
    )
    return case


@transaction.atomic
def set_priority(
    *, actor: Actor, case: Case, priority: str, reason: str, until: date
) -> PriorityOverride:
    """Another priority than the facts give, until a day. It replaces one set before."""
    case = hold(Case, case.pk, "pupil")
    require(policy.set_priority(actor, case))
    if not reason.strip():
        raise Problem("Say what you know that the list does not.", "reason")
    if until < actor.today:
        raise Problem("This day has gone by.", "until")
    if said := too_far(until, ahead_of=actor.today):
        raise Problem(said, "until")
    _end_overrides(actor, case)
    override = PriorityOverride.objects.create(
        case=case,
        priority=Priority(priority),
        reason=reason.strip(),
        set_on=actor.today,
        until=until,
        set_by_id=actor.staff_id,
    )
    label = override.get_priority_display().lower()
    _tell(actor, case, f"Priority {label} until {day_in_words(until)}: {override.reason}")
    _record(actor, case, "priority.set", {"priority": override.priority})
    return override


@transaction.atomic
def end_priority(*, actor: Actor, case: Case) -> Case:
    """Let the facts decide again."""
    case = hold(Case, case.pk, "pupil")
    require(policy.set_priority(actor, case))
    if not _end_overrides(actor, case):
        raise Problem("The facts decide already.")
    _tell(actor, case, "Priority by the facts again")
    _record(actor, case, "priority.ended", {})
    return case


def _end_overrides(actor: Actor, case: Case) -> int:
    standing = PriorityOverride.objects.filter(case=case, ended_on=None)
    return standing.update(ended_on=actor.today, ended_by_id=actor.staff_id)


def _tell(actor: Actor, case: Case, summary: str) -> None:
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.CASE,
        information_class=InformationClass.CASEWORK,
        summary=summary,
        url=f"/priority/{case.pk}/",
    )


def _record(actor: Actor, case: Case, kind: str, detail: dict[str, object]) -> None:
    audit.record(
        actor=actor, kind=kind, subject=f"case {case.pk}", pupil_ids=[case.pupil_id], detail=detail
    )
