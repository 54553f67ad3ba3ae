"""`import pupils`: one school's list, shown or applied."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from alongside.command import importing
from alongside.command.importing import CANNOT_START, at_school, read, step, told
from alongside.exchange.problems import Problem
from alongside.rules.words import quoted

SUMMARY = "Read a class list (csv, xlsx) or Common Transfer File (xml) of one school."
WORDS = {"CREATE": "new", "CHANGE": "changed", "SAME": "the same", "DOUBT": "doubtful"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as class7b.csv")
    parser.add_argument("--school", required=True, metavar="URN", help="the school's URN")
    parser.add_argument("--council", metavar="CODE", help="when two councils have this school")
    parser.add_argument(
        "--apply", action="store_true", help="change the records; without it nothing changes"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def run(args: argparse.Namespace) -> int:
    return importing.answer(args, lambda: load(args), lambda why: outcome({}, [why], (), read=0))


def outcome(
    counts: Mapping[str, int], refused: list[Problem], not_used: Sequence[str], *, read: int
) -> dict[str, Any]:
    """The answer of `--json`: what became of each line, what is wrong with the refused ones, and
    the columns that nothing was read from."""
    return {
        "read": read,
        "created": counts.get("CREATE", 0),
        "changed": counts.get("CHANGE", 0),
        "same": counts.get("SAME", 0),
        "doubtful": counts.get("DOUBT", 0),
        "refused": [each.as_dict() for each in refused],
        "not_used": list(not_used),
    }


@importing.without_collecting()
def load(args: argparse.Namespace) -> tuple[dict[str, Any], list[str], int]:
    from alongside.exchange import lists, pupil_files, pupils

    content = read(args.file)
    with at_school(args.school, args.council) as (actor, school):
        with step(f"Reading {args.file.name}"):
            mapping = lists.saved_mapping(school, content, args.file.name)
            reading = pupil_files.read_pupils(
                args.file.name, content, today=actor.today, mapping=mapping
            )
        with step("Comparing with the records"):
            found = list(pupils.compare(actor, school, reading))
        counts = pupils.counts_of(found)
        staff_id, list_id = actor.staff_id, None
        if args.apply and (counts["CREATE"] or counts["CHANGE"] or counts["DOUBT"]):
            list_id = keep(actor, school, args.file.name, content, reading, found).pk
    if list_id is not None:
        with step("Applying"):
            apply(staff_id, list_id)
    # What a header lacks is a fault of the file, and no line of it was read.
    refused = set() if reading.needs_mapping else {each.line for each in reading.refused}
    read_lines = len(found) + len(refused - {None})
    answer = outcome(counts, reading.refused, reading.mapping.ignored, read=read_lines)
    lines = list(in_words(args, school.name, found, answer, reading))
    return answer, lines, CANNOT_START if reading.refused and not found else 0


def keep(actor: Any, school: Any, name: str, content: bytes, reading: Any, found: Any) -> Any:
    """The list with its lines, so that the doubtful ones wait on screen for a person."""
    from alongside.exchange import lists, pupils
    from alongside.people.actions import class_list

    kept = lists.hand_in(actor=actor, school=school, name=name, content=content)
    lines = [*pupils.refusals(reading), *found]
    class_list.keep_lines(
        actor=actor, pupil_list=kept, lines=lines, missing=0, columns=reading.columns
    )
    if any(each.outcome in ("CREATE", "CHANGE") for each in found):
        class_list.begin_applying(actor=actor, pupil_list=kept)
    return kept


def apply(staff_id: int, list_id: int) -> None:
    from alongside.exchange.jobs import apply_list

    apply_list(staff_id=staff_id, list_id=list_id)


def in_words(
    args: argparse.Namespace, school: str, found: list[Any], answer: dict[str, Any], reading: Any
) -> Iterator[str]:
    done = "was applied" if args.apply else "would do this; nothing has changed"
    refused_lines = {each["line"] for each in answer["refused"]}
    yield f"{args.file.name} {done}. {school}: {answer['read']:,} lines."
    yield (
        f"  {answer['created']:,} new, {answer['changed']:,} changed, {answer['same']:,} the same,"
        f" {answer['doubtful']:,} doubtful, {len(refused_lines):,} refused."
    )
    doubts = [row for row in found if row.outcome == "DOUBT"]
    if doubts:
        yield "A person decides the doubtful lines, on the school's page under Class lists:"
        for row in doubts[: importing.SHOWN]:
            yield f"  Line {row.line}: {' '.join(map(str, row.reasons))}"
    if reading.refused:
        yield "Refused:"
        yield from told(reading.refused)
    if reading.notes:
        yield "Read, with a value left out:"
        yield from told(reading.notes)
    if answer["not_used"]:
        yield f"Columns that are not used: {quoted(answer['not_used'])}."
