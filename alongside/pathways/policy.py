"""When a pupil may be moved on a framework, and a framework changed."""

from datetime import date

from alongside.core.actor import Actor
from alongside.core.decisions import ALLOWED, Decision, refuse
from alongside.core.models import Place
from alongside.core.permissions import Permission, Role
from alongside.pathways.models import (
    Alternative,
    Framework,
    HoldCheck,
    Protocol,
    Stage,
    Standing,
)
from alongside.pathways.models.framework import THE_SERVICE
from alongside.people.models import Pupil
from alongside.people.queries.pupil import is_in_scope


def moves(actor: Actor) -> Decision:
    """Whether the role moves pupils; of one who is not in scope, no page is shown."""
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role sees where a pupil stands but does not move them.")
    return ALLOWED


def move(
    actor: Actor, pupil: Pupil, stage: Stage | None = None, judged_on: date | None = None
) -> Decision:
    """Whoever works with the pupil may move them; the stage is of a framework in force.

    An older version goes on for who stands on it, and for what was judged while it was in force.
    """
    if not (may := _moves_one(actor, pupil)):
        return may
    if stage and stage.framework.is_draft:
        return refuse(f"This version of {stage.framework.name} is not published yet.")
    if stage and _is_over(stage, judged_on or actor.today) and not _stands_on(pupil, stage):
        return refuse(f"{stage.framework.name} has a newer version. Choose a stage of that one.")
    return ALLOWED


def decides(actor: Actor, stage: Stage) -> Decision:
    """A stage that others decide on is theirs to give: without their decision nobody comes onto it.

    What a school does by itself lets nobody in to anything, so that nobody's decision is asked for.
    """
    if not stage.who_decides or stage.decided_by_role == THE_SERVICE:
        return ALLOWED
    if stage.decided_by_role and actor.holds(Role(stage.decided_by_role)):
        return ALLOWED
    if not stage.decided_by_role and stage.is_decided_by_the_school:
        return ALLOWED
    return refuse(f"Who decides on {stage.order} {stage.name}: {stage.who_decides}.")


def record_tried(actor: Actor, pupil: Pupil) -> Decision:
    if not actor.may(Permission.CASE_WORK):
        return refuse("Your role sees what was tried but does not record it.")
    if not _is_seen(actor, pupil):
        return refuse("Only somebody who works with this pupil records what was tried.")
    return ALLOWED


def leave(actor: Actor, standing: Standing) -> Decision:
    if not (may := _moves_one(actor, standing.pupil)):
        return may
    if standing.ends_on:
        return refuse(f"They left this stage on {standing.ends_on:%-d %B %Y}.")
    return ALLOWED


def edits(actor: Actor, framework: Framework) -> Decision:
    """Who answers for a service changes what it owns; who configures the council, every framework."""
    if not actor.may(Permission.FRAMEWORK_EDIT):
        return refuse("A framework is changed by those who lead its service.")
    if actor.is_system or actor.may(Permission.SETTINGS_VIEW):
        return ALLOWED
    held = actor.place_ids(permission=Permission.FRAMEWORK_EDIT)
    above = Place.objects.filter(pk__in=held).values_list("parent_id", flat=True)
    if framework.owner_id in held or framework.owner_id in set(above):
        return ALLOWED
    return refuse(f"{framework.name} is changed by {framework.owner.name}, who owns it.")


def begin_version(actor: Actor, framework: Framework) -> Decision:
    """One new version at a time, from the one that is in force or comes next."""
    if not (may := edits(actor, framework)):
        return may
    if framework.is_draft:
        return refuse("This version is being written already.")
    if framework.ends_on:
        return refuse(f"Version {framework.version} has ended. Begin from the newest.")
    if begun := Framework.objects.filter(key=framework.key, is_draft=True).first():
        return refuse(f"Version {begun.version} is being written already.")
    return ALLOWED


def change_draft(actor: Actor, draft: Framework) -> Decision:
    if not draft.is_draft:
        return refuse(f"Version {draft.version} is published. Begin a new version to change it.")
    return edits(actor, draft)


def take_back(actor: Actor, framework: Framework) -> Decision:
    """A version is taken back by who may change it, on the day it was published, and then only."""
    if framework.is_draft:
        return refuse("This version is not published.")
    if framework.published_on != actor.today:
        return refuse("A version is taken back only on the day it was published. Begin a new one.")
    if not (may := edits(actor, framework)):
        return may
    if begun := Framework.objects.filter(key=framework.key, is_draft=True).first():
        return refuse(f"Version {begun.version} is being written from it. Throw that away first.")
    return ALLOWED


def take_over(actor: Actor, pupil: Pupil, framework: Framework) -> Decision:
    """To a newer version by who works with the pupil, once it is in force."""
    if not (may := takes_over(actor, framework)):
        return may
    return _moves_one(actor, pupil)


