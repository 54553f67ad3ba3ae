"""Where no Chromium is: what is tried, in which order, and what is said when nothing works.

Playwright's download is asked for real, from an address on loopback where nobody answers.
"""

import os
import stat
import sys
from pathlib import Path

import pytest

from alongside.ops import chromium
from alongside.ops.places import Problem

BROWSER = '#!/bin/sh\necho "Chromium 1"\n'
# An apt that puts a browser on the PATH, or refuses, and notes what it was asked.
APT = """#!/bin/sh
echo "$@" >> {folder}/asked
[ "$1" = install ] || exit 0
{then}
"""


@pytest.fixture
def bare(tmp_path, monkeypatch) -> Path:
    """A machine without a browser: a PATH of one folder, and nobody to download one from."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    monkeypatch.delenv("ALONGSIDE_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def put(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text)
    path.chmod(stat.S_IRWXU)
    return str(path)


def apt(folder: Path, then: str) -> None:
    for tool in ("sh", "cp", "chmod"):
        (folder / tool).symlink_to(f"/bin/{tool}")
    put(folder, "apt-get", APT.format(folder=folder, then=then))
    put(folder, "given", BROWSER)


@pytest.fixture
def root_of(bare, monkeypatch) -> Path:
    """The same machine for root, where Playwright's download has failed already."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    refusing = put(bare, "python", "#!/bin/sh\necho 'Error: connect ECONNREFUSED' >&2\nexit 1\n")
    monkeypatch.setattr(sys, "executable", refusing)
    return bare


def test_one_that_is_named_comes_before_one_on_the_path(bare, monkeypatch):
    put(bare, "chromium", BROWSER)
    named = put(bare, "mine", BROWSER)
    monkeypatch.setenv("ALONGSIDE_CHROMIUM", named)

    assert chromium.find_or_install() == named


def test_one_that_is_named_and_does_not_start_is_said_and_passed_over(bare, monkeypatch, capsys):
    chrome = put(bare, "google-chrome", BROWSER)
    monkeypatch.setenv("ALONGSIDE_CHROMIUM", str(bare / "mistyped"))

    assert chromium.find_or_install() == chrome

    said = capsys.readouterr().out
    assert f"ALONGSIDE_CHROMIUM names {bare / 'mistyped'}, which does not start" in said


def test_a_wrapper_without_a_browser_behind_it_is_passed_over(bare):
    put(bare, "chromium", "#!/bin/sh\nexit 127\n")
    chrome = put(bare, "google-chrome", BROWSER)

    assert chromium.find_or_install() == chrome


def test_an_ordinary_user_is_told_what_failed_and_what_to_install(bare, capsys):
    with pytest.raises(Problem) as problem:
        chromium.find_or_install()

    said = str(problem.value)
    assert "Downloading Playwright's Chromium (about 170 MB): Error:" in said
    assert "ECONNREFUSED" in said
    assert "sudo apt install chromium" in said and "ALONGSIDE_CHROMIUM" in said
    assert "Nothing else was changed" in said and "python3 run.py test --wall" in said
    assert "so one is installed now" in capsys.readouterr().out
    assert not (bare / "asked").exists()


def test_as_root_the_systems_own_is_installed_where_a_download_fails(root_of, capsys):
    apt(root_of, f"cp {root_of}/given {root_of}/chromium && chmod 700 {root_of}/chromium")

    assert chromium.find_or_install() == str(root_of / "chromium")

    asked = (root_of / "asked").read_text().splitlines()
    assert asked == ["update -q", "install -q -y chromium"]
    said = capsys.readouterr().out
    assert "That did not work: Error: connect ECONNREFUSED" in said
    assert said.rstrip().endswith(f"Chromium is installed: {root_of / 'chromium'}")


def test_when_the_system_refuses_too_both_reasons_are_told(root_of):
    apt(root_of, "echo 'E: Unable to locate package chromium' >&2; exit 100")

    with pytest.raises(Problem) as problem:
        chromium.find_or_install()

    assert "ECONNREFUSED" in str(problem.value)
    assert "E: Unable to locate package chromium" in str(problem.value)
