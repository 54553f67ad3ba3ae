"""An alternative to permanent exclusion: begun with its steps, ended with an outcome, asked whether it held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.pathways import policy
from alongside.pathways.actions.moving import current_standing, leave, move
from alongside.pathways.models import Alternative, AlternativeStep, Framework, HoldCheck, Stage
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import Enrolment, EntryKind, Pupil
from alongside.rules.bounds import too_far
from alongside.rules.terms_after import ASKED_AFTER, hold_day
from alongside.rules.words import day_in_words
from alongside.schools.models import School
from alongside.schools.queries import calendar_of

MOST_STEPS = 8
EXCLUDED = Alternative.Outcome.EXCLUDED


@dataclass(frozen=True)
class StepFacts:
    """One step as typed: what, who, by when."""

    text: str
    who: str
    due_on: date


@transaction.atomic
def begin_alternative(
    *,
    actor: Actor,
    pupil: Pupil,
    framework: Framework,
    kind: str,
    reason: str,
    agreed_by: str,
    starts_on: date,
    planned_end_on: date,
    steps: Sequence[StepFacts],
) -> Alternative:
    """Place a pupil on the pathway: the stage is the one that offers what was agreed."""
    hold(Pupil, pupil.pk)
    require(policy.begin_alternative(actor, pupil))
    _check(actor, reason, agreed_by, starts_on, planned_end_on, steps)
    stage = next((s for s in framework.stages.order_by("order") if kind in s.offers), None)
    if stage is None or not framework.replaces_exclusion:
        raise Problem("Choose what is used in place of exclusion.", "kind")
    school = _school_of(pupil, actor.today)
    alternative = Alternative.objects.create(
        pupil=pupil,
        school=school,
        framework=framework,
        kind=kind,
        reason=reason.strip()[:300],
        agreed_by=agreed_by.strip()[:200],
        starts_on=starts_on,
        planned_end_on=planned_end_on,
        recorded_by_id=actor.staff_id,
    )
    for order, step in enumerate(steps, 1):
        AlternativeStep.objects.create(
            alternative=alternative,
            order=order,
            text=step.text.strip(),
            who=step.who.strip(),
            due_on=step.due_on,
        )
    calendar = calendar_of(actor, school)
    for terms in ASKED_AFTER:
        day = hold_day(starts_on, terms, calendar)
        HoldCheck.objects.create(
            alternative=alternative, terms=terms, due_on=day.due_on, working=day.working
        )
    _stand(actor, alternative, stage, starts_on, reason, planned_end_on)
    _leave_trace(actor, alternative, "alternative.begun", f"In place of exclusion: {kind}")
    return alternative


@transaction.atomic
def mark_step(
    *, actor: Actor, step: AlternativeStep, done_on: date, note: str = ""
) -> AlternativeStep:
    alternative = _locked(step.alternative)
    require(policy.work_alternative(actor, alternative))
    if done_on > actor.today:
        raise Problem("This day has not come yet.", "done_on")
    if done_on < alternative.starts_on:
        raise Problem(f"It began on {day_in_words(alternative.starts_on)}.", "done_on")
    step.done_on, step.note, step.done_by_id = done_on, note.strip()[:300], actor.staff_id
    step.save(update_fields=["done_on", "note", "done_by"])
    audit.record(
        actor=actor,
        kind="alternative.step_done",
        subject=f"alternative {alternative.pk}",
        pupil_ids=[alternative.pupil_id],
    )
    return step


@transaction.atomic
def end_alternative(
    *, actor: Actor, alternative: Alternative, ended_on: date, outcome: str, note: str
) -> Alternative:
    """End it with its outcome. The pupil goes on to the next stage, or leaves when excluded."""
    alternative = _locked(alternative)
    require(policy.end_alternative(actor, alternative))
    if ended_on > actor.today:
        raise Problem("This day has not come yet.", "ended_on")
    if ended_on < alternative.starts_on:
        raise Problem(f"It began on {day_in_words(alternative.starts_on)}.", "ended_on")
    if not note.strip():
        raise Problem("Say how it ended, in a sentence or two.", "note")
    alternative.ended_on = ended_on
    alternative.outcome = Alternative.Outcome(outcome)
    alternative.outcome_note = note.strip()[:500]
    alternative.save(update_fields=["ended_on", "outcome", "outcome_note"])
    if outcome == EXCLUDED:
        alternative.checks.filter(answered_on=None).update(
            answered_on=ended_on,
            answer=HoldCheck.Answer.FAILED,
            note="Permanently excluded",
            answered_by_id=actor.staff_id,
        )
    _go_on(actor, alternative)
    said = Alternative.Outcome(outcome).label.lower()
    _leave_trace(actor, alternative, "alternative.ended", f"{alternative.kind}: {said}")
    return alternative


@transaction.atomic
def answer_hold(
    *, actor: Actor, check: HoldCheck, answered_on: date, answer: str, note: str = ""
) -> HoldCheck:
    """Whether it has held, once the day has come."""
    alternative = _locked(check.alternative)
    check = hold(HoldCheck, check.pk)
    require(policy.answer_hold(actor, check, alternative))
    if answered_on > actor.today:
        raise Problem("This day has not come yet.", "answered_on")
    if answered_on < check.due_on:
        raise Problem(f"It is asked from {day_in_words(check.due_on)} on.", "answered_on")
    if answer != HoldCheck.Answer.HELD and not note.strip():
        raise Problem("Say what the worry is, or what happened.", "note")
    check.answered_on, check.answer = answered_on, HoldCheck.Answer(answer)
    check.note, check.answered_by_id = note.strip()[:300], actor.staff_id
    check.save(update_fields=["answered_on", "answer", "note", "answered_by"])
    held = HoldCheck.Answer(answer).label.lower()
    terms = "one term" if check.terms == 1 else "two terms"
    _leave_trace(actor, alternative, "alternative.hold_answered", f"Held after {terms}? {held}")
    return check


def _check(
    actor: Actor,
    reason: str,
    agreed_by: str,
    starts_on: date,
    planned_end_on: date,
    steps: Sequence[StepFacts],
) -> None:
    if not reason.strip():
        raise Problem("Say why exclusion was considered.", "reason")
    if not agreed_by.strip():
        raise Problem("Say who agreed: the school, the family, the service.", "agreed_by")
    if starts_on > actor.today:
        raise Problem("Record it once it has begun.", "starts_on")
    if planned_end_on <= starts_on:
        raise Problem("It ends after it begins.", "planned_end_on")
    if said := too_far(planned_end_on, ahead_of=starts_on):
        raise Problem(said, "planned_end_on")
    if not steps:
        raise Problem("Give at least one step, with who does it and by when.", "step_1_text")
    if len(steps) > MOST_STEPS:
        raise Problem(f"At most {MOST_STEPS} steps.", "step_1_text")
    for number, step in enumerate(steps, 1):
        if step.due_on < starts_on:
            raise Problem(f"Step {number} is due before it begins.", f"step_{number}_due_on")


def _locked(alternative: Alternative) -> Alternative:
    return hold(Alternative, alternative.pk, "pupil", "framework", "school")


def _school_of(pupil: Pupil, today: date) -> School:
    here = Enrolment.objects.current(today).filter(pupil=pupil, status__in=["C", "M"])
    found = here.select_related("school").order_by("pk").first()
    if found is None:
        raise Problem(
            f"{pupil.forename} is on no school’s roll, so there is nothing to be excluded from. "
            "Put the register right first."
        )
    return found.school


def _stand(
    actor: Actor,
    alternative: Alternative,
    stage: Stage,
    on: date,
    reason: str,
    planned_exit_on: date | None = None,
) -> None:
    current = current_standing(alternative.pupil, stage)
    if current and current.stage_id == stage.pk:
        return
    move(
        actor=actor,
        pupil=alternative.pupil,
        stage=stage,
        reason=reason,
        starts_on=max(on, current.starts_on) if current else on,
        planned_exit_on=planned_exit_on,
        judged_on=alternative.starts_on,
    )


def _go_on(actor: Actor, alternative: Alternative) -> None:
    """To the stage after the one that offered it; off the pathway when there is none, or excluded."""
    stages = list(alternative.framework.stages.order_by("order"))
    at = next((n for n, s in enumerate(stages) if alternative.kind in s.offers), len(stages) - 1)
    why = f"{alternative.get_outcome_display()}: {alternative.outcome_note}"
    ended_on = alternative.ended_on
    assert ended_on
    if alternative.outcome != EXCLUDED and at + 1 < len(stages):
        _stand(actor, alternative, stages[at + 1], ended_on, why)
        return
    current = current_standing(alternative.pupil, stages[at])
    if current:
        leave(
            actor=actor,
            standing=current,
            ends_on=max(ended_on, current.starts_on),
            reason=why,
        )


def _leave_trace(actor: Actor, alternative: Alternative, kind: str, summary: str) -> None:
    """What was done is pupil core. Why is casework: it stands on the page that this leads to."""
    write_chronology(
        actor=actor,
        pupil=alternative.pupil,
        kind=EntryKind.FRAMEWORK,
        information_class=InformationClass.PUPIL,
        summary=summary,
        url=f"/alternatives/{alternative.pk}/",
        is_shared=True,
    )
    audit.record(
        actor=actor,
        kind=kind,
        subject=f"alternative {alternative.pk}",
        pupil_ids=[alternative.pupil_id],
    )
