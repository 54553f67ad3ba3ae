"""The work of a case, lived through the actions: assess, plan, do, review, close, ask again."""

from datetime import date, timedelta
from decimal import Decimal

from alongside.assessments.actions.profile import update_profile
from alongside.assessments.actions.sittings import record_result
from alongside.assessments.actions.voice import record_voice
from alongside.cases.actions import settle_checklist_item
from alongside.cases.models import ChecklistItem
from alongside.core.actor import Actor
from alongside.core.models import Staff
from alongside.fieldwork.actions.logs import record_daily_log
from alongside.fieldwork.actions.sessions import record_session
from alongside.fieldwork.actions.sharing import share
from alongside.ops.seed import plan_life
from alongside.ops.seed.ending import ask_again, close
from alongside.ops.seed.happened import happen
from alongside.ops.seed.learning import learn
from alongside.ops.seed.life import Life
from alongside.ops.seed.needs import assess_needs, take_into_plan
from alongside.ops.seed.own_scales import score_on_it
from alongside.ops.seed.told import daily
from alongside.ops.seed.voices import ask_belonging, score_in_parts
from alongside.ops.seed.when import moment
from alongside.pathways.plan_types import plan_types
from alongside.plans.actions import agreeing, approving, reviewing, writing
from alongside.plans.actions.doing import mark_action
from alongside.plans.actions.starting import start_support
from alongside.plans.dates import propose_review
from alongside.plans.facts import ActionFacts, PlanFacts, ReviewFacts, Scored, TargetFacts
from alongside.plans.models import Party, Plan, Target
from alongside.schools.queries import calendar_of

REVIEW_WEEKS = 6
CYCLES = 2  # Plans of a route: the first, and one after the review that steps down.
SESSIONS_A_CYCLE = 4
SESSIONS_LONG_AGO = (
    2  # Of routes that began more than half a year ago, so that loading stays quick.
)
LONG_AGO = timedelta(days=180)
# Whether strategies are noted on the route, and so whether the school runs one of them.
STEPPED_DOWN = {
    True: "The targets are nearly met. The school runs more of it now.",
    False: "The targets are nearly met. One session a week is enough until the next review.",
}


def work(life: Life) -> None:
    """From the first assessment to the last sustained check, as far as today."""
    assess(life)
    plan = write_first_plan(life)
    for cycle in range(CYCLES):
        agree(life, plan)
        if cycle == 0:
            begin(life)
            plan_life.begin(life, plan)
        do(life, plan, cycle)
        if cycle == 0:
            plan_life.count_hours(life)
            happen(life)
        else:
            plan_life.hand_over(life)
        plan = review(life, plan, is_last=cycle == CYCLES - 1)
        life.done("plan_reviewed")
    close(life)
    ask_again(life)


def begin(life: Life) -> None:
    """Consent, referral, plan and approval are in place: support begins, with nothing left to check."""
    with life.at(0, life.worker, 17) as actor:
        for item in ChecklistItem.objects.filter(case=life.case, done_on=None).order_by("order"):
            settle_checklist_item(actor=actor, item=item, done_on=actor.today)
        start_support(actor=actor, case=life.case, starts_on=actor.today)


def assess(life: Life) -> None:
    story = life.story
    with life.at(1, life.worker, 11) as actor:
        assess_needs(life, actor, "BASELINE")
        record_result(
            actor=actor,
            pupil=life.pupil,
            measure=life.measure,
            informant="TEACHER",
            occasion="BASELINE",
            score=life.chance.randrange(18, 29),
            taken_on=actor.today,
        )
        score_in_parts(life, actor, "BASELINE")
        score_on_it(life, actor, "BASELINE")
        learn(life, actor)
    with life.at(2, life.worker, 14) as actor:
        ask_belonging(life, actor, "BASELINE")
        record_voice(
            actor=actor,
            pupil=life.pupil,
            method="TALK",
            said_on=actor.today,
            face=2,
            question="What is school like for you?",
            words=story.words_first,
            is_shared=True,
        )
        update_profile(
            actor=actor,
            pupil=life.pupil,
            version=0,
            words=story.words_first,
            said_on=actor.today,
            helps=story.helps,
            avoids=story.avoids,
        )


