"""The demonstration: two councils, forty schools, 1,500 pupils, 120 routes in every state."""

import random
from datetime import date, timedelta

from django.utils import timezone

from alongside.core import audit
from alongside.core.models import Staff
from alongside.ops.seed import pupils
from alongside.ops.seed.ground import Ground, lay
from alongside.ops.seed.life import Life, live
from alongside.ops.seed.stories import STORIES
from alongside.ops.seed.when import acting_at, give_rows_their_times, hurry
from alongside.pathways.models import Framework
from alongside.people.models import Enrolment
from alongside.schools.models import School

# Steps at which a few routes wait today, with how many days ago they began.
WAITING = (
    ("sent", 2),
    ("sent", 5),
    ("sent", 8),
    ("screening", 5),
    ("screening", 6),
    ("returned", 6),
    ("returned", 12),
    ("sent_again", 11),
    ("declined", 40),
    ("accepted", 7),
    ("accepted", 9),
    ("allocated", 9),
    ("allocated", 12),
    ("plan_written", 22),
    ("plan_submitted", 20),
    ("plan_returned", 24),
    ("plan_approved", 26),
    ("plan_agreed_by_school", 27),
)
PUPILS = {"991": 950, "992": 550}
ROUTES = {"outreach": 46, "primary": 34, "team": 40}


def fill() -> None:
    today = timezone.localdate()
    chance = random.Random(2026)
    hurry()
    eastmere, northfold = lay()
    first = 0
    for ground in (eastmere, northfold):
        count = PUPILS[ground.council.code]
        children = pupils.fill(ground, count, first, today, chance)
        _routes(ground, children, today, chance)
        first += count
    give_rows_their_times()
    audit.seal()


def _routes(
    ground: Ground, enrolments: list[Enrolment], today: date, chance: random.Random
) -> None:
    for service, count in ROUTES.items():
        if service not in ground.places:
            continue
        phase = {"outreach": "Secondary", "primary": "Primary"}.get(service, "")
        unused = [e for e in enrolments if not phase or e.school.phase == phase]
        for number in range(count):
            stop_at, days_ago = _when(number)
            began = today - timedelta(days=days_ago)
            here = next(e for e in unused if e.starts_on <= began - timedelta(days=90))
            unused.remove(here)
            live(_life(ground, service, here, number, began, stop_at, today, chance))


def _when(number: int) -> tuple[str, int]:
    """At which step a route waits, and how many days ago it began."""
    if number < len(WAITING):
        return WAITING[number]
    return "", 30 + (number - len(WAITING)) * 23


def _life(
    ground: Ground,
    service: str,
    here: Enrolment,
    number: int,
    began: date,
    stop_at: str,
    today: date,
    chance: random.Random,
) -> Life:
    worker, screener, manager = _people(ground, service, here.school, number)
    return Life(
        ground=ground,
        pupil=here.pupil,
        school=here.school,
        framework=_framework(ground, service),
        story=STORIES[number % len(STORIES)],
        began=began,
        today=today,
        chance=chance,
        worker=worker,
        screener=screener,
        manager=manager,
        number=here.pupil.pk,
        stop_at=stop_at,
        is_returned=stop_at in ("returned", "sent_again") or number % 3 == 0,
    )


def _framework(ground: Ground, service: str) -> Framework:
    if service not in _frameworks:
        with acting_at(
            ground.staff["dpo" if "dpo" in ground.staff else "ola"].pk, date(2024, 9, 2)
        ):
            _frameworks[service] = Framework.objects.get(owner=ground.places[service], ends_on=None)
    return _frameworks[service]


_frameworks: dict[str, Framework] = {}


def _people(
    ground: Ground, service: str, school: School, number: int
) -> tuple[Staff, Staff, Staff]:
    """Who works, who screens and who manages a route of this service and school."""
    staff = ground.staff
    if service == "outreach":
        worker = staff[("dana", "dana", "imran", "sofia")[number % 4]]
        return worker, staff["dana" if number % 2 else "imran"], staff["grace"]
    if service == "primary":
        lead = staff["lena" if school.place.parent_id == ground.places["north"].pk else "carys"]
        return lead, lead, lead
    area = next(
        key for key in ("coast", "fens", "city") if ground.places[key].pk == school.place.parent_id
    )
    worker = staff[{"coast": "nell", "fens": "rhys", "city": "zadie"}[area]]
    return worker, worker, staff["mark"]
