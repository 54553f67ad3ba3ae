"""When needs, scores and the child's words may be recorded. One function, one question."""

from alongside.assessments.models import (
    Measure,
    MeasureResult,
    Need,
    NeedsAssessment,
    PersonalGoal,
    Tutee,
    TutorTalk,
    Voice,
)
from alongside.core import own_rules
from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.handling import InformationClass
from alongside.core.permissions import Permission, Role
from alongside.people.models import Enrolment, Pupil

LIVE_REFERRALS = ("SENT", "SCREENING", "RETURNED")
type Entered = (
    MeasureResult | Voice | Need | PersonalGoal
)  # What is put right when it is another child’s.
SENDCOS = (Role.SCHOOL_SENDCO, Role.PRU_SENDCO)


def record(actor: Actor, pupil: Pupil) -> Decision:
    """Whoever works cases may record on a pupil in scope whose case is not closed."""
    if not actor.may(Permission.ASSESSMENT_RECORD):
        return refuse("Your role reads this but does not record it.")
    if not _has_open_case(pupil):
        return refuse("There is no open case. Needs and scores are recorded while one is open.")
    return ALLOWED


def _has_open_case(pupil: Pupil) -> bool:
    """Cases stand above assessments, so they are reached through the pupil."""
    known = getattr(pupil, "has_open_case", None)  # As a screen of the record found it.
    return pupil.cases.exclude(state="CLOSED").exists() if known is None else known


def assess(actor: Actor, pupil: Pupil) -> Decision:
    """A needs assessment may be made before a case is opened: at referral it says what is needed."""
    decision = record(actor, pupil)
    if decision or not actor.may(Permission.ASSESSMENT_RECORD):
        return decision
    if pupil.referrals.filter(state__in=LIVE_REFERRALS).exists():
        return ALLOWED
    return refuse(
        "There is no open case and no referral being looked at. Needs are assessed for one."
    )


def decide_support(actor: Actor, assessment: NeedsAssessment) -> Decision:
    if assessment.withdrawn_because:
        return refuse(f"This assessment was withdrawn: {assessment.withdrawn_because}")
    if assessment.agreed_on:
        return refuse(f"This was decided on {assessment.agreed_on:%-d %B %Y}.")
    if not actor.may(Permission.REFERRAL_SCREEN) and not actor.may(Permission.PLAN_APPROVE):
        return refuse("The lead worker or a manager decides on support.")
    return assess(actor, assessment.pupil)


def withdraw_assessment(actor: Actor, assessment: NeedsAssessment) -> Decision:
    if assessment.withdrawn_because:
        return refuse(f"This assessment was withdrawn: {assessment.withdrawn_because}")
    return assess(actor, assessment.pupil)


def record_need(actor: Actor, pupil: Pupil, kind: str) -> Decision:
    """Trauma is raised by whoever may raise a safeguarding matter, and read only by the cleared."""
    allowed = record(actor, pupil)
    if not allowed or kind != Need.Kind.TRAUMA:
        return allowed
    may_raise = any(cell.may_raise for cell in actor.cells(InformationClass.SAFEGUARDING))
    if not may_raise and InformationClass.SAFEGUARDING not in actor.writes:
        return refuse("Your role does not record trauma. Tell the school's safeguarding lead.")
    return ALLOWED


def end_need(actor: Actor, need: Need) -> Decision:
    if need.ended_on:
        return refuse(f"This ended on {need.ended_on:%-d %B %Y}.")
    return record(actor, need.pupil)


def answer_need(actor: Actor, need: Need) -> Decision:
    """A suspected need is answered by a SENDCo of the pupil's school, once."""
    if need.kind != Need.Kind.SUSPECTED_SEND:
        return refuse("Only a suspected special educational need is answered.")
    if need.struck_out_because:
        return refuse(f"This was struck out: {need.struck_out_because}")
    if need.answered_on:
        return refuse(f"This was answered on {need.answered_on:%-d %B %Y}.")
    if not is_sendco_of(actor, need.pupil_id):
        return refuse("The SENDCo of the pupil's school answers this.")
    return ALLOWED


def is_sendco_of(actor: Actor, pupil_id: int) -> bool:
    """Whether the actor is SENDCo of a school the pupil is on the roll of today."""
    places = {held.place_id for held in actor.held if held.role in SENDCOS}
    enrolled = Enrolment.objects.current(actor.today).filter(pupil=pupil_id)
    return bool(places) and enrolled.filter(school__place_id__in=places).exists()


def record_send(actor: Actor, pupil: Pupil) -> Decision:
    """The national category is the SENDCo's to say, or whoever works the case with them."""
    return ALLOWED if is_sendco_of(actor, pupil.pk) else record(actor, pupil)


def keep_register(actor: Actor, pupil: Pupil) -> Decision:
    """Who stands on a school's SEND register is its SENDCo's to say."""
    if not is_sendco_of(actor, pupil.pk):
        return refuse("The SENDCo of the pupil's school keeps its SEND register.")
    return ALLOWED


