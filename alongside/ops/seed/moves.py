"""Who changes school or leaves the council mid-case in the demonstration, and a doctor who rings."""

from datetime import date, timedelta
from uuid import UUID

from alongside.cases.escalated import own_open_cases
from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.duties.leaving import leave_council
from alongside.ops.seed.desks import weekday
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.when import acting_at
from alongside.pathways.models import Framework
from alongside.people.models import Pupil
from alongside.people.queries.registers import fingerprint
from alongside.plans.actions.leaving import Left
from alongside.plans.models import PlanState
from alongside.referrals.actions import moving
from alongside.referrals.actions.calling import Caller, take_call
from alongside.referrals.actions.told import Told

# By council: whose pupil changes school, whose leaves, who takes the call, and for which service.
WHO = {"991": ("dana", "imran", "dana", "outreach"), "992": ("rhys", "nell", "mark", "team")}
CALLER = Caller("Dr P. Madeup", "Paediatrician, community health", "01632 960250")
SAID = Told(
    main_worry="LOW_MOOD",
    last_incident="Seen in clinic on Monday. Has not slept through a night since September and will"
    " not say why. Mum asks whether somebody in school could find time to talk before Christmas.",
    going_well="Draws all the time, and showed me.",
)
LEFT = {
    "991": ("Westshire, Hilltop School", "Inclusion desk, Westshire", True),
    "992": ("Southmoor, school not yet known", "", False),
}


def fill(ground: Ground, today: date) -> None:
    mover, leaver, taker, service = WHO[ground.council.code]
    with acting_at(ground.staff[mover].pk, weekday(today - timedelta(days=2)), 16) as actor:
        _change_school(actor, ground)
    with acting_at(ground.staff[leaver].pk, weekday(today - timedelta(days=1)), 17) as actor:
        _leave(actor, ground)
    with acting_at(ground.staff[taker].pk, weekday(today - timedelta(days=3)), 11) as actor:
        _ring(actor, ground, service)


def _with_a_plan(actor: Actor) -> list[Case]:
    """Their open cases with a plan in use, by the child's name."""
    cases = own_open_cases(actor)
    in_use = {c.pk for c in cases if c.plans.filter(state=PlanState.AGREED).exists()}
    return [case for case in cases if case.pk in in_use]


def _change_school(actor: Actor, ground: Ground) -> None:
    """To the next school of the same phase, from the day itself on: the case goes along."""
    case = _with_a_plan(actor)[0]
    there = [s for s in ground.schools if s.phase == case.school.phase and s.pk != case.school_id]
    moving.change_school(
        actor=actor,
        pupil=case.pupil,
        seen=fingerprint(case.pupil),
        school=there[case.pupil_id % len(there)],
        starts_on=actor.today,
        group=f"{case.pupil.year_group}C",
    )


def _leave(actor: Actor, ground: Ground) -> None:
    """One council was told at once; of the other nobody knows yet whom to tell, so a task waits."""
    to_council, told_who, is_told = LEFT[ground.council.code]
    left = Left(
        to_council=to_council,
        last_day=actor.today,
        closing_summary="The plan was half done. The exit card works; mornings are still hard. The"
        " family would like the new school to ring before the first day.",
        risk_at_end="MEDIUM",
        told_who=told_who,
        told_how="By secure e-mail" if is_told else "",
        told_on=actor.today if is_told else None,
        what_was_sent="The plan, the last review and the one-page profile" if is_told else "",
    )
    leave_council(actor=actor, pupil=_with_a_plan(actor)[0].pupil, left=left)


def _ring(actor: Actor, ground: Ground, service: str) -> None:
    """About a pupil whom no service here knows. The school is told, and the call is screened."""
    unknown = Pupil.objects.filter(referrals=None, cases=None)
    framework = Framework.objects.get(
        owner=ground.places[service], ends_on=None, takes_referrals=True
    )
    take_call(
        actor=actor,
        pupil=unknown.filter(enrolments__school__phase="Secondary").order_by("pk")[0],
        framework=framework,
        caller=CALLER,
        told=SAID,
        submission=UUID(int=int(f"{ground.council.code}0000")),
    )
