"""What the imports answer at the terminal: one JSON whatever happens, and counts that add up."""

import json

import pytest

from alongside.command.import_ import configure
from alongside.exchange import lists
from alongside.people.models import PupilList
from tests.children import Children

pytestmark = pytest.mark.django_db
HEADER = "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName"
SCHOOLS = {"read", "other_council", "created", "updated", "unchanged", "rejected"}
PUPILS = {"read", "created", "changed", "same", "doubtful", "refused", "not_used"}


@pytest.fixture
def told(capsys, tmp_path):
    """Runs an import of this content with `--json` and reads what it printed."""
    from argparse import ArgumentParser

    parser = ArgumentParser()
    configure(parser)

    def ask(kind, content, *options, name="file.csv"):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        args = parser.parse_args([kind, str(path), *options, "--json"])
        code = args.kind.run(args)
        return code, json.loads(capsys.readouterr().out)

    return ask


@pytest.fixture
def urn(cast):
    return str(Children(cast).school("chalkhill").urn)


def test_a_line_of_another_council_is_counted_and_left_alone_however_it_is(cast, told):
    nameless = "900303,992,Northfold,4003,"
    ours = "900101,991,Eastmere,4001,Chalkpit School"

    code, answer = told("schools", f"{HEADER}\n{ours}\n{nameless}\n", "--council", "991")

    assert (code, answer) == (
        0,
        {
            "read": 2,
            "other_council": 1,
            "created": 1,
            "updated": 0,
            "unchanged": 0,
            "rejected": [],
        },
    )


def test_a_register_of_other_councils_only_is_counted(cast, told):
    code, answer = told("schools", f"{HEADER}\n900303,992,N,4003,Far\n", "--council", "991")

    assert code == 2
    assert (answer["read"], answer["other_council"], answer["created"]) == (1, 1, 0)
    assert [each["column"] for each in answer["rejected"]] == ["LA (code)"]


@pytest.mark.parametrize(
    ("options", "content", "problem"),
    [
        (("--council", "990"), f"{HEADER}\n900101,990,X,4001,Y\n", "no council with the code 990"),
        (("--council", "nine"), "", "not a council's number"),
        (("--council", "991"), None, "There is no file"),
        (("--council", "991"), "x" * 2_000_000, "No line of the file has the column names"),
    ],
)
def test_a_register_that_cannot_be_loaded_answers_with_every_key(
    cast, told, options, content, problem
):
    code, answer = told("schools", content, *options)

    assert (code, set(answer)) == (2, SCHOOLS)
    (rejected,) = answer["rejected"]
    assert problem in rejected["problem"]
    assert rejected["remedy"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "The file is empty."),
        ("Surname,Forename,DOB\n", "no pupil below them"),
        (None, "There is no file"),
        ("<CTfile/>", "No line of the file has the column names"),
    ],
)
def test_a_list_without_pupils_answers_with_every_key(told, urn, content, problem):
    code, answer = told("pupils", content, "--school", urn, "--apply")

    assert (code, set(answer), answer["read"]) == (2, PUPILS, 0)
    assert problem in answer["refused"][0]["problem"]
    assert not PupilList.objects.exists()


def test_a_school_that_is_not_here_is_an_answer_too(cast, told):
    code, answer = told("pupils", "Surname,Forename,DOB\n", "--school", "123456")

    assert (code, answer["refused"][0]["remedy"]) == (2, "Load the register first.")


def test_what_an_action_refuses_is_an_answer_too(told, urn, monkeypatch):
    monkeypatch.setattr(lists, "MOST_BYTES", 10)

    code, answer = told("pupils", "Surname,Forename,DOB\nA,B,1/9/14\n", "--school", urn, "--apply")

    assert code == 2
    assert "larger than 60 MB" in answer["refused"][0]["problem"]


def test_columns_that_are_not_known_are_no_line_that_was_read(told, urn):
    _, answer = told("pupils", "Vorname,Nachname,DOB\nLeo,Specimen,1/9/14\n", "--school", urn)

    assert answer["read"] == 0
    assert {each["column"] for each in answer["refused"]} == {"legal first name", "legal surname"}


def test_columns_that_nobody_uses_are_named(told, urn):
    _, answer = told("pupils", "Surname,Forename,DOB,Bus,House\nA,B,1/9/14,7,\n", "--school", urn)

    assert (answer["created"], answer["not_used"]) == (1, ["Bus", "House"])


def test_a_transfer_file_twice_changes_nothing(told, urn):
    pupil = "<Pupil><UPN>{}</UPN><Surname>{}</Surname><Forename>Leo</Forename>{}</Pupil>"
    born = "<DOB>2014-05-05</DOB>"
    content = "<?xml version='1.0'?><CTfile><CTFpupilData>{}</CTFpupilData></CTfile>".format(
        pupil.format("R201100018042", "Specimen", born)
        + pupil.format("R201100018042", "Testerly", born)
        + pupil.format("", "Placeholder", "")
    )
    options = ("--school", urn, "--apply")

    first, second = (told("pupils", content, *options, name="ctf.xml")[1] for _ in range(2))

    assert (first["read"], first["created"], len(first["refused"])) == (3, 1, 2)
    assert (second["created"], second["changed"], second["same"]) == (0, 0, 1)


def test_terms_that_cannot_be_read_answer_with_every_key(cast, told):
    code, answer = told("calendar", "{}")

    assert code == 2
    assert "Say whose dates these are" in answer["rejected"][0]["problem"]
    assert {"created", "removed", "unchanged"} <= set(answer)
