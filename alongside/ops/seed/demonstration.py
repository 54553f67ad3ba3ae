"""The demonstration: two councils, forty schools, 1,500 pupils, 120 routes in every state."""

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context

from django.utils import timezone

from alongside.core import audit
from alongside.core.actor import acting_as_system
from alongside.core.models import Staff
from alongside.ops import boot
from alongside.ops.seed import (
    caseload,
    hearings,
    moves,
    partners,
    plan_life,
    pupils,
    reminders,
)
from alongside.ops.seed.desks import dated_by_law, passed_up, planned, schools_seen
from alongside.ops.seed.ground import Ground, lay
from alongside.ops.seed.life import Life, live
from alongside.ops.seed.own_scales import make_scale
from alongside.ops.seed.queue import set_weeks
from alongside.ops.seed.record import known_of
from alongside.ops.seed.told import Teller
from alongside.ops.seed.triage_forms import publish_forms
from alongside.ops.seed.when import hurry, settle, written_then
from alongside.pathways.models import Framework
from alongside.people.models import Enrolment
from alongside.schools.models import School

# Steps at which a few routes wait today, with how many days ago they began: enough for the step to
# be reached whatever weekday it is.
WAITING = (
    ("sent", 2),
    ("sent", 5),
    ("sent", 8),
    ("screening", 5),
    ("screening", 6),
    ("returned", 6),
    ("returned", 12),
    ("sent_again", 13),
    ("declined", 40),
    ("accepted", 7),
    ("accepted", 9),
    ("allocated", 9),
    ("allocated", 12),
    ("plan_written", 22),
    ("plan_submitted", 23),
    ("plan_returned", 26),
    ("plan_approved", 26),
    ("plan_agreed_by_school", 27),
    ("plan_reviewed", 74),
    ("waiting_list", 30),
    ("waiting_list", 19),
    ("signposted", 33),
)
RECENT = 10  # Routes of this school year, close together; the others reach two years back.
PUPILS = {"991": 950, "992": 550}
ROUTES = {"outreach": 46, "primary": 34, "team": 40}


def fill() -> None:
    """Lay the ground, then live half of the routes in each of two processes, then a council in each.

    A route has its own pupil, case and chance, so it is the same whatever is lived beside it.
    """
    today, first, teller = timezone.localdate(), 0, Teller()
    lives: list[Life] = []
    with ProcessPoolExecutor(2, get_context("spawn"), initializer=boot.set_up) as processes:
        processes.submit(hurry)  # Both begin to load while the ground is laid.
        grounds = lay()
        for ground in grounds:
            set_weeks(ground)
            publish_forms(ground)
            make_scale(ground)
            partners.share(ground, today)
            count = PUPILS[ground.council.code]
            chance = random.Random(int(ground.council.code))
            enrolments = pupils.fill(ground, count, first, today, chance)
            lives += routes(ground, enrolments, today, teller)
            first += count
        list(processes.map(live_each, (lives[::2], lives[1::2])))
        list(processes.map(round_off, grounds, [today] * len(grounds)))
    settle()
    for ground in grounds:
        reminders.send(ground, today)
    audit.seal()


def live_each(lives: list[Life]) -> None:
    hurry()
    with written_then():
        for life in lives:
            live(life)


def round_off(ground: Ground, today: date) -> None:
    """What is of one council and not of one route: moves, desks, what is passed up."""
    hurry()
    with written_then():
        moves.fill(ground, today)
        passed_up(ground, today)
        hearings.sent_in(ground, today)
        planned(ground, today)
        schools_seen(ground, today)
        dated_by_law(ground, today)
        caseload.fill(ground, today)
        known_of(ground, today)


def routes(
    ground: Ground, enrolments: list[Enrolment], today: date, teller: Teller
) -> Iterator[Life]:
    """Every route of one council: whose it is, who works it, when it began and where it waits."""
    for service, count in ROUTES.items():
        if service not in ground.places:
            continue
        framework = _framework(ground, service)
        phase = {"outreach": "Secondary", "primary": "Primary"}.get(service, "")
        unused = [e for e in enrolments if not phase or e.school.phase == phase]
        for number in range(count):
            stop_at, days_ago = _when(number)
            began = today - timedelta(days=days_ago)
            here = next(e for e in unused if e.starts_on <= began - timedelta(days=90))
            unused.remove(here)
            yield _life(ground, service, framework, here, number, began, stop_at, today, teller)


def _when(number: int) -> tuple[str, int]:
    """At which step a route waits, and how many days ago it began."""
    if number < len(WAITING):
        return WAITING[number]
    place = number - len(WAITING)
    return "", 30 + place * 9 if place < RECENT else 30 + RECENT * 9 + (place - RECENT) * 28


def _life(
    ground: Ground,
    service: str,
    framework: Framework,
    here: Enrolment,
    number: int,
    began: date,
    stop_at: str,
    today: date,
    teller: Teller,
) -> Life:
    worker, screener, manager = _people(ground, service, here.school, number)
    phase = here.school.phase
    story = teller.tell(here.pupil, phase, worker.pk)
    if plan_life.kind_of(here.pupil.pk) == "PASTORAL":
        story = teller.at_risk(story, phase, worker.pk)
    return Life(
        ground=ground,
        pupil=here.pupil,
        school=here.school,
        framework=framework,
        story=story,
        began=began,
        today=today,
        chance=random.Random(f"{ground.council.code} {service} {number}"),
        worker=worker,
        screener=screener,
        manager=manager,
        number=here.pupil.pk,
        assistant=_assistant(ground, service, here.school, number),
        officer=ground.staff.get("emil") if number % 5 == 0 else None,
        stop_at=stop_at,
        is_returned=stop_at in ("returned", "sent_again") or (not stop_at and number % 3 == 0),
    )


def _assistant(ground: Ground, service: str, school: School, number: int) -> Staff | None:
    """Two of three children of the primary service have one; the third is in turnaround."""
    if service != "primary":
        return None
    if number % 3 == 0:
        return ground.staff["bola"]
    in_north = school.place.parent_id == ground.places["north"].pk
    return ground.staff["ben" if in_north else "tilly"]


def _framework(ground: Ground, service: str) -> Framework:
    with acting_as_system(ground.council.code):
        frameworks = Framework.objects.prefetch_related("criteria", "stages")
        return frameworks.get(owner=ground.places[service], ends_on=None, takes_referrals=True)


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
