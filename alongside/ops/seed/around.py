"""The people and the flags around some of the children: each kind the banner can show, several times."""

from typing import Any

from alongside.core.actor import Actor
from alongside.ops.seed.life import Life
from alongside.ops.seed.papers import reports, strategy_meeting
from alongside.ops.seed.told.daily import NOTICED
from alongside.ops.seed.when import moment
from alongside.people.actions.around import add_flag, add_professional, change_carer, move_address
from alongside.people.actions.concern import raise_concern
from alongside.people.actions.registers import add_register
from alongside.people.models import Carer, Concern, Flag
from alongside.people.queries.registers import fingerprint


def surround(life: Life) -> None:
    """One of six particulars, by the number of the route; the first routes have more than one."""
    kind = life.number % 6
    with life.at(1, life.worker, 13) as actor:
        told: dict[str, Any] = {"actor": actor, "pupil": life.pupil}
        since = actor.today
        if kind == 0:
            add_flag(
                **told,
                kind=Flag.Kind.SAFETY_PLAN,
                weight=Flag.Weight.ACT,
                text="Safety plan: read first",
                starts_on=since,
            )
        elif kind == 1:
            _no_contact(life, actor)
        elif kind == 2:
            add_professional(
                **told,
                name="A. Pretendham",
                profession="Social worker",
                agency="Children’s social care",
                starts_on=since,
            )
        elif kind == 3:
            add_professional(
                **told,
                name="Dr N. Inventham",
                profession="Educational psychologist",
                agency="Council psychology service",
                starts_on=since,
            )
            add_flag(
                **told,
                kind=Flag.Kind.COMMUNICATION,
                weight=Flag.Weight.KNOW,
                text="Exit card",
                starts_on=since,
            )
            reports(life, actor)
        elif kind == 4:
            _taught_elsewhere_too(life, actor)
        else:
            move_address(
                **told,
                starts_on=since,
                line_1="A place that is not told",
                postcode="EX1 1ZZ",
                is_concealed=life.number % 12 == 5,
            )
    if kind == 2:
        _concern(life)
        strategy_meeting(life)


def _no_contact(life: Life, actor: Actor) -> None:
    carer = Carer.objects.filter(pupil=life.pupil, order=2).first()
    if carer:
        change_carer(actor=actor, carer=carer, version=carer.version, is_do_not_contact=True)


def _taught_elsewhere_too(life: Life, actor: Actor) -> None:
    """Dual registration: some days at the pupil referral unit, still one record."""
    units = [s for s in life.ground.schools if s.phase == "Pupil referral unit"]
    if units and life.school.phase == "Secondary":
        add_register(
            actor=actor,
            pupil=life.pupil,
            seen=fingerprint(life.pupil),
            school=units[0],
            is_main=False,
            starts_on=actor.today,
        )


def _concern(life: Life) -> None:
    with life.at(2, life.worker, 14) as actor:
        raise_concern(
            actor=actor,
            pupil=life.pupil,
            school=life.school,
            where=Concern.Where.SCHOOL,
            happened_at=moment(actor.today, 11, 15),
            words=NOTICED[life.number // 6 % len(NOTICED)],
        )
