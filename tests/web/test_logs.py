"""A fault of ours is written once, with the number its page shows, and without anybody's words."""

import io
import logging
import re

import pytest

from alongside.web.logs import Formatter

COMPLAINT = "out of luck\nDETAIL:  Failing row contains (Robin Testerly)."


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What the root's own handler writes."""
    handlers = [h for h in logging.getLogger().handlers if isinstance(h.formatter, Formatter)]
    assert len(handlers) == 1
    written = io.StringIO()
    monkeypatch.setattr(handlers[0], "stream", written)
    return written


@pytest.fixture
def broken(signed_in, monkeypatch):
    client = signed_in("asha")
    client.raise_request_exception = False

    def fail(*_, **__):
        raise RuntimeError(COMPLAINT)

    monkeypatch.setattr("alongside.cases.actions.add_task", fail)
    return client


SENT = {"text": "Ring Robin", "due_on_0": "1", "due_on_1": "9", "due_on_2": "2030"}


def test_the_page_says_the_number_that_the_log_has_once_with_its_trace(broken, log):
    answer = broken.post("/tasks/new/?about=Robin", SENT)

    number = re.search(r"say this number: <b>(\d{3}-\d{3})</b>", answer.content.decode())[1]
    assert answer.status_code == 500
    assert log.getvalue().count(f"error {number}: POST /tasks/new/\n") == 1
    assert log.getvalue().count("Traceback") == 1
    assert "RuntimeError: out of luck" in log.getvalue()


def test_nobodys_words_are_in_the_log(broken, log):
    broken.post("/tasks/new/?about=Robin", SENT)

    assert "Robin" not in log.getvalue()


def test_a_key_in_an_address_is_not_in_the_log(client, log, monkeypatch, db):
    client.raise_request_exception = False
    monkeypatch.setattr("alongside.web.door.views.links", None)

    assert client.get("/sign-in/first/a-secret-key/").status_code == 500
    assert "/sign-in/first/<str:key>/" in log.getvalue()
    assert "a-secret-key" not in log.getvalue().replace("first/<str:key>", "")


def test_what_does_not_exist_is_no_line(client, log, db):
    client.get("/no-such-page/")

    assert log.getvalue() == ""
