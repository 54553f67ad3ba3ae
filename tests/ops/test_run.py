"""run.py's own judgement: what is installed already, and what to say when the machine refuses."""

import importlib.util
import json
from types import ModuleType

import pytest

from alongside.ops.places import PROJECT


@pytest.fixture
def run(tmp_path, monkeypatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", PROJECT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMP", str(tmp_path / "alongside.json"))
    monkeypatch.setattr(module, "works", lambda command: True)
    return module


def test_the_developers_packages_include_the_service_s(run):
    run.write_stamp("dev")

    assert run.is_installed("base")
    assert run.is_installed("dev")


def test_the_service_s_packages_do_not_include_the_developers(run):
    run.write_stamp("base")

    assert run.is_installed("base")
    assert not run.is_installed("dev")


def test_a_changed_lock_is_installed_anew(run, tmp_path):
    (tmp_path / "alongside.json").write_text(json.dumps({"base": "another", "dev": "another"}))

    assert not run.is_installed("base")


def test_a_torn_stamp_is_no_stamp(run, tmp_path):
    (tmp_path / "alongside.json").write_text("{")

    assert not run.is_installed("base")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("error: Failed to fetch: dns error", "the network did not answer"),
        ("write: No space left on device (os error 28)", "the disk is full"),
        (
            "invalid peer certificate: UnknownIssuer; Failed to fetch",
            "a certificate was not accepted",
        ),
        ("Permission denied (os error 13)", "may not be written to"),
        ("Hash mismatch for `django==6.1.3`", "not the one that was locked"),
    ],
)
def test_a_refusal_of_the_machine_is_put_in_words(run, said, meant):
    assert meant in run.in_words("Installing", said)


def test_a_full_disk_and_a_shut_folder_are_told_apart(run):
    assert "no room on the disk" in run.explain(OSError(28, "No space left on device", "x"))
    assert "cannot be written to" in run.explain(OSError(30, "Read-only file system", "x"))