def takes_over(actor: Actor, framework: Framework) -> Decision:
    """Whether anybody may be moved to this version by this role today."""
    if framework.is_draft or framework.starts_on > actor.today:
        return refuse(f"Version {framework.version} is not in force yet.")
    if framework.ends_on and framework.ends_on < actor.today:
        return refuse(f"Version {framework.version} has ended. Move them to the newest.")
    return moves(actor)


def begin_alternative(actor: Actor, pupil: Pupil) -> Decision:
    """In place of exclusion, one alternative at a time."""
    if not (may := _moves_one(actor, pupil)):
        return may
    if running := Alternative.objects.filter(pupil=pupil, ended_on=None).first():
        return refuse(
            f"{running.kind} is running since {running.starts_on:%-d %B %Y}. End it first."
        )
    return ALLOWED


def work_alternative(actor: Actor, alternative: Alternative) -> Decision:
    return _moves_one(actor, alternative.pupil)


def end_alternative(actor: Actor, alternative: Alternative) -> Decision:
    if alternative.ended_on:
        return refuse(f"It ended on {alternative.ended_on:%-d %B %Y}.")
    return _moves_one(actor, alternative.pupil)


def answer_hold(actor: Actor, check: HoldCheck, alternative: Alternative) -> Decision:
    """Once its day has come; an answer can be put right."""
    if check.due_on > actor.today and not check.answered_on:
        return refuse(f"It is asked on {check.due_on:%-d %B %Y}.")
    if alternative.outcome == Alternative.Outcome.EXCLUDED:
        return refuse("The pupil was permanently excluded, so it did not hold.")
    return _moves_one(actor, alternative.pupil)


def change_listing(actor: Actor) -> Decision:
    if not actor.may(Permission.FRAMEWORK_EDIT):
        return refuse("The directory is kept by those who lead a service.")
    return ALLOWED


def write_protocol(actor: Actor) -> Decision:
    if not actor.may(Permission.FRAMEWORK_EDIT):
        return refuse("A protocol is written by those who lead a service.")
    return ALLOWED


def change_protocol(actor: Actor, protocol: Protocol) -> Decision:
    """Until it is shared: what partners have read is not changed under them."""
    if not (may := write_protocol(actor)):
        return may
    if protocol.shared_on:
        return refuse(
            f"Partners read it since {protocol.shared_on:%-d %B %Y}. Begin a new version to change it."
        )
    return ALLOWED


def answer_protocol(actor: Actor, protocol: Protocol) -> Decision:
    if protocol.shared_on is None:
        return refuse("It is not shared yet.")
    if protocol.ended_on:
        return refuse(f"A newer version took its place on {protocol.ended_on:%-d %B %Y}.")
    return ALLOWED


def agree_protocol(actor: Actor, protocol: Protocol) -> Decision:
    if not (may := write_protocol(actor)):
        return may
    if protocol.agreed_on:
        return refuse(f"It was agreed on {protocol.agreed_on:%-d %B %Y}.")
    if not (may := answer_protocol(actor, protocol)):
        return may
    if not protocol.answers.exists():
        return refuse("No partner has said anything yet.")
    return ALLOWED


def renew_protocol(actor: Actor, protocol: Protocol) -> Decision:
    if not (may := write_protocol(actor)):
        return may
    if protocol.shared_on is None:
        return refuse("It is not shared yet: change it as it is.")
    if protocol.ended_on:
        return refuse("This version has ended. Begin from the one that stands.")
    newer = Protocol.objects.filter(key=protocol.key, number__gt=protocol.number, ended_on=None)
    if newer.exists():
        return refuse(f"Version {protocol.number + 1} is begun already.")
    return ALLOWED


def _moves_one(actor: Actor, pupil: Pupil) -> Decision:
    if not (may := moves(actor)):
        return may
    if not _is_seen(actor, pupil):
        return refuse("Only somebody who works with this pupil moves them.")
    return ALLOWED


def _is_seen(actor: Actor, pupil: Pupil) -> bool:
    return is_in_scope(actor, pupil.pk)


def _is_over(stage: Stage, on: date) -> bool:
    return stage.framework.ends_on is not None and stage.framework.ends_on < on


def _stands_on(pupil: Pupil, stage: Stage) -> bool:
    """Whether the pupil stands on this very version now."""
    return Standing.objects.filter(
        pupil=pupil, stage__framework_id=stage.framework_id, ends_on=None
    ).exists()


def read_reasons(actor: Actor) -> Decision:
    """Why a pupil was moved, and what showed it, is casework: for who reads that, and for the school
    that refers and wrote it. Everybody else is told the stage and its days.

    The same as of a referral: `referrals.policy.read_what_was_told`.
    """
    if actor.reads_casework or actor.place_ids(permission=Permission.REFERRAL_MAKE):
        return ALLOWED
    return refuse("Why is casework. To know more, ask the service.")
