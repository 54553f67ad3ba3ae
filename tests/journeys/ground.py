"""A small demonstration for journeys: both councils, sixty pupils, one case whose plan is in use.

Run as a program by the fixture, in the service's own mode; it prints who is who as JSON.
"""

import json
import random
from datetime import timedelta

from alongside.ops import boot

PUPILS = {"991": 60, "992": 20}


def lay() -> dict[str, object]:
    from django.utils import timezone

    from alongside.core import audit
    from alongside.core.actor import acting_as_system
    from alongside.ops.seed import ground, pupils
    from alongside.ops.seed.life import Life, live
    from alongside.ops.seed.stories import STORIES
    from alongside.ops.seed.triage_forms import publish_forms
    from alongside.pathways.models import Framework

    today, chance = timezone.localdate(), random.Random(7)
    made = []
    for number, one in enumerate(ground.lay()):
        count = PUPILS[one.council.code]
        made.append((one, pupils.fill(one, count, number * 1000, today, chance)))
    eastmere, enrolments = made[0]
    publish_forms(eastmere)
    here = [e for e in enrolments if e.school.name == "Chalkhill High School"]
    with acting_as_system("991"):
        framework = Framework.objects.get(owner=eastmere.places["outreach"], ends_on=None)
    worked = here.pop()
    life = Life(
        ground=eastmere,
        pupil=worked.pupil,
        school=worked.school,
        framework=framework,
        story=STORIES[0],
        began=today - timedelta(days=35),
        today=today,
        chance=chance,
        worker=eastmere.staff["dana"],
        screener=eastmere.staff["imran"],
        manager=eastmere.staff["grace"],
        number=worked.pupil.pk,
    )
    live(life)
    audit.seal()
    return {
        "chalkhill": [{"id": e.pupil.pk, "name": e.pupil.name} for e in here],
        "worked": {"id": worked.pupil.pk, "name": worked.pupil.name, "case": life.case.pk},
    }


if __name__ == "__main__":
    with boot.ready():
        print(json.dumps(lay()))
