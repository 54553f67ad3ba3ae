"""A few children who were not excluded: what was used instead, how it ended, and whether it held."""

from datetime import date, timedelta

from alongside.core.actor import Actor
from alongside.ops.seed.life import Life
from alongside.ops.seed.when import acting_at
from alongside.pathways import actions
from alongside.pathways.actions import StepFacts
from alongside.pathways.models import Alternative, Framework, HoldCheck
from alongside.rules.working_days import next_working_day
from alongside.schools.queries import open_day

EVERY = 6  # One route in so many, of those whose case was opened.
KINDS = (
    ("Part-time in-reach", "A pupil was hurt at break; the headteacher considered exclusion."),
    ("Outreach support in school", "A third suspension in a term, and a governors’ warning."),
    ("Managed move", "A pupil brought something dangerous to school and gave it up."),
)
LEAST_DAYS = 12  # Since the case was opened: it has begun, with a step done.


def in_place_of_exclusion(life: Life) -> None:
    """Begun two weeks after the case opened; ended and asked as far as today allows."""
    begins = next_working_day(life.case.opened_on + timedelta(days=14))
    if life.number % EVERY or begins + timedelta(days=LEAST_DAYS) > life.today:
        return
    kind, reason = KINDS[life.number // EVERY % len(KINDS)]
    with _at(life, begins) as actor:
        alternative = _begin(actor, life, kind, reason)
    with _at(life, next_working_day(begins + timedelta(days=8))) as actor:
        step = alternative.steps.order_by("order")[0]
        actions.mark_step(actor=actor, step=step, done_on=actor.today, note="Went well")
    ends = next_working_day(begins + timedelta(weeks=7))
    if ends >= life.today:
        return
    is_excluded = life.number // EVERY % 7 == 6
    with _at(life, ends) as actor:
        actions.end_alternative(
            actor=actor,
            alternative=alternative,
            ended_on=actor.today,
            outcome="EXCLUDED" if is_excluded else "COMPLETED",
            note="A second, more serious incident."
            if is_excluded
            else "Back in full, with a plan.",
        )
    if not is_excluded:
        _ask(life, alternative)


def _at(life: Life, day: date):  # type: ignore[no-untyped-def]
    return acting_at(life.worker.pk, day, 15, 20)


def _begin(actor: Actor, life: Life, kind: str, reason: str) -> Alternative:
    today = actor.today
    week, fortnight = (
        open_day(actor, life.school.pk, today + timedelta(days=days)) for days in (7, 14)
    )
    return actions.begin_alternative(
        actor=actor,
        pupil=life.pupil,
        framework=Framework.objects.get(replaces_exclusion=True, ends_on=None, is_draft=False),
        kind=kind,
        reason=reason,
        agreed_by=f"Headteacher, {life.carer.name} and {life.worker.name}, at a meeting",
        starts_on=today,
        planned_end_on=open_day(actor, life.school.pk, today + timedelta(weeks=6)),
        steps=[
            StepFacts("Meet with the family", life.worker.name, week),
            StepFacts("Agree what is said in class", life.in_charge, fortnight),
        ],
    )


def _ask(life: Life, alternative: Alternative) -> None:
    """Each hold on the day after it came due; the last one that is due waits to be asked."""
    for check in HoldCheck.objects.filter(alternative=alternative).order_by("terms"):
        day = next_working_day(check.due_on + timedelta(days=1))
        if day >= life.today - timedelta(days=21):
            return
        with _at(life, day) as actor:
            actions.answer_hold(
                actor=actor,
                check=check,
                answered_on=actor.today,
                answer="HELD" if life.number % 5 else "SHAKY",
                note="" if life.number % 5 else "In school, but late on most days.",
            )
