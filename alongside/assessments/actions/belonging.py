"""Belonging and joining in: two answers of the child's and their words, at the start, review and end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, write_line
from alongside.assessments.actions.results import Given, add_score
from alongside.assessments.models import Informant, Measure, MeasureResult, Voice
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.models import EntryKind, Pupil
from alongside.rules.voice import FACES_OF_TEN, Means

PARTS = ("belonging", "participation")


@dataclass(frozen=True)
class Answers:
    """What the child chose: two faces (1 to 5) or two numbers (0 to 10), as `means` says."""

    means: Means
    belonging: int
    participation: int
    words: str = ""


@transaction.atomic
def record_belonging(
    *,
    actor: Actor,
    pupil: Pupil,
    occasion: str,
    said_on: date,
    answers: Answers,
    is_shared: bool = False,
) -> list[MeasureResult]:
    """Two scores of the child's own and their words beside them. Faces count as numbers of ten."""
    hold(Pupil, pupil.pk)
    require(policy.record(actor, pupil))
    measures = {m.part: m for m in Measure.objects.filter(scoring=Measure.Scoring.VOICE)}
    if missing := [part for part in PARTS if part not in measures]:
        raise Problem(f"The council’s measures hold no scale of {missing[0]}.")
    given = Given(Informant.SELF, occasion, said_on)
    sitting = uuid4()
    results = [
        add_score(
            actor, pupil, measures[part], _of_ten(answers, part), given, field=part,
            sitting=sitting,
        )
        for part in PARTS
    ]  # fmt: skip
    voice = _keep_words(actor, results[0], answers, is_shared, sitting)
    held_as = InformationClass.PUPIL if is_shared else InformationClass.CASEWORK
    entry = write_line(
        actor,
        pupil,
        EntryKind.VOICE,
        held_as,
        f"Belonging, {results[0].get_occasion_display().lower()}: " + _said(answers),
        on=said_on,
        detail=voice.words,
        is_shared=is_shared,
    )
    MeasureResult.objects.filter(sitting=sitting).update(entry=entry)
    audited(actor, "belonging.recorded", f"voice {voice.pk}", pupil, occasion=occasion)
    return results


def _of_ten(answers: Answers, part: str) -> Decimal:
    chosen: int = getattr(answers, part)
    if answers.means == Means.SCALE:
        return Decimal(chosen)
    if chosen not in FACES_OF_TEN:
        raise Problem("Choose one of the five faces.", part)
    return FACES_OF_TEN[chosen]


def _keep_words(
    actor: Actor, result: MeasureResult, answers: Answers, is_shared: bool, sitting: UUID
) -> Voice:
    is_face = answers.means == Means.FACES
    return Voice.objects.create(
        pupil=result.pupil,
        method=Voice.Method.FACES if is_face else Voice.Method.SCALE,
        about=Voice.About.BELONGING,
        occasion=result.occasion,
        question="Belonging",
        words=answers.words.strip(),
        face=answers.belonging if is_face else None,
        scale=None if is_face else answers.belonging,
        said_on=result.taken_on,
        recorded_by_id=actor.staff_id,
        is_shared=is_shared,
        sitting=sitting,
    )


def _said(answers: Answers) -> str:
    """Both answers as they were chosen, and the words, shortened."""
    if answers.means == Means.FACES:
        said = f"face {answers.belonging} of 5, joining in face {answers.participation} of 5"
    else:
        said = f"{answers.belonging} of 10, joining in {answers.participation} of 10"
    words = one_line(answers.words)[:120]
    return f"{said}. “{words}”" if words else said
