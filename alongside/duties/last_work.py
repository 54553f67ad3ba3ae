"""What was last recorded of the work of a case: no last day of the work lies before it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from alongside.cases.models import Allocation, Case
from alongside.core.actor import Actor
from alongside.core.days import day_of, end_of, start_of
from alongside.fieldwork.models import DailyLog, Session, Visit
from alongside.pathways.models import Standing
from alongside.plans.models import Plan, Review
from alongside.rules.words import day_in_words


@dataclass(frozen=True)
class Recorded:
    on: date
    what: str  # "the daily log of", before the day.

    @property
    def words(self) -> str:
        return f"{self.what} {day_in_words(self.on)}"


def last_work(actor: Actor, case: Case) -> Recorded | None:
    """The newest thing recorded of this case, up to today: a day to come is no work yet."""
    kinds: tuple[Callable[[Actor, Case], Iterator[Recorded]], ...] = (
        _contacts,
        _visits,
        _plans,
        _stages,
    )
    found = [one for kind in kinds for one in kind(actor, case)]
    return max(found, key=lambda one: one.on, default=None)


def recorded_after(actor: Actor, case: Case, last_day: date) -> str:
    """What is recorded after a day, in words; nothing when nothing is."""
    newest = last_work(actor, case)
    if newest is None or newest.on <= last_day:
        return ""
    return f"Work is recorded after that day: {newest.words}."


def _contacts(actor: Actor, case: Case) -> Iterator[Recorded]:
    sessions = Session.objects.filter(case=case, starts_at__lte=end_of(actor.today))
    for moment in sessions.order_by("-starts_at").values_list("starts_at", flat=True)[:1]:
        yield Recorded(day_of(moment), "the session of")
    logs = DailyLog.objects.filter(case=case, on__lte=actor.today).order_by("-on")
    for on in logs.values_list("on", flat=True)[:1]:
        yield Recorded(on, "the daily log of")


def _visits(actor: Actor, case: Case) -> Iterator[Recorded]:
    """Made by who works on this case: another service sees the pupil for its own."""
    team = Allocation.objects.filter(case=case).values("staff_id")
    visits = Visit.objects.filter(pupil=case.pupil_id, staff__in=team).exclude(done_at=None)
    during = visits.filter(
        starts_at__gte=start_of(case.opened_on), starts_at__lte=end_of(actor.today)
    )
    for moment in during.order_by("-starts_at").values_list("starts_at", flat=True)[:1]:
        yield Recorded(day_of(moment), "the visit of")


def _plans(actor: Actor, case: Case) -> Iterator[Recorded]:
    """A plan never approved is set aside with the case: its first day was only meant."""
    begun = Plan.objects.filter(case=case, starts_on__lte=actor.today).exclude(approved_at=None)
    for number, on in begun.order_by("-starts_on").values_list("number", "starts_on")[:1]:
        yield Recorded(on, f"plan {number}, in use from")
    held = Review.objects.filter(plan__case=case, held_on__lte=actor.today).order_by("-held_on")
    for on in held.values_list("held_on", flat=True)[:1]:
        yield Recorded(on, "the review of")


def _stages(actor: Actor, case: Case) -> Iterator[Recorded]:
    """A stage carried over to a newer version of the framework began when it first did."""
    first = Coalesce("since_on", "starts_on")
    stood = Standing.objects.filter(pupil=case.pupil_id, stage__framework=case.framework_id)
    begun = stood.annotate(first=first).filter(first__gte=case.opened_on, first__lte=actor.today)
    for name, on in begun.order_by("-first").values_list("stage__name", "first")[:1]:
        yield Recorded(on, f"the stage “{name}”, begun on")
