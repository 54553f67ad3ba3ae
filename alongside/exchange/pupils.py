"""Holds a list against the records: what each line would create, change, leave or have decided.

Looks at a few thousand lines at a time, by birthday, so that a county's list fits in memory.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from alongside.core.actor import Actor
from alongside.exchange.pupil_files import Reading
from alongside.people.models import ListRow, Pupil
from alongside.people.queries.known import (
    Difference,
    Incoming,
    Known,
    differences,
    of_identity,
    who_could_be_meant,
)
from alongside.rules import names, upn
from alongside.rules.matching import Kind, Match, Matcher, Person
from alongside.rules.words import listed
from alongside.schools.models import School

CHUNK = 4_000
Outcome = ListRow.Outcome


@dataclass(slots=True)
class Told:
    """What is to become of one line, and why."""

    line: int
    outcome: str
    incoming: dict[str, Any] = field(default_factory=dict)
    pupil_id: int | None = None
    differences: list[Difference] = field(default_factory=list)
    reasons: list[Any] = field(default_factory=list)


def counts_of(rows: Iterable[Told]) -> Counter[str]:
    return Counter(row.outcome for row in rows)


def refusals(reading: Reading) -> Iterator[Told]:
    """One line of the answer for each line that cannot be read, with all that is wrong with it."""
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for problem in reading.refused:
        lines[problem.line or 0].append(problem.as_dict())
    for line, problems in sorted(lines.items()):
        yield Told(line, Outcome.REFUSE, reasons=problems)


def compare(actor: Actor, school: School, reading: Reading) -> Iterator[Told]:
    """Every line that was read, in chunks ordered by birthday."""
    claimed: dict[int, int] = {}
    rows = sorted(reading.rows, key=lambda row: (row[1]["born_on"], row[0]))
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        yield from _Chunk(actor, school, chunk, claimed).told()


class _Chunk:
    """Some lines with every record that they could mean."""

    def __init__(
        self,
        actor: Actor,
        school: School,
        rows: list[tuple[int, dict[str, Any]]],
        claimed: dict[int, int],
    ) -> None:
        self.actor, self.school, self.rows, self.claimed = actor, school, rows, claimed
        self.known = who_could_be_meant(actor, (row for _, row in rows), school)
        self.by_upn: dict[str, list[Known]] = defaultdict(list)
        self.by_name: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
        for each in self.known.values():
            for number in {each.values["upn"], each.values["former_upn"]} - {""}:
                self.by_upn[number].append(each)
            for forename, surname in each.name_keys:
                self.by_name[forename, surname, each.values["born_on"].isoformat()].append(each)
        self._matcher: Matcher | None = None
        self._visible: set[int] | None = None

    def told(self) -> Iterator[Told]:
        for line, row in self.rows:
            plainly = self.plainly(row)
            found = Match(Kind.SAME, plainly.person, (), ()) if plainly else self.matched(row)
            yield self.judged(line, row, found)

    def plainly(self, row: Incoming) -> Known | None:
        """The one record with the same number, name and birthday, or name and birthday alone."""
        key = (names.key(row["legal_forename"]), names.key(row["legal_surname"]), row["born_on"])
        exact = self.by_name.get(key, [])
        if len(exact) != 1:
            return None
        (known,) = exact
        number, recorded = row.get("upn", ""), known.values["upn"]
        holders = self.by_upn.get(number, []) if number else []
        if any(each is not known for each in holders) or row.get("former_upn"):
            return None
        if number and recorded == number:
            return known
        if row.get("sex") and known.values["sex"] and row["sex"] != known.values["sex"]:
            return None
        is_permanent = [bool(n) and not upn.is_temporary(n) for n in (number, recorded)]
        return None if all(is_permanent) else known

    def matched(self, row: Incoming) -> Match:
        if self._matcher is None:
            here = self.school.place_id
            self._matcher = Matcher(each.person_at(here) for each in self.known.values())
        return self._matcher.match(replace(person_of(row), school=self.school.place_id))

    def judged(self, line: int, row: dict[str, Any], found: Match) -> Told:
        reasons = list(found.reasons)
        if found.kind == Kind.NEW:
            return Told(line, Outcome.CREATE, row, reasons=reasons)
        ids = [int(str(each.key)) for each in found.contenders or () if each.key is not None]
        if found.kind == Kind.DOUBTFUL or found.candidate is None:
            return self.doubt(line, row, ids, reasons)
        known = self.known[int(str(found.candidate.key))]
        if known.pk in self.claimed:
            reasons.append(f"Line {self.claimed[known.pk]} is already this pupil.")
            return self.doubt(line, row, [known.pk], reasons)
        self.claimed[known.pk] = line
        if known.here(self.school.place_id) is None:
            if elsewhere := known.elsewhere(self.school.place_id):
                schools = listed([roll.school_name for roll in elsewhere])
                reasons.append(f"On roll at {schools}: has the child moved, or is it both?")
                return self.doubt(line, row, [known.pk], reasons)
            if not self.may_see(known.pk):
                reasons.append("Known to the council, but not to you.")
                return self.doubt(line, row, [known.pk], reasons)
        found_differences = differences(known, row, self.school)
        if of_identity(found_differences):
            reasons.append(
                "Confirm what the list says, or keep the name and date of birth recorded."
            )
            return self.doubt(line, row, [known.pk], reasons)
        outcome = Outcome.CHANGE if found_differences else Outcome.SAME
        kept = row if found_differences else _name_of(row)
        return Told(line, outcome, kept, known.pk, found_differences, reasons)

    def doubt(self, line: int, row: dict[str, Any], ids: list[int], reasons: list[str]) -> Told:
        pupil_id = ids[0] if len(ids) == 1 else None
        return Told(line, Outcome.DOUBT, row | {"contenders": ids}, pupil_id, reasons=reasons)

    def may_see(self, pupil_id: int) -> bool:
        if self.actor.is_system:
            return True
        if self._visible is None:
            visible = Pupil.objects.visible_to(self.actor).filter(pk__in=list(self.known))
            self._visible = set(visible.values_list("pk", flat=True))
        return pupil_id in self._visible


def person_of(row: Incoming) -> Person:
    address = row.get("address") or {}
    return Person(
        legal_forename=row["legal_forename"],
        legal_surname=row["legal_surname"],
        born_on=date.fromisoformat(row["born_on"]),
        preferred_forename=row.get("preferred_forename", ""),
        preferred_surname=row.get("preferred_surname", ""),
        upn=row.get("upn", ""),
        former_upns=(row["former_upn"],) if row.get("former_upn") else (),
        sex=row.get("sex", ""),
        postcode=address.get("postcode", ""),
    )


def _name_of(row: Incoming) -> dict[str, Any]:
    return {name: row[name] for name in ("legal_forename", "legal_surname", "born_on")}
