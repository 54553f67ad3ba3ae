"""Dates counted by hand on a wall calendar, or published by an ombudsman, a charity, a department.

Luton's school year 2025/26: terms to 19 December, 27 March and 17 July; half-terms 27 to 31 October,
16 to 20 February and 25 to 29 May; Monday 4 May is a bank holiday, Easter is 3 to 6 April.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from alongside.rules.calendar_file import read_calendar
from alongside.rules.clocks.clock import ClockProblem
from alongside.rules.clocks.due import work_out

DATA = Path(__file__).parents[2] / "data" / "calendars"
LUTON = read_calendar(json.loads((DATA / "luton_2025_26.json").read_text()))
POST = {"service": "first_class_post"}
APART = [{"first_day": "2026-03-02", "school_days": 3}, {"first_day": "2026-03-06", "school_days": 3}]  # fmt: skip
TOGETHER = [{"first_day": "2026-03-02", "school_days": 3}, {"first_day": "2026-03-05", "school_days": 2.5}]  # fmt: skip
OVER_HALF_TERM = [{"first_day": "2026-02-12", "school_days": 2}, {"first_day": "2026-02-23", "school_days": 4}]  # fmt: skip

BY_HAND = [
    # Days 1 to 15: 3-6, 9-13, 16-20 March, Monday 23.
    ("EX11", "2026-03-02", {}, "2026-03-23"),
    # 19 to Easter, 19 more by 8 May without the 4th, 48 by 22 May; half-term; 1 and 2 June.
    ("EX12", "2026-03-02", {}, "2026-06-02"),
    ("EX14", "2026-03-02", {"exam_on": "2026-03-10"}, "2026-03-09"),
    ("EX14", "2026-03-02", {"exam_on": "2026-05-12"}, "2026-03-23"),
    # Posted on Friday, given on Tuesday 10 March; 13 days to Easter, then 13 and 14 April.
    ("EX16", "2026-03-06", POST, "2026-04-14"),
    ("EX16", "2026-03-06", {"service": "delivered"}, "2026-03-27"),
    # Posted on Thursday before Easter: 7 April is the first working day, 8 April the second.
    ("EX19", "2026-04-02", POST, "2026-04-24"),
    ("EX08", "2026-03-02", {"suspensions": TOGETHER}, "2026-03-09"),
    ("EX08", "2026-03-02", {"suspensions": APART}, None),
    ("EX08", "2026-02-12", {"suspensions": OVER_HALF_TERM}, "2026-02-26"),
    ("EX08", "2026-03-02", {}, "2026-03-09"),
    ("EX07", "2026-03-02", {}, "2026-03-06"),
    ("EX09", "2026-02-11", {}, "2026-02-25"),
    ("EX18", "2026-03-23", {}, "2026-03-16"),
    ("AT01", "2026-02-13", {}, "2026-02-27"),
    ("AT04", "2026-03-02", {}, "2026-03-13"),
    ("AT06", "2026-03-02", {}, "2026-03-27"),
    ("AT09", "2026-03-02", {}, "2026-03-22"),
    ("AT16", "2026-03-02", {}, "2026-03-16"),
    ("EH05", "2026-03-02", {}, "2026-03-16"),
    ("EH06", "2026-03-02", {}, "2026-03-17"),
    ("EH08", "2025-09-15", {}, "2026-09-14"),
    ("EH15", "2027-09-01", {}, "2027-03-30"),
    ("EH16", "2027-09-01", {}, "2027-02-14"),
    # 1 May is day 1; 4 May is a bank holiday: 5-8, 11-15, 18-22.
    ("EH24", "2026-05-01", {}, "2026-05-22"),
    # Learned on a Saturday: day 1 is Tuesday 5 May, and 25 May is a bank holiday too.
    ("EH24", "2026-05-02", {}, "2026-05-26"),
    ("EH26", "2026-03-02", {"last_review_on": "2025-11-03"}, "2026-11-02"),
    ("EH26", "2026-03-02", {"last_review_on": "2025-04-10"}, "2026-06-01"),
    ("ME01", "2025-12-31", {}, "2026-02-28"),
    ("ME03", "2026-03-02", {}, "2026-04-01"),
    ("ME06", "2026-03-02", {"limb": "not_appealable"}, "2026-03-16"),
    ("TR07", "2026-03-02", {"limb": "draft"}, "2026-04-06"),
    ("TR07", "2026-03-02", {"limb": "final"}, "2026-05-18"),
    ("TR01", "2026-06-15", {}, "2026-09-01"),
    ("TR01", "2026-05-31", {}, "2026-07-31"),
    ("TR01", "2026-01-31", {}, "2026-03-31"),
    # Ends on Saturday 2 May; Monday 4 May is a bank holiday.
    ("TR01", "2026-03-02", {}, "2026-05-05"),
    # Nine days in July, none in August, 30 by Tuesday 29 September.
    ("TR02", "2026-07-20", {}, "2026-09-29"),
    ("TR03", "2026-03-01", {}, "2026-08-31"),
    ("DP01", "2026-01-31", {}, "2026-03-02"),
    ("DP05", "2026-03-02", {}, "2026-04-14"),
    ("DP06", "2026-07-10", {}, "2026-08-10"),
    ("FA02", "2026-03-02", {"limb": "aim"}, "2026-03-16"),
    ("FA02", "2026-03-02", {"limb": "must"}, "2026-03-23"),
    ("LA02", "2026-03-02", {}, "2026-03-30"),
    ("SG01", "2026-04-02", {}, "2026-04-07"),
]
PUBLISHED = [
    # Local Government and Social Care Ombudsman, 25 007 473.
    ("TR05", "2025-02-21", {}, "2025-05-02"),
    ("TR06", "2025-02-21", {}, "2025-05-30"),
    # IPSEA: notice of 1 October, certificate of 29 November: 29 December becomes January.
    ("TR01", "2025-10-01", {"certificate_issued_on": "2025-11-29"}, "2026-01-02"),
    # ICO: a request of 3 September is due by 3 October, moved off a weekend.
    ("DP01", "2025-09-03", {}, "2025-10-03"),
    ("DP01", "2026-09-03", {}, "2026-10-05"),
    # DfE: census days announced.
    ("RN01", "2026-09-07", {}, "2026-10-01"),
    ("RN02", "2027-01-01", {}, "2027-01-21"),
    ("RN03", "2027-12-31", {}, "2027-05-20"),
]
TWO_READINGS = [
    # Ombudsman 23 013 824 counted 16 weeks from 18 May 2023 to 6 September.
    ("EH03", "2023-05-18", "2023-09-07", "2023-09-06"),
    ("EH01", "2026-03-02", "2026-04-13", "2026-04-12"),
    # Not less than two school days before Monday 23 February, after half-term.
    ("OS01", "2026-02-23", "2026-02-12", "2026-02-11"),
    ("OS05", "2026-03-20", "2026-03-14", "2026-03-13"),
    ("EH09", "2026-03-20", "2026-03-06", "2026-03-05"),
    ("FA06", "2026-03-20", "2026-03-06", "2026-03-05"),
    ("EX18", "2026-03-23", "2026-03-16", "2026-03-13"),
    ("ME02", "2026-03-02", "2026-03-05", "2026-03-04"),
    ("AT10", "2026-03-02", "2026-03-30", "2026-03-29"),
    ("EH17", "2026-09-01", "2026-04-01", "2026-03-31"),
]


@pytest.mark.parametrize(("clock", "trigger", "args", "due"), BY_HAND + PUBLISHED)
def test_the_last_day_in_time_is_the_one_counted_by_hand(clock, trigger, args, due):
    answer = work_out(clock, trigger, LUTON, args)

    assert answer.due == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(("clock", "trigger", "due", "safe_by"), TWO_READINGS)
def test_where_the_law_reads_two_ways_the_earlier_day_is_safe(clock, trigger, due, safe_by):
    answer = work_out(clock, trigger, LUTON)

    assert (answer.due, answer.safe_by) == (date.fromisoformat(due), date.fromisoformat(safe_by))


@pytest.mark.parametrize("clock", ["EX01", "EX15", "EX20", "EX29"])
def test_without_delay_sets_no_date_and_the_same_day_is_safe(clock):
    answer = work_out(clock, "2026-03-02")

    assert (answer.due, answer.safe_by) == (None, date(2026, 3, 2))


@pytest.mark.parametrize("clock", ["RF01", "RF02", "RF03"])
def test_a_use_of_force_is_written_down_and_told_the_same_day(clock):
    assert work_out(clock, "2026-05-23").due == date(2026, 5, 23)  # A Saturday.


def test_hours_run_by_the_clock_over_a_weekend():
    breach, notice = work_out("DP02", "2026-03-06T10:15"), work_out("EX06", "2026-03-09T09:00")

    assert breach.due.isoformat() == "2026-03-09T10:15:00"
    assert notice.due.isoformat() == "2026-03-07T09:00:00"


def test_ten_sessions_are_counted_over_ten_school_weeks_and_not_over_a_holiday():
    """Nine sessions from 9 February; half-term and Easter are no school weeks: 4 May is the tenth."""
    early = [["2026-02-09", session, "O"] for session in ("AM", "PM")]
    week = [[f"2026-03-{day:02}", "AM", "G"] for day in (2, 3, 4, 5, 6, 9, 10)]
    authorised = ["2026-03-11", "AM", "I"]
    # School weeks begin on 9 and 23 February; 2, 9, 16, 23 March; 13, 20, 27 April; 4 May.
    tenth, too_late = ["2026-05-05", "AM", "U"], ["2026-05-11", "AM", "U"]

    reached = work_out(
        "AT08", "2026-02-09", LUTON, {"absences": [*early, *week, authorised, tenth]}
    )
    missed = work_out("AT08", "2026-02-09", LUTON, {"absences": [*early, *week, authorised, too_late]})  # fmt: skip

    assert reached.due == date(2026, 5, 5)
    assert missed.due is None


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
