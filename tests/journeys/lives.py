"""Children already on their way when a journey begins, each lived through the actions."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.core.actor import acting_as_system
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.life import Life, live
from alongside.ops.seed.stories import STORIES
from alongside.pathways.models import Framework
from alongside.people.models import Enrolment

ASSISTANTS = {"primary": "ben"}


@dataclass
class Lives:
    """One council's children; each life takes one of them from its school."""

    ground: Ground
    enrolments: list[Enrolment]
    chance: random.Random
    today: date
    count: int = field(default=0, init=False)

    def lead(
        self, service: str, worker: str, manager: str, school: str, days: int, stop_at: str = ""
    ) -> dict[str, object]:
        """Live one: begun `days` ago, as far as today or the step to stop at. Who and which, as told."""
        here = self.at(school).pop()
        self.enrolments.remove(here)
        staff = self.ground.staff
        life = Life(
            ground=self.ground,
            pupil=here.pupil,
            school=here.school,
            framework=self._framework(service),
            story=STORIES[self.count % len(STORIES)],
            began=self.today - timedelta(days=days),
            today=self.today,
            chance=self.chance,
            worker=staff[worker],
            screener=staff[worker],
            manager=staff[manager],
            number=here.pupil.pk,
            assistant=staff.get(ASSISTANTS.get(service, "")),
            stop_at=stop_at,
        )
        live(life)
        self.count += 1
        case = getattr(life, "case", None)
        told = {"id": here.pupil.pk, "name": here.pupil.name, "referral": life.referral.pk}
        return told | {"case": case.pk if case else None}

    def at(self, school: str) -> list[Enrolment]:
        return [e for e in self.enrolments if e.school.name == school]

    def _framework(self, service: str) -> Framework:
        with acting_as_system(self.ground.council.code):
            owned = Framework.objects.filter(owner=self.ground.places[service], ends_on=None)
            return owned.get(takes_referrals=True)
