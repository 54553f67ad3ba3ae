"""Questions about the child's own words and the one-page profile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from alongside.assessments.models import Profile, Voice
from alongside.core.actor import Actor
from alongside.core.models import RowHistory
from alongside.people.models import Pupil

SAID = ("words", "needs", "triggers", "helps", "avoids")


def voices_of(actor: Actor, pupil: Pupil, most: int = 20) -> list[Voice]:
    """The child's words, newest first."""
    found = Voice.objects.filter(pupil=pupil).readable_by(actor)
    return list(found.select_related("recorded_by", "file").order_by("-said_on", "-pk")[:most])


def answers_of(pupil: Pupil, most: int = 5) -> list[Voice]:
    """What the child chose, drew or said and let be passed on, newest first: for beside a plan."""
    found = Voice.objects.filter(pupil=pupil, is_shared=True, withdrawn_because="")
    answered = found.exclude(method=Voice.Method.OBSERVED).select_related("recorded_by", "file")
    return list(answered.order_by("-said_on", "-pk")[:most])


def shared_words() -> QuerySet[Voice]:
    """What children said and let be passed on, newest first; not what others saw."""
    spoken = Voice.objects.filter(is_shared=True, withdrawn_because="").exclude(words="")
    return spoken.exclude(method=Voice.Method.OBSERVED).order_by("-said_on", "-pk")


def get_voice(actor: Actor, pupil: Pupil, voice_id: int) -> Voice:
    found = Voice.objects.filter(pupil=pupil).readable_by(actor)
    return found.select_related("file").one(pk=voice_id)


def profile_of(actor: Actor, pupil: Pupil) -> Profile | None:
    """The one-page profile, which everybody who sees the pupil reads: that is what it is for."""
    return Profile.objects.filter(pupil=pupil).select_related("updated_by").first()


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
