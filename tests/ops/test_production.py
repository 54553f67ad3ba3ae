"""What production refuses to start with, asked of the verb itself as an operator meets it."""

import os
import subprocess
import sys

import pytest

from alongside.ops.places import PROJECT
from tests.database import ADMIN, READY

SOUND = {
    "ALONGSIDE_MODE": "production",
    "ALONGSIDE_SECRET_KEY": "k3y" * 20,
    "ALONGSIDE_HOSTS": "alongside.example.gov.uk",
    "ALONGSIDE_URL": "https://alongside.example.gov.uk",
    "DATABASE_URL": READY.web_url,
}


def refusal(tmp_path, **changes: str | None) -> str:
    """What `worker --once` says when one thing is wrong; it must never be a trace."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_"))}
    settings = SOUND | {"ALONGSIDE_VAR": str(tmp_path)} | changes
    done = subprocess.run(
        [sys.executable, "-m", "alongside", "worker", "--once"],
        cwd=PROJECT,
        env=kept | {name: value for name, value in settings.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ALONGSIDE_SECRET_KEY": None}, "ALONGSIDE_SECRET_KEY is missing or short"),
        ({"ALONGSIDE_HOSTS": None}, "ALONGSIDE_HOSTS does not name the address"),
        ({"ALONGSIDE_URL": None}, "ALONGSIDE_URL must be the https:// address"),
        ({"DATABASE_URL": None}, "Production needs DATABASE_URL"),
        ({"DATABASE_URL": ADMIN}, "signs in as a superuser"),
        ({"DATABASE_URL": READY.owner_url}, "signs in as an owner"),
        ({"DATABASE_URL": "postgresql://web:x@/a?host=/nowhere"}, "did not let us in"),
    ],
)
def test_each_unsafe_start_is_refused_in_words(django_db_setup, tmp_path, changes, said):
    assert said in refusal(tmp_path, **changes)


def test_every_fault_is_told_at_once(django_db_setup, tmp_path):
    said = refusal(tmp_path, ALONGSIDE_SECRET_KEY="short", ALONGSIDE_URL="http://x.example")

    assert "ALONGSIDE_SECRET_KEY" in said and "ALONGSIDE_URL" in said


def test_start_is_for_the_demonstration_only(tmp_path):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_"))}

    done = subprocess.run(
        [sys.executable, "-m", "alongside", "start"],
        cwd=PROJECT,
        env=kept | SOUND | {"ALONGSIDE_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "In production run `serve` and `worker`" in done.stderr
