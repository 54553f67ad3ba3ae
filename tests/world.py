"""A small world to walk every screen in: the same records three times over, each behind a wall.

`Worlds.own` is worked by Eastmere's outreach service, `other_team` by another service and school
of Eastmere, `other_council` by Northfold. `test_every_screen.py` opens every address with each.

**When you add a screen** whose address has a part of its own, such as `<int:plan_id>`:
1. add a builder below that makes the record: `def _plans(world): world["plan"] = Plan....create(...)`,
   put it in BUILDERS (in order: later ones may use what earlier ones made);
2. add the part to EXAMPLES: `"plan_id": lambda world: world["plan"].pk`.
   A part that everybody in the council may see (a school, a member of staff) goes in SEEN_BY_ALL too.
A builder runs in the name of the council's system; `world.today` is today, `world.staff("asha")` a person.
An example is asked for later, in anybody's name or nobody's: it must not query.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alongside.assessments.models import Measure, MeasureResult, Need, Profile, Voice
from alongside.cases.models import Allocation, Case, ChecklistItem, SustainedCheck, Task
from alongside.core import files
from alongside.core.actor import Actor, acting_as_system
from alongside.core.handling import InformationClass
from alongside.core.models import Place, RoleAssignment, Staff, StoredFile
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.pathways.models import Framework, Stage
from alongside.people.models import (
    Capacity,
    Carer,
    ChronologyEntry,
    Concern,
    Enrolment,
    EntryKind,
    Flag,
    Involvement,
    ListRow,
    Merge,
    Professional,
    Pupil,
    PupilList,
)
from alongside.plans.models import Agreement, Plan, PlanAction, Target
from alongside.referrals.models import Evidence, Referral
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


@dataclass(frozen=True)
class Worlds:
    own: World
    other_team: World
    other_council: World


OWN = {
    "council": "991",
    "forename": "Robin",
    "surname": "Testerly-Own",
    "urn": 900001,
    "school": "chalkhill",
    "service": "outreach",
    "lead": "asha",
    # Everybody whose role sees a pupil only when allocated, deployed or invited.
    "others": ["omar", "ben", "bola", "tom", "theo", "ada", "gwen", "emil"],
    "areas": ["north"],
    "sender": "petra",
    "is_in_area": False,
}
OTHER_TEAM = {
    "council": "991",
    "forename": "Leo",
    "surname": "Specimen-Other",
    "urn": 900002,
    "school": "marlpit",
    "service": "primary",
    "lead": "carys",
    "others": [],
    "areas": ["south"],
    "sender": "marta",
    "is_in_area": True,
}
OTHER_COUNCIL = {
    "council": "992",
    "forename": "Jamie",
    "surname": "Placeholder-Far",
    "urn": 900003,
    "school": "fenland",
    "service": "reintegration",
    "lead": "nell",
    "others": [],
    "areas": ["west"],
    "sender": "nora",
    "is_in_area": True,
}


def _school(world: World) -> None:
    place = world.place(world.people["school"])
    world["school"] = School.objects.create(
        place=place,
        urn=world.people["urn"],
        la_code=world.people["council"],
        name=place.name,
        phase="Secondary",
        search_name=place.name.lower(),
    )


def _pupil(world: World) -> None:
    forename, surname = world.people["forename"], world.people["surname"]
    pupil = world["pupil"] = Pupil.objects.create(
        legal_forename=forename,
        legal_surname=surname,
        born_on=date(world.today.year - 13, 2, 14),
        year_group="8",
        search_name=f"{forename} {surname}".lower(),
    )
    Enrolment.objects.create(pupil=pupil, school=world["school"], starts_on=world.long_ago)


def _involvements(world: World) -> None:
    told = {"pupil": world["pupil"], "starts_on": world.long_ago}
    for name in [world.people["service"], *world.people["areas"]]:
        Involvement.objects.create(place=world.place(name), capacity=Capacity.REFERRED_TO, **told)
    for name in world.people["others"]:
        Involvement.objects.create(staff=world.staff(name), capacity=Capacity.DEPLOYED, **told)


def _framework(world: World) -> None:
    framework = world["framework"] = Framework.objects.create(
        key=f"example-{world.people['service']}",
        name=f"Example framework of {world.place(world.people['service']).name}",
        owner=world.place(world.people["service"]),
        version="1",
        starts_on=world.long_ago,
    )
    world["stage"] = Stage.objects.create(framework=framework, order=1, name="First stage")


def _case(world: World) -> None:
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


def _case_work(world: World) -> None:
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


def _assignment(world: World) -> None:
    world["assignment"] = RoleAssignment.objects.filter(staff=world.lead).first()


def _entry(world: World) -> None:
    world["entry"] = ChronologyEntry.objects.create(
        pupil=world["pupil"],
        occurred_at=timezone.now() - timedelta(days=3),
        kind=EntryKind.CONTACT,
        information_class="C2",
        summary="The school rang about a hard Monday",
        recorded_by=world.lead,
        is_shared=True,
    )


def _school_days(world: World) -> None:
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


def _plans(world: World) -> None:
    """Plan 1, ended, and plan 2, agreed and in use, which follows it."""
    said = {
        "case": world["case"],
        "pupil": world["pupil"],
        "aim": "Stays in lessons and feels able to come back to them",
        "written_by": world.lead,
        "changed_by": world.lead,
        "changed_at": timezone.now(),
        "approved_at": timezone.now(),
        "review_due_on": world.today + timedelta(days=28),
    }
    first = Plan.objects.create(number=1, state="ENDED", starts_on=world.long_ago, **said)
    starts_on = world.today - timedelta(days=14)
    plan = world["plan"] = Plan.objects.create(
        number=2, state="AGREED", starts_on=starts_on, previous=first, **said
    )
    for one in (first, plan):
        Target.objects.create(
            plan=one,
            order=1,
            text="Uses the exit card and is back within 10 minutes",
            unit="of 10 times",
            baseline=1,
            goal=8,
            due_on=said["review_due_on"],
            owner="T. Exemplar",
        )
    world["action"] = PlanAction.objects.create(
        plan=plan, order=1, party="SCHOOL", text="Keep a seat", due_on=said["review_due_on"]
    )
    for party in ("SCHOOL", "FAMILY", "PUPIL"):
        Agreement.objects.create(
            plan=plan,
            party=party,
            name="Jo Testerly",
            is_agreed=True,
            how="in school",
            agreed_on=starts_on,
            recorded_by=world.lead,
        )


def _referral(world: World) -> None:
    sender = world.staff(world.people["sender"])
    referral = world["referral"] = Referral.objects.create(
        reference=f"R-{world.people['urn']}",
        pupil=world["pupil"],
        school=world["school"],
        service=world.place(world.people["service"]),
        area=world.place(world.people["areas"][0]) if world.people["is_in_area"] else None,
        framework=world["framework"],
        main_worry="LEAVING",
        last_incident="Left maths and sat in the corridor",
        sent_at=timezone.now() - timedelta(days=3),
        sent_by=sender,
    )
    file = StoredFile.objects.create(
        name="plan.txt",
        content_type="text/plain",
        size=4,
        sha256=hashlib.sha256(b"plan").hexdigest(),
        path=f"world/{world.people['urn']}",
        information_class="C3",
        uploaded_by=sender,
    )
    kept = Path(settings.VAR) / "files" / file.path
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"plan")
    world["paper"] = Evidence.objects.create(
        referral=referral, file=file, what="The plan", added_by=sender
    )


def _assessments(world: World) -> None:
    """A suspected need, a score at the start and again, a drawing, the one-page profile."""
    by, pupil = world.lead, world["pupil"]
    world["need"] = Need.objects.create(
        pupil=pupil,
        kind=Need.Kind.SUSPECTED_SEND,
        text="Loses words under pressure",
        source="Seen in two lessons",
        recorded_on=world.long_ago,
        recorded_by=by,
        is_shared=True,
    )
    measure = Measure.objects.create(
        key=f"example-{world.people['urn']}",
        name="Example difficulties score",
        low=0,
        high=40,
        is_lower_better=True,
    )
    said = {"pupil": pupil, "measure": measure, "informant": "TEACHER", "recorded_by": by}
    for occasion, score, on in (("BASELINE", 24, world.long_ago), ("REVIEW", 17, world.today)):
        world["result"] = MeasureResult.objects.create(
            occasion=occasion, score=score, taken_on=on, **said
        )
    upload = SimpleUploadedFile("drawing.png", b"\x89PNG\r\n\x1a\n drawing")
    world["voice"] = Voice.objects.create(
        pupil=pupil,
        method=Voice.Method.DRAWING,
        question="Where do you feel safe?",
        face=4,
        said_on=world.long_ago,
        recorded_by=by,
        file=files.store(
            actor=world.actor,
            upload=upload,
            information_class=InformationClass.PUPIL,
            is_shared=True,
        ),
    )
    Profile.objects.create(
        pupil=pupil,
        words="I like to know what is next",
        helps=["A card on the desk"],
        avoids=["Being asked in front of the class"],
        updated_by=by,
        updated_on=world.today,
    )


def _fieldwork(world: World) -> None:
    """A session and a day's log, each marked against the plan in use."""
    said = {"case": world["case"], "pupil": world["pupil"], "recorded_by": world.lead, "face": 4}
    world["session"] = Session.objects.create(
        kind=Session.Kind.ONE_TO_ONE,
        starts_at=timezone.now() - timedelta(days=1),
        minutes=45,
        attendance=Session.Attendance.ATTENDED,
        what_we_did="Practised the exit card",
        **said,
    )
    world["log"] = DailyLog.objects.create(on=world.today, what_worked="A quiet start", **said)
    target = world["plan"].targets.get()
    TargetMark.objects.create(target=target, session=world["session"], mark="MET")
    TargetMark.objects.create(target=target, daily_log=world["log"], mark="PARTLY")


