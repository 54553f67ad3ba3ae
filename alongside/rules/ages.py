"""Ages and national curriculum year groups on a given day. Knows nothing of any pupil."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from alongside.rules.words import count_of

SEPTEMBER = 9
# Codes of the common basic data set, youngest first. Reception is the year of the fifth birthday.
YEAR_GROUPS = ("N1", "N2", "R", *map(str, range(1, 15)))
RECEPTION = YEAR_GROUPS.index("R")
AGE_REACHED_IN_RECEPTION = 5

SPELLINGS = {
    "r": "R", "rec": "R", "reception": "R", "yr": "R", "year r": "R", "0": "R", "f2": "R",
    "n1": "N1", "n2": "N2", "f1": "N2", "n": "N2", "nursery": "N2", "x": "X",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Age:
    years: int
    months: int

    def __str__(self) -> str:
        return f"{count_of(self.years, 'year')} {count_of(self.months, 'month')}"


def age_on(born_on: date, day: date) -> Age:
    """Whole years and months. Born on 29 February, a year is completed on 1 March."""
    if day < born_on:
        raise ValueError("There is no age before the day of birth.")
    months = (day.year - born_on.year) * 12 + day.month - born_on.month - (day.day < born_on.day)
    return Age(*divmod(months, 12))


def school_year_start(day: date) -> date:
    """1 September of the school year that this day lies in."""
    return date(day.year if day.month >= SEPTEMBER else day.year - 1, SEPTEMBER, 1)


def year_group_on(born_on: date, day: date) -> str:
    """N1 to 14 by date of birth alone; empty when too young or too old. Some pupils differ."""
    age_reached = school_year_start(day).year - school_year_start(born_on).year
    place = age_reached - AGE_REACHED_IN_RECEPTION + RECEPTION
    return YEAR_GROUPS[place] if 0 <= place < len(YEAR_GROUPS) else ""


@lru_cache(maxsize=1_024)  # A list says the same few again and again.
def read_year_group(text: str) -> str:
    """The code meant by `Year 7`, `Yr07`, `Rec`; empty when it is none."""
    tidy = " ".join(text.lower().replace(".", " ").split())
    if tidy in SPELLINGS:
        return SPELLINGS[tidy]
    found = re.fullmatch(r"(?:year|yr|y|nc year|grade)? ?0?(\d{1,2})", tidy)
    return found.group(1) if found and found.group(1) in YEAR_GROUPS else ""


def year_group_in_words(code: str) -> str:
    names = {"N1": "Nursery, first year", "N2": "Nursery", "R": "Reception", "X": "Mixed years"}
    return names.get(code, f"Year {code}" if code else "")


def key_stage(code: str) -> str:
    """Education Act 2002 s.82: 1 to 4; `EYFS` before; empty after or when mixed."""
    if code not in YEAR_GROUPS:
        return ""
    year = YEAR_GROUPS.index(code) - RECEPTION
    for last, stage in ((0, "EYFS"), (2, "1"), (6, "2"), (9, "3"), (11, "4")):
        if year <= last:
            return stage
    return ""
