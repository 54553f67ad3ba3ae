"""One child's route through the service, lived through the actions day by day until today."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.assessments.models import Measure
from alongside.cases import actions as cases
from alongside.cases.models import Case, ChecklistItem, SustainedCheck
from alongside.core.actor import Actor
from alongside.core.models import Staff
from alongside.ops.seed import days
from alongside.ops.seed.ground import Ground
from alongside.ops.seed.paper import PAPER
from alongside.ops.seed.stories import Story
from alongside.ops.seed.when import acting_at
from alongside.pathways.models import Criterion, Framework, Stage
from alongside.people.models import Capacity, Carer, Pupil
from alongside.referrals.actions import again, deciding, screening, sending
from alongside.referrals.actions.told import Told, Tried
from alongside.referrals.models import Referral
from alongside.schools.models import School

OF_THIS_YEAR = timedelta(days=200)  # Of what is older there is enough, however far it came.


class NotYet(Exception):
    """The next step does not lie in the past: this is where the child stands now."""


class Stop(Exception):
    """This life was told to wait at this step."""


@dataclass
class Life:
    """Who is who on one child's route. `stop_at` names a step after which nothing more happened."""

    ground: Ground
    pupil: Pupil
    school: School
    framework: Framework
    story: Story
    began: date
    today: date
    chance: random.Random
    worker: Staff
    screener: Staff
    manager: Staff
    number: int
    assistant: Staff | None = None  # Deployed to the child, in a primary school.
    officer: Staff | None = None  # Of the council, invited.
    stop_at: str = ""
    is_returned: bool = False
    day: date = field(init=False)
    referral: Referral = field(init=False)
    case: Case = field(init=False)
    checks: list[SustainedCheck] = field(init=False)

    def __post_init__(self) -> None:
        """Begun on a school day, and early enough to come as far as without any holiday."""
        self.day = days.back(self.began)
        if self.today - self.began <= OF_THIS_YEAR:
            self.day = days.long_enough_before(self.began, self.today)

    @property
    def sendco(self) -> Staff:
        return self.ground.staff_of_school[self.school.pk]["sendco"]

    @property
    def told_in_school(self) -> Staff:
        """Who hears of a day: the head of year where the school has one here, or the SENDCo."""
        return self.ground.staff_of_school[self.school.pk].get("teacher", self.sendco)

    @property
    def is_young(self) -> bool:
        return self.school.phase == "Primary"

    @property
    def in_charge(self) -> str:
        """Who in school answers for a child of this age."""
        return "Class teacher" if self.is_young else "Head of year"

    # Read once a route, the first time in somebody's name: the walls show nothing to nobody.

    @cached_property
    def criteria(self) -> list[Criterion]:
        return list(self.framework.criteria.all())

    @cached_property
    def stages(self) -> list[Stage]:
        return list(self.framework.stages.all())

    @cached_property
    def carer(self) -> Carer:
        return self.pupil.carers.order_by("order")[0]

    @cached_property
    def measure(self) -> Measure:
        return Measure.objects.get(key="total-difficulties")

    @contextmanager
    def at(self, after: int, who: Staff, hour: int = 10) -> Iterator[Actor]:
        """Some days later, on a school day, in somebody's name. Raises `NotYet` from today on.

        Today is left to whoever signs in: what was made does not depend on the hour it was made.
        """
        self.day = days.onward(self.day + timedelta(days=after))
        if self.day >= self.today:
            raise NotYet
        with acting_at(who.pk, self.day, hour, self.chance.randrange(60)) as actor:
            yield actor

    def done(self, step: str) -> None:
        if self.stop_at == step:
            raise Stop


def live(life: Life) -> None:
    """Live it as far as today, or as far as it was told to go."""
    from alongside.ops.seed.alternatives import in_place_of_exclusion
    from alongside.ops.seed.around import surround
    from alongside.ops.seed.asking import ask_others
    from alongside.ops.seed.work import work

    try:
        refer(life)
        open_the_case(life)
        surround(life)
        ask_others(life)
        in_place_of_exclusion(life)
        work(life)
    except (NotYet, Stop):
        return


