"""Records of the world that are passed up, planned, shared or kept to a few: see `tests/world.py`."""

from django.utils import timezone

from alongside.cases.models import Escalation
from alongside.fieldwork.models import Visit
from alongside.people.models import Condition, PathwaySpell
from tests.world_ground import World


def escalation(world: World) -> None:
    """Raised by the lead, put to somebody of the same council who directs."""
    directs = {"outreach": "mina", "primary": "ines"}.get(world.people["service"], "sara")
    world["escalation"] = Escalation.objects.create(
        kind=Escalation.Kind.DIRECTION,
        case=world["case"],
        pupil=world["pupil"],
        school=world["school"],
        recorded_by=world.lead,
        asked=world.staff(directs),
        words="The school asks whether the morning can be shortened",
        answer_by=world.today,
    )


def visit(world: World) -> None:
    world["visit"] = Visit.objects.create(
        staff=world.lead,
        school=world["school"],
        pupil=world["pupil"],
        starts_at=timezone.now(),
        minutes=45,
        purpose="One-to-one",
    )


def needs(world: World) -> None:
    told = {"pupil": world["pupil"], "recorded_by": world.lead}
    world["spell"] = PathwaySpell.objects.create(
        pathway="VOCATIONAL", starts_on=world.long_ago, **told
    )
    world["condition"] = Condition.objects.create(
        name="Autism", state="SUSPECTED", source="Class teacher", said_on=world.long_ago, **told
    )
