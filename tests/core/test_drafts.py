"""Drafts: kept, given back, replaced, discarded; never a password, never without end."""

import pytest

from alongside.core import drafts
from alongside.core.decisions import Problem
from alongside.core.models import Draft
from alongside.web.dates import clock_time

pytestmark = pytest.mark.django_db


def test_what_is_typed_comes_back(acting):
    asha = acting("asha")

    drafts.save_draft(
        actor=asha, key="/x/", content={"words": ["quiet at lunch"], "who": ["a", "b"]}
    )

    assert drafts.get_draft(asha, "/x/").content == {"words": ["quiet at lunch"], "who": ["a", "b"]}


def test_saving_again_replaces(acting):
    asha = acting("asha")
    drafts.save_draft(actor=asha, key="/x/", content={"words": ["first"]})
    drafts.save_draft(actor=asha, key="/x/", content={"words": ["second"]})

    assert [draft.content["words"] for draft in drafts.list_drafts(asha)] == [["second"]]


def test_tokens_and_passwords_are_not_kept(acting):
    asha = acting("asha")
    typed = {"csrfmiddlewaretoken": ["x"], "password": ["y"], "draft_key": ["/"], "words": ["z"]}

    drafts.save_draft(actor=asha, key="/x/", content=typed)

    assert drafts.get_draft(asha, "/x/").content == {"words": ["z"]}


def test_more_than_a_book_is_refused_with_what_to_do(acting):
    with pytest.raises(Problem, match="Save it in parts"):
        drafts.save_draft(actor=acting("asha"), key="/x/", content={"words": ["z" * 400_001]})


def test_discarding_takes_ones_own_and_no_other(acting):
    drafts.save_draft(actor=acting("asha"), key="/x/", content={"words": ["hers"]})
    drafts.discard_draft(actor=acting("mina"), key="/x/")

    assert drafts.get_draft(acting("asha"), "/x/")
    drafts.discard_draft(actor=acting("asha"), key="/x/")
    assert not Draft.objects.exists()


def test_the_screen_saves_and_says_when(signed_in, acting):
    asha = signed_in("asha")

    answer = asha.post("/drafts/", {"key": "/x/", "content": '{"words": ["quiet"]}'})

    draft = drafts.get_draft(acting("asha"), "/x/")
    assert answer.json() == {"saved_at": clock_time(draft.updated_at)}
    assert draft.content == {"words": ["quiet"]}


@pytest.mark.parametrize("typed", ["quiet\\u0000", "quiet\\ud800"])
def test_what_no_database_stores_is_left_out(signed_in, acting, typed):
    answer = signed_in("asha").post(
        "/drafts/", {"key": "/x/\x00", "content": f'{{"words": ["{typed}"]}}'}
    )

    assert answer.status_code == 200
    assert drafts.get_draft(acting("asha"), "/x/").content == {"words": ["quiet"]}


@pytest.mark.parametrize("content", ["", "[]", '{"words": "quiet"}', '{"words": [1]}', "{"])
def test_what_is_no_form_is_refused(signed_in, content):
    answer = signed_in("asha").post("/drafts/", {"key": "/x/", "content": content})

    assert answer.status_code == 400
