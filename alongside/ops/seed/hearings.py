"""Chronologies for a hearing in the demonstration: one that waits for approval, one that was given it."""

from datetime import date, timedelta

from alongside.cases.escalated import own_open_cases
from alongside.core.handling import InformationClass
from alongside.documents import hearings
from alongside.documents.chronology_report import Wanted
from alongside.ops.seed.desks import weekday
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at
from alongside.people.queries.chronology import Chosen

CLASSES = frozenset(InformationClass(code) for code in ("C1", "C2", "C3"))
# Of each council: who sends it in, for what, who approves it, and whether they have.
SENT_IN = {
    "991": ("dana", "the governors’ meeting", "grace", True),
    "992": ("nell", "the independent review panel", "mark", False),
}


def sent_in(ground: Ground, today: date) -> None:
    who, hearing, by, is_approved = SENT_IN[ground.council.code]
    day = weekday(today - timedelta(days=3))
    with acting_at(ground.staff[who].pk, day, 9, 10) as actor:
        cases = own_open_cases(actor)
        if not cases:
            return
        wanted = Wanted(hearing=hearing, chosen=Chosen(to_on=day), classes=CLASSES)
        approval = hearings.ask_for_approval(actor=actor, pupil=cases[0].pupil, wanted=wanted)
    if is_approved:
        with acting_at(ground.staff[by].pk, day, 16, 20) as actor:
            hearings.decide(actor=actor, approval=approval, is_approved=True)
