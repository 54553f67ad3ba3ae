"""Whether an incoming pupil is one we know. Decides nothing that a person should: doubt is an answer."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from alongside.rules import names, postcodes, upn
from alongside.rules.names import Likeness
from alongside.rules.words import count_of, day_in_words


class Kind(StrEnum):
    SAME = "SAME"  # Certain enough to join without asking.
    LIKELY = "LIKELY"  # Joined unless a person says no; the reasons are shown.
    DOUBTFUL = "DOUBTFUL"  # A person decides.
    NEW = "NEW"


@dataclass(frozen=True, slots=True)
class Person:
    """What identifies a pupil, incoming or known. `key` is the caller's own handle on a record.

    Leave `postcode` empty where an address is concealed: no reason may confirm it.
    """

    legal_forename: str
    legal_surname: str
    born_on: date | None = None
    preferred_forename: str = ""
    preferred_surname: str = ""
    upn: str = ""
    former_upns: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()  # First name and surname, as once recorded.
    sex: str = ""
    postcode: str = ""
    school: Hashable = None  # A register the pupil is on, where that is known.
    key: Hashable = None

    @property
    def forenames(self) -> tuple[str, str]:
        return self.legal_forename, self.preferred_forename

    @property
    def surnames(self) -> tuple[str, str]:
        return self.legal_surname, self.preferred_surname

    @property
    def full_name(self) -> str:
        return f"{self.legal_forename} {self.legal_surname}"

    @property
    def upns(self) -> set[str]:
        return {upn.normalise(each) for each in (self.upn, *self.former_upns) if each}


@dataclass(frozen=True, slots=True)
class Match:
    """The answer, why in words, and every record that a person would have to choose between."""

    kind: Kind
    candidate: Person | None
    reasons: tuple[str, ...]
    contenders: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class _Verdict:
    kind: Kind
    candidate: Person
    reasons: tuple[str, ...]
    by_upn: bool = False


def match(incoming: Person, candidates: Iterable[Person]) -> Match:
    return Matcher(candidates).match(incoming)


class Matcher:
    """Many pupils against the same records: looks only at those that could be meant."""

    def __init__(self, candidates: Iterable[Person]) -> None:
        self._found: dict[Hashable, list[Person]] = defaultdict(list)
        for each in candidates:
            for place in _places(each):
                self._found[place].append(each)

    def match(self, incoming: Person) -> Match:
        if not self._found:  # An empty council: everybody is new.
            return _choose([])
        near: dict[int, Person] = {}
        for place in _places(incoming):
            near |= {id(each): each for each in self._found.get(place, ())}
        verdicts = [found for each in near.values() if (found := _judge(incoming, each))]
        return _choose(verdicts)


def _places(person: Person) -> Iterator[Hashable]:
    """Where a record is filed: by each UPN, by day of birth either way round, by its name."""
    yield from person.upns
    if person.born_on:
        yield person.born_on
        if swapped := _swapped(person.born_on):
            yield swapped
    for forename in filter(None, person.forenames):
        for surname in filter(None, person.surnames):
            yield tuple(sorted((names.key(forename), names.key(surname))))
    for once in person.former_names:
        yield tuple(sorted(names.key(part) for part in once))


def _choose(verdicts: list[_Verdict]) -> Match:
    """The one best verdict; two that are equally good are a doubt."""
    apart = tuple(reason for each in verdicts if each.kind == Kind.NEW for reason in each.reasons)
    alike = [each for each in verdicts if each.kind != Kind.NEW]
    if not alike:
        return Match(
            Kind.NEW, None, apart or ("No pupil with this UPN, or this name and date of birth.",)
        )
    kind = next(kind for kind in Kind if any(each.kind == kind for each in alike))
    best = [each for each in alike if each.kind == kind]
    numbered = [each for each in best if each.by_upn]
    if len(numbered) == 1 and kind != Kind.DOUBTFUL:
        best = numbered
    rivals = [each for each in alike if each.by_upn and each not in best]
    contenders = tuple(each.candidate for each in [*best, *rivals])
    reasons = tuple(dict.fromkeys(reason for each in [*best, *rivals] for reason in each.reasons))
    if len(contenders) == 1:
        return Match(kind, best[0].candidate, reasons, contenders)
    told = f"{count_of(len(contenders), 'pupil')} could be meant, and none is clearly nearer."
    return Match(Kind.DOUBTFUL, None, (told, *reasons), contenders)


def _judge(incoming: Person, known: Person) -> _Verdict | None:
    """One record against the incoming pupil, by the names it has, else by those it once had.

    A name that somebody no longer goes by joins nobody without a person having looked.
    """
    found = _judge_as_named(incoming, known)
    if found and found.kind != Kind.NEW:
        return found
    for forename, surname in known.former_names:
        once = replace(
            known, legal_forename=forename, legal_surname=surname,
            preferred_forename="", preferred_surname="",
        )  # fmt: skip
        again = _judge_as_named(incoming, once)
        if again and again.kind != Kind.NEW:
            kind = Kind.LIKELY if again.kind == Kind.SAME else again.kind
            told = (f"{known.full_name} was recorded as {once.full_name} before.", *again.reasons)
            return _Verdict(kind, known, told, again.by_upn)
    return found


def _judge_as_named(incoming: Person, known: Person) -> _Verdict | None:
    """As `_judge`, by the present names; None when there is nothing between them."""
    forename = names.best(incoming.forenames, known.forenames, forenames=True)
    surname = names.best(incoming.surnames, known.surnames, forenames=False)
    same_birth = incoming.born_on is not None and incoming.born_on == known.born_on
    if incoming.upns & known.upns:
        return _by_upn(incoming, known, forename, surname, same_birth)
    if same_birth:
        return _by_birth(incoming, known, forename, surname)
    return _by_name(incoming, known, forename, surname)


def _by_upn(
    incoming: Person, known: Person, forename: Likeness, surname: Likeness, same_birth: bool
) -> _Verdict:
    current = upn.normalise(incoming.upn) == upn.normalise(known.upn)
    start = "Same UPN" if current else "The UPN of one is a former UPN of the other"
    forename_agrees = forename >= Likeness.VARIANT
    named = forename_agrees and surname >= Likeness.VARIANT
    if named and same_birth:
        kind, rest = Kind.SAME, "name and date of birth agree."
    elif forename_agrees and same_birth:
        kind, rest = (
            Kind.SAME,
            f"date of birth and first name agree; surname was {known.legal_surname}.",
        )
    elif named and (incoming.born_on is None or known.born_on is None):
        kind, rest = Kind.LIKELY, "name agrees; one date of birth is missing."
    elif named:
        kind, rest = (
            Kind.LIKELY,
            f"name agrees, date of birth differs: {_birth(known)} is recorded.",
        )
    elif same_birth:
        kind, rest = (
            Kind.DOUBTFUL,
            f"but {known.full_name} is recorded: a twin's number, or a new name?",
        )
    else:
        kind, rest = Kind.DOUBTFUL, f"but {known.full_name}, {_birth(known)}, is recorded."
    return _Verdict(kind, known, (f"{start}; {rest}",), by_upn=True)


def _by_birth(
    incoming: Person, known: Person, forename: Likeness, surname: Likeness
) -> _Verdict | None:
    """Same date of birth, and no UPN in common."""
    at_home = _same_home(incoming, known)
    if forename >= Likeness.VARIANT and surname >= Likeness.VARIANT:
        return _same_name_and_birth(incoming, known, exact=forename + surname == 2 * Likeness.SAME)
    if forename == Likeness.SIMILAR and surname >= Likeness.VARIANT:
        return _doubt(
            known,
            f"Same surname and date of birth, and a first name near {known.legal_forename}: "
            "one child spelt two ways, or twins?",
        )
    if forename >= Likeness.VARIANT and surname == Likeness.SIMILAR:
        return _doubt(
            known, f"Same first name and date of birth; the surname is near {known.legal_surname}."
        )
    if forename >= Likeness.VARIANT and at_home:
        return _doubt(
            known,
            f"Same first name, date of birth and postcode; surname was {known.legal_surname}.",
        )
    if _names_swapped(incoming, known):
        return _doubt(known, "Same date of birth; first name and surname have changed places.")
    if surname >= Likeness.VARIANT:
        home = ", date of birth and postcode" if at_home else " and date of birth"
        return _Verdict(
            Kind.NEW,
            known,
            (
                f"Same surname{home} as {known.full_name}, another first name: kept apart, perhaps a twin.",
            ),
        )
    return None


def _same_name_and_birth(incoming: Person, known: Person, *, exact: bool) -> _Verdict:
    reason = (
        "Same name and date of birth"
        if exact
        else (f"Same date of birth; the name is a form of {known.full_name}")
    )
    if _different_permanent_upns(incoming, known):
        return _doubt(known, f"{reason}, but another UPN: two children, or one given two numbers?")
    if incoming.sex and known.sex and incoming.sex != known.sex:
        return _doubt(known, f"{reason}, but the sex recorded differs.")
    return _Verdict(Kind.SAME if exact else Kind.LIKELY, known, (f"{reason}.",))


def _by_name(
    incoming: Person, known: Person, forename: Likeness, surname: Likeness
) -> _Verdict | None:
    """Neither UPN nor date of birth agree: only a slip in the date could make them one."""
    if forename < Likeness.VARIANT or surname < Likeness.VARIANT:
        return None
    if incoming.born_on is None or known.born_on is None:
        return _doubt(known, "Same name; one date of birth is missing.")
    if _swapped(incoming.born_on) == known.born_on:
        return _doubt(
            known, f"Same name; day and month of birth have changed places ({_birth(known)})."
        )
    if not _one_slip(incoming.born_on, known.born_on):
        return None
    if _same_home(incoming, known):
        return _doubt(known, f"Same name and postcode; the date of birth is near {_birth(known)}.")
    if incoming.school is not None and incoming.school == known.school:
        return _doubt(known, f"Same name and school; the date of birth is near {_birth(known)}.")
    return None


def _doubt(known: Person, reason: str) -> _Verdict:
    return _Verdict(Kind.DOUBTFUL, known, (reason,))


def _birth(known: Person) -> str:
    return f"born {day_in_words(known.born_on)}" if known.born_on else "without a date of birth"


def _same_home(one: Person, other: Person) -> bool:
    here = postcodes.normalise(one.postcode)
    return bool(here) and here == postcodes.normalise(other.postcode)


def _different_permanent_upns(one: Person, other: Person) -> bool:
    numbers = (one.upn, other.upn)
    return all(upn.is_valid(each) and not upn.is_temporary(each) for each in numbers)


def _names_swapped(one: Person, other: Person) -> bool:
    return names.key(one.legal_forename) == names.key(other.legal_surname) and names.key(
        one.legal_surname
    ) == names.key(other.legal_forename)


def _swapped(day: date) -> date | None:
    """Day and month in each other's place, where that is another day."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _one_slip(one: date, other: date) -> bool:
    """Exactly one of day, month and year differs."""
    return [one.day == other.day, one.month == other.month, one.year == other.year].count(
        False
    ) == 1
