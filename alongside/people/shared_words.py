"""To which school something was shared, in words: after a move it goes on with the record, and says so."""

from typing import Protocol

from alongside.schools.models import School


class Shared(Protocol):
    is_shared: bool

    @property
    def shared_with(self) -> School | None: ...


def shared_in_words(written: Shared, now: int | None) -> str:
    """Shared with Testbury Park School, and passed on with the record. `now` is the school of today."""
    if not written.is_shared:
        return ""
    if written.shared_with is None:  # Shared before the school was kept with it.
        return "Shared with the school"
    return f"Shared with {written.shared_with.name}{passed_on(written, now)}"


def passed_on(written: Shared, now: int | None) -> str:
    is_former = written.shared_with is not None and written.shared_with.pk != now
    return ", and passed on with the record" if is_former else ""
