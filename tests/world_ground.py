"""The first records of a world: the class itself, its school, pupil, framework and case."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from alongside.cases.models import Allocation, Case, ChecklistItem, SustainedCheck, Task
from alongside.core.actor import Actor
from alongside.core.models import Place, RoleAssignment, Staff
from alongside.pathways.models import Criterion, Framework, Stage, Standing
from alongside.people.models import (
    Capacity,
    ChronologyEntry,
    Enrolment,
    EntryKind,
    Involvement,
    Pupil,
    RegisterChange,
)
from alongside.schools.models import NonTeachingDay, School, SchoolContact, Term
from tests.cast import Cast


class World(dict[str, Any]):
    """One set of records, by name, and who works with them."""

    def __init__(self, cast: Cast, actor: Actor, people: dict[str, Any]) -> None:
        super().__init__()
        self.cast = cast
        self.actor = actor
        self.lead_id = cast.staff[people["lead"]]
        self.people = people
        self.today: date = actor.today
        self.long_ago = self.today - timedelta(days=60)

    def staff(self, name: str) -> Staff:
        return Staff.objects.get(pk=self.cast.staff[name])

    def place(self, name: str) -> Place:
        return Place.objects.get(pk=self.cast.places[name])

    @property
    def lead(self) -> Staff:
        return self.staff(self.people["lead"])


def school(world: World) -> None:
    place = world.place(world.people["school"])
    world["school"] = School.objects.create(
        place=place,
        urn=world.people["urn"],
        la_code=world.people["council"],
        name=place.name,
        phase="Secondary",
        search_name=place.name.lower(),
    )


def pupil(world: World) -> None:
    forename, surname = world.people["forename"], world.people["surname"]
    pupil = world["pupil"] = Pupil.objects.create(
        legal_forename=forename,
        legal_surname=surname,
        born_on=date(world.today.year - 13, 2, 14),
        year_group="8",
        search_name=f"{forename} {surname}".lower(),
    )
    world["enrolment"] = Enrolment.objects.create(
        pupil=pupil, school=world["school"], starts_on=world.long_ago
    )


def involvements(world: World) -> None:
    told = {"pupil": world["pupil"], "starts_on": world.long_ago}
    for name in [world.people["service"], *world.people["areas"]]:
        Involvement.objects.create(place=world.place(name), capacity=Capacity.REFERRED_TO, **told)
    for name in world.people["others"]:
        Involvement.objects.create(staff=world.staff(name), capacity=Capacity.DEPLOYED, **told)


def framework(world: World) -> None:
    framework = world["framework"] = Framework.objects.create(
        key=f"example-{world.people['service']}",
        name=f"Example framework of {world.place(world.people['service']).name}",
        owner=world.place(world.people["service"]),
        version="1",
        starts_on=world.long_ago,
    )
    world["stage"] = Stage.objects.create(framework=framework, order=1, name="First stage")
    draft = world["draft"] = Framework.objects.create(
        key=framework.key,
        name=framework.name,
        owner=framework.owner,
        version="2",
        starts_on=world.today,
        is_draft=True,
        based_on=framework,
    )
    world["draft_stage"] = Stage.objects.create(framework=draft, order=1, name="First stage")
    world["criterion"] = Criterion.objects.create(
        framework=draft, order=1, text="On roll here", guidance="Any school.", shown_by="ON_ROLL"
    )
    world["standing"] = Standing.objects.create(
        pupil=world["pupil"],
        stage=world["stage"],
        starts_on=world.long_ago,
        reason="Accepted by the team",
        moved_by=world.lead,
    )


def case(world: World) -> None:
    case = world["case"] = Case.objects.create(
        reference=f"C-{world.people['urn']}",
        pupil=world["pupil"],
        school=world["school"],
        service=world.place(world.people["service"]),
        framework=world["framework"],
        state="OPEN",
        reason="Leaves lessons and finds it hard to return",
        opened_on=world.long_ago,
    )
    involvement = Involvement.objects.create(
        pupil=world["pupil"],
        staff=world.lead,
        capacity=Capacity.LEAD,
        starts_on=world.long_ago,
    )
    world["allocation"] = Allocation.objects.create(
        case=case,
        staff=world.lead,
        capacity=Capacity.LEAD,
        starts_on=world.long_ago,
        allocated_by=world.lead,
        involvement=involvement,
    )


def case_work(world: World) -> None:
    told = {"case": world["case"], "due_on": world.today}
    world["item"] = ChecklistItem.objects.create(
        case=world["case"], key="family", label="Family contacted", order=1
    )
    world["task"] = Task.objects.create(
        pupil=world["pupil"],
        owner=world.lead,
        made_by=world.lead,
        text="Ring the school office",
        **told,
    )
    world["check"] = SustainedCheck.objects.create(weeks=6, owner=world.lead, **told)


def assignment(world: World) -> None:
    world["assignment"] = RoleAssignment.objects.filter(staff=world.lead).first()


def entry(world: World) -> None:
    world["entry"] = ChronologyEntry.objects.create(
        pupil=world["pupil"],
        occurred_at=timezone.now() - timedelta(days=3),
        kind=EntryKind.CONTACT,
        information_class="C2",
        summary="The school rang about a hard Monday",
        recorded_by=world.lead,
        is_shared=True,
    )


def register_change(world: World) -> None:
    """The registers as they are, put there by a change that could be undone."""
    register = world["enrolment"]
    facts = {"school_id": register.school_id, "status": "C", "registration_group": ""}
    world["change"] = RegisterChange.objects.create(
        pupil=world["pupil"],
        entry=ChronologyEntry.objects.create(
            pupil=world["pupil"],
            occurred_at=timezone.now() - timedelta(days=30),
            kind=EntryKind.MOVE,
            information_class="C2",
            summary="On roll at the example school",
            recorded_by=world.lead,
        ),
        registers=[
            {
                "id": register.pk,
                "before": None,
                "after": {**facts, "starts_on": world.long_ago.isoformat(), "ends_on": None},
            }
        ],
        made_by=world.lead,
    )


def school_days(world: World) -> None:
    year = world.today.year - world.people["urn"] % 10  # The council's terms do not overlap.
    starts_on, ends_on = date(year, 1, 6), date(year, 3, 28)
    for key, school in (("", world["school"]), ("council_", None)):
        world[f"{key}term"] = Term.objects.create(
            school=school, name="Spring", starts_on=starts_on, ends_on=ends_on
        )
        world[f"{key}day"] = NonTeachingDay.objects.create(
            school=school,
            kind="INSET",
            starts_on=starts_on,
            ends_on=starts_on,
            learned_on=starts_on,
        )
    world["contact"] = SchoolContact.objects.create(
        school=world["school"], role="SENDCo", name="Morgan Samplewood"
    )
