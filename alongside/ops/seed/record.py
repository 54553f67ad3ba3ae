"""What the record of some pupils of the demonstration holds besides their route: pathways, conditions,
behaviours at both ends, a note for two people, and one long report pasted whole."""

from datetime import date, timedelta

from alongside.cases.behaviours import record_behaviour
from alongside.cases.escalated import own_open_cases
from alongside.cases.models import Behaviour, Case
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.ops.seed.desks import weekday
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at
from alongside.people.actions.chronology import add_entry
from alongside.people.actions.needs import record_condition, start_pathway
from alongside.people.models import Condition, EntryKind, PathwaySpell

# Who keeps records here, and whom they name for a note of two.
WORKERS = {"991": (("dana", "grace"), ("imran", "grace"), ("lena", "bola")),
           "992": (("nell", "mark"), ("zadie", "mark"))}  # fmt: skip
PATHWAYS = (PathwaySpell.Pathway.ACADEMIC, PathwaySpell.Pathway.VOCATIONAL,
            PathwaySpell.Pathway.THERAPEUTIC)  # fmt: skip
CONDITIONS = (
    ("ADHD", "Community paediatrics, Dr A. Sampler", Condition.State.DIAGNOSED),
    ("Autism", "Class teacher and SENDCo", Condition.State.SUSPECTED),
    ("Dyslexia", "Specialist teacher, screening", Condition.State.SUSPECTED),
)
BEHAVIOURS = (("Leaves the room without leave", 4, 3), ("Will not begin work", 3, 2))
EACH = 4  # Pupils of each worker.
PAGE = (
    "Came in by the side door and went to the same seat. For the first ten minutes worked with a coat "
    "on. When the task changed, put the pen down, looked at the door and asked the time. An adult "
    "moved nearer without speaking. The coat came off at the second question. "
)
REPORT = "\n\n".join(f"Observation {n}. {PAGE * 5}" for n in range(1, 41))


def known_of(ground: Ground, today: date) -> None:
    for who, named in WORKERS[ground.council.code]:
        day = weekday(today - timedelta(days=3))
        with acting_at(ground.staff[who].pk, day, 16) as actor:
            cases = own_open_cases(actor)[:EACH]
            for n, case in enumerate(cases):
                _record(actor, case, n)
            if cases:
                _notes(actor, cases[0], ground.staff[named].pk)


def _record(actor: Actor, case: Case, n: int) -> None:
    start_pathway(
        actor=actor,
        pupil=case.pupil,
        pathway=PATHWAYS[n % 3],
        starts_on=case.opened_on,
        note="Motor vehicle on Thursdays" if n % 3 == 1 else "",
    )
    name, source, state = CONDITIONS[n % 3]
    if InformationClass.HEALTH_AND_SEND in actor.reads:
        record_condition(
            actor=actor,
            pupil=case.pupil,
            name=name,
            state=state,
            source=source,
            said_on=case.opened_on,
        )
    for behaviour, frequency, severity in BEHAVIOURS:
        record_behaviour(
            actor=actor,
            case=case,
            name=behaviour,
            occasion=Behaviour.Occasion.REFERRAL,
            frequency=frequency,
            severity=severity,
            seen_on=case.opened_on,
            source="Class teacher",
        )


def _notes(actor: Actor, case: Case, named_id: int) -> None:
    add_entry(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.NOTE,
        information_class=InformationClass.CASEWORK,
        summary="Mum told me why they moved, and asked that it stays with the two of us.",
        readers=[named_id],
    )
    add_entry(
        actor=actor,
        pupil=case.pupil,
        kind=EntryKind.NOTE,
        information_class=InformationClass.CASEWORK,
        summary="Forty observations by the trainee psychologist, as they were sent",
        detail=REPORT,
    )
