"""Moves pupils between the stages of a framework. Every movement has a reason."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold, prepared
from alongside.pathways import policy
from alongside.pathways.models import Framework, Stage, Standing
from alongside.pathways.tried import untried, untried_in_words
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Pupil
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words


@transaction.atomic
def move(
    *,
    actor: Actor,
    pupil: Pupil,
    stage: Stage,
    reason: str,
    starts_on: date,
    evidence: str = "",
    passed_over_because: str = "",
    decided_by: str = "",
    decided_on: date | None = None,
    planned_exit_on: date | None = None,
    review_on: date | None = None,
    judged_on: date | None = None,
) -> Standing:
    """Stand a pupil at a stage, ending where they stood in the same framework.

    `judged_on` is the day by which a referral or case holds to its version of the framework.
    """
    _lock(pupil)
    require(policy.move(actor, pupil, stage, judged_on))
    if not reason.strip():
        raise Problem("Say why the pupil moves.", "reason")
    if starts_on > actor.today:
        raise Problem("The day of the move cannot be in the future.", "starts_on")
    _check_ahead(starts_on, planned_exit_on, "planned_exit_on", "The planned exit")
    _check_ahead(starts_on, review_on, "review_on", "The review")
    earlier = current_standing(pupil, stage)
    if earlier:
        _end(earlier, stage, starts_on)
    _check_tried(pupil, stage, earlier, evidence, passed_over_because)
    if decided_by.strip() or decided_on or not _is_decided(actor, earlier, stage):
        _check_decided(actor, pupil, stage, starts_on, decided_by, decided_on)
    standing = Standing.objects.create(
        pupil=pupil,
        stage=stage,
        starts_on=starts_on,
        reason=reason.strip()[:300],
        evidence=evidence.strip(),
        passed_over_because=passed_over_because.strip()[:300],
        decided_by=decided_by.strip()[:120],
        decided_on=decided_on,
        planned_exit_on=planned_exit_on,
        review_on=review_on,
        moved_by_id=actor.staff_id,
    )
    _tell(actor, standing, f"{_direction(earlier, stage)} {stage.name}{_by_whom(standing)}")
    audit.record(
        actor=actor,
        kind="pupil.moved",
        subject=f"stage {stage.pk}",
        pupil_ids=[pupil.pk],
        detail={"from": earlier.stage_id if earlier else None, "to": stage.pk},
    )
    return standing


@transaction.atomic
def record_tried(
    *, actor: Actor, pupil: Pupil, stage: Stage, starts_on: date, ends_on: date, evidence: str
) -> Standing:
    """What was tried at a stage before anybody here stood beside it, with its dates and evidence."""
    _lock(pupil)
    require(policy.record_tried(actor, pupil))
    if not evidence.strip():
        raise Problem("Say what was done and what changed.", "evidence")
    if ends_on > actor.today:
        raise Problem("This has not ended yet. Give a day that has passed.", "ends_on")
    if starts_on > ends_on:
        raise Problem("It ends before it starts. Check the two days.", "ends_on")
    if starts_on < pupil.born_on:
        raise Problem(f"{pupil.forename} was not born yet. Check the year.", "starts_on")
    _check_apart(pupil, stage, starts_on, ends_on)
    standing = Standing.objects.create(
        pupil=pupil,
        stage=stage,
        starts_on=starts_on,
        ends_on=ends_on,
        reason="Tried before, and told afterwards",
        evidence=evidence.strip(),
        is_told=True,
        moved_by_id=actor.staff_id,
    )
    span = f"{day_in_words(starts_on)} to {day_in_words(ends_on)}"
    _tell(actor, standing, f"{stage.name} was tried, {span}")
    audit.record(
        actor=actor,
        kind="pupil.stage_tried",
        subject=f"stage {stage.pk}",
        pupil_ids=[pupil.pk],
    )
    return standing


@transaction.atomic
def leave(*, actor: Actor, standing: Standing, ends_on: date, reason: str) -> Standing:
    """End where a pupil stands without another stage: the framework has done its work, or not."""
    standing = hold(Standing, standing.pk, "stage__framework", "pupil")
    require(policy.leave(actor, standing))
    if not reason.strip():
        raise Problem("Say why the pupil leaves the framework.", "reason")
    if ends_on > actor.today:
        raise Problem("The last day cannot be in the future.", "ends_on")
    if ends_on < standing.starts_on:
        raise Problem(
            f"They came to {standing.stage.name} on {day_in_words(standing.starts_on)}. "
            "Give that day or a later one.",
            "ends_on",
        )
    standing.ends_on = ends_on
    standing.left_because = reason.strip()[:300]
    standing.save(update_fields=["ends_on", "left_because"])
    _tell(actor, standing, f"leaves it from {standing.stage.name}")
    audit.record(
        actor=actor,
        kind="pupil.left_framework",
        subject=f"stage {standing.stage_id}",
        pupil_ids=[standing.pupil_id],
    )
    return standing


def current_standing(pupil: Pupil, stage: Stage) -> Standing | None:
    """Where the pupil stands now in this framework, whichever version of it."""
    found = _current(pupil_id=pupil.pk, key=stage.framework.key)
    return found[0] if found else None


@prepared
def _current(*, pupil_id: Any, key: Any) -> QuerySet[Standing]:
    standing = _standings(pupil_id, key).filter(ends_on=None)
    return standing.select_related("stage").order_by("-starts_on", "-id")[:1]


def stood_between(pupil: Pupil, framework: Framework, first: date, last: date) -> Standing | None:
    """Where the pupil stood on this framework on any of these days."""
    found = _between(pupil_id=pupil.pk, key=framework.key, first=first, last=last)
    return found[0] if found else None


@prepared
def _between(*, pupil_id: Any, key: Any, first: Any, last: Any) -> QuerySet[Standing]:
    stood = _standings(pupil_id, key).filter(starts_on__lte=last).exclude(ends_on__lt=first)
    return stood.select_related("stage").order_by("starts_on", "pk")[:1]


def _standings(pupil_id: Any, key: Any) -> QuerySet[Standing]:
    return Standing.objects.filter(pupil_id=pupil_id, stage__framework__key=key)


def _lock(pupil: Pupil) -> None:
    """One movement of a pupil at a time."""
    hold(Pupil, pupil.pk)


def _check_ahead(starts_on: date, day: date | None, field: str, what: str) -> None:
    if day is None:
        return
    if day <= starts_on:
        raise Problem(f"{what} comes after the first day, {day_in_words(starts_on)}.", field)
    if said := too_far(day, ahead_of=starts_on):
        raise Problem(said, field)


def _check_tried(
    pupil: Pupil, stage: Stage, earlier: Standing | None, evidence: str, passed_over: str
) -> None:
    """Up only when what comes first was tried, with dates and evidence; in a crisis, say why not."""
    if earlier and earlier.stage.order >= stage.order:
        return
    left = untried(pupil, stage)
    if left and not passed_over.strip():
        raise Problem(
            f"{untried_in_words(left)} Record it with its dates first, or say why it is passed over.",
            "passed_over_because",
        )
    if earlier and earlier.stage.is_tried_first and not evidence.strip():
        raise Problem(
            f"Say what was tried at {earlier.stage.order} {earlier.stage.name} and what changed.",
            "evidence",
        )


def _is_decided(actor: Actor, earlier: Standing | None, stage: Stage) -> bool:
    """By doing it; or before, where they go on at the same stage of another version."""
    goes_on = earlier is not None and earlier.stage.identity == stage.identity
    return goes_on or bool(policy.decides(actor, stage))


def _check_decided(
    actor: Actor, pupil: Pupil, stage: Stage, starts_on: date, by: str, on: date | None
) -> None:
    if not by.strip():
        who = policy.decides(actor, stage).reason
        raise Problem(f"{who} Say who decided, or move them once it is.".strip(), "decided_by")
    if on is None:
        raise Problem("On which day was it decided?", "decided_on")
    if on > starts_on:
        raise Problem(
            f"It was decided after the day of the move, {day_in_words(starts_on)}. "
            "Check the two days.",
            "decided_on",
        )
    if on < pupil.born_on:
        raise Problem(f"{pupil.forename} was not born yet. Check the year.", "decided_on")


def _by_whom(standing: Standing) -> str:
    if not standing.decided_on:
        return ""
    return f", decided by {standing.decided_by} on {day_in_words(standing.decided_on)}"


def _check_apart(pupil: Pupil, stage: Stage, starts_on: date, ends_on: date) -> None:
    beside = stood_between(pupil, stage.framework, starts_on, ends_on)
    if beside:
        raise Problem(
            f"They stood at {beside.stage.name} from {day_in_words(beside.starts_on)}. "
            "Give days that lie outside that.",
            "starts_on",
        )


def _end(earlier: Standing, stage: Stage, starts_on: date) -> None:
    if earlier.stage_id == stage.pk:
        raise Problem(
            f"They stand at {stage.name} already, since {earlier.starts_on:%-d %B %Y}.", "stage"
        )
    if starts_on < earlier.starts_on:
        raise Problem(
            f"They came to {earlier.stage.name} on {earlier.starts_on:%-d %B %Y}. "
            "Give that day or a later one.",
            "starts_on",
        )
    earlier.ends_on = max(starts_on - timedelta(days=1), earlier.starts_on)
    earlier.save(update_fields=["ends_on"])


def _direction(earlier: Standing | None, stage: Stage) -> str:
    if earlier is None:
        return "starts at"
    if earlier.stage.identity == stage.identity:
        return "goes on at"
    return "steps up to" if stage.order > earlier.stage.order else "steps down to"


def _tell(actor: Actor, standing: Standing, what: str) -> None:
    """That they moved is pupil core. Why stands on the page it leads to, for who reads reasons."""
    write_chronology(
        actor=actor,
        pupil=standing.pupil,
        kind=EntryKind.FRAMEWORK,
        information_class=InformationClass.PUPIL,
        summary=f"{standing.stage.framework.name}: {what}",
        url=f"/pupils/{standing.pupil_id}/frameworks/",
        is_shared=True,
    )
