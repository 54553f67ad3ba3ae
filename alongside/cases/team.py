"""What a team does with its cases: adds a colleague, hands a caseload over, comments, countersigns."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.actions import give_case, take_back
from alongside.cases.models import (
    Allocation,
    Case,
    CaseComment,
    CaseState,
    Countersignature,
    PrimaryNeed,
    SustainedCheck,
    Task,
    WorkerProfile,
)
from alongside.cases.room import despite_all
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Capacity, ChronologyEntry, EntryKind
from alongside.rules.bounds import too_far


@transaction.atomic
def add_colleague(
    *, actor: Actor, case: Case, staff: Staff, starts_on: date, reason: str = "", despite: str = ""
) -> Allocation:
    """A co-worker reads the case and logs work on it. The lead stays the lead."""
    case = hold(Case, case.pk, "pupil")
    require(policy.add_colleague(actor, case))
    if not case.opened_on <= starts_on:
        raise Problem(f"The case opened on {case.opened_on:%-d %B %Y}.", "starts_on")
    return give_case(
        actor=actor,
        case=case,
        staff=staff,
        capacity=Capacity.CO_WORKER,
        starts_on=starts_on,
        reason=reason,
        despite=despite_all(staff, starts_on, starts_on, more=0, despite=despite),
    )


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    cases: Sequence[Case],
    former: Staff,
    to: Staff,
    note: str,
    starts_on: date,
    despite: str = "",
) -> list[Case]:
    """Give these cases of one person to another today, with what is still to be done on them.

    Answers which. Each keeps a line with the note; both people get one notice for all.
    """
    check_handover(actor, cases, former, to, note, starts_on)
    said = despite_all(to, starts_on, starts_on, more=len(cases), despite=despite)
    moved = carry_out(
        actor=actor, cases=cases, former=former, to=to, note=note.strip(), despite=said
    )
    if not moved:
        raise Problem(
            "They were closed or have another lead by now. Look at the list again.", "cases"
        )
    return moved


def check_handover(
    actor: Actor, cases: Sequence[Case], former: Staff, to: Staff, note: str, starts_on: date
) -> None:
    """What every handover asks for, today's and a planned one."""
    require(policy.manage_team(actor))
    if former.pk == to.pk:
        raise Problem("Choose somebody else to hand over to.", "to")
    if not cases:
        raise Problem("Choose one case at least.", "cases")
    if not note.strip():
        raise Problem("Write what the next person needs to know.", "note")
    if starts_on < actor.today:
        raise Problem("This day has gone by. The earliest is today.", "starts_on")
    if said := too_far(starts_on, ahead_of=actor.today):
        raise Problem(said, "starts_on")


@transaction.atomic
def carry_out(
    *,
    actor: Actor,
    cases: Sequence[Case],
    former: Staff,
    to: Staff,
    note: str = "",
    despite: str = "",
) -> list[Case]:
    """From today the other leads. Cases that the former lead gave up meanwhile stay where they are."""
    require(policy.manage_team(actor))
    locked = Case.objects.select_for_update(of=("self",)).select_related("pupil")
    theirs = Allocation.objects.filter(staff=former, capacity=Capacity.LEAD, ends_on=None)
    asked = locked.filter(pk__in=[case.pk for case in cases]).exclude(state=CaseState.CLOSED)
    moved = list(asked.filter(pk__in=theirs.values("case_id")).order_by("pk"))
    if not moved:
        return []
    for case in moved:
        _hand_over_case(actor, case, to, note, despite)
    undone = {"case__in": moved, "done_on": None}
    Task.objects.filter(owner=former, **undone).update(owner=to)
    Task.objects.filter(agreed_with=former, **undone).update(agreed_with=to)
    notices.notify(
        staff_ids=[to.pk],
        kind="caseload.handed_over",
        text=f"{former.name} handed {len(moved)} {_cases(moved)} over to you.",
        url="/caseload/",
    )
    notices.notify(
        staff_ids={former.pk} - {actor.staff_id},
        kind="caseload.lead_replaced",
        text=f"{to.name} leads {len(moved)} {_cases(moved)} of yours now.",
        url="/caseload/",
    )
    audit.record(
        actor=actor,
        kind="caseload.handed_over",
        subject=f"staff {former.pk}",
        pupil_ids=[case.pupil_id for case in moved],
        detail={"to": to.pk, "cases": [case.pk for case in moved]},
    )
    return moved


