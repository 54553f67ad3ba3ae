"""The worked dates of docs/duties, each counted by hand or published by an ombudsman or a charity."""

import json
from datetime import date
from pathlib import Path

import pytest

from alongside.rules.calendar_file import read_calendar
from alongside.rules.clocks.clock import ClockProblem
from alongside.rules.clocks.due import work_out
from alongside.rules.clocks.table import clocks

PROJECT = Path(__file__).parents[3]
DATA = PROJECT / "tests" / "data" / "calendars"
LUTON = read_calendar(json.loads((DATA / "luton_2025_26.json").read_text()))
POST = {"service": "first_class_post"}


def read_pages():
    """Every row of the tables: clock, event, facts, due, safe by, how it was counted."""
    for page in sorted((PROJECT / "docs" / "duties").glob("*.md")):
        for line in page.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("| ") and len(cells) == 6 and cells[0] != "Clock":
                yield pytest.param(*cells[:5], id=f"{cells[0]}-{cells[1]}-{cells[3]}")


WORKED = list(read_pages())


@pytest.mark.parametrize(("clock", "event_on", "facts", "due", "safe_by"), WORKED)
def test_the_last_day_in_time_is_the_one_counted_by_hand(clock, event_on, facts, due, safe_by):
    name, _, value = facts.partition("=")

    answer = work_out(clock, event_on, LUTON, {name: value} if name else {})

    assert answer.due == _day(due)
    assert answer.safe_by == _day(safe_by or due)


def _day(text):
    return None if text in ("never", "no date") else date.fromisoformat(text)


def test_every_way_of_counting_has_a_worked_date():
    shown = {row.values[0] for row in WORKED}
    ways = {clock.counting for versions in clocks().values() for clock in versions}
    # Without a date, or only at a meeting or a term's end: tested below.
    apart = {"no date", "at the meeting", "by the end of", "by the end of the next", "looking back"}

    assert {clocks()[clock][-1].counting for clock in shown} == ways - apart


@pytest.mark.parametrize(
    ("clock", "args", "due"),
    [
        ("EX03", {}, "2026-03-27"),
        ("LA03", {}, "2026-07-17"),
        ("LP03", {"meeting_on": "2026-03-05"}, "2026-03-05"),
        # Seventy days before the request; three years that end with the day.
        ("OS03", {}, "2025-12-22"),
        ("AT11", {}, "2023-03-03"),
        ("EX13", {}, "no date"),
    ],
)
def test_terms_meetings_and_looking_back(clock, args, due):
    assert work_out(clock, "2026-03-02", LUTON, args).due == _day(due)


def test_hours_run_by_the_clock_over_a_weekend():
    breach, notice = work_out("DP02", "2026-03-06T10:15"), work_out("EX06", "2026-03-09T09:00")

    assert breach.due.isoformat() == "2026-03-09T10:15:00"
    assert notice.due.isoformat() == "2026-03-07T09:00:00"


def test_a_closure_learned_later_moves_the_day():
    snow = {"date": "2026-03-12", "reason": "snow"}
    data = json.loads((DATA / "luton_2025_26.json").read_text())
    closed = read_calendar({**data, "closures": [snow]})

    answer = work_out("EX11", "2026-03-02", closed)

    assert answer.due == date(2026, 3, 24)
    assert [line.reason for line in answer.working if line.date == date(2026, 3, 12)] == [
        "closed: snow"
    ]


def test_the_working_names_every_day_looked_at_and_why_it_does_not_count():
    answer = work_out("EX16", "2026-03-06", LUTON, POST)
    said = {line.date.isoformat(): (line.counted, line.n, line.reason) for line in answer.working}

    assert said["2026-03-06"] == (False, None, "posted first class")
    assert said["2026-03-10"][2].startswith("the second working day after posting")
    assert said["2026-04-03"] == (False, None, "bank holiday: Good Friday")
    assert said["2026-04-14"] == (True, 15, "school day")


@pytest.mark.parametrize(
    ("clock", "trigger", "args", "said"),
    [
        ("EX99", "2026-03-02", {}, "There is no clock “EX99”. Did you mean"),
        ("EX11", "2026-3-2", {}, "is not a date"),
        ("EX11", "2026-W10-1", {}, "is not a date"),
        ("EX08", "2026-03-01", {}, "Sunday 1 March 2026 is no school day"),
        ("EX07", "2026-02-18", {}, "half-term"),
        ("EX14", "2026-03-02", {}, "needs exam_on"),
        ("TR07", "2026-03-02", {}, "needs limb"),
        ("TR07", "2026-03-02", {"limb": "first"}, "none of draft or final"),
        ("EX11", "2026-03-02", {"exam_on": "2026-03-04"}, "takes no fact called “exam_on”"),
        ("AT09", "2026-03-02", POST, "Give the day it was delivered"),
        ("EX08", "2026-03-02", {"suspensions": [{"first_day": "2026-03-02", "school_days": 46}]}, "0.5 to 45"),
        ("AT08", "2026-03-02", {"absences": [["2026-03-02", "EVE", "O"]]}, "absences"),
        ("RE02", "2026-05-02", {}, "not in force"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(clock, trigger, args, said):
    with pytest.raises(ClockProblem, match=said):
        work_out(clock, trigger, LUTON, args)


def test_school_days_without_a_calendar_are_not_guessed():
    with pytest.raises(ClockProblem, match="needs the school’s calendar"):
        work_out("EX11", "2026-03-02")