def write_first_plan(life: Life) -> Plan:
    with life.at(3, life.worker, 15) as actor:
        plan = writing.write_plan(actor=actor, case=life.case, facts=_facts(actor, life))
        plan_life.draw_up_week(life, actor, plan)
        take_into_plan(life, actor, plan)
    plan_life.bring_in(life, plan)
    life.done("plan_written")
    with life.at(1, life.worker, 16) as actor:
        plan = approving.submit(actor=actor, plan=plan)
    life.done("plan_submitted")
    if life.stop_at == "plan_returned":
        with life.at(1, _approver(life), 12) as actor:
            approving.return_plan(
                actor=actor,
                plan=plan,
                reason="Say who in school leads on the exit card, and by when.",
            )
        life.done("plan_returned")
    return plan


def _review_on(actor: Actor, life: Life) -> date:
    """By the rhythm of its kind, or the last school day before, as the plan form proposes it."""
    calendar = calendar_of(actor, life.school)
    return propose_review(actor.today, _weeks(life), life.framework.name, calendar).on


def _weeks(life: Life) -> int:
    rhythms = {kind.key: kind.review_weeks for kind in plan_types()}
    return rhythms.get(plan_life.kind_of(life.number)) or REVIEW_WEEKS


def _facts(actor: Actor, life: Life) -> PlanFacts:
    story, starts_on = life.story, life.day
    due_on = _review_on(actor, life)
    need_id, last = plan_life.need_of(life), len(story.targets)
    return PlanFacts(
        aim=story.aim,
        kind=plan_life.kind_of(life.number),
        starts_on=starts_on,
        review_due_on=due_on,
        targets=tuple(
            TargetFacts(
                text=text,
                unit=unit,
                baseline=Decimal(start),
                goal=Decimal(goal),
                due_on=due_on,
                owner="Class team",
                highest=Decimal(most),
                need_id=need_id,
            )
            for text, unit, start, goal, most in story.targets
        ),
        actions=(
            *(
                ActionFacts(Party.SCHOOL, text, due_on, life.in_charge, target_number=n % last + 1)
                for n, text in enumerate(story.school_action.splitlines())
            ),
            ActionFacts(
                Party.FAMILY, story.family_action, due_on, life.carer.relationship, target_number=2
            ),
            ActionFacts(Party.PUPIL, "Say when it is too much", due_on, target_number=last),
            ActionFacts(
                Party.SERVICE,
                "One session a week, and one with the class team",
                due_on,
                target_number=1,
            ),
        ),
    )


def _approver(life: Life) -> Staff:
    """Somebody who manages the case and did not write the plan."""
    if life.manager.pk != life.worker.pk:
        return life.manager
    others = {"lena": "carys", "carys": "lena"}
    key = next(key for key, person in life.ground.staff.items() if person.pk == life.worker.pk)
    return life.ground.staff[others[key]]


def agree(life: Life, plan: Plan) -> None:
    with life.at(1, _approver(life), 12) as actor:
        plan = approving.approve(actor=actor, plan=plan)
    life.done("plan_approved")
    with life.at(1, life.sendco, 15) as actor:
        plan = agreeing.record_agreement(
            actor=actor,
            plan=plan,
            party=Party.SCHOOL,
            name=life.sendco.name,
            is_agreed=True,
            how="On screen",
            agreed_on=actor.today,
        )
    life.done("plan_agreed_by_school")
    with life.at(1, life.worker, 16) as actor:
        agreeing.record_agreement(
            actor=actor,
            plan=plan,
            party=Party.FAMILY,
            name=life.carer.name,
            is_agreed=True,
            how="At home, in person",
            agreed_on=actor.today,
            words=life.story.family_words,
        )
        agreeing.record_agreement(
            actor=actor,
            plan=plan,
            party=Party.PUPIL,
            name=life.pupil.forename,
            is_agreed=True,
            how="Read it together",
            agreed_on=actor.today,
        )


