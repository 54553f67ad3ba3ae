"""run.py's own judgement: what is installed already, and what to say when the machine refuses."""

import importlib.util
import json
import shutil
from pathlib import Path
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


def test_without_a_python_and_a_network_it_says_what_to_install(run, monkeypatch, tmp_path):
    """uv itself, kept from every address by a proxy that is not there."""
    monkeypatch.setattr(run, "usual_pythons", lambda uv: [])
    monkeypatch.delenv("UV_PYTHON", raising=False)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path))
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")

    with pytest.raises(run.Stop) as stop:
        run.find_python(found_uv())

    said = str(stop.value)
    assert "Downloading Python 3.13 did not work: the network did not answer" in said
    assert "Install Python 3.12 or 3.13 yourself" in said
    assert "UV_PYTHON" in said


def found_uv() -> list[str]:
    places = [
        shutil.which("uv"),
        PROJECT / ".uv" / "venv" / "bin" / "uv",
        Path.home() / ".local/bin/uv",
    ]
    found = next((place for place in places if place and Path(place).exists()), None)
    if found is None:
        pytest.skip("uv was found by another way here")
    return [str(found)]
