"""A pupil\'s chronology for a hearing: every line numbered, by school year, each with both its times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.documents.blocks import Block, Document, Paragraph, Section, Table
from alongside.documents.withheld import withheld
from alongside.people.models import EntryKind, Pupil
from alongside.people.queries import who
from alongside.people.queries.chronology import Chosen, Line, whole_chronology
from alongside.people.queries.safeguarding import whom_to_ask
from alongside.rules.dates import dated, time_in_words
from alongside.rules.words import count_of, day_in_words

HEAD = ("No.", "When", "What happened", "Recorded by")
WIDTHS = (2, 5, 17, 6)

AS_RECORDED = (
    "Every line as it was recorded, oldest first. Nothing in it was edited: a correction stands "
    "beneath its line, and a line recorded on a later day says when."
)


@dataclass(frozen=True)
class Wanted:
    """What a hearing is given: for which one, the chosen lines, and which classes go in."""

    hearing: str
    chosen: Chosen
    classes: frozenset[InformationClass]
    has_named: bool = False  # Notes for named people that the maker may read.
    has_presence: bool = True  # That there is a restricted record, and whom to ask.


def chronology_report(
    actor: Actor, pupil: Pupil, wanted: Wanted, only: frozenset[int] | None = None
) -> Document:
    """Never more than the maker reads. A concealed address never stands in it.

    `only` are the lines that were approved: what was written since is left out.
    """
    every = whole_chronology(actor, pupil, wanted.chosen)
    lines = [line for line in every if _goes_in(line, wanted) and _is_one_of(line, only)]
    ask = whom_to_ask(actor, pupil)
    numbered = list(enumerate(lines, start=1))
    document = Document(
        title=f"Chronology: {pupil.name}",
        second=f"{who(actor, pupil)}. For {wanted.hearing}.",
        note=_note(wanted, len(every) - len(lines)),
        facts=tuple(_facts(lines)),
        sections=tuple(
            Section(title, _rows(list(group), ask))
            for title, group in groupby(numbered, key=lambda one: school_year(one[1]))
        )
        or (Section("Nothing", (Paragraph("Nothing is recorded of what was chosen."),)),),
        foot=f"{pupil.name}, chronology. Made on {day_in_words(actor.today)} by {actor.name}.",
        name=f"chronology-pupil-{pupil.pk}-{actor.today:%Y-%m-%d}",
        whole_in="The page on screen",
    )
    return withheld(actor, pupil).clean_document(document)


def _goes_in(line: Line, wanted: Wanted) -> bool:
    if line.entry is None:
        return wanted.has_presence
    if line.entry.readers and not wanted.has_named:
        return False
    return line.information_class in wanted.classes


def _is_one_of(line: Line, only: frozenset[int] | None) -> bool:
    return only is None or line.entry is None or line.entry.pk in only


def lines_sent(
    actor: Actor, pupil: Pupil, wanted: Wanted, only: frozenset[int] | None = None
) -> dict[int, str]:
    """Each line that would be read whole, by its number, with its words: what is approved."""
    lines = whole_chronology(actor, pupil, wanted.chosen)
    return {
        line.entry.pk: "\n".join(_row(0, line, "")[1:])
        for line in lines
        if line.entry and _goes_in(line, wanted) and _is_one_of(line, only)
    }


def school_year(line: Line) -> str:
    """September 2025 to August 2026."""
    first = line.on.year if line.on.month >= 9 else line.on.year - 1
    return f"September {first} to August {first + 1}"


def _note(wanted: Wanted, left_out: int) -> str:
    parts = [AS_RECORDED]
    if wanted.chosen:
        parts.append("It holds the part of the chronology that was chosen.")
    if left_out:
        parts.append(f"{count_of(left_out, 'line')} of the record left out of this copy.")
    return " ".join(parts)


def _facts(lines: Sequence[Line]) -> list[tuple[str, str]]:
    if not lines:
        return []
    kinds: dict[str, int] = {}
    for line in lines:
        if line.entry:
            label = EntryKind(line.entry.kind).label
            kinds[label] = kinds.get(label, 0) + 1
    told = ", ".join(f"{label} {n}" for label, n in sorted(kinds.items()))
    return [
        ("From", day_in_words(lines[0].on)),
        ("To", day_in_words(lines[-1].on)),
        ("Lines", f"{len(lines)}: {told}" if told else str(len(lines))),
    ]


def _rows(lines: list[tuple[int, Line]], ask: str) -> tuple[Block, ...]:
    rows = tuple(_row(number, line, ask) for number, line in lines)
    return (Table("Lines of the chronology", HEAD, rows, widths=WIDTHS),)


def _row(number: int, line: Line, ask: str) -> tuple[str, ...]:
    day = f"{line.on:%a} {dated(line.on)}"
    entry = line.entry
    if entry is None:
        words = f"Restricted entry. To know more, ask {line.ask or ask}."
        return (str(number), day, words, "")
    at = timezone.localtime(entry.occurred_at)
    hour = "" if (at.hour, at.minute) == (12, 0) else f"\n{time_in_words(at)}"
    said = [f"{EntryKind(entry.kind).label}. {entry.summary}", entry.detail]
    said.append(line.for_whom)
    said += [f"{c.summary} ({c.author}, {_moment(c.created_at)})" for c in line.corrections]
    late = f"\nRecorded later: {_moment(line.recorded_late)}" if line.recorded_late else ""
    return (
        str(number),
        f"{day}{hour}",
        "\n".join(part for part in said if part),
        f"{entry.author}{late}",
    )


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{dated(local)}, {time_in_words(local)}"
