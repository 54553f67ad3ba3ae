"""A small demonstration for journeys: both councils, 160 pupils, and a few of them on their way.

Run as a program by the fixture, in the service's own mode; it prints who is who as JSON.
"""

import json
import random

from alongside.ops import boot

PUPILS = {"991": 120, "992": 40}
# Name → service, worker, manager, school, days since it began, and the step at which it waits.
BOROUGH = {
    "worked": ("outreach", "dana", "grace", "Chalkhill High School", 35),
    "begun": ("outreach", "dana", "grace", "Chalkhill High School", 12, "allocated"),
    "asked": ("outreach", "dana", "grace", "Marlpit Academy", 3, "sent"),
    "accepted": ("outreach", "dana", "grace", "Marlpit Academy", 9, "accepted"),
    "submitted": ("outreach", "dana", "grace", "Samplefield School", 24, "plan_submitted"),
    "taught": ("primary", "lena", "lena", "Chalkdown Primary School", 35),
}
COUNTY = {
    "reviewed": ("team", "nell", "mark", "Sandholme Academy", 35),
    "county asked": ("team", "nell", "mark", "Example Point Academy", 3, "sent"),
}


def lay() -> dict[str, object]:
    from django.utils import timezone

    from alongside.core import audit
    from alongside.ops.seed import ground, pupils
    from alongside.ops.seed.triage_forms import publish_forms
    from tests.journeys.lives import Lives

    today, chance = timezone.localdate(), random.Random(7)
    told: dict[str, object] = {}
    for number, (one, lives) in enumerate(zip(ground.lay(), (BOROUGH, COUNTY), strict=True)):
        count = PUPILS[one.council.code]
        enrolments = pupils.fill(one, count, number * 1000, today, chance)
        publish_forms(one)
        led = Lives(one, enrolments, chance, today)
        told |= {name: led.lead(*life) for name, life in lives.items()}
        if not number:
            left = led.at("Chalkhill High School")
            told["chalkhill"] = [
                {"id": e.pupil.pk, "name": e.pupil.name, "upn": e.pupil.upn} for e in left
            ]
    audit.seal()
    return told


if __name__ == "__main__":
    with boot.ready():
        print(json.dumps(lay()))
