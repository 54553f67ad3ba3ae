"""Needs assessments: completed whole, decided upon, and withdrawn with a reason; never rewritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import Barrier, Need, NeedsAssessment, SupportLevel
from alongside.assessments.wording import hours_a_week
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.models import EntryKind, Pupil
from alongside.rules.needs import MOST, problem_with, suggest
from alongside.rules.words import count_of, day_in_words

MOST_HOURS = 40
LINES = (
    ("strengths", Need.Kind.STRENGTH),
    ("triggers", Need.Kind.TRIGGER),
    ("helps", Need.Kind.HELPS),
)


@dataclass(frozen=True)
class Found:
    """What those who know the child found, as typed."""

    ratings: Mapping[str, int]
    barriers: tuple[Barrier, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    strengths: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    pupil_words: str = ""
    family_words: str = ""
    family_name: str = ""
    school_words: str = ""
    is_shared: bool = False  # The barriers, strengths, triggers and what helps; never the ratings.


@transaction.atomic
def complete_assessment(
    *, actor: Actor, pupil: Pupil, occasion: str, taken_on: date, found: Found, after: int
) -> NeedsAssessment:
    """Add one assessment after the one numbered `after`. Barriers no longer chosen end that day."""
    hold(Pupil, pupil.pk)
    require(policy.assess(actor, pupil))
    require_day(actor, pupil, taken_on, "taken_on")
    if problem := problem_with(found.ratings):
        raise Problem(problem)
    latest = NeedsAssessment.objects.filter(pupil=pupil).order_by("-number").first()
    _require_newest(latest, after, taken_on)
    assessment = NeedsAssessment.objects.create(
        pupil=pupil,
        number=after + 1,
        occasion=occasion,
        taken_on=taken_on,
        recorded_by_id=actor.staff_id,
        ratings={key: int(rating) for key, rating in found.ratings.items()},
        notes={key: one_line(note)[:300] for key, note in found.notes.items() if note.strip()},
        pupil_words=found.pupil_words.strip(),
        family_words=found.family_words.strip(),
        family_name=one_line(found.family_name),
        school_words=found.school_words.strip(),
        suggested=suggest(sum(found.ratings.values()), SupportLevel.objects.order_by("low", "pk")),
    )
    standing = _change_barriers(actor, assessment, found)
    _add_lines(actor, assessment, found)
    assessment.need_ids = [need.pk for need in standing]
    assessment.save(update_fields=["need_ids"])
    _tell(actor, assessment, standing)
    audited(
        actor, "assessment.completed", f"needs assessment {assessment.pk}", pupil,
        number=assessment.number, occasion=occasion,
    )  # fmt: skip
    return assessment


def _require_newest(latest: NeedsAssessment | None, after: int, taken_on: date) -> None:
    number = latest.number if latest else 0
    if latest and number != after:
        raise Problem(
            f"Assessment {number} was completed since you opened this page, by "
            f"{latest.recorded_by.name} on {day_in_words(latest.taken_on)}. Read it first; "
            "if yours says something else, send it again."
        )
    if latest and not latest.withdrawn_because and taken_on < latest.taken_on:
        raise Problem(
            f"Assessment {number} was made on {day_in_words(latest.taken_on)}. "
            "This one cannot be before it.",
            "taken_on",
        )


def _change_barriers(actor: Actor, assessment: NeedsAssessment, found: Found) -> list[Need]:
    """Those chosen stand, each once; those that stood and are not chosen end on the day."""
    stood = list(Need.objects.filter(pupil=assessment.pupil, ended_on=None).exclude(barrier=None))
    chosen = {barrier.pk: barrier for barrier in found.barriers}
    over = [need.pk for need in stood if need.barrier_id not in chosen]
    if over:
        Need.objects.filter(pk__in=over).update(ended_on=assessment.taken_on)
    known = {need.barrier_id for need in stood}
    new = [
        _need(actor, assessment, Need.Kind.BARRIER, barrier.name, found, barrier=barrier)
        for barrier_id, barrier in chosen.items()
        if barrier_id not in known
    ]
    Need.objects.bulk_create(new)
    return [need for need in stood if need.barrier_id in chosen] + new


def _add_lines(actor: Actor, assessment: NeedsAssessment, found: Found) -> None:
    """Strengths, triggers and what helps that are not already known in the same words."""
    known = set(
        Need.objects.filter(pupil=assessment.pupil, ended_on=None).values_list("kind", "text")
    )
    new: list[Need] = []
    for name, kind in LINES:
        for text in _distinct(getattr(found, name)):
            if len(text) > 500:
                raise Problem("Keep each line under 500 characters.", name)
            if (kind, text) not in known:
                new.append(_need(actor, assessment, kind, text, found))
    Need.objects.bulk_create(new)


def _distinct(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one_line(line) for line in lines if line.strip()))


def _need(
    actor: Actor,
    assessment: NeedsAssessment,
    kind: str,
    text: str,
    found: Found,
    barrier: Barrier | None = None,
) -> Need:
    return Need(
        pupil=assessment.pupil,
        kind=kind,
        text=text,
        area=barrier.get_domain_display() if barrier else "",
        source=f"Needs assessment {assessment.number}",
        recorded_on=assessment.taken_on,
        recorded_by_id=actor.staff_id,
        is_shared=found.is_shared,
        barrier=barrier,
        assessment=assessment,
    )


def _tell(actor: Actor, assessment: NeedsAssessment, standing: list[Need]) -> None:
    named = "; ".join(need.text for need in standing)
    write_line(
        actor,
        assessment.pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        f"Needs assessment {assessment.number}, {assessment.get_occasion_display().lower()}: "
        f"{assessment.total} of {MOST}, {count_of(len(standing), 'barrier')}",
        on=assessment.taken_on,
        detail=named,
    )


@transaction.atomic
def decide_support(
    *,
    actor: Actor,
    assessment: NeedsAssessment,
    level: SupportLevel,
    hours: Decimal,
    because: str = "",
) -> NeedsAssessment:
    """Take the level and hours suggested, or others with a reason."""
    assessment = _locked(assessment)
    require(policy.decide_support(actor, assessment))
    if not 0 <= hours <= MOST_HOURS:
        raise Problem(f"Hours a week run from 0 to {MOST_HOURS}.", "hours")
    suggested = assessment.suggested
    is_other = suggested is None or (
        (level.pk, hours) != (suggested.pk, suggested.hours_a_week)
    )  # fmt: skip
    if is_other and suggested and not because.strip():
        raise Problem("Say why it is not what the assessment suggests.", "because")
    assessment.agreed, assessment.agreed_hours = level, hours
    assessment.agreed_because = one_line(because)[:300]
    assessment.agreed_by_id, assessment.agreed_on = actor.staff_id, actor.today
    assessment.save(
        update_fields=["agreed", "agreed_hours", "agreed_because", "agreed_by", "agreed_on"]
    )
    write_line(
        actor,
        assessment.pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        f"Support decided after needs assessment {assessment.number}: {level.name}, "
        f"{hours_a_week(hours)}",
        detail=assessment.agreed_because,
    )
    audited(
        actor, "assessment.decided", f"needs assessment {assessment.pk}", assessment.pupil,
        level=level.key, was_suggested=not is_other,
    )  # fmt: skip
    return assessment


@transaction.atomic
def withdraw_assessment(
    *, actor: Actor, assessment: NeedsAssessment, reason: str
) -> NeedsAssessment:
    """Made of the wrong child, or wrongly: kept, shown withdrawn; what it alone found ends."""
    assessment = _locked(assessment)
    require(policy.withdraw_assessment(actor, assessment))
    if not reason.strip():
        raise Problem("Say why it is withdrawn.", "reason")
    assessment.withdrawn_because = one_line(reason)[:300]
    assessment.withdrawn_by_id = actor.staff_id
    assessment.save(update_fields=["withdrawn_because", "withdrawn_by"])
    Need.objects.filter(assessment=assessment, ended_on=None).update(ended_on=actor.today)
    write_line(
        actor,
        assessment.pupil,
        EntryKind.ASSESSMENT,
        InformationClass.CASEWORK,
        f"Needs assessment {assessment.number} withdrawn, with what it alone found",
        detail=assessment.withdrawn_because,
    )
    audited(
        actor, "assessment.withdrawn", f"needs assessment {assessment.pk}", assessment.pupil
    )  # fmt: skip
    return assessment


def _locked(assessment: NeedsAssessment) -> NeedsAssessment:
    return hold(NeedsAssessment, assessment.pk, "pupil", "suggested")
