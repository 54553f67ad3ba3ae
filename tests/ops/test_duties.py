"""Which tests prove which duties is read from their marks, without running anything."""

import json
from pathlib import Path

import pytest

from alongside.__main__ import main
from alongside.ops import duties
from alongside.ops.places import Problem

HEADER = "id,seed_file,role,duty,kind,capability,must_do\n"
ROWS = (
    "AA-01,x,Worker,does,record,Referral,Send one.\n"
    "AA-02,x,Worker,does,record,Referral,Read one.\n"
    "AA-03,x,Worker,is,not-software,None (not software),Not applicable.\n"
)


@pytest.fixture
def coverage(tmp_path: Path):
    def read(source: str) -> duties.Coverage:
        (tmp_path / "tests").mkdir()
        (tmp_path / "tests" / "test_x.py").write_text(source)
        (tmp_path / "duties.csv").write_text(HEADER + ROWS)
        return duties.coverage(tmp_path / "duties.csv", tmp_path / "tests")

    return read


def test_a_marked_test_proves_its_duty_and_others_stay_unproved(coverage):
    found = coverage('@pytest.mark.duty("AA-01")\ndef test_a(): ...\n')

    assert found.tests == {"AA-01": ["tests/test_x.py::test_a"]}
    assert found.as_json() == {
        "total": 2,
        "proved": 1,
        "by_capability": {"Referral": {"total": 2, "proved": 1}},
        "unproved": ["AA-02"],
    }


@pytest.mark.parametrize(
    "source",
    [
        'pytestmark = pytest.mark.duty("AA-02")\ndef test_a(): ...\n',
        'pytestmark = [pytest.mark.wall, pytest.mark.duty("AA-02")]\ndef test_a(): ...\n',
        '@pytest.mark.duty("AA-02")\nclass TestIt:\n    def test_a(self): ...\n',
        '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.duty("AA-02"))])'
        + "\ndef test_a(x): ...\n",
        '@pytest.mark.wall\n@pytest.mark.duty("AA-01", "AA-02")\ndef test_a(): ...\n',
    ],
)
def test_marks_of_modules_classes_and_parameters_count(coverage, source):
    assert [duty.id for duty in coverage(source).unproved] in ([], ["AA-01"])


@pytest.mark.parametrize("left_out", ["skip", 'skip(reason="x")', "xfail"])
def test_a_test_that_is_not_run_proves_nothing(coverage, left_out):
    found = coverage(f'@pytest.mark.{left_out}\n@pytest.mark.duty("AA-01")\ndef test_a(): ...\n')

    assert found.tests == {}


@pytest.mark.parametrize("wrong", ["ZZ-99", "AA-03"])
def test_a_duty_that_no_software_row_has_is_named(coverage, wrong):
    found = coverage(f'@pytest.mark.duty("{wrong}")\ndef test_a(): ...\n')

    with pytest.raises(Problem, match=wrong):
        duties.require_known(found)


def test_duties_worked_out_at_run_time_are_refused(coverage):
    with pytest.raises(Problem, match="line 1"):
        coverage("@pytest.mark.duty(NAME)\ndef test_a(): ...\n")


def test_every_duty_that_our_own_tests_name_exists():
    duties.require_known(duties.coverage())


def test_the_command_counts_the_software_rows(capsys):
    assert main(["duties", "--json"]) == 0

    counts = json.loads(capsys.readouterr().out)
    assert counts["total"] == 562
    assert counts["proved"] + len(counts["unproved"]) == 562
    assert sum(part["total"] for part in counts["by_capability"].values()) == 562
