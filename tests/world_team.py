"""How the team of a world shares its work: cover."""

from datetime import timedelta

from alongside.cases.models import (
    Announcement,
    Cover,
    HandoverCase,
    Judgement,
    PlannedHandover,
    Task,
)
from tests.world_ground import World

COVERED_BY = {"asha": "omar", "carys": "lena", "nell": "rhys"}


def cover(world: World) -> None:
    world["cover"] = Cover.objects.create(
        staff=world.lead,
        covered_by=world.staff(COVERED_BY[world.people["lead"]]),
        starts_on=world.today,
        ends_on=world.today + timedelta(days=4),
        set_by=world.lead,
    )


def handover(world: World) -> None:
    world["handover"] = PlannedHandover.objects.create(
        former=world.lead,
        to=world.staff(COVERED_BY[world.people["lead"]]),
        starts_on=world.today + timedelta(days=9),
        note="Ring on Mondays",
        planned_by=world.lead,
    )
    HandoverCase.objects.create(handover=world["handover"], case=world["case"])


def judgement(world: World) -> None:
    world["judgement"] = Judgement.objects.create(
        case=world["case"],
        facts="He left at noon",
        options="Ring home, or wait",
        decision="Rang home",
        rationale="Nobody knew where he was",
        consulted="Nobody",
        information_class="C3",
        recorded_by=world.lead,
    )


def news(world: World) -> None:
    where = world.people["areas"][0] if world.people["is_in_area"] else world.people["service"]
    place = world.place(where)
    days = {"starts_on": world.today, "ends_on": world.today + timedelta(days=7)}
    world["announcement"] = Announcement.objects.create(
        place=place, title="The minibus is back", written_by=world.lead, **days
    )
    world["team_task"] = Task.objects.create(
        owner=world.lead,
        text="Book the hall",
        due_on=world.today,
        made_by=world.lead,
        team=place,
    )
