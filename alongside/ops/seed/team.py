"""How the demonstration's teams share their work: who can hold what, who covers, what is announced."""

from datetime import date, timedelta

from alongside.cases import covering, judgements, planned, room, team, team_news
from alongside.cases.judgements import Reasoning
from alongside.cases.models import Case
from alongside.core.actions import change_phone
from alongside.core.actor import Actor
from alongside.core.models import Staff
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at
from alongside.rules.working_days import next_working_day

# key → (how many cases they can lead, which needs they know best)
ROOM = {
    "dana": (10, ["LEAVING", "HURTING"]), "imran": (8, ["ABSENCE", "LOW_MOOD"]),
    "sofia": (8, ["DYSREGULATED"]), "nell": (24, ["HURTING", "TRANSITION"]),
    "rhys": (24, ["LEAVING"]), "zadie": (20, ["LOW_MOOD"]),
}  # fmt: skip
# By council: who manages; who is away, covered by whom; who announces; who is asked what, by whom.
TEAMS = {
    "991": ("grace", "sofia", "imran", "outreach", "dana"),
    "992": ("mark", "rhys", "zadie", "team", "nell"),
}
WHERE = (
    ("SCHOOL", "In schools until noon, then by telephone"),
    ("OFFICE", ""),
    ("HOME", "On the telephone all day"),
    ("SCHOOL", "Two schools, back at four"),
)
REASONING = Reasoning(
    facts="Told the form tutor: I will not go home on Friday. The DSL knows. Home says that there was "
    "a row, and that all is well.",
    options="Visit today with the DSL, or wait for Monday's meeting and ring each morning.",
    decision="Visited the same afternoon with the DSL.",
    rationale="Nothing we work by names an hour. Two days were too long to be wrong in.",
    consulted="K. Specimen, DSL; the manager on duty",
)


def fill(ground: Ground, today: date, cases: list[tuple[Case, int]]) -> None:
    manager, away, by, place, asker = TEAMS[ground.council.code]
    staff = ground.staff
    _reach(ground, today)
    monday = today - timedelta(days=today.weekday())
    with acting_at(staff[manager].pk, today - timedelta(days=2), 9) as actor:
        for key in sorted(ROOM.keys() & staff.keys()):
            most, knows = ROOM[key]
            team.set_profile(actor=actor, staff=staff[key], most_cases=most, knows=knows)
        covering.arrange_cover(
            actor=actor,
            staff=staff[away],
            covered_by=staff[by],
            starts_on=today - timedelta(days=1),
            ends_on=today + timedelta(days=6),
            reason="On a course",
        )
        team_news.announce(
            actor=actor,
            place=ground.places[place],
            title="Plans before the holiday",
            text="Every plan with a review in December is agreed by Friday next week.",
            starts_on=today - timedelta(days=2),
            ends_on=today + timedelta(days=9),
        )
        theirs = [case for case, lead_id in cases if lead_id == staff[asker].pk][:3]
        _plan_handover(actor, theirs, staff[asker], staff[away], today)
        for case, _ in cases[:2]:
            team.comment(
                actor=actor, case=case, text="Thank you. Please ring the DSL before Friday."
            )
    for number, key in enumerate(sorted(ROOM.keys() & staff.keys() - {away})):
        kind, note = WHERE[number % len(WHERE)]
        with acting_at(staff[key].pk, today, 8) as actor:
            team_news.say_where(
                actor=actor,
                staff=staff[key],
                kind=kind,
                first=monday,
                last=monday + timedelta(days=4),
                note=note,
            )
    with acting_at(staff[asker].pk, today - timedelta(days=1), 9) as actor:
        for number, (text, key) in enumerate(
            (("Book the hall for the training in January", by), ("Order the feelings cards", away))
        ):
            team_news.assign_task(
                actor=actor,
                team=ground.places[place],
                owner=staff[key],
                text=text,
                due_on=next_working_day(today + timedelta(days=4 + number * 5)),
                is_priority=number == 0,
                despite="There is time: it waits until they are back.",
            )
    case, lead_id = cases[0]
    with acting_at(lead_id, today - timedelta(days=3), 17) as actor:
        judgements.record_judgement(actor=actor, case=case, reasoning=REASONING)


def _plan_handover(actor: Actor, cases: list[Case], former: Staff, to: Staff, today: date) -> None:
    """Part of a caseload is to go to a colleague who is back by then."""
    if cases and not room.no_room(to, len(cases)):
        planned.plan_handover(
            actor=actor,
            cases=cases,
            former=former,
            to=to,
            note="Ring home before nine. The school's plan meeting is every other Tuesday.",
            starts_on=_weekday_after(today + timedelta(days=10)),
            takes_checks=False,
        )


def _weekday_after(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _reach(ground: Ground, today: date) -> None:
    """Numbers that are kept for drama, as the regulator lists them."""
    for number, key in enumerate(sorted(ROOM.keys() & ground.staff.keys())):
        with acting_at(ground.staff[key].pk, today - timedelta(days=30), 9) as actor:
            change_phone(actor=actor, phone=f"01632 9600{10 + number}")
