"""Referrals in every state, made through the actions, for the tests that need one."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from alongside.core.actor import Actor
from alongside.core.models import Place
from alongside.pathways.models import Framework
from alongside.people.models import Pupil
from alongside.referrals import actions, triage
from alongside.referrals.actions import Answer, Question, Told, Tried
from alongside.referrals.models import Referral, TriageForm
from tests.pathways import made

Acting = Callable[[str], Actor]
WEEK = timedelta(weeks=1)


def told(today: date, **changed: object) -> Told:
    """A whole referral, sound in every part."""
    given = {
        "main_worry": "LEAVING",
        "last_incident": "Left maths after ten minutes and sat in the corridor.",
        "going_well": "Comes in every morning by 8:30. Loves art.",
        "days_suspended": 6,
        "agreed_on": today - timedelta(days=5),
        "agreed_by": "Jo Testerly, mother",
        "agreed_how": "Text message",
        "tried": [
            Tried(today - 10 * WEEK, "Check-in with tutor", today - 6 * WEEK, "", today - 6 * WEEK),
            Tried(today - 6 * WEEK, "Calm space at lunch", None, "Fewer late marks", today - WEEK),
        ],
    }
    return Told(**(given | changed))


def ready(acting: Acting, cast, *, phase: str = "SECONDARY") -> tuple[Pupil, Framework]:
    """A pupil at Chalkhill High School, and the framework they may be referred to."""
    petra = acting("petra")
    made.pack(petra)
    robin = made.pupil(made.school(cast.places["chalkhill"]))
    return robin, Framework.objects.get(for_phase=phase)


def sent(acting: Acting, cast, **changed: object) -> Referral:
    """Petra of Chalkhill sent it to the outreach service. Petra is acting."""
    robin, framework = ready(acting, cast)
    petra = acting("petra")
    return actions.send(
        actor=petra,
        pupil=robin,
        framework=framework,
        told=told(petra.today, **changed),
        submission=uuid4(),
    )


QUESTIONS = (
    Question("How often does it happen?", ("Rarely", "Monthly", "Weekly", "Daily")),
    Question("How much is missed?", ("Nothing", "Some lessons", "Half", "Most")),
    Question("Has school support helped?", ("Much", "Some", "A little", "Not at all")),
)


def triage_form(actor: Actor, service: str, cast, **changed: object) -> TriageForm:
    """The next version of a service's form, in force from today unless told otherwise."""
    place = Place.objects.get(pk=cast.places[service])
    before = triage.latest(place)
    given = {
        "name": "Triage form",
        "questions": QUESTIONS,
        "accept_from": 5,
        "starts_on": actor.today,
        "what_changed": "One question is clearer." if before else "",
        "after_version": before.version if before else 0,
    }
    return actions.publish_triage_form(actor=actor, service=place, **(given | changed))


def screening(acting: Acting, cast) -> Referral:
    """Asha is screening it, and acting."""
    referral = sent(acting, cast)
    return actions.start_screening(actor=acting("asha"), referral=referral)


def answered(acting: Acting, cast, *, missing: int = 2) -> Referral:
    """Every criterion is answered; the last `missing` are not met. Asha is acting."""
    return answer_all(acting("asha"), screening(acting, cast), missing=missing)


def answer_all(actor: Actor, referral: Referral, *, missing: int = 0) -> Referral:
    criteria = list(referral.framework.criteria.all())
    answers = [
        Answer(c, "MET" if n < len(criteria) - missing else "NOT_YET", note=f"Seen: {c.order}.")
        for n, c in enumerate(criteria)
    ]
    return actions.answer(actor=actor, referral=referral, answers=answers, version=referral.version)


def returned(acting: Acting, cast, *, missing: int = 2) -> Referral:
    referral = answered(acting, cast, missing=missing)
    return actions.return_to_school(
        actor=acting("asha"),
        referral=referral,
        reason="Nearly there. Two things are missing.",
        version=referral.version,
    )


def accepted(acting: Acting, cast) -> Referral:
    referral = answered(acting, cast, missing=0)
    return actions.accept(
        actor=acting("asha"),
        referral=referral,
        reason="School support is not enough.",
        version=referral.version,
    )


def declined(acting: Acting, cast) -> Referral:
    referral = answered(acting, cast)
    return actions.decline(
        actor=acting("asha"),
        referral=referral,
        reason="The school's own plan has only begun.",
        signposted_to="Early Help",
        version=referral.version,
    )


def waiting(acting: Acting, cast, **changed: object) -> Referral:
    referral = answered(acting, cast, missing=0)
    asha = acting("asha")
    given = {
        "waits_for": "WORKER",
        "expected_on": asha.today + 6 * WEEK,
        "reason": "Everybody is full until January. Keep the exit card going.",
    }
    return actions.put_on_waiting_list(
        actor=asha, referral=referral, version=referral.version, **(given | changed)
    )


def signposted(acting: Acting, cast) -> Referral:
    referral = screening(acting, cast)
    return actions.signpost(
        actor=acting("asha"),
        referral=referral,
        reason="This is about sleep and a house move.",
        signposted_to="Early Help, 01632 960100",
        version=referral.version,
    )


def declined_after(acting: Acting, earlier: Referral) -> Referral:
    """The same pupil, referred again after the case closed, and declined."""
    petra = acting("petra")
    again = actions.send(
        actor=petra,
        pupil=earlier.pupil,
        framework=earlier.framework,
        told=told(petra.today),
        submission=uuid4(),
    )
    asha = acting("asha")
    again = answer_all(asha, actions.start_screening(actor=asha, referral=again), missing=1)
    return actions.decline(actor=asha, referral=again, reason="Too soon.", version=again.version)


def withdrawn(acting: Acting, cast) -> Referral:
    referral = sent(acting, cast)
    return actions.withdraw(actor=acting("petra"), referral=referral, reason="The family moved.")


STATES = {
    "SENT": sent,
    "SCREENING": screening,
    "ANSWERED": answered,
    "RETURNED": returned,
    "ACCEPTED": accepted,
    "WAITING": waiting,
    "DECLINED": declined,
    "SIGNPOSTED": signposted,
    "WITHDRAWN": withdrawn,
}
