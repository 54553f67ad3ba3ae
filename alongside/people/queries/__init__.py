"""Questions about people, one module a noun. Every answer is within the actor's scope."""

from alongside.people.queries.banner import banner, who
from alongside.people.queries.known_as import pupil_known_as
from alongside.people.queries.pupil import get_pupil, open_pupil, record_view

__all__ = ["banner", "get_pupil", "open_pupil", "pupil_known_as", "record_view", "who"]
