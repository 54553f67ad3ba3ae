"""Nothing typed is lost: a refused form is kept as a draft, named in words, resumed and discarded."""

from typing import Any

import pytest
from django.test import Client

from alongside.core import drafts
from alongside.core.decisions import Refused
from alongside.core.models import RoleAssignment
from alongside.core.permissions import Role
from alongside.people.models import Involvement
from alongside.web.desk.naming import FORMS
from tests.plans.makers import Making, make_case
from tests.web.addresses import ADDRESSES

# Screens that take a press, not a form: there is nothing typed to keep.
PRESSES = {
    "announcement-end", "team-countersign",
    "listing-end", "protocol-renew", "protocol-share",
    "calendar-copy", "chronology-pages", "closure-report-pdf", "closure-report-word", "components", "concern",
    "document-restore", "document-share", "draft-criterion-drop", "draft-discard",
    "draft-discard-version", "draft-save", "draft-stage-drop", "flag-end", "framework-begin", "list",
    "list-apply", "list-leave", "log-share", "merge", "merge-undo", "notices-seen",
    "plan-action-done", "plan-pdf", "plan-redraft", "plan-submit", "plan-update-read", "professional-end",
    "profile-print", "referral-check", "referral-new", "referral-start", "report-ask", "roll-undo",
    "scale-end",
    "session-share", "staff-close", "staff-invite", "still-here", "task",
}  # fmt: skip


@pytest.fixture
def making(acting, cast) -> Making:
    return make_case(acting, cast)


def url_of(making: Making) -> str:
    return f"/cases/{making.case.pk}/plans/new/"


def refused(client: Client, making: Making, **typed: Any) -> str:
    answer = client.post(url_of(making), {"aim": "Half a plan, with care", **typed})
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_form_with_mistakes_is_kept_and_given_back(making, signed_in):
    client = signed_in("asha")

    page = refused(client, making)

    assert "kept as a draft: you can leave and come back" in page
    assert "Draft saved" in page
    assert "Half a plan, with care" in client.get(url_of(making)).content.decode()


def test_a_form_too_long_to_keep_claims_nothing(making, signed_in):
    page = refused(signed_in("asha"), making, more="x " * 210_000)

    assert "It is not saved yet." in page
    assert "kept as a draft" not in page


