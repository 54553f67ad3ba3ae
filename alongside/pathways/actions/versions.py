"""Publishes a version of a framework, and takes pupils over from an older one with a reason."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.pathways import policy
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.actions.chronology import write_chronology
from alongside.people.models import EntryKind, Pupil
from alongside.rules.bounds import too_far
from alongside.rules.words import day_in_words


@transaction.atomic
def publish(*, actor: Actor, draft: Framework, starts_on: date, reason: str) -> Framework:
    """Put a version in force from a day. Whoever stands on an older one goes on standing there."""
    draft = hold(Framework, draft.pk)
    require(policy.change_draft(actor, draft))
    if not reason.strip():
        raise Problem("Say why it changes: everybody reads it.", "reason")
    if starts_on < actor.today:
        raise Problem("It cannot start in the past: what was judged then stays so.", "starts_on")
    if said := too_far(starts_on, ahead_of=actor.today):
        raise Problem(said, "starts_on")
    _end_earlier(draft, starts_on)
    draft.is_draft = False
    draft.starts_on = starts_on
    draft.changed_because = reason.strip()[:300]
    draft.changed_by_id = actor.staff_id
    draft.published_on = actor.today
    draft.save(
        update_fields=["is_draft", "starts_on", "changed_because", "changed_by", "published_on"]
    )
    audit.record(
        actor=actor,
        kind="framework.published",
        subject=f"framework {draft.pk}",
        detail={"key": draft.key, "version": draft.version, "from": starts_on.isoformat()},
    )
    return draft


def _end_earlier(draft: Framework, starts_on: date) -> None:
    others = Framework.objects.select_for_update().published().filter(key=draft.key)
    for earlier in others.filter(ends_on=None).order_by("starts_on", "pk"):
        if earlier.starts_on >= starts_on:
            raise Problem(
                f"Version {earlier.version} starts on {day_in_words(earlier.starts_on)}. "
                "Choose a later day.",
                "starts_on",
            )
        earlier.ends_on = starts_on - timedelta(days=1)
        earlier.save(update_fields=["ends_on"])


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    standing: Standing,
    framework: Framework,
    reason: str,
    landing: Mapping[str, Stage],
) -> Standing:
    """Stand a pupil at the same stage of another version, as long there as before.

    `landing` says where those go whose stage the version does not have, by the stage's identity.
    """
    hold(Pupil, standing.pupil_id)
    require(policy.take_over(actor, standing.pupil, framework))
    if not reason.strip():
        raise Problem("Say why they are moved to the new version.", "move_reason")
    stage = next(
        (s for s in framework.stages.all() if s.identity == standing.stage.identity),
        landing.get(standing.stage.identity),
    )
    if stage is None:
        raise Problem(
            f"Say where those go who stand at {standing.stage.name}: the new version has no such "
            "stage.",
            f"landing_{standing.stage.identity}",
        )
    standing.ends_on = max(actor.today - timedelta(days=1), standing.starts_on)
    standing.save(update_fields=["ends_on"])
    is_same = stage.identity == standing.stage.identity
    taken = Standing.objects.create(
        pupil_id=standing.pupil_id,
        stage=stage,
        starts_on=actor.today,
        since_on=(standing.since_on or standing.starts_on) if is_same else None,
        reason=reason.strip()[:300],
        planned_exit_on=standing.planned_exit_on,
        review_on=standing.review_on,
        moved_by_id=actor.staff_id,
        taken_from=standing,
    )
    how = "goes on at" if is_same else "is moved to"
    write_chronology(
        actor=actor,
        pupil=standing.pupil,
        kind=EntryKind.FRAMEWORK,
        information_class=InformationClass.PUPIL,
        summary=f"{framework.name}: {how} {stage.name}, by version {framework.version}",
        url=f"/pupils/{standing.pupil_id}/frameworks/",
        is_shared=True,
    )
    return taken
