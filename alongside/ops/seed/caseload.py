"""How the demonstration's teams run their caseloads: what presses, who covers, what is asked of whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from alongside.cases import priorities
from alongside.cases.models import Allocation, Case, CaseState
from alongside.cases.priorities import Marks
from alongside.core.actor import acting_as_system
from alongside.ops.seed import days, team
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at
from alongside.people.models import Capacity

MARKED = 24  # Of each council's open cases, the newest.
KINDS = (
    Marks("HIGH", "HURTING", "VERY_COMPLEX", True, "Dad has complained about the school's last letter"),
    Marks("MEDIUM", "DYSREGULATED", "ORDINARY", False),
    Marks("LOW", "LOW_MOOD", "COMPLEX", False, "Three services, and a move home in October"),
    Marks("MEDIUM", "LEAVING", "ORDINARY", False),
    Marks("LOW", "ABSENCE", "ORDINARY", False),
    Marks("HIGH", "LEAVING", "COMPLEX", False, "Two schools this year, and no word from the last one"),
    Marks("LOW", "TRANSITION", "ORDINARY", False),
)  # fmt: skip
REASONS = (
    "Mum goes into hospital on Monday",
    "Will not go back after Christmas, and says so to everybody",
)


def fill(ground: Ground, today: date) -> None:
    led = list(_led(ground))
    for number, (case, lead_id) in enumerate(led):
        with acting_at(lead_id, days.back(today - timedelta(days=number % 9 + 1)), 16) as actor:
            marks = replace(KINDS[number % len(KINDS)], primary_need=_need(case))
            priorities.mark_case(actor=actor, case=case, marks=marks, version=case.version)
            if number % 10 == 4:
                priorities.set_priority(
                    actor=actor,
                    case=case,
                    priority="VERY_HIGH",
                    reason=REASONS[number // 10 % len(REASONS)],
                    until=today + timedelta(weeks=3),
                )

    team.fill(ground, today, led)


def _need(case: Case) -> str:
    """What the school worried about most, when it referred."""
    return str(case.referral.main_worry)


def _led(ground: Ground) -> Iterator[tuple[Case, int]]:
    with acting_as_system(ground.council.code):
        leads = Allocation.objects.filter(
            capacity=Capacity.LEAD, ends_on=None, case__state=CaseState.OPEN
        )
        found = leads.select_related("case__referral").order_by(
            "-case__opened_on", "case__pupil_id"
        )[:MARKED]
        yield from [(allocation.case, allocation.staff_id) for allocation in found]
