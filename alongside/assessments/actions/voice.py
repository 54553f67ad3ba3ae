"""The child's own words: said, chosen, drawn or written, kept as they were given."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from alongside.assessments import policy
from alongside.assessments.actions.common import audited, one_line, require_day, write_line
from alongside.assessments.models import Voice
from alongside.core import files
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, require
from alongside.core.handling import InformationClass
from alongside.people.models import EntryKind, Pupil

FACES = {1: "Very hard", 2: "Hard", 3: "OK", 4: "Good", 5: "Great"}
LONGEST_QUOTE = 160
PICTURES = (".png", ".jpg", ".jpeg", ".pdf")


@transaction.atomic
def record_voice(
    *,
    actor: Actor,
    pupil: Pupil,
    method: str,
    said_on: date,
    question: str = "",
    words: str = "",
    face: int | None = None,
    scale: int | None = None,
    upload: UploadedFile | None = None,
    is_shared: bool = False,
    about: str = Voice.About.VIEW,
    occasion: str = "",
) -> Voice:
    """Keep what the child said or showed. The school reads it only when they say so."""
    require(policy.hear(actor, pupil))
    require_day(actor, pupil, said_on, "said_on")
    _require_something(method, words.strip(), face, scale, upload)
    held_as = InformationClass.PUPIL if is_shared else InformationClass.CASEWORK
    stored = None
    if upload:
        if not (upload.name or "").lower().endswith(PICTURES):
            raise Problem("Choose a photo or a scan: JPG, PNG or PDF.", "upload")
        try:
            stored = files.store(
                actor=actor, upload=upload, information_class=held_as, is_shared=is_shared
            )
        except Problem as problem:
            raise Problem(problem.message, "upload") from None
    voice = Voice.objects.create(
        pupil=pupil,
        method=method,
        question=one_line(question)[:200],
        words=words.strip(),
        face=face,
        scale=scale,
        said_on=said_on,
        recorded_by_id=actor.staff_id,
        is_shared=is_shared,
        file=stored,
        about=about,
        occasion=occasion,
    )
    voice.entry = write_line(
        actor,
        pupil,
        EntryKind.VOICE,
        held_as,
        in_words(voice),
        on=said_on,
        detail=voice.words if len(voice.words) > LONGEST_QUOTE else "",
        is_shared=is_shared,
    )
    voice.save(update_fields=["entry"])
    audited(actor, "voice.recorded", f"voice {voice.pk}", pupil, method=method)
    return voice


def _require_something(
    method: str, words: str, face: int | None, scale: int | None, upload: UploadedFile | None
) -> None:
    if scale is not None and not 0 <= scale <= 10:
        raise Problem("The scale runs from 0 to 10.", "scale")
    if face is not None and face not in FACES:
        raise Problem("Choose one of the five faces.", "face")
    if method == Voice.Method.FACES and face is None:
        raise Problem("Choose the face the child chose.", "face")
    if method == Voice.Method.SCALE and scale is None:
        raise Problem("Enter the number the child gave, 0 to 10.", "scale")
    if method == Voice.Method.DRAWING and upload is None:
        raise Problem("Choose the photo or scan of the drawing.", "upload")
    if not words and face is None and scale is None and upload is None:
        raise Problem("Write what the child said or showed.", "words")


def in_words(voice: Voice) -> str:
    """One line: the words themselves where there are any."""
    parts = [f"{voice.question}:" if voice.question else ""]
    if voice.face:
        parts.append(f"chose the face “{FACES[voice.face]}”.")
    if voice.scale is not None:
        parts.append(f"{voice.scale} of 10.")
    if voice.file_id:
        parts.append("A drawing or photo.")
    if voice.words:
        short = voice.words[:LONGEST_QUOTE] + ("…" if len(voice.words) > LONGEST_QUOTE else "")
        parts.append(short if voice.method == Voice.Method.OBSERVED else f"“{one_line(short)}”")
    said = " ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]
