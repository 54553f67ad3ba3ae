"""The plain ways of counting: after, beginning with, before, by weeks, months and years.

Each answers the last day in time with its working. Whether the day of the event counts is the
setting that most systems get wrong: it is always said in the first line.
"""

from datetime import date, timedelta

from alongside.rules.calendar_days import months_after
from alongside.rules.clocks.clock import Line
from alongside.rules.clocks.kinds_of_day import WORKING_DAYS, Kind
from alongside.rules.working_days import ONE_DAY

type Counted = tuple[date, list[Line]]

NOT_COUNTED = "the day of the event, which is not counted"


def after(kind: Kind, start: date, n: int, why: str = NOT_COUNTED) -> Counted:
    """The nth day of this kind after `start`, which is not counted."""
    return _counted(kind, start, n, [Line(start, False, None, why)], ONE_DAY)


def beginning_with(kind: Kind, start: date, n: int) -> Counted:
    """The nth day of this kind, of which `start` is the first when it is one."""
    return _counted(kind, start - ONE_DAY, n, [], ONE_DAY)


def before(kind: Kind, start: date, n: int) -> Counted:
    """The nth day of this kind before `start`, which is not counted."""
    return _counted(kind, start, n, [Line(start, False, None, NOT_COUNTED)], -ONE_DAY)


def _counted(kind: Kind, day: date, n: int, lines: list[Line], step: timedelta) -> Counted:
    """Day by day from the one beside `day` to the nth that counts."""
    name, why_not = kind
    number = 0
    while number < n:
        day += step
        if why := why_not(day):
            lines.append(Line(day, False, None, why))
        else:
            number += 1
            lines.append(Line(day, True, number, name))
    return day, lines


def weeks_after(start: date, n: int) -> Counted:
    """The same weekday n weeks on. No holiday moves it."""
    lines = [Line(start, False, None, NOT_COUNTED)]
    lines += [Line(start + timedelta(weeks=week), True, week, "week") for week in range(1, n + 1)]
    return lines[-1].date, lines


def weeks_before(start: date, n: int) -> Counted:
    lines = [Line(start, False, None, NOT_COUNTED)]
    lines += [Line(start - timedelta(weeks=week), True, week, "week") for week in range(1, n + 1)]
    return lines[-1].date, lines


def months_on(start: date, n: int, unit: str = "month") -> Counted:
    """The corresponding date; where a month has none, its last day (Dodds v Walker [1981])."""
    length = 12 if unit == "year" else 1
    lines = [Line(start, False, None, NOT_COUNTED)]
    for number in range(1, abs(n) + 1):
        day = months_after(start, number * length * (1 if n > 0 else -1))
        is_short = day.day != start.day
        why = f"{unit}; it has no {_ordinal(start.day)}, so its last day" if is_short else unit
        lines.append(Line(day, True, number, why))
    return lines[-1].date, lines


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(number, "th")
    return f"{number}{ending}"


def starting_with(start: date, n: int) -> Counted:
    """A period of n months that starts with this day ends the day before the corresponding date."""
    corresponding, lines = months_on(start, n)
    lines[0] = Line(start, True, None, "the first day of the period")
    due = corresponding - ONE_DAY
    lines.append(Line(due, True, n, "the period’s last day, the day before the corresponding date"))
    return due, lines


def rolled(kind: Kind, due: date, lines: list[Line]) -> date:
    """The next day of this kind when the period ends on none."""
    while why := kind.why_not(due):
        lines.append(Line(due, False, None, f"{why}: it moves to the next working day"))
        due += ONE_DAY
    if lines[-1].date != due:
        lines.append(Line(due, True, None, kind.name))
    return due


def deemed(posted_on: date, service: str | None) -> tuple[date, list[Line], str]:
    """When notice was given: posted first class, the second working day after; by hand, that day.

    SI 2012/1033, Sch 1 paras 1(2) and 2, and reg 17(3). Also why that day itself does not count.
    """
    if service != "first_class_post":
        return posted_on, [], NOT_COUNTED
    given_on, lines = after(WORKING_DAYS, posted_on, 2, "posted first class")
    told = [
        line._replace(counted=False, n=None, reason="the first working day after posting")
        if line.counted
        else line
        for line in lines[:-1]
    ]
    return given_on, told, "the second working day after posting: notice is given"
