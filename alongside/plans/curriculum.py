"""Hours of mainstream curriculum a week: who records them, and how far from full time they are."""

from dataclasses import dataclass
from decimal import Decimal

from alongside.cases import policy as cases
from alongside.cases.models import Case
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.plans import policy
from alongside.plans.models import CurriculumWeek, Plan
from alongside.plans.queries import plan_in_use
from alongside.plans.timetable import curriculum_hours, timetable_of
from alongside.rules.words import count_of

WEEKS = 40  # About a school year.


def record(actor: Actor, case: Case) -> Decision:
    """Whoever works the case, or the school, which knows what it taught."""
    if policy.is_of_the_school(actor, case):
        return policy.is_open(case)
    return cases.work(actor, case)


def weeks_of(actor: Actor, case: Case) -> list[CurriculumWeek]:
    """The newest first; the weeks of the pupil, whichever case they were recorded on."""
    in_scope = visible_cases(actor).filter(pk=case.pk)
    found = CurriculumWeek.objects.filter(pupil__in=in_scope.values("pupil_id"))
    return list(found.select_related("recorded_by").order_by("-week_starts_on")[:WEEKS])


def full_time_of(plan: Plan) -> Decimal | None:
    """What full time was in the newest week recorded of the pupil, if any was."""
    weeks = CurriculumWeek.objects.filter(pupil=plan.pupil_id).order_by("-week_starts_on")
    return weeks.values_list("full_time_hours", flat=True).first()


def planned(actor: Actor, case: Case) -> Decimal | None:
    """Hours of curriculum a week by the timetable of the plan in use, where it has one."""
    plan = plan_in_use(actor, case)
    slots = timetable_of(plan) if plan else []
    return curriculum_hours(slots) if slots else None


def shortfall(week: CurriculumWeek) -> Decimal:
    return week.full_time_hours - week.hours


def in_words(week: CurriculumWeek) -> str:
    """14 of 25 hours, 11 short."""
    words = f"{float(week.hours):g} of {float(week.full_time_hours):g} hours"
    return (
        f"{words}, {float(shortfall(week)):g} short" if shortfall(week) else f"{words}, full time"
    )


@dataclass(frozen=True)
class Standing:
    """Where a pupil stands now: the newest week, and for how many weeks on end it has been short."""

    newest: CurriculumWeek
    weeks_short: int

    @property
    def flag(self) -> str:
        """What is to be seen to, or nothing."""
        if not self.weeks_short:
            return ""
        since = (
            f", for {count_of(self.weeks_short, 'week')} recorded" if self.weeks_short > 1 else ""
        )
        return f"Short of full time: {in_words(self.newest)}{since}."


def standing(weeks: list[CurriculumWeek]) -> Standing | None:
    """Of weeks, the newest first."""
    if not weeks:
        return None
    short = 0
    for week in weeks:
        if not shortfall(week):
            break
        short += 1
    return Standing(weeks[0], short)
