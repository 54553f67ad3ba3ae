"""Records of the world that are passed up, planned, shared or kept to a few: see `tests/world.py`."""

from alongside.cases.models import Escalation
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
