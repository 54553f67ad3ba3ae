"""Questions about next steps agreed on a visit: with whom they can be, and which were."""

from alongside.cases.models import Task
from alongside.cases.queries import agreed_steps
from alongside.core.actor import Actor
from alongside.fieldwork.models import DailyLog, Session, Visit
from alongside.fieldwork.wording import url_of
from alongside.people.queries.shared import Reader, readers_at, school_readers


def people_at(actor: Actor, met: Session | DailyLog | Visit) -> list[Reader]:
    """Who of the school signs in here, and so has a list of their own."""
    if isinstance(met, Visit) and met.pupil is None:
        found = readers_at(actor, met.school.place_id)
    else:
        assert met.pupil
        found = school_readers(actor, met.pupil)
    return [reader for reader in found if reader.staff_id != actor.staff_id]


def steps_from(met: Session | DailyLog | Visit) -> list[Task]:
    """What was agreed there, for who reads the record of it."""
    return agreed_steps(url_of(met))
