"""The shared triage form: published for every neighbourhood at once; a referral scored by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.core import audit, notices
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.models import Place
from alongside.core.prepared import hold
from alongside.referrals import policy, triage
from alongside.referrals.actions import steps
from alongside.referrals.actions.sending import locked
from alongside.referrals.models import (
    HIGHEST_MARK,
    Referral,
    ReferralState,
    TriageForm,
    TriageScore,
)
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words

FEWEST, MOST = 2, 10  # Questions of a form.
LEVELS = HIGHEST_MARK + 1


@dataclass(frozen=True)
class Question:
    """What is asked, and what each mark from 0 to 3 looks like."""

    text: str
    levels: tuple[str, ...]


@transaction.atomic
def publish_triage_form(
    *,
    actor: Actor,
    service: Place,
    name: str,
    questions: Sequence[Question],
    accept_from: int,
    starts_on: date,
    what_changed: str = "",
    after_version: int = 0,
) -> TriageForm:
    """Publish the next version to every neighbourhood of a service, from a day on."""
    service = hold(Place, service.pk)
    require(policy.publish_triage_form(actor, service))
    before = triage.latest(service)
    if (before.version if before else 0) != after_version:
        raise Problem(
            "Somebody published another version while you were writing. Look at it first."
        )
    _check_questions(questions, accept_from)
    _check_day(actor, before, starts_on, what_changed)
    form = TriageForm.objects.create(
        service=service,
        version=after_version + 1,
        name=name.strip()[:120],
        questions=[{"text": q.text.strip(), "levels": [*q.levels]} for q in questions],
        accept_from=accept_from,
        what_changed=what_changed.strip()[:300],
        starts_on=starts_on,
        published_by_id=actor.staff_id,
    )
    notices.notify(
        staff_ids=set(steps.screeners_of(service.pk, None, actor.today)) - {actor.staff_id},
        kind="triage_form.published",
        text=f"Version {form.version} of the triage form is used from {day_in_words(starts_on)}.",
        url=f"/referrals/triage/{form.pk}/",
    )
    audit.record(
        actor=actor,
        kind="triage_form.published",
        subject=f"triage form {form.pk}",
        detail={"version": form.version, "starts_on": starts_on.isoformat()},
    )
    return form


@transaction.atomic
def score(
    *, actor: Actor, referral: Referral, marks: Sequence[int], version: int, note: str = ""
) -> TriageScore:
    """Score a referral by the version in force when it was received. Scored again, it is changed."""
    referral = locked(referral)
    require(policy.score(actor, referral))
    referral.require_version(version)
    form = triage.form_for(referral)
    assert form  # Or `score` had refused.
    if len(marks) != len(form.questions):
        raise Problem("Answer every question.")
    if any(not 0 <= mark <= HIGHEST_MARK for mark in marks):
        raise Problem(f"A mark is 0 to {HIGHEST_MARK}.")
    referral.save(update_fields=["version"])
    given, _ = TriageScore.objects.update_or_create(
        referral=referral,
        round=referral.round,
        defaults={
            "form": form,
            "marks": list(marks),
            "total": sum(marks),
            "note": note.strip()[:500],
            "scored_by_id": actor.staff_id,
            "scored_at": timezone.now(),
        },
    )
    steps.take(
        actor=actor,
        referral=referral,
        step="score",
        from_state=ReferralState.SCREENING,
        reason=f"{given.total} of {form.highest} by version {form.version} of the triage form. "
        f"{given.note}".strip(),
        detail={"form": form.pk, "total": given.total},
    )
    return given


def _check_questions(questions: Sequence[Question], accept_from: int) -> None:
    if not FEWEST <= len(questions) <= MOST:
        raise Problem(f"A form has {FEWEST} to {MOST} questions; this has {len(questions)}.")
    for number, question in enumerate(questions, 1):
        if not question.text.strip():
            raise Problem("Write the question.", f"question_{number}")
        if len(question.levels) != LEVELS or not all(level.strip() for level in question.levels):
            raise Problem(
                f"Write {LEVELS} lines: what 0, 1, 2 and 3 look like.", f"levels_{number}"
            )
    highest = HIGHEST_MARK * len(questions)
    if not 1 <= accept_from <= highest:
        raise Problem(f"Give a total from 1 to {highest}.", "accept_from")


def _check_day(actor: Actor, before: TriageForm | None, starts_on: date, what_changed: str) -> None:
    if before and not what_changed.strip():
        raise Problem("Say what is different: everybody who screens reads it.", "what_changed")
    if before and starts_on < actor.today:
        raise Problem(
            "It starts today or later: earlier referrals keep their version.", "starts_on"
        )
    if before and starts_on < before.starts_on:
        raise Problem(
            f"Version {before.version} starts on {day_in_words(before.starts_on)}. "
            "Give that day or a later one.",
            "starts_on",
        )
    if said := too_far(starts_on, ahead_of=actor.today):
        raise Problem(said, "starts_on")
