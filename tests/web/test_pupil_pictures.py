"""The pupil's screens in a real browser: no fault that axe finds, nothing wider than a phone."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from alongside.assessments.models import Measure, MeasureResult, Profile
from alongside.cases.models import Case, Task
from alongside.core.models import Place
from alongside.fieldwork.models import Session
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import ChronologyEntry
from alongside.plans.models import Plan, Target, TargetScore
from tests.browser import problems, too_wide
from tests.children import Children

LOOK_AT = os.environ.get("ALONGSIDE_PICTURES")  # A folder to keep the pictures in.


@pytest.fixture
def robin(db, cast):
    """Robin with everything that a record holds."""
    children = Children(cast)
    robin = children.pupil(status="M", pronouns="he, him", upn="H801200001001")
    children.dsl_named("chalkhill", phone="01632 960001")
    children.enrol(robin, "orchard", "S", starts_on=date(2026, 9, 25), ends_on=date(2026, 12, 18))
    children.involve(robin, "asha")
    children.refer(robin, "outreach")
    children.carer(robin, "Jo Testerly", contact_note="Text after 3pm")
    children.carer(robin, "Sam Testerly", relationship="father", is_do_not_contact=True, order=2)
    children.flag(robin, "SAFETY_PLAN", "ACT", "Safety plan: read first")
    children.flag(robin, "OTHER", "KNOW", "SEN support: SEMH")
    children.flag(robin, "SOCIAL_WORKER", "RESTRICTED", "Social worker")
    children.flag(robin, "COMMUNICATION", "KNOW", "Exit card")
    _work(cast, children, robin)
    return robin


def _work(cast, children, robin):
    actor = children.act()
    today, by = actor.today, {"recorded_by_id": cast.staff["asha"]}
    service = Place.objects.get(pk=cast.places["outreach"])
    framework = Framework.objects.create(
        key="e", name="Eastmere inclusion framework", owner=service, version="1", starts_on=today
    )
    names = ("Whole school", "School plan", "Outreach", "Panel placement")
    stages = [
        Stage.objects.create(framework=framework, order=n, name=name)
        for n, name in enumerate(names, 1)
    ]
    Standing.objects.create(
        pupil=robin,
        stage=stages[2],
        starts_on=today - timedelta(days=60),
        reason="Accepted",
        moved_by_id=cast.staff["asha"],
    )
    case = Case.objects.create(
        reference="C-1",
        pupil=robin,
        school=children.school("chalkhill"),
        service=service,
        framework=framework,
        state="OPEN",
        reason="Leaves lessons",
        opened_on=today - timedelta(days=60),
    )
    plan = Plan.objects.create(
        case=case,
        pupil=robin,
        number=3,
        state="AGREED",
        aim="Stay in lessons",
        starts_on=today - timedelta(days=40),
        review_due_on=today + timedelta(days=5),
        written_by_id=cast.staff["asha"],
        changed_at=timezone.now(),
        changed_by_id=cast.staff["asha"],
    )
    for order, (text, now, goal) in enumerate(
        (("Uses his exit card, back in 10 minutes", 6, 8), ("Stays for the whole lesson", 2, 3)), 1
    ):
        target = Target.objects.create(
            plan=plan,
            order=order,
            text=text,
            unit="of 10 times",
            baseline=1,
            goal=goal,
            due_on=today,
        )
        TargetScore.objects.create(target=target, value=now, scored_on=today, **by)
    Task.objects.create(
        pupil=robin,
        owner_id=cast.staff["asha"],
        text="Send the panel pack",
        why="7 days before panel",
        due_on=today + timedelta(days=8),
        source="our standard",
        made_by_id=cast.staff["asha"],
    )
    Profile.objects.create(
        pupil=robin,
        words="If I go quiet I’m not being rude. I’m trying.",
        said_on=today - timedelta(days=20),
        helps=["Tell him about a change before it happens", "A seat by the door"],
        avoids=["Asking him to explain in front of others", "Touching his bag or hood"],
        updated_by_id=cast.staff["asha"],
        updated_on=today,
    )
    measure = Measure.objects.create(
        key="d", name="Difficulties score", low=0, high=40, is_lower_better=True
    )
    for days, score in ((300, 24), (120, 22), (20, 19)):
        MeasureResult.objects.create(
            pupil=robin,
            measure=measure,
            informant="TEACHER",
            occasion="REVIEW",
            score=score,
            taken_on=today - timedelta(days=days),
            **by,
        )
    for week in range(8):
        Session.objects.create(
            case=case,
            pupil=robin,
            kind="ONE_TO_ONE",
            starts_at=timezone.now() - timedelta(days=7 * week + 1),
            minutes=45,
            attendance="MISSED" if week == 3 else "ATTENDED",
            reason_missed="Not in school" if week == 3 else "",
            **by,
        )
    lines = (
        ("SESSION", "C2", "One-to-one. Used the exit card twice, back in 6 minutes.", True),
        ("REVIEW", "C2", "Return meeting with mum and Mr Exemplar: 3 actions.", True),
        ("CONTACT", "C6", "Mum rang: mornings are hard since the move.", False),
        ("NOTE", "C3", "Read the school’s behaviour log with the head of year.", False),
    )
    for days, (kind, code, words, is_shared) in enumerate(lines):
        ChronologyEntry.objects.create(
            pupil=robin,
            occurred_at=timezone.now() - timedelta(days=days * 2),
            kind=kind,
            information_class=code,
            summary=words,
            is_shared=is_shared,
            **by,
        )
    ChronologyEntry.objects.create(
        pupil=robin,
        occurred_at=timezone.now() - timedelta(days=3),
        kind="CONCERN",
        information_class="C5",
        summary="Concern raised",
        recorded_by_id=cast.staff["dora"],
    )


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_pupils_screens_are_whole_at_every_width(browse, signed_in, robin, width):
    page = browse(signed_in("asha"), width=width)
    for name in ("", "chronology/", "people/", "access/", "shared/", "chronology/new/"):
        page.goto(f"/pupils/{robin.pk}/{name}")
        _look(page, name.strip("/").replace("/", "-") or "overview", width)
    for name, address in (
        ("search", "/search/?q=testerly"),
        ("concern", f"/concerns/new/?pupil={robin.pk}"),
    ):
        page.goto(address)
        _look(page, name, width)


def _look(page, name: str, width: int) -> None:
    if LOOK_AT:
        page.screenshot(path=Path(LOOK_AT) / f"{name}-{width}.png", full_page=True)
    assert problems(page) == [], name
    assert too_wide(page) <= 0, name
