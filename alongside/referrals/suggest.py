"""What a screener may start from: what was found before, and what can be computed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alongside.pathways.models import Criterion
from alongside.referrals.criteria import Found, Told, look
from alongside.referrals.models import CriterionAnswer

WORDS = dict(CriterionAnswer.Finding.choices)


@dataclass(frozen=True)
class Suggestion:
    """A finding to look at, the note that goes with it, and where both come from."""

    finding: str
    note: str
    do_by: date | None
    source: str


def suggest(
    criteria: Iterable[Criterion],
    told: Told,
    before: Mapping[int, CriterionAnswer],
    today: date,
) -> dict[int, Suggestion]:
    """Criterion id to what may be filled in. A judgement nobody has made yet stays open."""
    found = {}
    for computed in look(criteria, told):
        earlier = before.get(computed.criterion.pk)
        if suggestion := _one(computed, earlier, told, today):
            found[computed.criterion.pk] = suggestion
    return found


def _one(
    computed: Found, earlier: CriterionAnswer | None, told: Told, today: date
) -> Suggestion | None:
    if earlier and (earlier.finding == "MET" or computed.finding != "MET"):
        return _as_before(earlier, today)
    if computed.is_of_before:
        return Suggestion("MET", computed.note[:500], None, f"From the record. {computed.note}.")
    if computed.finding == "MET":
        was = f" In round {earlier.round}: {WORDS[earlier.finding].lower()}." if earlier else ""
        return Suggestion("MET", "", None, f"From what the school wrote: {computed.note}.{was}")
    if computed.finding == "CANNOT_TELL" or _may_lie_in_a_paper(computed, told):
        return None
    note = computed.criterion.guidance or computed.link
    return Suggestion("NOT_YET", note[:500], None, "From what the school wrote.")


def _as_before(earlier: CriterionAnswer, today: date) -> Suggestion:
    do_by = earlier.do_by if earlier.do_by and earlier.do_by >= today else None
    return Suggestion(
        earlier.finding,
        earlier.note,
        do_by,
        f"As found in round {earlier.round}: {WORDS[earlier.finding].lower()}.",
    )


def _may_lie_in_a_paper(computed: Found, told: Told) -> bool:
    """Papers came, and the school said of none which it is: a person looks."""
    return computed.criterion.shown_by == Criterion.ShownBy.EVIDENCE and bool(told.papers)
