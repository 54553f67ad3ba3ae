"""A pupil found by who they are, whoever asks: only for opening a record out of the ordinary."""

from datetime import date

from alongside.people.models import Pupil
from alongside.rules.names import normalise


def pupil_known_as(
    forename: str, surname: str, born_on: date, pupil_id: int | None = None
) -> int | None:
    """The one pupil of the council with this name and birthday; None when none or several."""
    found = Pupil.objects.filter(born_on=born_on, merged_into=None)
    if pupil_id is not None:
        found = found.filter(pk=pupil_id)
    wanted = (normalise(forename), normalise(surname))
    known = [pupil.pk for pupil in found if wanted in _names(pupil)]
    return known[0] if len(known) == 1 else None


def _names(pupil: Pupil) -> set[tuple[str, str]]:
    forenames = {pupil.legal_forename, pupil.preferred_forename} - {""}
    surnames = {pupil.legal_surname, pupil.preferred_surname} - {""}
    return {(normalise(first), normalise(last)) for first in forenames for last in surnames}