def strike_out(actor: Actor, entry: Entered) -> Decision:
    """What is wrong is put right after the case closed too."""
    if entry.struck_out_because:
        return refuse(f"This was struck out: {entry.struck_out_because}")
    if isinstance(entry, Voice) and entry.sitting:
        return refuse(
            "These words were given with scores. Put the scores right, and the words go with them."
        )
    if isinstance(entry, Need) and entry.assessment:
        return refuse(
            f"Needs assessment {entry.assessment.number} found this. Withdraw that assessment if it "
            "is another child’s; end the need if it is no longer so."
        )
    if not actor.may(Permission.ASSESSMENT_RECORD):
        return refuse("Your role reads this but does not record it.")
    return ALLOWED


def move_to(actor: Actor, entry: Entered, to_pupil: Pupil) -> Decision:
    """To another child in the actor's scope, on whom they may record."""
    if to_pupil.pk == entry.pupil_id:
        return refuse("It is on this child’s record already. Strike it out if it is wrong.")
    if not Pupil.objects.visible_to(actor).filter(pk=to_pupil.pk).exists():
        return refuse("Only somebody who works with that child may put it on their record.")
    decision = (
        record_need(actor, to_pupil, entry.kind)
        if isinstance(entry, Need)
        else record(actor, to_pupil)
    )
    if not decision:
        return refuse(f"It cannot go on {to_pupil.forename}’s record. {decision.reason}")
    return ALLOWED


def strike_out_talk(actor: Actor, talk: TutorTalk) -> Decision:
    """The tutor's own to put right."""
    if talk.struck_out_because:
        return refuse(f"This was struck out: {talk.struck_out_because}")
    if talk.recorded_by_id != actor.staff_id:
        return refuse("The tutor who wrote this puts it right.")
    return ALLOWED


def move_talk(actor: Actor, moved: TutorTalk, to_pupil: Pupil) -> Decision:
    """To another tutee of theirs."""
    if to_pupil.pk == moved.pupil_id:
        return refuse("It is on this child’s record already. Strike it out if it is wrong.")
    if not talk(actor, to_pupil):
        return refuse(f"You are not {to_pupil.forename}’s tutor. Strike it out, and tell who is.")
    return ALLOWED


def read_scores(actor: Actor) -> Decision:
    """Scores are casework. A school reads them in the reports it is sent."""
    if not actor.reads_casework:
        return refuse("Scores are casework. You read them in the reports that are made for you.")
    return ALLOWED


def read_assessments(actor: Actor) -> Decision:
    """Ratings are casework. A school reads the barriers and strengths that are shared with it."""
    if not actor.reads_casework:
        return refuse("Ratings are casework. You read the needs that are shared with you.")
    return ALLOWED


def keep_scales(actor: Actor) -> Decision:
    """The council's own scales are its managers' to add."""
    return own_rules.set_here(actor, "A manager of the service keeps the council's own scales.")


def change_scale(actor: Actor, scale: Measure) -> Decision:
    if not scale.is_own:
        return refuse(f"{scale.name} comes with the council's pack, and is changed there.")
    if scale.ended_on:
        return refuse(f"{scale.name} is used no longer since {scale.ended_on:%-d %B %Y}.")
    return keep_scales(actor)


def hear(actor: Actor, pupil: Pupil) -> Decision:
    """Goals and decisions: whoever records needs, and the unit's SENDCo for a pupil on its roll."""
    decision = record(actor, pupil)
    if decision or not actor.may(Permission.ASSESSMENT_RECORD):
        return decision
    return ALLOWED if is_sendco_of(actor, pupil.pk) else decision


def speak_of_goal(actor: Actor, goal: PersonalGoal) -> Decision:
    if goal.struck_out_because:
        return refuse(f"This was struck out: {goal.struck_out_because}")
    if goal.ended_on:
        return refuse(f"This goal ended on {goal.ended_on:%-d %B %Y}.")
    return hear(actor, goal.pupil)


def name_tutor(actor: Actor, pupil: Pupil) -> Decision:
    """The SENDCo of a school the pupil is on the roll of says who their tutor is."""
    if not is_sendco_of(actor, pupil.pk):
        return refuse("The SENDCo of the pupil's school names their tutor.")
    return ALLOWED


def talk(actor: Actor, pupil: Pupil) -> Decision:
    """A tutor records talks with their own tutees."""
    if not Tutee.objects.filter(pupil=pupil, tutor=actor.staff_id, ends_on=None).exists():
        return refuse("Only the pupil's tutor records a tutor talk.")
    return ALLOWED


def follow_up(actor: Actor, talk: TutorTalk) -> Decision:
    if talk.done_on or not talk.follow_up or talk.struck_out_because:
        return refuse("There is nothing left to follow up.")
    if talk.recorded_by_id != actor.staff_id:
        return refuse("The tutor who talked with them follows it up.")
    return ALLOWED
