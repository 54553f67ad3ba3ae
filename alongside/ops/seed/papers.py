"""Documents in the demonstration: a report that is shared, one that is not, one that is restricted."""

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.ops.seed.life import Life
from alongside.people.actions.documents import add_document, share_document
from alongside.people.models import Document

REPORT = """Dr N. Inventham, educational psychologist

Seen twice in class and once alone. Reads well above the age; loses words under pressure.
What helps: notice of change, a seat with a clear way out, one adult who checks in.
Everything here is invented.
"""
PHOTO_CONSENT = "Consent to photographs, signed by mum. Everything here is invented.\n"
MEETING = "Notes of a strategy meeting. Everything here is invented.\n"


def reports(life: Life, actor: Actor) -> None:
    """What the psychologist wrote, which the school may read, and what is the service's alone."""
    report = _add(life, actor, "Report of the educational psychologist", REPORT)
    share_document(actor=actor, document=report)
    _add(life, actor, "Consent to photographs", PHOTO_CONSENT)


def strategy_meeting(life: Life) -> None:
    """Added by the school's safeguarding lead: others see that there is something, and whom to ask."""
    with life.at(1, life.ground.staff_of_school[life.school.pk]["dsl"], 15) as actor:
        _add(life, actor, "Strategy meeting, notes", MEETING, InformationClass.SAFEGUARDING)


def _add(
    life: Life,
    actor: Actor,
    title: str,
    words: str,
    information_class: InformationClass = InformationClass.CASEWORK,
) -> Document:
    name = f"{title.lower().replace(',', '').replace(' ', '-')}.txt"
    return add_document(
        actor=actor,
        pupil=life.pupil,
        upload=SimpleUploadedFile(name, words.encode()),
        title=title,
        information_class=information_class,
        dated_on=actor.today,
    )
