"""What a person reads when the machine refuses: a full disk and a database that is away."""

import errno

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.urls import reverse

from alongside.core import drafts

pytestmark = pytest.mark.django_db


def raising(error, cause=None):
    def broken(*args, **kwargs):
        raise error from cause

    return broken


FULL = psycopg.errors.DiskFull("could not extend file: No space left on device")


@pytest.mark.parametrize(
    ("error", "cause", "status", "said"),
    [
        (OperationalError("could not extend file"), FULL, 503, "The disk that holds the records"),
        (OSError(errno.ENOSPC, "No space left on device"), None, 503, "The disk that holds"),
        (OperationalError("connection refused"), None, 503, "cannot be reached just now"),
        (InterfaceError("connection already closed"), None, 503, "cannot be reached just now"),
        (KeyError("ours"), None, 500, "Something went wrong on our side"),
        (OSError(errno.EACCES, "Permission denied"), None, 500, "Something went wrong on our side"),
    ],
)
def test_a_refusal_of_the_machine_is_said_in_words(
    signed_in, monkeypatch, error, cause, status, said
):
    asha = signed_in("asha")
    asha.raise_request_exception = False
    monkeypatch.setattr(drafts, "save_draft", raising(error, cause))

    answer = asha.post(reverse("draft-save"), {"key": "x", "content": "{}"})

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "was not done" in answer.content.decode()
    assert answer.has_header("Retry-After") == (status == 503)
