"""Gives the deadline that a key names to somebody: `task-12`, `check-5`, `review-9` (of a case)."""

from typing import Any

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


def give(actor: Actor, found: TeamItem, owner: Staff, despite: str = "") -> None:
    kind, _, number = found.key.partition("-")
    pk = int(number)
    told: dict[str, Any] = {"actor": actor, "owner": owner, "despite": despite}
    if kind in STEPS:
        case = Case.objects.one(pk=pk)
        giving.give_step(case=case, step=StepOwner.Step(kind), due_on=found.item.due_on, **told)
    elif kind == "check":
        giving.give_check(check=SustainedCheck.objects.one(pk=pk), **told)
    elif kind == "escalation":
        giving.give_escalation(escalation=Escalation.objects.one(pk=pk), **told)
    else:
        giving.give_task(task=Task.objects.one(pk=pk), **told)
