"""Next steps agreed on a visit: each on the list of who does it, and of who agreed it with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.cases.actions import add_task
from alongside.cases.models import Case, Task
from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.fieldwork import policy
from alongside.fieldwork.actions.visits import record_visit
from alongside.fieldwork.models import DailyLog, Session, Visit
from alongside.fieldwork.next_steps import people_at, steps_from
from alongside.fieldwork.queries import cases_to_work
from alongside.fieldwork.wording import subject_of, url_of
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Pupil
from alongside.rules.words import day_in_words

MOST_STEPS = 6


@dataclass(frozen=True)
class NextStep:
    """What is done by a day, by who records it or by whom they agreed it with."""

    text: str
    due_on: date
    is_mine: bool


@transaction.atomic
def agree_next_steps(
    *,
    actor: Actor,
    met: Session | DailyLog | Visit,
    steps: Sequence[NextStep],
    with_id: int | None = None,
    name: str = "",
) -> list[Task]:
    """Put what was agreed on both people's lists. `name` is of somebody who does not sign in here."""
    type(met).objects.select_for_update(of=("self",)).get(pk=met.pk)  # One press at a time.
    require(policy.agree_next_steps(actor, met))
    people = {reader.staff_id: reader.name for reader in people_at(actor, met)}
    if with_id is not None and with_id not in people:
        raise Problem("Choose somebody of the pupil’s school.", "with_whom")
    name = people[with_id] if with_id is not None else " ".join(name.split())
    _require_sound(actor, met, name, steps)
    case, pupil = _about(actor, met)
    tasks = [_add(actor, met, case, pupil, step, with_id, name) for step in steps]
    _write_line(actor, met, pupil, name, steps)
    if isinstance(met, Visit) and policy.record_visit(actor, met):
        record_visit(actor=actor, visit=met)  # Nobody agrees steps on a visit that was not made.
    if with_id is not None:
        notices.notify(
            staff_ids=[with_id],
            kind="next_steps.agreed",
            text=f"{actor.name} put the next steps you agreed on your list.",
            url="/due/",
            pupil_id=pupil.pk if pupil else None,
        )
    audit.record(
        actor=actor,
        kind="next_steps.agreed",
        subject=subject_of(met),
        pupil_ids=[pupil.pk] if pupil else [],
        detail={"steps": len(tasks)},
    )
    return tasks


def _require_sound(
    actor: Actor, met: Session | DailyLog | Visit, name: str, steps: Sequence[NextStep]
) -> None:
    if not name:
        raise Problem("Say with whom this was agreed.", "with_whom")
    if not steps:
        raise Problem("Write one step at least.", "step_1_text")
    known = {task.text for task in steps_from(met)}
    for number, step in enumerate(steps, 1):
        if _text(step, name) in known or step.text in known:
            raise Problem(f"Step {number} was agreed here already.", f"step_{number}_text")
        if step.due_on < actor.today:
            raise Problem(f"Step {number}: this day has gone by.", f"step_{number}_due_on")


def _about(actor: Actor, met: Session | DailyLog | Visit) -> tuple[Case | None, Pupil | None]:
    """A visit names the pupil whom it was to see, or nobody: then it is the school's alone."""
    if not isinstance(met, Visit):
        return met.case, met.pupil
    cases = cases_to_work(actor, met.pupil) if met.pupil else []
    return next(iter(cases), None), met.pupil


def _add(
    actor: Actor,
    met: Session | DailyLog | Visit,
    case: Case | None,
    pupil: Pupil | None,
    step: NextStep,
    with_id: int | None,
    name: str,
) -> Task:
    """Who does not sign in here has no list: what they do stands on the worker's, with their name."""
    on_their_list = with_id is not None and not step.is_mine
    return add_task(
        actor=actor,
        owner_id=with_id if on_their_list and with_id is not None else actor.staff_id,
        text=step.text if with_id is not None else _text(step, name),
        why=f"Agreed with {name} on {day_in_words(actor.today)}" if with_id is None else "",
        due_on=step.due_on,
        case=case,
        pupil=pupil,
        agreed_with_id=actor.staff_id if on_their_list else with_id,
        agreed_from=url_of(met),
    )


def _text(step: NextStep, name: str) -> str:
    return (step.text if step.is_mine else f"Ask {name}: {step.text}")[:200]


def _write_line(
    actor: Actor,
    met: Session | DailyLog | Visit,
    pupil: Pupil | None,
    name: str,
    steps: Sequence[NextStep],
) -> None:
    """Agreed actions are the school's to read, without anybody sharing them one by one."""
    said = [
        f"{actor.name if s.is_mine else name}: {s.text}, by {day_in_words(s.due_on)}" for s in steps
    ]
    write_chronology(
        actor=actor,
        pupil=pupil,
        school=met.school if isinstance(met, Visit) and pupil is None else None,
        kind=EntryKind.NOTE if pupil else EntryKind.SCHOOL,
        information_class=InformationClass.CASEWORK if pupil else InformationClass.SCHOOL,
        summary=f"Next steps agreed with {name}: {'; '.join(s.text for s in steps)}",
        detail="\n".join(said),
        is_shared=True,
    )
