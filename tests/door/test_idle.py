"""A session left alone ends, and what its form was sending comes back to the same person only."""

import json
import time

import pytest
from django.conf import settings
from django.test import Client

from alongside.core import drafts
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(account_of):
    """A browser signed in as somebody who then left it alone for this many seconds."""

    def left(name: str, seconds: int, key: str = "seen_at") -> Client:
        client = Client()
        client.post("/sign-in/", {"login": account_of(name).email, "password": PASSWORD})
        session = client.session
        session[key] = int(time.time()) - seconds
        session.save()
        return client

    return left


def test_a_session_in_use_goes_on(away):
    client = away("asha", settings.IDLE_SECONDS - 5)

    assert client.get("/me/").status_code == 200
    assert time.time() - client.session["seen_at"] < 5


def test_a_session_left_alone_ends(away):
    client = away("asha", settings.IDLE_SECONDS + 5)

    answer = client.get("/me/")

    assert answer["Location"] == "/sign-in/?next=/me/"
    assert "You were signed out" in client.get("/sign-in/").content.decode()


def test_a_session_ends_after_a_working_day_however_busy(away):
    client = away("asha", settings.SESSION_HOURS * 3600 + 5, key="started_at")

    assert client.get("/me/").status_code == 302


def test_what_a_form_was_sending_is_kept_and_given_back(away, acting, account_of):
    client = away("asha", settings.IDLE_SECONDS + 5)
    client.post("/notices/seen/", {"words": "quiet at lunch", "draft_key": "/plans/new/"})

    page = client.get("/sign-in/").content.decode()
    assert "What you were sending is kept" in page
    client.post("/sign-in/", {"login": account_of("asha").email, "password": PASSWORD})
    assert "is kept as a draft" in client.get("/me/").content.decode()

    draft = drafts.get_draft(acting("asha"), "/plans/new/")
    assert draft.content["words"] == ["quiet at lunch"]


def test_a_form_without_a_draft_key_is_kept_under_its_address(away, acting):
    away("asha", settings.IDLE_SECONDS + 5).post("/notices/seen/", {"words": "quiet at lunch"})

    assert drafts.get_draft(acting("asha"), "/notices/seen/")


def test_a_button_alone_leaves_no_draft(away, acting):
    away("asha", settings.IDLE_SECONDS + 5).post("/notices/seen/", {})

    assert drafts.list_drafts(acting("asha")) == []


def test_a_draft_is_not_given_to_the_next_person_at_the_machine(away, acting, account_of):
    client = away("asha", settings.IDLE_SECONDS + 5)
    client.post("/notices/seen/", {"words": "quiet at lunch", "draft_key": "/plans/new/"})

    client.post("/sign-in/", {"login": account_of("mina").email, "password": PASSWORD})

    assert "quiet at lunch" not in client.get("/me/").content.decode()
    assert "is kept as a draft" not in client.get("/me/").content.decode()
    assert drafts.get_draft(acting("mina"), "/plans/new/") is None


def test_a_draft_that_was_saving_itself_is_kept_for_its_form(away, acting):
    client = away("asha", settings.IDLE_SECONDS + 5)
    content = json.dumps({"words": ["quiet at lunch"]})

    client.post("/drafts/", {"key": "/plans/new/", "content": content})

    assert drafts.get_draft(acting("asha"), "/plans/new/").content == {"words": ["quiet at lunch"]}
    assert drafts.get_draft(acting("asha"), "/drafts/") is None


def test_the_form_sent_just_after_is_kept_as_well(away, acting):
    client = away("asha", settings.IDLE_SECONDS + 5)
    content = json.dumps({"words": ["quiet at"]})
    client.post("/drafts/", {"key": "/plans/new/", "content": content})

    client.post("/notices/seen/", {"words": "quiet at lunch", "draft_key": "/plans/new/"})

    assert "What you were sending is kept" in client.get("/sign-in/").content.decode()
    draft = drafts.get_draft(acting("asha"), "/plans/new/")
    assert draft.content["words"] == ["quiet at lunch"]


@pytest.mark.parametrize("content", ["", "{", "[]", "7"])
def test_a_draft_that_cannot_be_read_is_not_kept_and_breaks_nothing(away, acting, content):
    client = away("asha", settings.IDLE_SECONDS + 5)

    answer = client.post("/drafts/", {"key": "/plans/new/", "content": content})

    assert answer.status_code < 500
    assert drafts.list_drafts(acting("asha")) == []


@pytest.mark.parametrize("path", ["/sign-out/", "/drafts/discard/"])
def test_what_is_no_form_of_a_record_leaves_no_draft(away, acting, path):
    away("asha", settings.IDLE_SECONDS + 5).post(path, {"next": "/", "key": "/plans/new/"})

    assert drafts.list_drafts(acting("asha")) == []


def test_a_password_typed_at_the_door_is_never_kept(away, acting, account_of):
    client = away("asha", settings.IDLE_SECONDS + 5)
    client.get("/me/")

    client.post("/sign-in/", {"login": account_of("mina").email, "password": "a wrong guess"})

    assert drafts.list_drafts(acting("asha")) == []


def test_a_forged_form_writes_nobody_a_draft(away, acting):
    client = away("asha", settings.IDLE_SECONDS + 5)
    client.handler.enforce_csrf_checks = True

    answer = client.post("/notices/seen/", {"words": "planted", "draft_key": "/plans/new/"})

    assert answer.status_code == 403
    assert drafts.get_draft(acting("asha"), "/plans/new/") is None
