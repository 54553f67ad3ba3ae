"""The child's own goals and what they say of them; a tutor's talks; decisions made knowing the options."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.actions.voice import record_voice
from alongside.assessments.models import (
    InformedDecision,
    PersonalGoal,
    Tutee,
    TutorTalk,
    Voice,
)
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.core.prepared import hold
from alongside.people.models import ChronologyEntry, EntryKind, Pupil
from alongside.rules.bounds import too_far


@transaction.atomic
def set_goal(*, actor: Actor, pupil: Pupil, text: str, set_on: date) -> PersonalGoal:
    """A goal of the child's own, in their words. Everybody who works with them reads it."""
    require(policy.hear(actor, pupil))
    require_day(actor, pupil, set_on, "set_on")
    if not (text := one_line(text)):
        raise Problem("Write what they want to become better at.", "text")
    goal = PersonalGoal.objects.create(
        pupil=pupil, text=text[:200], set_on=set_on, recorded_by_id=actor.staff_id
    )
    goal.entry = _tell_goal(actor, goal, f"Goal of their own: {goal.text}", set_on)
    goal.save(update_fields=["entry"])
    audited(actor, "goal.set", f"own goal {goal.pk}", pupil)
    return goal


@transaction.atomic
def hear_of_goal(
    *,
    actor: Actor,
    goal: PersonalGoal,
    said_on: date,
    words: str = "",
    face: int | None = None,
    is_shared: bool = False,
) -> Voice:
    """What the child says of a goal: a face, words, or both."""
    require(policy.speak_of_goal(actor, goal))
    if not words.strip() and face is None:
        raise Problem("Choose a face, or write what they said.", "words")
    voice = record_voice(
        actor=actor,
        pupil=goal.pupil,
        method=Voice.Method.TALK if face is None else Voice.Method.FACES,
        said_on=said_on,
        question=f"My goal: {goal.text}"[:200],
        words=words,
        face=face,
        about=Voice.About.PROGRESS,
        is_shared=is_shared,
    )
    voice.goal = goal
    voice.save(update_fields=["goal"])
    return voice


@transaction.atomic
def end_goal(*, actor: Actor, goal: PersonalGoal, ended_on: date, ended_as: str) -> PersonalGoal:
    goal = hold(PersonalGoal, goal.pk, "pupil")
    require(policy.speak_of_goal(actor, goal))
    require_day(actor, goal.pupil, ended_on, "ended_on")
    if ended_on < goal.set_on:
        raise Problem(f"This goal was set on {goal.set_on:%-d %B %Y}.", "ended_on")
    goal.ended_on, goal.ended_as = ended_on, ended_as
    goal.save(update_fields=["ended_on", "ended_as"])
    _tell_goal(actor, goal, f"{goal.get_ended_as_display()}. Goal: {goal.text}", ended_on)
    audited(actor, "goal.ended", f"own goal {goal.pk}", goal.pupil, how=ended_as)
    return goal


def _tell_goal(actor: Actor, goal: PersonalGoal, summary: str, on: date) -> ChronologyEntry:
    return write_line(
        actor, goal.pupil, EntryKind.VOICE, InformationClass.PUPIL, summary, on=on, is_shared=True
    )


@transaction.atomic
def name_tutor(*, actor: Actor, pupil: Pupil, tutor: Staff) -> Tutee:
    """Another tutor's time ends the day before: a child has one at a time."""
    hold(Pupil, pupil.pk)
    require(policy.name_tutor(actor, pupil))
    running = Tutee.objects.filter(pupil=pupil, ends_on=None)
    if running.filter(tutor=tutor).exists():
        raise Problem(f"{tutor.name} is their tutor already.", "tutor")
    running.update(ends_on=actor.today)
    named = Tutee.objects.create(
        pupil=pupil, tutor=tutor, starts_on=actor.today, named_by_id=actor.staff_id
    )
    write_line(
        actor, pupil, EntryKind.NOTE, InformationClass.PUPIL, f"Tutor: {tutor.name}",
        is_shared=True,
    )  # fmt: skip
    audited(actor, "tutor.named", f"tutee {named.pk}", pupil, tutor=tutor.pk)
    return named


@dataclass(frozen=True)
class Talk:
    """What a tutor wrote of a talk. A follow-up has the day it is to be done by."""

    on: date
    words: str
    pupil_words: str = ""
    follow_up: str = ""
    follow_up_by: date | None = None


