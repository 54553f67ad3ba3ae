"""One school's calendar: which days are school days, and in words why a day is not one.

Counts only what it has been told: a day beyond the known terms is refused, never guessed.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self

from alongside.rules.words import count_of, day_in_words, weekday_in_words
from alongside.rules.working_days import ONE_DAY, bank_holiday, days_between, is_weekend

# The summer holiday is about six weeks. A longer gap probably means that a term was not entered.
LONGEST_HOLIDAY_DAYS = 70
TWO_DATES = "Correct one of the two dates."


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """First and last day of a term, and of its mid-term break when it has one."""

    start: date
    end: date
    name: str = ""
    half_term: tuple[date, date] | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def called(self) -> str:
        return self.name or f"The term from {day_in_words(self.start)}"


@dataclass(frozen=True, slots=True, order=True)
class Closure:
    """Days on which the school could not open. `learned_on` is when we were told."""

    first: date
    last: date
    reason: str
    learned_on: date | None = None


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One line of a count's working: its number when it counts, otherwise why it does not."""

    day: date
    number: int | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class CalendarProblem:
    """What is wrong with the calendar as entered, beside the entry it belongs to."""

    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class CalendarError(ValueError):
    """The calendar as entered contradicts itself. Its text is every problem, for a person."""

    def __init__(self, problems: Iterable[CalendarProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(map(str, self.problems)))


class BeyondCalendar(LookupError):
    """The answer lies outside the terms entered. Its text says what to enter."""


@dataclass(frozen=True)
class SchoolCalendar:
    """Terms, breaks, training days and closures of one school, in order of date."""

    terms: tuple[Term, ...]
    training_days: frozenset[date] = frozenset()
    closures: tuple[Closure, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", tuple(sorted(self.terms, key=lambda term: term.start)))
        object.__setattr__(self, "training_days", frozenset(self.training_days))
        object.__setattr__(self, "closures", tuple(sorted(self.closures, key=lambda c: c.first)))
        problems = tuple(find_problems(self.terms, self.closures))
        if problems:
            raise CalendarError(problems)

    # What is known

    @property
    def known_from(self) -> date | None:
        return self.terms[0].start if self.terms else None

    @property
    def known_to(self) -> date | None:
        return self.terms[-1].end if self.terms else None

    def as_known_on(self, day: date) -> Self:
        """The calendar without closures learned later: how a date was worked out at the time."""
        kept = tuple(c for c in self.closures if c.learned_on is None or c.learned_on <= day)
        return replace(self, closures=kept)

    def warnings(self) -> tuple[str, ...]:
        """What is possible but unlikely: a gap so long that a term is probably missing."""
        return tuple(
            f"There are {count_of((after.start - before.end).days // 7, 'week')} between the end of "
            f"{before.called} and the start of {after.called}. Is a term missing?"
            for before, after in zip(self.terms, self.terms[1:], strict=False)
            if (after.start - before.end).days > LONGEST_HOLIDAY_DAYS
        )

    # One day

    def is_school_day(self, day: date) -> bool:
        return not self.why_not(day)

    def why_not(self, day: date) -> str:
        """Why this is no school day, in words; empty when it is one."""
        if (known := self._reasons.get(day)) is None:
            known = self._reasons[day] = self._why_not(day)
        return known

    @cached_property
    def _reasons(self) -> dict[date, str]:
        """What was asked before: many clocks ask about the same days."""
        return {}

    def _why_not(self, day: date) -> str:
        term = self.term_on(day)
        if is_weekend(day):
            return f"{day:%A}"
        if name := bank_holiday(day):
            return f"bank holiday: {name}"
        if closure := self._closure_on(day):
            return f"closed: {closure.reason}"
        if day in self.training_days:
            return "training day"
        if term is None:
            return "school holiday"
        if term.half_term and term.half_term[0] <= day <= term.half_term[1]:
            return "half-term"
        return ""

    def term_on(self, day: date) -> Term | None:
        """The term this day lies in; none in the holidays between two terms."""
        self._require_known(day)
        return next((term for term in self.terms if day in term), None)

    # Counting

    @cached_property
    def _school_days(self) -> tuple[date, ...]:
        """Every school day of the terms entered, in order: counted once, then only looked up."""
        return tuple(
            day
            for term in self.terms
            for day in days_between(term.start, term.end)
            if self.is_school_day(day)
        )

    def school_days_between(self, first: date, last: date) -> tuple[date, ...]:
        """Every school day from `first` to `last`, both ends counted."""
        if last < first:
            return ()
        self._require_known(first)
        self._require_known(last)
        days = self._school_days
        return days[bisect_left(days, first) : bisect_right(days, last)]

    def count_school_days(self, after: date, until: date) -> int:
        """How many school days lie after `after`, up to and including `until`."""
        if until <= after:
            return 0
        self._require_known(after + ONE_DAY)
        self._require_known(until)
        days = self._school_days
        return bisect_right(days, until) - bisect_right(days, after)

    def working(self, after: date, n: int) -> Iterator[CountedDay]:
        """Each day looked at to reach the nth school day after `after`, with the reason."""
        if n < 0:
            raise ValueError("School days are counted forward here; use school_days_before.")
        day, counted = after, 0
        while counted < n:
            day += ONE_DAY
            reason = self.why_not(day)
            counted += not reason
            yield CountedDay(day, None if reason else counted, reason)

    def add_school_days(self, after: date, n: int) -> date:
        """The nth school day after this day, which itself is not counted. Nought: the day itself."""
        if n < 0:
            raise ValueError("School days are counted forward here; use school_days_before.")
        if n == 0:
            return after
        self._require_known(after + ONE_DAY)
        days = self._school_days
        place = bisect_right(days, after) + n - 1
        if place >= len(days):
            raise BeyondCalendar(self._what_to_enter(self.terms[-1].end + ONE_DAY))
        return days[place]

    def school_days_before(self, day: date, n: int) -> date:
        """The nth school day before this day, which itself is not counted."""
        if n <= 0:
            return day
        self._require_known(day - ONE_DAY)
        days = self._school_days
        place = bisect_left(days, day) - n
        if place < 0:
            raise BeyondCalendar(self._what_to_enter(self.terms[0].start - ONE_DAY))
        return days[place]

    def nth(self, first: date, n: int) -> date:
        """The nth school day beginning with `first`, which counts when it is one."""
        if n < 1:
            raise ValueError("The first school day is number 1.")
        return self.add_school_days(first - ONE_DAY, n)

    def next_school_day(self, day: date) -> date:
        """This day when it is a school day, otherwise the next one."""
        return self.nth(day, 1)

    # Terms

    def school_days_left_in_term(self, today: date) -> int:
        """Today counts when it is a school day. Nought in the holidays."""
        term = self.term_on(today)
        return len(self.school_days_between(today, term.end)) if term else 0

    def holidays(self, first: date, last: date) -> tuple[tuple[date, date], ...]:
        """Half-terms and what lies between two terms entered, as far as within these days."""
        breaks = [term.half_term for term in self.terms if term.half_term]
        breaks += [
            (before.end + ONE_DAY, after.start - ONE_DAY)
            for before, after in itertools.pairwise(self.terms)
            if before.end + ONE_DAY < after.start
        ]
        return tuple(
            (max(starts, first), min(ends, last))
            for starts, ends in sorted(breaks)
            if starts <= last and ends >= first
        )

    def next_term(self, day: date) -> Term:
        """The first term that starts after this day."""
        for term in self.terms:
            if term.start > day:
                return term
        raise BeyondCalendar(self._what_to_enter(day))

    # Private

    def _closure_on(self, day: date) -> Closure | None:
        return next((each for each in self.closures if each.first <= day <= each.last), None)

    def _require_known(self, day: date) -> None:
        if not self.terms or not self.terms[0].start <= day <= self.terms[-1].end:
            raise BeyondCalendar(self._what_to_enter(day))

    def _what_to_enter(self, day: date) -> str:
        if not self.terms:
            return "No terms have been entered for this school. Enter its term dates first."
        first, last = self.terms[0], self.terms[-1]
        if day < first.start:
            return (
                f"The calendar begins on {weekday_in_words(first.start)}. "
                f"Enter the term dates that include {day_in_words(day)}."
            )
        return (
            f"The calendar ends on {weekday_in_words(last.end)}, with {last.name or 'the last term'}. "
            f"Enter the term dates that follow, to at least {day_in_words(max(day, last.end))}."
        )


def find_problems(
    terms: Iterable[Term], closures: Iterable[Closure] = ()
) -> Iterator[CalendarProblem]:
    """Everything that contradicts itself. Training days may lie anywhere."""
    ordered = sorted(terms, key=lambda term: term.start)
    for term in ordered:
        yield from _problems_in(term)
    for before, after in itertools.pairwise(ordered):
        if after.start <= before.end:
            yield CalendarProblem(
                after.called,
                f"{after.called} starts on {day_in_words(after.start)}, before {before.called} "
                f"ends on {day_in_words(before.end)}.",
                TWO_DATES,
            )
    for closure in closures:
        if closure.last < closure.first:
            yield CalendarProblem(
                closure.reason,
                f"The closure “{closure.reason}” ends on {day_in_words(closure.last)}, before it "
                f"starts on {day_in_words(closure.first)}.",
                TWO_DATES,
            )


def _problems_in(term: Term) -> Iterator[CalendarProblem]:
    if term.end < term.start:
        yield CalendarProblem(
            term.called,
            f"{term.called} ends on {day_in_words(term.end)}, before it starts on "
            f"{day_in_words(term.start)}.",
            TWO_DATES,
        )
    elif term.half_term:
        first, last = term.half_term
        if last < first:
            yield CalendarProblem(
                term.called,
                f"The half-term of {term.called} ends on {day_in_words(last)}, before it starts "
                f"on {day_in_words(first)}.",
                TWO_DATES,
            )
        elif first < term.start or last > term.end:
            yield CalendarProblem(
                term.called,
                f"The half-term of {term.called} ({day_in_words(first)} to {day_in_words(last)}) "
                f"lies outside the term ({day_in_words(term.start)} to {day_in_words(term.end)}).",
                "Correct its dates, or those of the term.",
            )
