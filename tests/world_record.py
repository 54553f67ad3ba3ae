"""Records of the world that are passed up, planned, shared or kept to a few: see `tests/world.py`."""

from django.utils import timezone

from alongside.cases.models import Escalation
from alongside.core.actor import begin_staff
from alongside.core.models import Staff
from alongside.fieldwork.models import Visit
from alongside.people.models import Condition, PathwaySpell
from alongside.workforce.models import StaffNote
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


def managed(world: World) -> None:
    """Somebody whom the lead manages, with a note between the two."""
    council, service = world.people["council"], world.people["service"]
    names = {"outreach": "bola", "primary": "emil"}
    member = world["member"] = world.staff(
        names.get(service, "rhys") if council == "991" else "rhys"
    )
    Staff.objects.filter(pk=member.pk).update(line_manager=world.lead)
    begin_staff(world.lead_id)  # The wall shows a note to the two it is between, and to no system.
    world["staff_note"] = StaffNote.objects.create(
        about=member,
        kind="SUPERVISION",
        held_on=world.today,
        words="Spoke about workload",
        recorded_by=world.lead,
    )
    begin_staff(world.actor.staff_id)