def test_a_refusal_by_policy_keeps_what_was_sent(making, signed_in, monkeypatch):
    client = signed_in("asha")

    def refuse(**_: Any) -> None:
        raise Refused("Another plan is being written.")

    monkeypatch.setattr("alongside.plans.actions.withdraw_agreement", refuse)
    plan = making.agreed()
    sent = {"party": "SCHOOL", "words": "They want it another way", "withdrawn_on": "2020-01-01"}
    answer = client.post(f"/plans/{plan.pk}/withdraw/", sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "kept as a draft" in page
    assert drafts.get_draft(making.acting("asha"), f"/plans/{plan.pk}/withdraw/")


@pytest.mark.parametrize("is_record_lost", [True, False], ids=["the record", "the role"])
def test_who_loses_sight_of_a_record_while_writing_loses_no_words(
    making, signed_in, cast, is_record_lost
):
    client = signed_in("asha")
    assert client.get(url_of(making)).status_code == 200
    making.acting("dpo")
    if is_record_lost:
        Involvement.objects.filter(staff=cast.staff["asha"]).update(staff=cast.staff["omar"])
    else:
        RoleAssignment.objects.filter(staff=cast.staff["asha"]).update(
            role=Role.SYSTEM_ADMINISTRATOR
        )

    answer = client.post(url_of(making), {"aim": "Half a plan, with care"})

    assert answer.status_code == (404 if is_record_lost else 403)
    assert "What you wrote is kept as a draft" in answer.content.decode()
    asha = making.acting("asha")
    assert drafts.get_draft(asha, url_of(making)).content["aim"] == ["Half a plan, with care"]


def test_a_press_without_words_keeps_nothing(making, signed_in):
    answer = signed_in("carys").post(url_of(making), {"kind": "A", "once": "x" * 40})

    assert answer.status_code == 404
    assert not drafts.list_drafts(making.acting("carys"))


@pytest.mark.parametrize("sent", [{}, {"aim": " ", "version": "3", "once": "x"}])
def test_an_empty_form_sent_and_refused_is_no_draft(making, signed_in, sent):
    client = signed_in("asha")

    answer = client.post(url_of(making), sent)

    assert answer.status_code == 422
    assert "kept as a draft" not in answer.content.decode()
    assert not drafts.list_drafts(making.acting("asha"))


def test_a_draft_in_which_nothing_stands_is_not_said_to_be_back(making, signed_in):
    client = signed_in("asha")
    asha = making.acting("asha")
    drafts.save_draft(actor=asha, key=url_of(making), content={"aim": [""], "version": ["3"]})

    page = client.get(url_of(making)).content.decode()

    assert "is back" not in page


def test_a_page_that_shows_a_refusal_in_place_of_its_form_gives_no_draft_back(making, signed_in):
    url = f"/cases/{making.case.pk}/reopen/"
    asha = making.acting("asha")
    drafts.save_draft(actor=asha, key=url, content={"reason": ["The place is failing again"]})

    page = signed_in("asha").get(url).content.decode()

    assert 'name="reason"' not in page
    assert "is back" not in page and "data-draft-key" not in page


def test_a_fault_of_ours_keeps_what_was_sent(making, signed_in, monkeypatch):
    client = signed_in("asha")
    client.raise_request_exception = False

    def fail(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("alongside.plans.actions.withdraw_agreement", fail)
    plan = making.agreed()
    sent = {"party": "SCHOOL", "words": "They want it another way", "withdrawn_on": "2020-01-01"}
    answer = client.post(f"/plans/{plan.pk}/withdraw/", sent)

    assert answer.status_code == 500
    assert drafts.get_draft(making.acting("asha"), f"/plans/{plan.pk}/withdraw/")


def test_a_draft_is_called_by_what_it_is_and_can_be_discarded(making, signed_in):
    client = signed_in("asha")
    refused(client, making)

    page = client.get("/me/").content.decode()
    client.post("/drafts/discard/", {"key": url_of(making)})

    assert f">Plan for case {making.case.reference}</a>" in page
    assert f'href="{url_of(making)}"' in page
    assert "Half a plan, with care" in page
    assert "No drafts" in client.get("/me/").content.decode()


def test_a_draft_about_a_child_not_in_view_names_nobody(making, signed_in):
    key = f"/pupils/{making.case.pupil.pk}/people/address/"
    for name in ("asha", "carys"):
        content = {"line": ["He moved to his aunt in May"]}
        drafts.save_draft(actor=making.acting(name), key=key, content=content)

    seen = signed_in("asha").get("/me/").content.decode()
    unseen = signed_in("carys").get("/me/").content.decode()

    assert f"New address for {making.case.pupil.name}" in seen
    assert "New address</a>" in unseen
    assert making.case.pupil.name not in unseen
    assert "his aunt" not in unseen


def test_a_draft_resumed_after_somebody_else_saved_overwrites_nothing(making, signed_in):
    plan = making.written()
    client, url = signed_in("asha"), f"/plans/{plan.pk}/edit/"
    drafts.save_draft(
        actor=making.acting("asha"), key=url, content={"version": ["1"], "aim": ["Mine"]}
    )
    plan.version = 2
    plan.save(update_fields=["version"])

    page = client.get(url).content.decode()

    assert 'name="version" value="1"' in page
    assert "Mine" in page


def test_every_form_has_a_name_in_words():
    taking = {a.name for a in ADDRESSES if "POST" in a.screen.methods}
    names = {name if name in FORMS else name.removeprefix("school-") for name in taking}

    unnamed, gone = names - PRESSES - set(FORMS), set(FORMS) - names
    assert (unnamed, gone) == (set(), set()), "name each form in web/desk/naming.py"