@transaction.atomic
def record_talk(*, actor: Actor, pupil: Pupil, talk: Talk) -> TutorTalk:
    """A talk with one's own tutee. Its follow-up is put on the tutor's list by `cases.tutoring`."""
    require(policy.talk(actor, pupil))
    require_day(actor, pupil, talk.on, "on")
    if not talk.words.strip():
        raise Problem("Write what you talked about.", "words")
    follow_up = one_line(talk.follow_up)[:200]
    if bool(follow_up) != bool(talk.follow_up_by):
        raise Problem(
            "A follow-up has both: what, and by which day.",
            "follow_up_by" if follow_up else "follow_up",
        )
    if talk.follow_up_by and (said := too_far(talk.follow_up_by, ahead_of=actor.today, years=2)):
        raise Problem(said, "follow_up_by")
    recorded = TutorTalk.objects.create(
        pupil=pupil,
        recorded_by_id=actor.staff_id,
        on=talk.on,
        words=talk.words.strip(),
        pupil_words=talk.pupil_words.strip(),
        follow_up=follow_up,
        follow_up_by=talk.follow_up_by,
    )
    recorded.entry = write_line(
        actor,
        pupil,
        EntryKind.CONTACT,
        InformationClass.CASEWORK,
        f"Tutor talk. Next: {follow_up}" if follow_up else "Tutor talk",
        on=talk.on,
        detail=recorded.words,
    )
    recorded.save(update_fields=["entry"])
    audited(actor, "talk.recorded", f"tutor talk {recorded.pk}", pupil)
    return recorded


@transaction.atomic
def follow_up_talk(*, actor: Actor, talk: TutorTalk, note: str) -> TutorTalk:
    talk = hold(TutorTalk, talk.pk, "pupil")
    require(policy.follow_up(actor, talk))
    if not note.strip():
        raise Problem("Say what was done.", "note")
    talk.done_on, talk.done_note = actor.today, one_line(note)[:200]
    talk.save(update_fields=["done_on", "done_note"])
    write_line(
        actor, talk.pupil, EntryKind.CONTACT, InformationClass.CASEWORK,
        f"Followed up a tutor talk: {talk.done_note}",
    )  # fmt: skip
    audited(actor, "talk.followed_up", f"tutor talk {talk.pk}", talk.pupil)
    return talk


@dataclass(frozen=True)
class Explained:
    """Options as they were explained, what was asked, and what each decided, in their words."""

    about: str
    explained_on: date
    options: str
    questions: str = ""
    parent_name: str = ""
    parent_words: str = ""
    pupil_words: str = ""
    is_confidential: bool = False  # Not to be passed on: family-confidential.


@transaction.atomic
def record_decision(*, actor: Actor, pupil: Pupil, explained: Explained) -> InformedDecision:
    """A decision of the family's and the young person's, made knowing what could be chosen."""
    require(policy.hear(actor, pupil))
    require_day(actor, pupil, explained.explained_on, "explained_on")
    for name, words in (
        ("about", "Say what was to be decided."),
        ("options", "Write the options as you explained them."),
    ):
        if not getattr(explained, name).strip():
            raise Problem(words, name)
    if not (explained.parent_words.strip() or explained.pupil_words.strip()):
        raise Problem("Write what they decided, in their words.", "parent_words")
    if explained.parent_words.strip() and not explained.parent_name.strip():
        raise Problem("Say who in the family decided.", "parent_name")
    held_as = InformationClass.FAMILY if explained.is_confidential else InformationClass.CASEWORK
    decision = InformedDecision.objects.create(
        pupil=pupil,
        about=one_line(explained.about)[:200],
        explained_on=explained.explained_on,
        options=explained.options.strip(),
        questions=explained.questions.strip(),
        parent_name=one_line(explained.parent_name)[:120],
        parent_words=explained.parent_words.strip(),
        pupil_words=explained.pupil_words.strip(),
        information_class=held_as,
        recorded_by_id=actor.staff_id,
    )
    write_line(
        actor,
        pupil,
        EntryKind.VOICE,
        held_as,
        f"Options explained and decided: {decision.about}",
        on=explained.explained_on,
        detail=decision.parent_words or decision.pupil_words,
    )
    audited(actor, "decision.recorded", f"informed decision {decision.pk}", pupil)
    return decision
