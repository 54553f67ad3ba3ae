"""Loads the register of schools into one council: reads the files, then acts. Draws no screen."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from alongside.core.actor import Actor
from alongside.exchange import gias
from alongside.exchange.gias import Elsewhere, LinkRow, SchoolRow
from alongside.exchange.problems import Problem, Unreadable
from alongside.exchange.tabular import Source
from alongside.rules.words import listed
from alongside.schools.actions.register import Succession, load_register
from alongside.schools.models import School, SchoolStatus

STATUSES = {
    "Open": SchoolStatus.OPEN,
    "Open, but proposed to close": SchoolStatus.CLOSING,
    "Proposed to open": SchoolStatus.PROPOSED,
    "Closed": SchoolStatus.CLOSED,
}
PLAIN = (
    "establishment_number", "name", "type_name", "type_group", "opened_on", "age_low", "age_high",
    "gender", "street", "town", "postcode", "pupils_on_roll", "trust_name",
)  # fmt: skip


@dataclass
class Register:
    """A register file as read: one council's schools, and how many of each other council."""

    code: str
    name: str = ""
    schools: list[SchoolRow] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    rejected: list[Problem] = field(default_factory=list)
    links: list[LinkRow] = field(default_factory=list)
    links_rejected: list[Problem] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Every line below the header that is not blank."""
        loaded = {row.line for row in self.schools}
        lines = {each.line for each in self.rejected if each.line} - loaded
        return len(self.schools) + self.others.total() + len(lines)

    @property
    def is_unreadable(self) -> bool:
        """Not a register at all, or without the columns that one needs."""
        return any(each.line is None for each in self.rejected)


@dataclass
class Report:
    """The outcome of one import, as `--json` prints it."""

    read: int = 0
    other_council: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Problem] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "rejected": [each.as_dict() for each in self.rejected]}


def read_register(source: bytes, links: Source | None, code: str) -> Register:
    """Everything of the files that concerns this council. Raises nothing: problems are listed."""
    register = Register(code)
    try:
        for row in gias.parse(source, of=code):
            if isinstance(row, Problem):
                register.rejected.append(row)
            elif isinstance(row, Elsewhere):
                register.others[f"{row.la_code} {row.la_name}".strip()] += 1
            else:
                register.name = register.name or row.la_name
                register.schools.append(row)
                register.rejected += row.left_out
    except Unreadable as error:
        register.rejected.append(error.problem)
    if register.is_unreadable:
        return register
    if links is not None and not register.is_unreadable:
        _read_links(register, links)
    return register


def _read_links(register: Register, source: Source) -> None:
    try:
        for row in gias.parse_links(source):
            if isinstance(row, LinkRow):
                register.links.append(row)
            else:
                register.links_rejected.append(_of_links(row))
    except Unreadable as error:
        register.links_rejected.append(_of_links(error.problem))


def _of_links(problem: Problem) -> Problem:
    return Problem(problem.line, problem.column, f"Links file: {problem.problem}", problem.remedy)


def not_here(register: Register) -> Problem:
    """The file has no school of the council it was read for."""
    problem = f"No school of a council with the code {register.code} could be read."
    remedy = f"{whose_schools(register)} Check the code, or choose another file."
    return Problem(None, "LA (code)", problem, remedy)


def whose_schools(register: Register) -> str:
    """Which councils the file is about, in words: for a code that it does not have."""
    found = [f"{count:,} of {council}" for council, count in register.others.most_common(4)]
    more = len(register.others) - len(found)
    if not found:
        return "It has no school that could be read."
    return f"It has {listed(found)}{f', and {more} other councils' if more else ''}."


def apply_register(*, actor: Actor, register: Register, source: str) -> Report:
    """Bring the council's schools to what the register says. The same file twice changes nothing."""
    known = set(School.objects.values_list("urn", flat=True))
    loaded = load_register(
        actor=actor,
        schools=[facts_of(row, is_new=row.urn not in known) for row in register.schools],
        successions=successions(register.links, known | {row.urn for row in register.schools}),
        source=source,
    )
    return Report(
        read=register.read,
        other_council=register.others.total(),
        created=len(loaded.created),
        updated=len(loaded.updated),
        unchanged=len(loaded.unchanged),
        rejected=[*register.rejected, *register.links_rejected],
    )


def facts_of(row: SchoolRow, *, is_new: bool) -> dict[str, Any]:
    """What the register says. What it leaves blank is left as it is: columns come and go."""
    facts: dict[str, Any] = {"urn": row.urn, "la_code": row.la_code}
    facts |= {name: value for name in PLAIN if (value := getattr(row, name)) not in ("", None)}
    facts |= {
        name: value
        for name, value in {
            "phase": "" if row.phase_name == "Not applicable" else row.phase_name,
            "phone": row.telephone,
            "website": row.website,
            "head_name": " ".join(
                part for part in (row.head_title, row.head_forename, row.head_surname) if part
            ),
        }.items()
        if value
    }
    status = _status(row)
    if status or is_new:
        facts["status"] = status or SchoolStatus.OPEN
        facts["closed_on"] = row.closed_on
    return {name: _cut(name, value) for name, value in facts.items()}


def _status(row: SchoolRow) -> str:
    if row.status_name in STATUSES:
        return STATUSES[row.status_name]
    return SchoolStatus.CLOSED if row.closed_on else ""


def _cut(name: str, value: Any) -> Any:
    """As much as the column holds: a register is not refused for one long address."""
    longest: int | None = getattr(School._meta.get_field(name), "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value


def successions(links: Iterable[LinkRow], known: set[int]) -> list[Succession]:
    """Who followed whom, said from either side. One plain successor is the same school."""
    followed: dict[int, dict[int, bool]] = defaultdict(dict)
    for link in links:
        if link.is_successor:
            old, new = link.urn, link.link_urn
        elif link.is_predecessor:
            old, new = link.link_urn, link.urn
        else:
            continue
        is_plain = link.link_type in ("Successor", "Predecessor")
        followed[old][new] = followed[old].get(new, True) and is_plain
    arrived = Counter(
        new for news in followed.values() for new, is_plain in news.items() if is_plain
    )
    return [
        Succession(old, new, is_plain and len(news) == 1 and arrived[new] == 1)
        for old, news in followed.items()
        for new, is_plain in news.items()
        if old in known and new in known
    ]
