"""Gives the deadline that a key names to somebody: `task-12`, `check-5`, `review-9` (of a case)."""

from alongside.cases import giving
from alongside.cases.models import Case, Escalation, StepOwner, SustainedCheck, Task
from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.models import Staff
from alongside.duties.calendars import Calendars
from alongside.duties.team import TeamItem, team_list
from alongside.duties.team_rows import Member

STEPS = [step.value for step in StepOwner.Step]


def get_deadline(actor: Actor, key: str, members: list[Member]) -> TeamItem:
    """One of the team's list, or `NotFound`: what is not the team's cannot be given on."""
    for one in team_list(actor, Calendars(actor), members).items:
        if one.key == key:
            return one
    raise NotFound


def give(actor: Actor, found: TeamItem, owner: Staff) -> None:
    kind, _, number = found.key.partition("-")
    pk = int(number)
    if kind in STEPS:
        case = Case.objects.one(pk=pk)
        giving.give_step(
            actor=actor,
            case=case,
            step=StepOwner.Step(kind),
            due_on=found.item.due_on,
            owner=owner,
        )
    elif kind == "check":
        giving.give_check(actor=actor, check=SustainedCheck.objects.one(pk=pk), owner=owner)
    elif kind == "escalation":
        giving.give_escalation(actor=actor, escalation=Escalation.objects.one(pk=pk), owner=owner)
    else:
        giving.give_task(actor=actor, task=Task.objects.one(pk=pk), owner=owner)
