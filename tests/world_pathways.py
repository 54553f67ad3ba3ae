"""Records of a world about frameworks: an alternative to exclusion, the directory, a protocol."""

from datetime import timedelta

from alongside.pathways.models import Alternative, AlternativeStep, HoldCheck, Listing, Protocol
from tests.world_ground import World


def alternative(world: World) -> None:
    made = world["alternative"] = Alternative.objects.create(
        pupil=world["pupil"],
        school=world["school"],
        framework=world["framework"],
        kind="Part-time in-reach",
        reason="The headteacher considered exclusion.",
        agreed_by="Headteacher, family and service",
        starts_on=world.long_ago,
        planned_end_on=world.today,
        recorded_by=world.lead,
    )
    world["step"] = AlternativeStep.objects.create(
        alternative=made, order=1, text="Meet the family", who="Service", due_on=world.today
    )
    world["hold"] = HoldCheck.objects.create(
        alternative=made, terms=1, due_on=world.today, working="One term after it began."
    )


def partners(world: World) -> None:
    world["listing"] = Listing.objects.create(
        key=f"example-{world.people['urn']}",
        name="Example drop-in",
        text="Talking.",
        how_to_refer="Ring.",
        search="talk",
    )
    world["protocol"] = Protocol.objects.create(
        key=f"example-{world.people['urn']}",
        title="Example protocol",
        kind=Protocol.Kind.PROTOCOL,
        owner=world.place(world.people["service"]),
        text="We meet each Monday.",
        written_by=world.lead,
        shared_on=world.long_ago,
        review_on=world.today + timedelta(days=90),
    )
