"""Whether what a school wrote meets a framework's criteria, as far as a machine can tell. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from alongside.pathways.models import Criterion
from alongside.rules.dates import dated
from alongside.rules.words import count_of, listed

Finding = str  # MET, NOT_YET or CANNOT_TELL: the values of CriterionAnswer.Finding.


@dataclass(frozen=True)
class Cycle:
    """One cycle of assess, plan, do, review, as written."""

    starts_on: date | None
    reviewed_on: date | None


@dataclass(frozen=True)
class Told:
    """What the school told, as far as criteria ask for it."""

    school: str = ""
    is_on_roll: bool = True
    agreed_on: date | None = None
    agreed_by: str = ""
    agreed_how: str = ""
    cycles: Sequence[Cycle] = ()
    papers: int = 0
    # What was done by the plans of a case that is closed, and how to call them.
    earlier: Sequence[Cycle] = ()
    earlier_from: str = ""
    # Criterion id to the papers that the school says show it.
    shown: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One criterion with what was found, in words; `section` is where a school would meet it."""

    criterion: Criterion
    finding: Finding
    note: str
    section: str
    link: str = ""
    is_of_before: bool = False  # Met by the record of a closed case, not by what is written now.


# The section of the referral form in which each kind of criterion is met.
SECTION_OF = {
    Criterion.ShownBy.ON_ROLL: "pupil",
    Criterion.ShownBy.AGREEMENT: "family",
    Criterion.ShownBy.CYCLES: "tried",
    Criterion.ShownBy.EVIDENCE: "papers",
    Criterion.ShownBy.JUDGEMENT: "happening",
}


def look(criteria: Iterable[Criterion], told: Told) -> list[Found]:
    """Every criterion with its finding, in order."""
    return [_look_at(criterion, told) for criterion in criteria]


def likely_result(found: Iterable[Found]) -> str:
    """What will probably happen when it is sent as it is. Sending early is allowed."""
    missing = [f for f in found if f.criterion.is_required and f.finding == "NOT_YET"]
    if missing:
        return "You may send it now, but it is likely to come back."
    return "Ready to send. A person reads it and decides."


def met_of(found: Sequence[Found]) -> tuple[int, int]:
    """How many of the required criteria are met, of how many."""
    required = [f for f in found if f.criterion.is_required]
    return sum(f.finding == "MET" for f in required), len(required)


def _look_at(criterion: Criterion, told: Told) -> Found:
    judge = {
        Criterion.ShownBy.ON_ROLL: _on_roll,
        Criterion.ShownBy.AGREEMENT: _agreement,
        Criterion.ShownBy.CYCLES: _cycles,
        Criterion.ShownBy.EVIDENCE: _evidence,
    }.get(Criterion.ShownBy(criterion.shown_by), _judgement)
    section = SECTION_OF[Criterion.ShownBy(criterion.shown_by)]
    finding, note, link = judge(criterion, told)
    if finding == "NOT_YET" and (was := _met_before(criterion, told)):
        return Found(criterion, "MET", was, section, is_of_before=True)
    if finding == "NOT_YET" and not criterion.is_required:
        note = "Not needed to send. It speeds the decision."
    return Found(criterion, finding, note, section, link)


def _on_roll(criterion: Criterion, told: Told) -> tuple[Finding, str, str]:
    if told.is_on_roll:
        return "MET", f"Met. {told.school}", ""
    return "NOT_YET", "Not on roll at this school.", ""


def _agreement(criterion: Criterion, told: Told) -> tuple[Finding, str, str]:
    if told.agreed_on and told.agreed_by:
        how = f"{told.agreed_how}, " if told.agreed_how else ""
        return "MET", f"Met. {how}{dated(told.agreed_on)}", ""
    return "NOT_YET", "Not yet met.", "Say who agreed and when"


def _cycles(criterion: Criterion, told: Told) -> tuple[Finding, str, str]:
    started = sorted(c.starts_on for c in told.cycles if c.starts_on)
    reviewed = sum(1 for c in told.cycles if c.reviewed_on)
    needed = criterion.amount or 0
    if not needed:
        if started:
            return "MET", f"Met. Since {dated(started[0])}", ""
        return "NOT_YET", "Not yet met.", "Add what you have tried"
    if reviewed >= needed:
        return "MET", f"Met. {reviewed} reviewed", ""
    missing = "the review" if needed == 1 else f"review {reviewed + 1} of {needed}"
    return "NOT_YET", f"Not yet met: {reviewed or 'none'} found.", f"Add {missing}"


def _met_before(criterion: Criterion, told: Told) -> str:
    """A plan of a case that is closed counts as tried, and its review as a review."""
    if criterion.shown_by != Criterion.ShownBy.CYCLES or not told.earlier:
        return ""
    needed = criterion.amount or 0
    reviewed = sum(1 for c in (*told.cycles, *told.earlier) if c.reviewed_on)
    if reviewed < needed:
        return ""
    return f"Met by {told.earlier_from}{f', {reviewed} reviewed in all' if needed else ''}"


def _evidence(criterion: Criterion, told: Told) -> tuple[Finding, str, str]:
    if named := told.shown.get(criterion.pk):
        return "MET", f"Met. {listed(list(named))}", ""
    if told.papers:
        many = count_of(told.papers, "paper")
        return "NOT_YET", f"Not yet met: {many}, and none said to be this.", "Say which paper it is"
    return "NOT_YET", "Not yet met.", "Attach it"


def _judgement(criterion: Criterion, told: Told) -> tuple[Finding, str, str]:
    return "CANNOT_TELL", "A person reads what you wrote and judges this.", ""
