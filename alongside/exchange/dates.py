"""Reads a date as people, spreadsheets and school systems write it. Never guesses a month."""

import re
from datetime import date, timedelta
from functools import lru_cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Excel counts days from here: its 1900 is wrongly a leap year, so 1 March 1900 is day 61.
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(10_000, 73_051)  # 18 May 1927 to 31 December 2099
LAST_TWO_DIGIT_YEAR_OF_THIS_CENTURY = 49
WRITE_IT = "Write the day first, such as 31/01/2010."

YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
WORDS = re.compile(
    r"(?:[a-z]+,? +)?(\d{1,2})(?:st|nd|rd|th)?[- ]+([a-z]{3,9})\.?,?[- ]+(\d{4}|\d{2})"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)


class NotADate(ValueError):
    """Text that is no date, with the reason and the remedy in words."""

    def __init__(self, problem: str, remedy: str = WRITE_IT) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"{problem} {remedy}")


@lru_cache(maxsize=16_384)  # A long list has the same birthdays again and again.
def read_date(text: str) -> date:
    """31/01/2010, 31-1-10, 2010-01-31, 31 Jan 2010, 20100131 or Excel's 40209."""
    tidy = TIME.sub("", text.strip())
    if found := YEAR_FIRST.fullmatch(tidy):
        year, second, third = map(int, found.groups())
        return _year_first(text, year, second, third)
    if found := DAY_FIRST.fullmatch(tidy):
        day, month, year = map(int, found.groups())
        return _day_first(text, day, month, _whole_year(year, found.group(3)))
    if found := WORDS.fullmatch(tidy.lower()):
        return _in_words(text, *found.groups())
    if tidy.isascii() and tidy.replace(".0", "").isdigit() and int(float(tidy)) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(int(float(tidy)))
    if found := COMPACT.fullmatch(tidy):
        return _year_first(text, *map(int, found.groups()))
    raise NotADate(f"“{text.strip()}” is not a date.")


def _whole_year(year: int, written: str) -> int:
    if len(written) == 4:
        return year
    return year + (2000 if year <= LAST_TWO_DIGIT_YEAR_OF_THIS_CENTURY else 1900)


def _year_first(text: str, year: int, month: int, day: int) -> date:
    if month > 12 and day <= 12 and _made(year, day, month):
        raise NotADate(
            f"“{text.strip()}” begins with the year, so {month} stands where the month belongs.",
            f"If it means {month} {_month(day)} {year}, write {month:02}/{day:02}/{year}.",
        )
    return _checked(text, year, month, day)


def _day_first(text: str, day: int, month: int, year: int) -> date:
    if month > 12 and day <= 12 and _made(year, day, month):
        raise NotADate(
            f"“{text.strip()}” has {month} where the month belongs: is the month written first?",
            f"If it means {month} {_month(day)} {year}, write {month:02}/{day:02}/{year}.",
        )
    return _checked(text, year, month, day)


def _in_words(text: str, day: str, month: str, year: str) -> date:
    if month[:3] not in MONTHS:
        raise NotADate(f"“{text.strip()}” names no month.")
    return _checked(text, _whole_year(int(year), year), MONTHS.index(month[:3]) + 1, int(day))


def _checked(text: str, year: int, month: int, day: int) -> date:
    made = _made(year, month, day)
    if made is None:
        raise NotADate(f"“{text.strip()}” is not a day of the calendar.")
    return made


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(number: int) -> str:
    return f"{date(2000, number, 1):%B}"