def _hand_over_case(actor: Actor, case: Case, to: Staff, note: str, despite: str) -> None:
    require(policy.allocate(actor, case))
    beside = case.allocations.filter(staff=to, ends_on=None).exclude(capacity=Capacity.LEAD)
    for allocation in beside:  # Who worked beside the lead now leads.
        take_back(actor=actor, allocation=allocation, ends_on=actor.today)
    give_case(
        actor=actor,
        case=case,
        staff=to,
        capacity=Capacity.LEAD,
        starts_on=max(actor.today, case.opened_on),
        reason="Handed over",
        despite=despite,
        is_told=False,
    )
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.ALLOCATION,
        information_class=InformationClass.CASEWORK,
        summary=f"Handed over to {to.name}",
        detail=note,
        url=f"/cases/{case.pk}/",
    )


@transaction.atomic
def hand_over_checks(*, actor: Actor, former: Staff, to: Staff) -> int:
    """Checks of closed cases that somebody still owes go to who takes their caseload over."""
    require(policy.manage_team(actor))
    owed = SustainedCheck.objects.filter(owner=former, done_on=None)
    pupil_ids = list(owed.values_list("case__pupil_id", flat=True))
    count = owed.update(owner=to)
    if count:
        audit.record(
            actor=actor,
            kind="checks.handed_over",
            subject=f"staff {former.pk}",
            pupil_ids=pupil_ids,
            detail={"to": to.pk},
        )
    return count


def _cases(cases: Sequence[Case]) -> str:
    return "case" if len(cases) == 1 else "cases"


@transaction.atomic
def set_profile(
    *, actor: Actor, staff: Staff, most_cases: int | None, knows: Sequence[str], note: str = ""
) -> WorkerProfile:
    """How many cases somebody can hold and which needs they know best."""
    require(policy.manage_team(actor))
    known = [need for need in knows if need in PrimaryNeed]
    told = {"most_cases": most_cases, "knows": known, "note": note.strip()}
    profile, _ = WorkerProfile.objects.update_or_create(
        staff=staff, defaults=told | {"set_by_id": actor.staff_id}
    )
    audit.record(
        actor=actor, kind="worker.profiled", subject=f"staff {staff.pk}", detail={"knows": known}
    )
    return profile


@transaction.atomic
def comment(*, actor: Actor, case: Case, text: str) -> CaseComment:
    """Say something to who works a case; they and who spoke before are told."""
    require(policy.comment(actor, case))
    if not text.strip():
        raise Problem("Write your comment.", "text")
    said = CaseComment.objects.create(case=case, text=text.strip(), written_by_id=actor.staff_id)
    working = case.allocations.filter(ends_on=None).values_list("staff_id", flat=True)
    spoke = case.comments.values_list("written_by_id", flat=True)
    notices.notify(
        staff_ids={*working, *spoke} - {actor.staff_id},
        kind="case.commented",
        text=f"{actor.name} commented on a case.",
        url=f"/cases/{case.pk}/#comments",
        pupil_id=case.pupil_id,
    )
    audit.record(
        actor=actor,
        kind="case.commented",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
    )
    return said


@transaction.atomic
def countersign(
    *, actor: Actor, entries: Sequence[ChronologyEntry], note: str = ""
) -> list[Countersignature]:
    """Say that one has read these; who recorded them is told when something was said of them."""
    if not entries:
        raise Problem("Choose one line at least.")
    for entry in entries:
        require(policy.countersign(actor, entry))
    signed = Countersignature.objects.bulk_create(
        Countersignature(
            entry=entry,
            note=note.strip(),
            information_class=entry.information_class,
            recorded_by_id=actor.staff_id,
        )
        for entry in entries
    )
    if note.strip():
        notices.notify(
            staff_ids={entry.recorded_by_id for entry in entries},
            kind="entry.countersigned",
            text=f"{actor.name} countersigned what you recorded, and said something about it.",
            url="/team/signed/",
        )
    audit.record(
        actor=actor,
        kind="entry.countersigned",
        subject=f"{len(entries)} entries",
        pupil_ids=[entry.pupil_id for entry in entries if entry.pupil_id],
        detail={"entries": [entry.pk for entry in entries]},
    )
    return signed