def do(life: Life, plan: Plan, cycle: int) -> None:
    """Sessions a week or more apart, and a daily log between them, against the targets."""
    targets: list[Target] = []
    is_old = life.today - life.began > LONG_AGO
    with life.at(0, life.worker, 16):
        until_review = min(SESSIONS_A_CYCLE, _weeks(life) - 1)
    for number in range(SESSIONS_LONG_AGO if is_old else until_review):
        with life.at(4, life.worker, 11) as actor:
            targets = targets or list(plan.targets.order_by("order"))
            did, response, following = _session(life, number + cycle * 3)
            is_missed = life.chance.random() < 0.12
            session = record_session(
                actor=actor,
                case=life.case,
                kind=("ONE_TO_ONE", "MENTORING")[number % 2],
                starts_at=moment(actor.today, 9, 30),
                minutes=45,
                attendance="MISSED" if is_missed else "ATTENDED",
                reason_missed="Off school, unwell" if is_missed else "",
                place="Room 14",
                what_we_did="" if is_missed else did,
                response="" if is_missed else response,
                next_step="" if is_missed else following,
                face=None if is_missed else life.chance.randrange(2 + cycle, 6),
                marks={} if is_missed else {t.pk: _mark(life, cycle) for t in targets},
            )
            if number % 4 == 1:  # What the school asked to know; the rest stays with the service.
                share(actor=actor, written=session)
        with life.at(3, life.worker, 15) as actor:
            record_daily_log(
                actor=actor,
                case=life.case,
                on=actor.today,
                face=life.chance.randrange(2, 6),
                what_worked=life.chance.choice(
                    daily.WORKED_YOUNG if life.is_young else daily.WORKED_OLDER
                ),
                what_was_hard=life.chance.choice(
                    daily.HARD_YOUNG if life.is_young else daily.HARD_OLDER
                ),
                staff_told=life.told_in_school.name,
                marks={t.pk: _mark(life, cycle) for t in targets},
            )


def _session(life: Life, number: int) -> tuple[str, str, str]:
    """Each child begins elsewhere in what is told."""
    told = daily.SESSIONS_YOUNG if life.is_young else daily.SESSIONS_OLDER
    return told[(life.number + number) % len(told)]


def _mark(life: Life, cycle: int) -> str:
    weights = (3, 4, 3) if cycle == 0 else (6, 3, 1)
    return life.chance.choices(("MET", "PARTLY", "NOT_YET"), weights)[0]


def review(life: Life, plan: Plan, is_last: bool) -> Plan:
    """The first review steps down; the last one closes."""
    with life.at(7, life.worker, 10) as actor:
        plan = Plan.objects.get(pk=plan.pk)
        _school_has_done(actor, plan)
        if not is_last:
            ask_belonging(life, actor, "REVIEW")
        decision = "CLOSE" if is_last else "STEP_DOWN"
        reviewing.record_review(
            actor=actor,
            plan=plan,
            facts=ReviewFacts(
                held_on=actor.today,
                decision=decision,
                reason="Targets are met and have held for six weeks."
                if is_last
                else STEPPED_DOWN[plan_life.is_tried(life)],
                present=f"{life.in_charge}, SENDCo, {life.carer.relationship.lower()}",
                pupil_view=life.story.words_last,
                family_view=daily.AT_HOME[life.story.worry],
                school_view=daily.IN_SCHOOL[life.story.worry],
                next_review_on=None if is_last else _review_on(actor, life),
                stage=None if is_last else life.stages[1],
                scores={
                    target.pk: Scored(_score(life, target.baseline, target.goal, is_last))
                    for target in plan.targets.all()
                },
            ),
        )
        if is_last:
            return plan
        following = Plan.objects.get(case=life.case, number=plan.number + 1)
        return approving.submit(actor=actor, plan=following)


def _school_has_done(actor: Actor, plan: Plan) -> None:
    """What the school was to do is done by the meeting; that is said before anybody steps down."""
    for action in plan.actions.filter(party=Party.SCHOOL, done_on=None):
        mark_action(actor=actor, action=action, is_done=True, note="Seen in lessons")


def _score(life: Life, baseline: Decimal, goal: Decimal, is_last: bool) -> Decimal:
    share = Decimal(life.chance.choice(("0.8", "1", "1"))) if is_last else Decimal("0.6")
    return Decimal(round(baseline + (goal - baseline) * share))