def refer(life: Life) -> None:
    story = life.story
    with life.at(0, life.sendco, 9) as actor:
        paper = sending.keep_paper(
            actor=actor,
            pupil=life.pupil,
            upload=SimpleUploadedFile("school plan.pdf", PAPER, "application/pdf"),
        )
        told = Told(
            main_worry=story.worry,
            last_incident=story.incident,
            going_well=story.going_well,
            days_suspended=Decimal(life.chance.choice(("0", "0.5", "1", "2.5", "4"))),
            agreed_on=days.back(actor.today - timedelta(days=3)),
            agreed_by=life.carer.name,
            agreed_how="At school, in person",
            tried=_tried(story, actor.today, is_short=life.is_returned),
            paper_ids=[paper.pk],
            papers_show={paper.pk: _plan_asked_for(life.framework)},
        )
        life.referral = sending.send(
            actor=actor,
            pupil=life.pupil,
            framework=life.framework,
            told=told,
            submission=UUID(int=life.number),
        )
    life.done("sent")
    _screen(life, is_complete=not life.is_returned)
    if life.is_returned:
        _come_back(life)
    if life.stop_at == "declined":
        with life.at(1, life.screener, 15) as actor:
            deciding.decline(
                actor=actor,
                referral=life.referral,
                version=life.referral.version,
                reason="The school’s own plan is working. Keep it for another term.",
                signposted_to="Early Help, and the educational psychology drop-in",
            )
        raise Stop
    from alongside.ops.seed.queue import elsewhere

    elsewhere(life)
    with life.at(1, life.screener, 14) as actor:
        life.referral = deciding.accept(
            actor=actor,
            referral=life.referral,
            version=life.referral.version,
            reason="Meets the criteria. The school has tried two things and both helped a little.",
            stage=life.stages[2] if len(life.stages) > 2 else life.stages[0],
            risk_at_start=life.chance.choice(("MEDIUM", "HIGH", "HIGH")),
        )
        assert life.referral.case
        life.case = life.referral.case
    life.done("accepted")


def _tried(story: Story, today: date, is_short: bool) -> list[Tried]:
    first, second = story.tried
    last = days.back(today - timedelta(days=5))
    again = days.back(last - timedelta(days=35))
    ended = days.back(again - timedelta(days=1))
    begun = days.back(ended - timedelta(days=28))
    cycles = [
        Tried(starts_on=begun, ends_on=ended, what=first[0], changed=first[1], reviewed_on=ended)
    ]
    if not is_short:
        cycles.append(
            Tried(
                starts_on=again,
                ends_on=last,
                what=second[0],
                changed=second[1],
                reviewed_on=last,
            )
        )
    return cycles


def _screen(life: Life, is_complete: bool) -> None:
    with life.at(2, life.screener, 11) as actor:
        life.referral = screening.start_screening(actor=actor, referral=life.referral)
    life.done("screening")
    _answer(life, is_complete)
    if is_complete:
        from alongside.ops.seed.triage_forms import score_it

        life.referral = score_it(life)


def _answer(life: Life, is_complete: bool) -> None:
    with life.at(0, life.screener, 13) as actor:
        answers = [
            screening.Answer(
                criterion,
                "MET"
                if is_complete
                or criterion.shown_by != Criterion.ShownBy.CYCLES
                or not criterion.amount
                else "NOT_YET",
                ""
                if is_complete
                or criterion.shown_by != Criterion.ShownBy.CYCLES
                or not criterion.amount
                else "Review the plan once more and tell us what changed.",
            )
            for criterion in life.criteria
        ]
        life.referral = screening.answer(
            actor=actor, referral=life.referral, answers=answers, version=life.referral.version
        )


def _plan_asked_for(framework: Framework) -> int | None:
    """The criterion that the school's own plan is attached for, where there is one."""
    asked = framework.criteria.filter(shown_by=Criterion.ShownBy.EVIDENCE)
    return asked.values_list("pk", flat=True).first()


def _come_back(life: Life) -> None:
    with life.at(0, life.screener, 15) as actor:
        life.referral = screening.return_to_school(
            actor=actor,
            referral=life.referral,
            version=life.referral.version,
            reason="Nearly there. One review is missing; the rest is clear and helpful.",
        )
    life.done("returned")
    with life.at(6, life.sendco, 9) as actor:
        told = Told(tried=_tried(life.story, actor.today, is_short=False))
        life.referral = again.send_again(
            actor=actor,
            referral=life.referral,
            told=told,
            version=life.referral.version,
            words="We met on Tuesday and wrote it up.",
        )
    life.done("sent_again")
    _screen(life, is_complete=True)


def open_the_case(life: Life) -> None:
    with life.at(1, life.manager, 9) as actor:
        cases.allocate(
            actor=actor,
            case=life.case,
            staff=life.worker,
            capacity=Capacity.LEAD,
            starts_on=actor.today,
            reason="Knows the school",
        )
        _beside(life, actor)
    life.done("allocated")
    with life.at(2, life.worker, 16) as actor:
        items = ChecklistItem.objects.filter(case=life.case).order_by("order")
        settled = items if life.chance.random() < 0.8 else items[:4]
        for item in settled:
            cases.settle_checklist_item(actor=actor, item=item, done_on=actor.today)


def _beside(life: Life, actor: Actor) -> None:
    """Who else comes to the child: the class teacher, an assistant, an officer of the council."""
    teacher = life.ground.staff_of_school[life.school.pk].get("teacher")
    for person, capacity in (
        (teacher, Capacity.TEACHES),
        (life.assistant, Capacity.DEPLOYED),
        (life.officer, Capacity.INVITED),
    ):
        if person:
            cases.allocate(
                actor=actor,
                case=life.case,
                staff=person,
                capacity=capacity,
                starts_on=actor.today,
            )
