"""What a verb's failure looks like to the person at the terminal: words, never a trace of ours."""

import json

import psycopg
import pytest

from alongside.__main__ import main
from alongside.command import migrate
from alongside.command.mistakes import in_words
from alongside.ops.places import CannotBegin, Problem
from alongside.ops.say import say


def failing(monkeypatch, error: BaseException) -> int:
    def fail(args: object) -> int:
        raise error

    monkeypatch.setattr(migrate, "run", fail)
    return main(["migrate"])


def test_a_problem_is_said_and_ends_the_verb_with_one(monkeypatch, capsys):
    assert failing(monkeypatch, Problem("Put this right.")) == 1
    assert capsys.readouterr().err == "\nPut this right.\n"


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        psycopg.errors.DiskFull('could not extend file "base/1": No space left on device'),
    ],
)
def test_a_disk_that_fills_up_halfway_is_said_in_words(monkeypatch, capsys, error):
    assert failing(monkeypatch, error) == 1

    said = capsys.readouterr().err
    assert "There is no room on the disk" in said and "Make room" in said
    assert "Traceback" not in said


def test_a_fault_of_ours_keeps_its_trace(monkeypatch):
    with pytest.raises(ZeroDivisionError):
        failing(monkeypatch, ZeroDivisionError())


def test_ctrl_c_is_no_fault(monkeypatch, capsys):
    assert failing(monkeypatch, KeyboardInterrupt()) == 130
    assert "Stopped." in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["abc", "0", "65536", "99999999", "²", "-1"])
@pytest.mark.parametrize("verb", ["start", "serve"])
def test_a_port_that_is_none_is_refused_before_anything_starts(verb, typed, capsys):
    with pytest.raises(SystemExit):
        main([verb, f"--port={typed}"])

    assert f"“{typed}” is no port: give a number from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["seed", "--scale", "big"], "--scale cannot be “big”. Say none, demo or county."),
        (["seeds"], "There is no “seeds” here. Say start, test"),
        (["import", "schools"], "Still to say: FILE and --council."),
        (["start", "--port"], "--port needs something after it."),
        (["duties", "--fast"], "“--fast” is not understood."),
    ],
)
def test_a_command_typed_wrong_is_answered_in_words(capsys, typed, said):
    with pytest.raises(SystemExit) as ended:
        main(typed)

    err = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in err and "--help explains it." in err
    assert "usage:" not in err and "invalid" not in err


ASKED_FOR_JSON = (
    ["seed", "--scale", "none"],
    ["backup", "b.tar"],
    ["restore", "b.tar"],
    ["audit", "verify"],
    ["staff", "add", "--council", "991", "--name", "A", "--email", "a@example.org"],
    ["due", "EH04"],
    ["duties"],
    ["bench"],
    ["docs"],
    ["check"],
    ["import", "pack", "packs/eastmere", "--council", "991"],
)


@pytest.mark.parametrize("typed", ASKED_FOR_JSON, ids=lambda typed: typed[0])
def test_a_verb_asked_for_json_answers_with_json_when_it_fails_too(monkeypatch, capsys, typed):
    def fail(module: object, args: object) -> int:
        say("Half way …")
        raise Problem("Put “this” right.")

    monkeypatch.setattr("alongside.__main__.run", fail)

    assert main([*typed, "--json"]) == 1

    answer = capsys.readouterr()
    assert json.loads(answer.out) == {"problem": "Put “this” right."}
    assert "Half way …" in answer.err and "Put “this” right." in answer.err


@pytest.mark.parametrize("ends", [None, Problem("Put this right."), KeyboardInterrupt()])
def test_what_is_said_after_a_verb_asked_for_json_stands_on_the_screen_again(
    monkeypatch, capsys, ends
):
    def run(module: object, args: object) -> int:
        if ends:
            raise ends
        return 0

    monkeypatch.setattr("alongside.__main__.run", run)
    main(["duties", "--json"])
    capsys.readouterr()

    say("The next verb speaks.")

    assert capsys.readouterr() == ("The next verb speaks.\n", "")


def test_a_command_typed_wrong_is_answered_in_json_when_asked(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["seed", "--scale", "big", "--json"])

    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["problem"].startswith("--scale cannot be “big”.")


def test_a_backup_to_a_folder_that_is_not_there_could_not_begin(tmp_path, capsys):
    assert main(["backup", str(tmp_path / "nowhere" / "x.tar")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_a_verb_ends_with_two_when_nothing_could_begin_with_what_was_typed(monkeypatch, capsys):
    assert failing(monkeypatch, CannotBegin("The database already holds a council.")) == 2
    assert "already holds" in capsys.readouterr().err


def test_a_clock_without_its_date_is_answered_in_json_when_asked(capsys):
    assert main(["due", "EH04", "--json"]) == 2
    assert "the date that starts it" in json.loads(capsys.readouterr().out)["problem"]


def test_what_is_wrong_otherwise_is_a_sentence():
    assert in_words("not allowed with argument -x") == "Not allowed with argument -x."
