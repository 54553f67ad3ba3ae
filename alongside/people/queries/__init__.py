"""Questions about people, one module a noun. Every answer is within the actor's scope."""

from alongside.people.queries.around import address_for, contactable_carers
from alongside.people.queries.banner import banner, who
from alongside.people.queries.known_as import pupil_known_as
from alongside.people.queries.pupil import get_pupil, open_pupil, record_view

__all__ = [
    "address_for",
    "banner",
    "contactable_carers",
    "get_pupil",
    "open_pupil",
    "pupil_known_as",
    "record_view",
    "who",
]
