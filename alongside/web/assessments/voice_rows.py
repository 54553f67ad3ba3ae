"""What the child said or showed, as a line of a page: their words, a face, a number, a drawing."""

from typing import Any

from alongside.assessments.models import Voice
from alongside.people.models import Pupil
from alongside.web.assessments.pages import url_of
from alongside.web.forms.widgets import FACES

FACE_WORDS = dict(FACES)


def voice_row(pupil: Pupil, voice: Voice, may_put_right: bool = False) -> dict[str, Any]:
    at = f"{url_of(pupil)}voice/{voice.pk}/"
    return {
        "question": voice.question,
        "words": voice.words,
        "is_quoted": voice.method != Voice.Method.OBSERVED,
        "face": voice.face,
        "face_words": FACE_WORDS.get(voice.face or 0, ""),
        "scale": voice.scale,
        "how": voice.get_method_display(),
        "occasion": _occasion(voice),
        "on": voice.said_on,
        "by": voice.recorded_by.name,
        "is_kept": not voice.is_shared,
        "file_url": f"{at}file/" if voice.file_id else "",
        "file_name": voice.file.name if voice.file else "",
        "moved": moved_words(voice),
        # What was said with scores goes where they go.
        "put_right_at": at if may_put_right and not voice.sitting else "",
    }


def moved_words(entry: Any) -> str:
    """Where it came from, without saying whose record that was."""
    if not entry.moved_from:
        return ""
    first = entry.moved_from.recorded_by.name
    return f"Moved here: {first} had entered it on another record by mistake"


def struck_words(entry: Any, what: str) -> str:
    """That something was struck out, by whom and why; never what it said."""
    by = entry.struck_out_by.name if entry.struck_out_by else ""
    return f"{what} was struck out by {by}: {entry.struck_out_because}"


def _occasion(voice: Voice) -> str:
    """When in the work, and about what where it is more than how things are."""
    about = voice.get_about_display() if voice.about != Voice.About.VIEW else ""
    return ". ".join(part for part in (about, voice.get_occasion_display()) if part)
