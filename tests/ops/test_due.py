"""`run.py due`: one clock with its working, many from a file, and what it says of bad input."""

import json
import shutil
from pathlib import Path

import pytest

from alongside.__main__ import main

CALENDAR = Path(__file__).parents[1] / "data" / "calendars" / "luton_2025_26.json"


def due(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["due", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_json_tells_the_date_its_authority_and_its_working(capsys):
    code, out, _ = due(capsys, "EX16", "--trigger", "2026-03-06", "--arg", "service=first_class_post", "--calendar", str(CALENDAR), "--json")  # fmt: skip
    told = json.loads(out)

    assert code == 0
    assert set(told) == {
        "clock", "trigger", "due", "safe_by", "authority", "confidence", "in_force_from", "working",
    }  # fmt: skip
    assert (told["due"], told["in_force_from"]) == ("2026-04-14", "2012-09-01")
    assert told["working"][-1] == {
        "date": "2026-04-14", "counted": True, "n": 15, "reason": "school day",
    }  # fmt: skip


def test_in_words_it_names_the_day_and_how_far_it_is_verified(capsys):
    code, out, _ = due(capsys, "eh06", "--trigger", "2026-03-02")

    assert code == 0
    assert "Due:      Tuesday 17 March 2026" in out
    assert "check before relying on it" in out


def test_help_after_a_clock_names_the_facts_it_takes(capsys):
    with pytest.raises(SystemExit):
        main(["due", "EX14", "--help"])

    assert "needs --arg exam_on=…: the date of the exam or test" in capsys.readouterr().out


def test_a_batch_answers_each_case_and_a_bad_one_stops_no_other(capsys, tmp_path):
    shutil.copy(CALENDAR, tmp_path / "luton.json")
    (tmp_path / "broken.json").write_text("{")
    cases = [
        {"id": "a", "clock": "EX11", "trigger": "2026-03-02", "args": {}, "calendar": "luton"},
        {"id": "b", "clock": "EH01", "trigger": "2026-03-02", "args": {}, "calendar": None},
        {"id": "c", "clock": "EX08", "trigger": "2026-03-02", "args": {"suspensions": [{"first_day": "2026-03-02", "school_days": 5}]}, "calendar": "luton"},
        {"id": "d", "clock": "EX11", "trigger": "2027-03-02", "calendar": "luton"},
        {"id": "e", "clock": "EX11", "trigger": "2026-03-02", "calendar": "broken"},
        {"id": "f", "clock": "EX11", "trigger": "2026-03-02", "calendar": "../luton"},
        {"id": "g", "clock": "EX11", "trigger": None, "args": [], "calendar": "luton"},
    ]  # fmt: skip
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases))

    code, out, _ = due(capsys, "--batch", str(file), "--calendars", str(tmp_path), "--json")
    told = {case.pop("id"): case for case in json.loads(out)}

    assert code == 0
    assert told["a"] == {"due": "2026-03-23", "safe_by": "2026-03-23"}
    assert told["b"] == {"due": "2026-04-13", "safe_by": "2026-04-12"}
    assert told["c"] == {"due": None, "safe_by": None}
    assert all(set(told[case]) == {"problem"} for case in "defg")
    assert "The calendar ends on Friday 17 July 2026" in told["d"]["problem"]


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        ("[]", "is not a calendar"),
        ('{"terms": 5}', "is not a calendar"),
        ('{"terms": [{"name": "Autumn", "start": "2026-09-01"}]}', "has no end date"),
        (
            (
                '{"terms": [{"name": "A", "start": "2026-01-05", "end": "2026-03-27"},'
                ' {"name": "B", "start": "2026-03-01", "end": "2026-07-17"}]}'
            ),
            "Correct one of the two dates",
        ),
    ],
)
def test_a_calendar_that_contradicts_itself_says_what_to_correct(capsys, tmp_path, calendar, said):
    file = tmp_path / "school.json"
    file.write_text(calendar)

    code, _, err = due(capsys, "EX11", "--trigger", "2026-03-02", "--calendar", str(file))

    assert code == 2
    assert said in err


def test_a_clock_not_in_force_yet_says_since_when(capsys):
    code, out, _ = due(capsys, "RF01", "--trigger", "2026-03-31", "--json")

    assert code == 2
    assert "It began on 1 April 2026." in json.loads(out)["problem"]
