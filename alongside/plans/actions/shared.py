"""What every act on a plan shares: the lock, the audit line, the chronology line, who to tell."""

from collections.abc import Mapping

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind
from alongside.plans.models import Plan
from alongside.plans.people import school_people

PARTS = ("case__school", "pupil")  # What the policies and the traces ask; no more is read.


def locked(plan: Plan) -> Plan:
    """The plan as it is now, held until this transaction ends."""
    return hold(Plan, plan.pk, *PARTS)


def url_of(plan: Plan) -> str:
    return f"/plans/{plan.pk}/"


def leave_trace(
    actor: Actor,
    plan: Plan,
    kind: str,
    summary: str = "",
    *,
    entry_kind: EntryKind = EntryKind.PLAN,
    is_shared: bool = False,
    detail: Mapping[str, object] | None = None,
) -> None:
    """The audit line and, when there is something to tell, the line of the chronology."""
    if summary:
        write_chronology(
            actor=actor,
            pupil=plan.pupil,
            kind=entry_kind,
            information_class=InformationClass.PUPIL if is_shared else InformationClass.CASEWORK,
            summary=summary,
            url=url_of(plan),
            is_shared=is_shared,
        )
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"plan {plan.pk}",
        pupil_ids=[plan.pupil_id],
        detail=detail,
    )


def tell(plan: Plan, staff_ids: list[int], kind: str, text: str) -> None:
    notices.notify(
        staff_ids=staff_ids, kind=kind, text=text, url=url_of(plan), pupil_id=plan.pupil_id
    )


def tell_school(actor: Actor, plan: Plan, kind: str, text: str) -> None:
    """Who answers for the school; never who does it themselves."""
    people = [staff_id for staff_id, _ in school_people(plan, actor.today)]
    tell(plan, [one for one in people if one != actor.staff_id], kind, text)
