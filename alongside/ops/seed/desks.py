"""What lies on people's desks in the demonstration: questions passed up, visits, statutory steps."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.cases.escalated import own_open_cases
from alongside.cases.escalations import (
    acknowledge_escalation,
    answer_escalation,
    raise_escalation,
)
from alongside.cases.giving import add_statutory_step
from alongside.cases.models import Escalation
from alongside.core.actor import acting_as_system
from alongside.core.models import RoleAssignment, Staff
from alongside.core.permissions import Role
from alongside.fieldwork.actions.visits import plan_visit, record_visit
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at, moment
from alongside.people.models import Pupil
from alongside.rules.statutory import BY_KEY
from alongside.rules.working_days import add_working_days
from alongside.schools.models import NamedWorker, School
from alongside.schools.queries import open_day

Kind, Decision = Escalation.Kind, Escalation.Decision


@dataclass(frozen=True)
class Asked:
    """One question: whose, of whom, how long ago, and what was answered."""

    who: str
    of: str
    kind: Escalation.Kind
    words: str
    days_ago: int
    of_a_case: bool = False
    is_read: bool = False
    decision: Escalation.Decision | None = None
    answer: str = ""


QUESTIONS = {
    "991": (
        Asked("dana", "grace", Kind.DIRECTION,
              "The school asks us to agree to mornings only until Easter. Mum says yes because she is"
              " worn out. I have not agreed to anything.", 6, True, True),
        Asked("imran", "grace", Kind.SCOPE,
              "Asked to sit in on a governors’ meeting as a witness.", 12, False, True,
              Decision.NOT_AGREED, "Not your role. I will go, with your dated notes."),
        Asked("ben", "lena", Kind.BRIEF,
              "Asked to cover Year 2 on two afternoons while the teacher is away.", 4, False, True,
              Decision.NOT_AGREED, "You are there for the pupil, not for cover. I have rung the head."),
        Asked("ben", "lena", Kind.BRIEF,
              "The office asks whether I can run a breakfast club from January.", 1),
    ),
    "992": (
        Asked("nell", "mark", Kind.DIRECTION,
              "The school sends pupils home at noon without a notice. I asked twice for the register.",
              9, False, True, Decision.DIRECTED,
              "Write to the head with the dates by Friday. I raise it with the trust on Monday."),
        Asked("rhys", "mark", Kind.DIRECTION,
              "Two schools both say the other is on roll. Who writes to whom?", 3, True),
    ),
}  # fmt: skip


def passed_up(ground: Ground, today: date) -> None:
    """Each question asked, read and answered on working days of the last two weeks."""
    for n, asked in enumerate(QUESTIONS[ground.council.code]):
        day = weekday(today - timedelta(days=asked.days_ago))
        staff = ground.staff[asked.who]
        with acting_at(staff.pk, day, 15, n) as actor:
            cases = own_open_cases(actor) if asked.of_a_case else []
            one = raise_escalation(
                actor=actor,
                kind=asked.kind,
                asked=ground.staff[asked.of],
                words=asked.words,
                answer_by=add_working_days(day, 2),
                case=cases[n % len(cases)] if cases else None,
                school=None if cases else _school(ground, asked),
            )
        if asked.is_read:
            with acting_at(ground.staff[asked.of].pk, day, 17, n) as actor:
                acknowledge_escalation(actor=actor, escalation=one)
                if asked.decision:
                    answer_escalation(
                        actor=actor, escalation=one, decision=asked.decision, answer=asked.answer
                    )


def _school(ground: Ground, asked: Asked) -> School | None:
    """A school where this person works: of their neighbourhood, else any."""
    if asked.kind == Kind.SCOPE:
        return None
    near = {"ben": "north", "nell": "coast", "rhys": "fens"}.get(asked.who)
    place_id = ground.places[near].pk if near else None
    return next(s for s in ground.schools if place_id is None or s.place.parent_id == place_id)


def weekday(day: date) -> date:
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


VISITS = (
    # Whose, days from today, hour, minutes, what for, whether to see a pupil of theirs.
    ("dana", 0, 9, 45, "One-to-one", True),
    ("dana", 0, 11, 30, "Talk with the head of year", False),
    ("dana", 1, 10, 60, "Review meeting", True),
    ("imran", 0, 10, 45, "One-to-one", True),
    ("ben", 0, 9, 120, "In class", True),
    ("ben", 1, 9, 120, "In class", True),
    ("nell", 0, 10, 60, "Reintegration meeting", True),
    ("nell", 4, 14, 45, "Termly visit", False),
)
STEPS = (
    # Key, days ago of the event: overdue, this week, this term, next term.
    ("review-report", 16),
    ("advice", 38),
    ("final-plan", 62),
    ("annual-review", 290),
)


def planned(ground: Ground, today: date) -> None:
    """Visits of today and the days to come; a day on which the school is closed has none."""
    for n, (who, days, hour, minutes, purpose, to_see) in enumerate(VISITS):
        day = today + timedelta(days=days)
        if who not in ground.staff or day.weekday() > 4:
            continue
        with acting_at(ground.staff[who].pk, today, 7) as actor:
            cases = own_open_cases(actor)
            case = cases[n % len(cases)] if cases else None
            school = case.school if case else ground.schools[n]
            if open_day(actor, school.pk, day) != day:
                continue
            plan_visit(
                actor=actor,
                school=school,
                pupil=case.pupil if case and to_see else None,
                starts_at=moment(day, hour),
                minutes=minutes,
                purpose=purpose,
            )


SEEN_LAST = (4, 11, 19, 26, 33, 39, 45)  # Days ago, school after school; then one never seen.


def schools_seen(ground: Ground, today: date) -> None:
    """Each worker has been to most of the schools that ring them first, on days they were open."""
    with acting_as_system(ground.council.code):
        named = list(NamedWorker.objects.order_by("staff", "pk").select_related("school"))
    before = Counter[int]()
    for worker in named:
        n = before[worker.staff_id]
        before[worker.staff_id] += 1
        ago = (*SEEN_LAST, None)[n % (len(SEEN_LAST) + 1)]
        if ago is None:
            continue
        day = today - timedelta(days=ago)
        with acting_at(worker.staff_id, day, 8) as actor:
            while open_day(actor, worker.school_id, day) != day:
                day -= timedelta(days=1)
        with acting_at(worker.staff_id, day, 8) as actor:
            visit = plan_visit(
                actor=actor,
                school=worker.school,
                starts_at=moment(day, 9 + n % 6),
                minutes=40,
                purpose="Termly talk with the SENDCo",
            )
        with acting_at(worker.staff_id, day, 16) as actor:
            record_visit(actor=actor, visit=visit)


def dated_by_law(ground: Ground, today: date) -> None:
    """Statutory steps that the unit's SENDCo keeps, one of them late."""
    sendco = _sendco_of_the_unit(ground)
    if sendco is None:
        return
    with acting_at(sendco.pk, weekday(today - timedelta(days=1)), 9) as actor:
        pupils = Pupil.objects.visible_to(actor).order_by("search_name", "pk")[: len(STEPS)]
        for pupil, (key, days_ago) in zip(pupils, STEPS, strict=False):
            add_statutory_step(
                actor=actor,
                pupil=pupil,
                step=BY_KEY[key],
                event_on=today - timedelta(days=days_ago),
                owner=sendco,
            )


def _sendco_of_the_unit(ground: Ground) -> Staff | None:
    with acting_as_system(ground.council.code):
        held = RoleAssignment.objects.filter(role=Role.PRU_SENDCO).select_related("staff")
        first = held.order_by("pk").first()
        return first.staff if first else None
