"""Closes a case, asks later whether it lasted, and opens it again when it did not."""

from datetime import date

from django.db import transaction

from alongside.cases import policy
from alongside.cases.called_off import call_off, has_begun
from alongside.cases.models import Allocation, Case, CaseState, SustainedCheck
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.actions.chronology import write_chronology
from alongside.people.actions.involvement import end_involvement
from alongside.people.models import Capacity, EntryKind
from alongside.rules.sustained_checks import CheckDay, check_days
from alongside.schools.queries import calendar_of

LEFT_AREA = Case.Outcome.LEFT_AREA  # Nobody here can ask whether the place has lasted.


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    case: Case,
    closed_on: date,
    outcome: str,
    risk_at_end: str,
    closing_summary: str,
    closing_notes: str = "",
    not_measured_because: str = "",
) -> Case:
    """Close a case and schedule its three sustained checks, on school days of its school.

    The lead keeps access to make them.

    Its plans end with it: screens call `plans.actions.close_case`, which calls this.

    Raises `Problem` when a baseline was not measured again and no reason is given, or one is given
    and nothing is missing.
    """
    case = hold(Case, case.pk, "pupil", "school", of=("self", "pupil", "school"))
    require(policy.close(actor, case))
    _require_sound(actor, case, closed_on, closing_summary, not_measured_because)
    case.state, case.closed_on, case.outcome = CaseState.CLOSED, closed_on, outcome
    case.risk_at_end, case.closed_by_id = risk_at_end, actor.staff_id
    case.closing_summary = closing_summary.strip()
    case.closing_notes = "\n\n".join(
        filter(None, [closing_notes.strip(), _not_measured(not_measured_because)])
    )
    case.version += 1
    case.save(
        update_fields=[
            "state",
            "closed_on",
            "outcome",
            "risk_at_end",
            "closed_by",
            "closing_summary",
            "closing_notes",
            "version",
        ]
    )
    days = () if outcome == LEFT_AREA else check_days(closed_on, calendar_of(actor, case.school))
    last_check = days[-1].due_on if days else None
    _schedule_checks(case, days, owner_id=_end_work(actor, case, last_check))
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.CASE,
        information_class=InformationClass.PUPIL,
        summary=f"Case closed: {Case.Outcome(outcome).label}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="case.closed",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"outcome": outcome},
    )
    return case


def _require_sound(
    actor: Actor, case: Case, closed_on: date, summary: str, not_measured_because: str
) -> None:
    if closed_on > actor.today:
        raise Problem("A case cannot close on a day that has not come.", "closed_on")
    if closed_on < case.opened_on:
        raise Problem(f"The case opened on {case.opened_on:%-d %B %Y}.", "closed_on")
    if not summary.strip():
        raise Problem("Say in a few lines what changed and what is left.", "closing_summary")
    missing = policy.not_measured_again(case)
    if missing and not not_measured_because.strip():
        names = ", ".join(
            f"{m.measure.name} ({m.get_informant_display().lower()})" for m in missing
        )
        raise Problem(
            f"Measured at the start but not at the end: {names}. Measure again, or say why not.",
            "not_measured_because",
        )
    if not_measured_because.strip() and not missing:
        raise Problem(
            "No measure is missing, so there is nothing to explain. Leave this empty.",
            "not_measured_because",
        )


def _not_measured(because: str) -> str:
    return f"Not measured again: {because.strip()}" if because.strip() else ""


def _end_work(actor: Actor, case: Case, last_check_on: date | None) -> int:
    """End every allocation; answers who led. The lead's access outlasts the last check, if any.

    Notes are finished after the day of recording: a last day weeks ago shuts nobody out at once.
    """
    assert case.closed_on
    lead_id = actor.staff_id
    for allocation in Allocation.objects.filter(case=case, ends_on=None).select_related(
        "case__pupil", "involvement", "staff"
    ):
        if not has_begun(actor, allocation):
            call_off(actor=actor, allocation=allocation)
            continue
        allocation.ends_on = max(case.closed_on, allocation.starts_on)
        allocation.save(update_fields=["ends_on"])
        is_lead = allocation.capacity == Capacity.LEAD
        needed = [allocation.ends_on, actor.today]
        if is_lead and last_check_on:
            needed.append(last_check_on)
        end_involvement(
            actor=actor,
            involvement=allocation.involvement,
            ends_on=allocation.ends_on,
            needed_until=max(needed),
        )
        if is_lead:
            lead_id = allocation.staff_id
    return lead_id


def _schedule_checks(case: Case, days: tuple[CheckDay, ...], owner_id: int) -> None:
    SustainedCheck.objects.filter(case=case, done_on=None).delete()
    asked = set(SustainedCheck.objects.filter(case=case).values_list("weeks", flat=True))
    SustainedCheck.objects.bulk_create(
        SustainedCheck(case=case, weeks=day.weeks, due_on=day.due_on, owner_id=owner_id)
        for day in days
        if day.weeks not in asked
    )


@transaction.atomic
def answer_check(
    *, actor: Actor, check: SustainedCheck, answer: str, note: str, done_on: date
) -> SustainedCheck:
    """Record whether the place has lasted. A "no" tells the managers; the case can be reopened."""
    check = hold(SustainedCheck, check.pk, "case__pupil", of=("self", "case"))
    require(policy.answer_check(actor, check))
    if done_on > actor.today:
        raise Problem("This day has not come yet.", "done_on")
    if answer != SustainedCheck.Answer.HELD and not note.strip():
        raise Problem("Say in a line what has happened.", "note")
    check.answer, check.note, check.done_on = answer, note.strip(), done_on
    check.done_by_id = actor.staff_id
    check.save(update_fields=["answer", "note", "done_on", "done_by"])
    words = SustainedCheck.Answer(answer).label
    write_chronology(
        actor=actor,
        pupil=check.case.pupil,
        kind=EntryKind.REVIEW,
        information_class=InformationClass.PUPIL,
        summary=f"{check.weeks}-week check, has it lasted? {words}",
        url=f"/cases/{check.case_id}/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind="sustained_check.answered",
        subject=f"case {check.case_id}",
        pupil_ids=[check.case.pupil_id],
        detail={"weeks": check.weeks, "answer": answer},
    )
    return check


@transaction.atomic
def reopen_case(*, actor: Actor, case: Case, reason: str) -> Case:
    """Open a closed case again, waiting to be allocated. What was, stays on its chronology."""
    case = hold(Case, case.pk, "pupil", of=("self", "pupil"))
    require(policy.reopen(actor, case))
    if not reason.strip():
        raise Problem("Say why the case is opened again.", "reason")
    case.state, case.closed_on, case.outcome = CaseState.WAITING, None, ""
    case.reopened_on = actor.today
    case.led_from = None
    case.version += 1
    case.save(update_fields=["state", "closed_on", "reopened_on", "led_from", "outcome", "version"])
    # Whether the place lasts is asked once the case is closed again; `_schedule_checks` says when.
    SustainedCheck.objects.filter(case=case, done_on=None).delete()
    write_chronology(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.CASE,
        information_class=InformationClass.PUPIL,
        summary=f"Case opened again: {reason.strip()}",
        url=f"/cases/{case.pk}/",
        is_shared=True,
    )
    audit.record(
        actor=actor, kind="case.reopened", subject=f"case {case.pk}", pupil_ids=[case.pupil_id]
    )
    notices.notify(
        staff_ids=[case.closed_by_id] if case.closed_by_id else [],
        kind="case.reopened",
        text="A case you closed was opened again.",
        url=f"/cases/{case.pk}/",
        pupil_id=case.pupil_id,
    )
    return case
