"""Questions about the child's own words and the one-page profile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from alongside.assessments.models import Profile, Voice
from alongside.core.actor import Actor
from alongside.core.models import RowHistory
from alongside.core.prepared import prepared
from alongside.people.models import Pupil

MOST = 20
RELATED = ("recorded_by", "file", "moved_from__recorded_by")
SAID = ("words", "needs", "triggers", "helps", "avoids")


def voices_of(actor: Actor, pupil: Pupil, most: int = MOST) -> list[Voice]:
    """The child's words, newest first."""
    return voices_and_struck(actor, pupil, most)[0]


def voices_and_struck(
    actor: Actor, pupil: Pupil, most: int = MOST
) -> tuple[list[Voice], list[Voice]]:
    """The child's words, newest first; and apart from them what was struck out; in one query."""
    newest = _newest(actor, 2 * most, pupil_id=pupil.pk)
    stand = [voice for voice in newest if not voice.struck_out_because]
    return stand[:most], [voice for voice in newest if voice.struck_out_because]


@prepared
def _newest(actor: Actor, most: int, *, pupil_id: Any) -> QuerySet[Voice]:
    found = Voice.objects.within(actor).filter(pupil_id=pupil_id)
    return found.select_related(*RELATED, "struck_out_by").order_by("-said_on", "-pk")[:most]


def answers_of(pupil: Pupil, most: int = 5) -> list[Voice]:
    """What the child chose, drew or said and let be passed on, newest first: for beside a plan."""
    return _answers_of(most, pupil_id=pupil.pk)


@prepared
def _answers_of(most: int, *, pupil_id: Any) -> QuerySet[Voice]:
    found = Voice.objects.filter(pupil_id=pupil_id, is_shared=True, struck_out_because="")
    answered = found.exclude(method=Voice.Method.OBSERVED).select_related(*RELATED)
    return answered.order_by("-said_on", "-pk")[:most]


def shared_words() -> QuerySet[Voice]:
    """What children said and let be passed on, newest first; not what others saw."""
    spoken = Voice.objects.filter(is_shared=True, struck_out_because="").exclude(words="")
    return spoken.exclude(method=Voice.Method.OBSERVED).order_by("-said_on", "-pk")


def get_voice(actor: Actor, pupil: Pupil, voice_id: int) -> Voice:
    """One entry; struck out too, so that who presses twice reads what became of it."""
    found = Voice.objects.within(actor).filter(pupil=pupil)
    return found.select_related("file").one(pk=voice_id)


def profile_of(actor: Actor, pupil: Pupil) -> Profile | None:
    """The one-page profile, which everybody who sees the pupil reads: that is what it is for."""
    found = _profile(pupil_id=pupil.pk)
    return found[0] if found else None


@prepared
def _profile(*, pupil_id: Any) -> QuerySet[Profile]:
    return Profile.objects.filter(pupil_id=pupil_id).select_related("updated_by")


@dataclass(frozen=True)
class Earlier:
    """The profile as it stood before a change: what it said, and who changed it when."""

    version: int
    said: dict[str, Any]
    until: datetime
    changed_by: str


def earlier_profiles(profile: Profile) -> list[Earlier]:
    """Every version before this one, the newest first: what each change overwrote, put back."""
    said: dict[str, Any] = {name: getattr(profile, name) for name in SAID}
    said["version"] = profile.version
    lines = RowHistory.objects.filter(table_name="assessments_profile", row_id=profile.pk)
    found = []
    for line in lines.select_related("staff").order_by("-id"):
        said = said | {name: old for name, old in line.before.items() if name in said}
        who = line.staff.name if line.staff else "Somebody"
        found.append(Earlier(said["version"], dict(said), line.created_at, who))
    return found
