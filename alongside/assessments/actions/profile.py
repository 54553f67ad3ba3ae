"""The one-page profile: the child's words first, then what helps and what to avoid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.actions.needs import record_need
from alongside.assessments.models import Need, Profile
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict, Problem, require
from alongside.core.handling import InformationClass
from alongside.core.prepared import hold
from alongside.people.models import EntryKind, Pupil

MOST_LINES, LONGEST_LINE = 8, 120


@transaction.atomic
def update_profile(
    *,
    actor: Actor,
    pupil: Pupil,
    version: int,
    words: str = "",
    said_on: date | None = None,
    helps: Sequence[str] = (),
    avoids: Sequence[str] = (),
    needs: Sequence[str] = (),
    triggers: Sequence[str] = (),
) -> Profile:
    """Change the profile as it stood at `version`; 0 when there was none yet. History keeps each."""
    hold(Pupil, pupil.pk)
    require(policy.record(actor, pupil))
    if said_on:
        require_day(actor, pupil, said_on, "said_on")
    profile = Profile.objects.select_related("updated_by").filter(pupil=pupil).first()
    if profile is None:
        if version:
            raise Problem("This profile is no longer there. Open the page again.")
        profile = Profile(pupil=pupil, version=1)
    elif version == 0:
        raise Conflict(profile)
    else:
        profile.require_version(version)
    profile.words = one_line(words)[:300]
    profile.said_on = said_on or (actor.today if profile.words else None)
    profile.helps, profile.avoids = _lines(helps, "helps"), _lines(avoids, "avoids")
    profile.needs, profile.triggers = _lines(needs, "needs"), _lines(triggers, "triggers")
    _keep(actor, profile)
    return profile


def _keep(actor: Actor, profile: Profile) -> None:
    if not (profile.words or profile.helps or profile.avoids or profile.needs or profile.triggers):
        raise Problem("Write at least one line.", "helps")
    profile.updated_by_id, profile.updated_on = actor.staff_id, actor.today
    profile.save()
    write_line(
        actor,
        profile.pupil,
        EntryKind.ASSESSMENT,
        InformationClass.PUPIL,
        "One-page profile written" if profile.version == 1 else "One-page profile changed",
        is_shared=True,
    )
    audited(
        actor, "profile.updated", f"profile {profile.pk}", profile.pupil, version=profile.version
    )


@dataclass(frozen=True)
class Seen:
    """What an observation showed, a line each: strengths and barriers, and lines of the profile."""

    source: str  # "Daily log of 20 November 2026".
    on: date
    strengths: Sequence[str] = ()
    barriers: Sequence[str] = ()
    triggers: Sequence[str] = ()
    helps: Sequence[str] = ()
    avoids: Sequence[str] = ()


@transaction.atomic
def learn_from(*, actor: Actor, pupil: Pupil, version: int, seen: Seen) -> Profile:
    """Strengths and needs from one observation, and the profile with them, in one step.

    What stood in the profile stays; new lines follow. The version before is kept and can be read.
    """
    profile = Profile.objects.filter(pupil=pupil).first()
    if profile and profile.version != version:
        raise Conflict(profile)
    for kind, lines in (
        (Need.Kind.STRENGTH, seen.strengths),
        (Need.Kind.BARRIER, seen.barriers),
        (Need.Kind.TRIGGER, seen.triggers),
        (Need.Kind.HELPS, seen.helps),
    ):
        for line in filter(str.strip, lines):
            record_need(
                actor=actor, pupil=pupil, kind=kind, text=line, source=seen.source,
                recorded_on=seen.on, is_shared=True,
            )  # fmt: skip
    return update_profile(
        actor=actor,
        pupil=pupil,
        version=version,
        words=profile.words if profile else "",
        said_on=profile.said_on if profile else None,
        needs=_joined(profile.needs if profile else [], seen.barriers),
        triggers=_joined(profile.triggers if profile else [], seen.triggers),
        helps=_joined(profile.helps if profile else [], seen.helps),
        avoids=_joined(profile.avoids if profile else [], seen.avoids),
    )


def _joined(stood: Sequence[str], new: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*stood, *(one_line(line) for line in new if line.strip())]))


def _lines(lines: Sequence[str], field: str) -> list[str]:
    kept = [one_line(line) for line in lines if line.strip()]
    if len(kept) > MOST_LINES:
        raise Problem(f"A page holds {MOST_LINES} lines. Keep those that matter most.", field)
    if any(len(line) > LONGEST_LINE for line in kept):
        raise Problem(f"Keep each line under {LONGEST_LINE} characters.", field)
    return kept
