"""A list from file to records: handed in, columns known, read, applied. The same by screen or verb."""

from datetime import date
from itertools import islice
from typing import Any

from alongside.core import files
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.core.models import StoredFile
from alongside.exchange.class_list import Mapping, recognised
from alongside.exchange.first_line import refuse_pupil
from alongside.exchange.problems import Unreadable
from alongside.exchange.pupil_files import Reading, headers_of, is_transfer, read_pupils
from alongside.exchange.pupils import compare, refusals
from alongside.exchange.tabular import (
    CHECK_THE_FILE,
    HEADER_WITHIN_LINES,
    NO_NAMES,
    Line,
    read_lines,
    refuse_too_wide,
)
from alongside.people.actions import class_list
from alongside.people.models import ColumnMapping, ListRow, Pupil, PupilList
from alongside.people.queries.known import IDENTITY, differences, load, missing_from
from alongside.referrals.actions import moving
from alongside.rules.numbers import number_in
from alongside.schools.models import School

MOST_BYTES = 60 * 1024 * 1024
BIG_BYTES = 200_000  # About a thousand lines: more than this is the worker's.
BIG_LINES = 2_000


def saved_mapping(school: School, content: bytes, name: str) -> Mapping | None:
    """How this school's list with the same header row was read before."""
    if is_transfer(name, content):
        return None
    kept = ColumnMapping.objects.filter(school=school, headers=headers_of(content)).first()
    return Mapping.from_dict(kept.columns) if kept else None


def hand_in(*, actor: Actor, school: School, name: str, content: bytes) -> PupilList:
    """Keep the file and a list to be read from it."""
    if not content.strip():
        raise Problem("The file is empty. Choose another file.", "file")
    if len(content) > MOST_BYTES:
        raise Problem("The file is larger than 60 MB. Divide it into smaller files.", "file")
    if not is_transfer(name, content):
        _must_be_a_list(content, actor.today)
    mapping = saved_mapping(school, content, name)
    stored = files.keep(
        actor=actor,
        name=name,
        content=content,
        content_type="application/octet-stream",
        information_class=InformationClass.PUPIL,
    )
    return class_list.receive_list(
        actor=actor,
        school=school,
        name=name,
        sha256=stored.sha256,
        columns=mapping.as_dict() if mapping else {},
    )


def apply_part(*, actor: Actor, list_id: int) -> bool:
    """The next part of a list; after the last one, work goes along with who came to this school."""
    if class_list.apply_part(actor=actor, list_id=list_id):
        return True
    found = PupilList.objects.select_related("school").get(pk=list_id)
    moving.follow_school(actor=actor, school=found.school)
    return False


def _must_be_a_list(content: bytes, today: date) -> None:
    """A list has a line of column names, and a name and a birthday are two columns at least."""
    try:
        first = [
            line
            for line in islice(read_lines(content), HEADER_WITHIN_LINES)
            if isinstance(line, Line)
        ]
        if first:
            refuse_too_wide(first[0])
        if first and all(sum(map(bool, line.cells)) < 2 for line in first):
            raise Unreadable(NO_NAMES, CHECK_THE_FILE)
        if held := [line.cells for line in first if not line.is_blank]:
            refuse_pupil(max(held, key=recognised), today)
    except Unreadable as error:
        raise Problem(f"{error.problem.problem} {error.problem.remedy}", "file") from None


def is_big(pupil_list: PupilList) -> bool:
    """Too big to read while somebody waits for a page."""
    return stored_file(pupil_list).size > BIG_BYTES


def stored_file(pupil_list: PupilList) -> StoredFile:
    found = StoredFile.objects.filter(sha256=pupil_list.sha256).order_by("-id").first()
    if found is None:
        raise Problem("The file is no longer kept. Hand it in again.")
    return found


def content_of(pupil_list: PupilList) -> bytes:
    return files.read(stored_file(pupil_list))


def headers(pupil_list: PupilList) -> list[str]:
    return headers_of(content_of(pupil_list))


def use_columns(
    *, actor: Actor, pupil_list: PupilList, headers: list[str], mapping: Mapping
) -> None:
    """Read this list by these columns, and the school's next one with the same header row."""
    class_list.remember_columns(
        actor=actor, school=pupil_list.school, headers=headers, columns=mapping.as_dict()
    )
    class_list.set_columns(actor=actor, pupil_list=pupil_list, columns=mapping.as_dict())


def read_file(actor: Actor, pupil_list: PupilList) -> Reading:
    mapping = Mapping.from_dict(pupil_list.columns) if pupil_list.columns else None
    content = content_of(pupil_list)
    return read_pupils(pupil_list.name, content, today=actor.today, mapping=mapping)


def read_list(*, actor: Actor, pupil_list: PupilList, reading: Reading | None = None) -> PupilList:
    """What every line would do, kept to be looked at. Nothing about any pupil changes."""
    reading = reading or read_file(actor, pupil_list)
    school, met = pupil_list.school, set[int]()

    def lines() -> Any:
        yield from refusals(reading)
        for told in compare(actor, school, reading):
            met.update(told.incoming.get("contenders", ()))
            if told.pupil_id:
                met.add(told.pupil_id)
            yield told

    kept = class_list.keep_lines(
        actor=actor, pupil_list=pupil_list, lines=lines(), missing=0, columns=reading.columns
    )
    kept.counts["MISSING"] = missing_from(actor, school, met).count()
    kept.save(update_fields=["counts"])
    return kept


def read_again(*, actor: Actor, list_id: int) -> PupilList:
    found = PupilList.objects.select_related("school").get(pk=list_id)
    return read_list(actor=actor, pupil_list=found)


def met_by(pupil_list: PupilList) -> set[int]:
    """Every pupil that a line of the list is, or could be."""
    met = set(pupil_list.rows.exclude(pupil=None).values_list("pupil_id", flat=True))
    doubts = pupil_list.rows.filter(outcome=ListRow.Outcome.DOUBT)
    for incoming in doubts.values_list("incoming", flat=True):
        met.update(incoming.get("contenders", ()))
    return met


def decide(*, actor: Actor, row: ListRow, choice: str) -> ListRow:
    """`new`, `leave`, or how and which child: `same-41`, `keep-41`, `move-41`, `main-41`, `sub-41`."""
    decision, _, number = choice.partition("-")
    pupil, found = None, None
    if number:
        pupil = Pupil.objects.filter(pk=number_in(number) or 0).first()
        if pupil is None:
            raise Problem("Choose one of the children who could be meant.", "decision")
        known = load(actor, Pupil.objects.filter(pk=pupil.pk))[pupil.pk]
        found = differences(known, row.incoming, row.pupil_list.school)
        if decision == "keep":
            found = [each for each in found if each["field"] not in IDENTITY]
    return class_list.decide_line(
        actor=actor, row=row, decision=decision, pupil=pupil, differences=found
    )


__all__ = ["decide", "hand_in", "is_big", "met_by", "read_again", "read_list", "saved_mapping"]
