"""The work recorded in a world: plans, referrals, assessments, sessions, concerns, lists."""

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alongside.assessments.models import (
    Domain,
    Measure,
    MeasureResult,
    Need,
    NeedsAssessment,
    PersonalGoal,
    Profile,
    Tutee,
    TutorTalk,
    Voice,
)
from alongside.cases.models import ReportApproval
from alongside.core import files
from alongside.core.handling import InformationClass
from alongside.core.models import StoredFile
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.incidents.models import Incident
from alongside.people.models import (
    Capacity,
    Carer,
    ChronologyEntry,
    Concern,
    Document,
    EntryKind,
    Flag,
    Involvement,
    ListRow,
    Merge,
    Professional,
    Pupil,
    PupilList,
)
from alongside.referrals.models import Departure, Evidence, Referral, SupportRequest, TriageForm
from tests.pictures import PNG
from tests.world_ground import World


def chronology_sent_in(world: World) -> None:
    chosen = {"hearing": "the review panel", "from_on": "", "to_on": "", "classes": ["C2"]}
    world["approval"] = ReportApproval.objects.create(
        kind=ReportApproval.Kind.CHRONOLOGY,
        pupil=world["pupil"],
        chosen=chosen | {"has_named": False, "has_presence": True},
        fingerprint="0" * 64,
        asked_by=world.lead,
        asked_at=timezone.now(),
    )


def triage_form(world: World) -> None:
    world["triage_form"] = TriageForm.objects.create(
        service=world.place(world.people["service"]),
        version=1,
        name="Triage form",
        questions=[{"text": "How often?", "levels": ["Never", "Rarely", "Weekly", "Daily"]}],
        accept_from=2,
        starts_on=world.long_ago,
        published_by=world.lead,
    )


def referral(world: World) -> None:
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


def request(world: World) -> None:
    world["request"] = SupportRequest.objects.create(
        reference=f"Q-{world.people['urn']}",
        submission=uuid4(),
        case=world["case"],
        pupil=world["pupil"],
        kind="PSYCHOLOGY",
        addressed_to="Educational psychology, duty desk",
        asked="How words are lost under pressure",
        sent_on=world.long_ago,
        chase_on=world.today,
        recorded_by=world.lead,
        is_shared=True,
    )


def departure(world: World) -> None:
    """Recorded and taken back since: the pupil is on roll here again."""
    world["departure"] = Departure.objects.create(
        pupil=world["pupil"],
        to_council="Westshire",
        last_day=world.long_ago,
        recorded_by=world.lead,
    )


def assessments(world: World) -> None:
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
    world["assessment"] = NeedsAssessment.objects.create(
        pupil=pupil,
        number=1,
        occasion="BASELINE",
        taken_on=world.long_ago,
        recorded_by=by,
        ratings={domain.value: 1 for domain in Domain},
        need_ids=[world["need"].pk],
    )
    measure = Measure.objects.create(
        key=f"example-{world.people['urn']}",
        name="Example difficulties score",
        low=0,
        high=40,
        is_lower_better=True,
    )
    Measure.objects.create(
        key=f"goals-{world.people['urn']}",
        name="Example goals",
        low=0,
        high=100,
        is_lower_better=False,
        scoring=Measure.Scoring.GOALS,
    )
    world["own_scale"] = Measure.objects.create(
        key=f"own-{world.people['urn']}",
        name="Example scale of our own",
        low=0,
        high=10,
        is_lower_better=False,
        is_own=True,
    )
    said = {"pupil": pupil, "measure": measure, "informant": "TEACHER", "recorded_by": by}
    for occasion, score, on in (("BASELINE", 24, world.long_ago), ("REVIEW", 17, world.today)):
        world["result"] = MeasureResult.objects.create(
            occasion=occasion, score=score, taken_on=on, **said
        )
    upload = SimpleUploadedFile("drawing.png", PNG)
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
    world["own_goal"] = PersonalGoal.objects.create(
        pupil=pupil, text="Speak up in drama", set_on=world.long_ago, recorded_by=by
    )
    Tutee.objects.create(pupil=pupil, tutor=by, starts_on=world.long_ago, named_by=by)
    world["talk"] = TutorTalk.objects.create(
        pupil=pupil,
        recorded_by=by,
        on=world.long_ago,
        words="Options for next year",
        follow_up="Ask about college",
        follow_up_by=world.today,
    )
    Profile.objects.create(
        pupil=pupil,
        words="I like to know what is next",
        helps=["A card on the desk"],
        avoids=["Being asked in front of the class"],
        updated_by=by,
        updated_on=world.today,
    )


def fieldwork(world: World) -> None:
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


def incident(world: World) -> None:
    world["incident"] = Incident.objects.create(
        case=world["case"],
        pupil=world["pupil"],
        recorded_by=world.lead,
        kind="LEFT",
        severity=2,
        occurred_at=timezone.now() - timedelta(days=1),
        place="Corridor",
        happened="Left maths and sat by the window",
    )


def document(world: World) -> None:
    """A letter that the lead added to the record."""
    told = {"pupil": world["pupil"], "recorded_by": world.lead, "information_class": "C3"}
    upload = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter")
    world["document"] = Document.objects.create(
        title="Letter from the clinic",
        file=files.store(
            actor=world.actor, upload=upload, information_class=InformationClass.CASEWORK
        ),
        entry=ChronologyEntry.objects.create(
            kind=EntryKind.DOCUMENT,
            summary="Document added: Letter from the clinic",
            occurred_at=timezone.now() - timedelta(days=1),
            url=f"/pupils/{world['pupil'].pk}/documents/",
            **told,
        ),
        **told,
    )


def concern(world: World) -> None:
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


def around(world: World) -> None:
    about = {"pupil": world["pupil"]}
    world["carer"] = Carer.objects.create(name="Jo Exampleperson", relationship="mum", **about)
    told = {"starts_on": world.long_ago, "recorded_by": world.lead, **about}
    world["professional"] = Professional.objects.create(
        name="Pat Exampleperson", profession="Educational psychologist", **told
    )
    world["flag"] = Flag.objects.create(kind="OTHER", weight="KNOW", text="Exit card", **told)


def second_record(world: World) -> None:
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


def list(world: World) -> None:
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