def _concern(world: World) -> None:
    entry = ChronologyEntry.objects.create(
        pupil=world["pupil"],
        occurred_at=timezone.now() - timedelta(days=2),
        kind=EntryKind.CONCERN,
        information_class="C5",
        summary="Concern raised: said something that worried me",
        recorded_by=world.lead,
    )
    world["concern"] = Concern.objects.create(
        pupil=world["pupil"],
        school=world["school"],
        entry=entry,
        where="SCHOOL",
        happened_at=entry.occurred_at,
        words="Said something that worried me",
        recorded_by=world.lead,
    )


def _around(world: World) -> None:
    about = {"pupil": world["pupil"]}
    world["carer"] = Carer.objects.create(name="Jo Exampleperson", relationship="mum", **about)
    told = {"starts_on": world.long_ago, "recorded_by": world.lead, **about}
    world["professional"] = Professional.objects.create(
        name="Pat Exampleperson", profession="Educational psychologist", **told
    )
    world["flag"] = Flag.objects.create(kind="OTHER", weight="KNOW", text="Exit card", **told)


def _second_record(world: World) -> None:
    """A second record of the pupil, and one that was merged into it."""
    pupil = world["pupil"]
    facts = {"legal_surname": pupil.legal_surname, "born_on": pupil.born_on, "search_name": "x"}
    other = world["other_pupil"] = Pupil.objects.create(legal_forename="Robyn", **facts)
    for name in (world.people["service"], *world.people["areas"]):
        Involvement.objects.create(
            pupil=other,
            place=world.place(name),
            capacity=Capacity.REFERRED_TO,
            starts_on=world.long_ago,
        )
    gone = Pupil.objects.create(legal_forename="Robert", merged_into=pupil, **facts)
    world["merge"] = Merge.objects.create(
        kept=pupil, merged=gone, reason="The school confirmed it", merged_by=world.lead
    )


def _list(world: World) -> None:
    stored = files.keep(
        actor=world.actor,
        name="class8b.csv",
        content=b"Forename,Surname,DOB\nRobin,Testerly,14/02/2013\n",
        content_type="text/csv",
        information_class=InformationClass.PUPIL,
    )
    found = world["list"] = PupilList.objects.create(
        school=world["school"],
        name=stored.name,
        sha256=stored.sha256,
        counts={"DOUBT": 1, "LAST": 2},
        read_by=world.lead,
    )
    incoming = {
        "legal_forename": world.people["forename"],
        "legal_surname": world.people["surname"],
        "born_on": world["pupil"].born_on.isoformat(),
        "contenders": [world["pupil"].pk],
    }
    world["row"] = ListRow.objects.create(
        pupil_list=found,
        line=2,
        outcome="DOUBT",
        incoming=incoming,
        reasons=["Two could be meant."],
    )


BUILDERS: list[Callable[[World], None]] = [
    _school,
    _school_days,
    _pupil,
    _list,
    _second_record,
    _involvements,
    _framework,
    _case,
    _case_work,
    _assignment,
    _entry,
    _concern,
    _around,
    _plans,
    _referral,
    _assessments,
    _fieldwork,
]

EXAMPLES: dict[str, Callable[[World], object]] = {
    "pupil_id": lambda world: world["pupil"].pk,
    "case_id": lambda world: world["case"].pk,
    "school_id": lambda world: world["school"].pk,
    "other_id": lambda world: world["other_pupil"].pk,
    "merge_id": lambda world: world["merge"].pk,
    "list_id": lambda world: world["list"].pk,
    "row_id": lambda world: world["row"].pk,
    "term_id": lambda world: world["term"].pk,
    "council_term_id": lambda world: world["council_term"].pk,
    "council_day_id": lambda world: world["council_day"].pk,
    "day_id": lambda world: world["day"].pk,
    "contact_id": lambda world: world["contact"].pk,
    "urn": lambda world: world["school"].urn,
    "framework_id": lambda world: world["framework"].pk,
    "staff_id": lambda world: world.lead_id,
    "plan_id": lambda world: world["plan"].pk,
    "action_id": lambda world: world["action"].pk,
    "party": lambda _world: "school",
    "assignment_id": lambda world: world["assignment"].pk,
    "allocation_id": lambda world: world["allocation"].pk,
    "item_id": lambda world: world["item"].pk,
    "task_id": lambda world: world["task"].pk,
    "check_id": lambda world: world["check"].pk,
    "referral_id": lambda world: world["referral"].pk,
    "paper_id": lambda world: world["paper"].pk,
    "concern_id": lambda world: world["concern"].pk,
    "carer_id": lambda world: world["carer"].pk,
    "professional_id": lambda world: world["professional"].pk,
    "flag_id": lambda world: world["flag"].pk,
    "entry_id": lambda world: world["entry"].pk,
    "need_id": lambda world: world["need"].pk,
    "result_id": lambda world: world["result"].pk,
    "voice_id": lambda world: world["voice"].pk,
    "session_id": lambda world: world["session"].pk,
    "log_id": lambda world: world["log"].pk,
    "key": lambda _world: "not-a-key",
}

# Parts of an address that name something everybody in the council may see, or nothing at all.
SEEN_BY_ALL = {
    "school_id",
    "term_id",
    "day_id",
    "contact_id",
    "council_term_id",
    "council_day_id",
    "urn",
    "framework_id",
    "staff_id",
    "assignment_id",
    "party",
    "key",
}


def build(cast: Cast) -> Worlds:
    """Make all three. Call inside a transaction that is rolled back."""
    return Worlds(*(_build(cast, people) for people in (OWN, OTHER_TEAM, OTHER_COUNCIL)))


def _build(cast: Cast, people: dict[str, Any]) -> World:
    with acting_as_system(people["council"]) as actor:
        world = World(cast, actor, people)
        for builder in BUILDERS:
            builder(world)
    return world
