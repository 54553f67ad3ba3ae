"""The page of two versions: only what differs, in words, each part by its name, nothing lost."""

import re
from datetime import timedelta

import pytest

from alongside.core import drafts
from alongside.pathways.models import PlanType
from alongside.plans.models import Plan
from tests.pages import says_who_saved
from tests.plans.makers import load_kinds, make_case
from tests.referrals import made
from tests.web.markup import find, tree, words
from tests.web.test_plans import body, day, typed
from tests.web.test_referrals_screening import answers_for

pytestmark = pytest.mark.django_db


def rows(page: str) -> dict[str, str]:
    """The legend of each choice, and everything it says."""
    fieldsets = find(tree(page), "fieldset")
    return {words(find([f], "legend")[0]).strip(): words(f) for f in fieldsets}


@pytest.fixture
def making(acting, cast):
    load_kinds(acting)
    PlanType.objects.filter(key="INTERVENTION").update(is_traced=False)
    return make_case(acting, cast)


def test_only_what_differs_is_shown_in_words_and_by_its_name(making, signed_in):
    plan = making.written()
    client, url = signed_in("asha"), f"/plans/{plan.pk}/edit/"
    today = making.today
    whole = typed(making, version="1", action_1_kept="on", target_1_goal="8.0")
    client.post(url, whole)

    later = day("target_1_due_on", today + timedelta(days=20))
    mine = {k: v for k, v in whole.items() if k != "action_1_kept"}
    mine |= {"target_1_goal": "8", "target_1_kind": "OUTCOME", **later}
    answer = client.post(url, mine)

    found = rows(answer.content.decode())
    assert set(found) == {
        "Target 1: about",
        "Target 1: by when",
        "Action 1: keep this from the school",
    }
    assert "Outcome" in found["Target 1: about"]
    assert "Behaviour" in found["Target 1: about"]
    by = today + timedelta(days=20)
    assert f"{by.day} {by:%B} {by.year}" in found["Target 1: by when"]
    assert re.search(
        r"What you wrote here\s+No\b.*\bYes", found["Action 1: keep this from the school"]
    )


def test_a_version_of_ones_own_in_another_window_is_said_to_be_so(making, signed_in):
    plan = making.written()
    client, url = signed_in("asha"), f"/plans/{plan.pk}/edit/"
    whole = typed(making, version="1")
    client.post(url, whole)

    page = client.post(url, whole | {"target_1_goal": "9"}).content.decode()

    assert says_who_saved(page, "You") and "in this window too" in page
    assert "What you saved first" in page


def test_what_is_chosen_on_each_row_is_what_is_saved(making, signed_in):
    plan = making.written()
    client, url = signed_in("asha"), f"/plans/{plan.pk}/edit/"
    client.post(url, typed(making, version="1", aim="Theirs", action_1_kept="on"))
    page = client.post(url, typed(making, version="1", aim="Mine")).content.decode()

    sent: dict[str, list[str]] = {}
    for tag in find(tree(page), "input"):
        given = tag[1]
        if given.get("type") == "hidden" and given["name"] != "csrfmiddlewaretoken":
            sent.setdefault(str(given["name"]), []).append(str(given["value"]))
    sent |= {"keep-aim": ["mine"], "keep-action_1_kept": ["theirs"]}
    answer = client.post(url, sent)

    assert answer.status_code == 302
    making.acting("asha")
    plan = Plan.objects.get(pk=plan.pk)
    assert plan.aim == "Mine"
    assert not plan.actions.get().is_shared
    assert drafts.get_draft(making.acting("asha"), url) is None


def test_my_version_is_a_draft_until_i_choose(making, signed_in):
    plan = making.written()
    client, url = signed_in("asha"), f"/plans/{plan.pk}/edit/"
    client.post(url, typed(making, version="1", aim="Theirs"))
    client.post(url, typed(making, version="1", aim="Mine"))

    page = client.get(url).content.decode()

    assert "Mine" in page
    assert 'name="version" value="1"' in page


def test_two_screeners_read_findings_in_words_by_criterion(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    url = f"/referrals/{referral.pk}/screen/"
    first = referral.framework.criteria.first()
    signed_in("mina").post(url, answers_for(referral))

    mine = answers_for(referral, **{f"finding_{first.pk}": "NOT_YET"})
    answer = signed_in("asha").post(url, mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert says_who_saved(page, "Mina")
    assert set(rows(page)) == {f"{first.order}. {first.text}"}
    assert "Not yet met" in page
    assert "NOT_YET" not in re.sub(r"<input[^>]*>", "", page)


def test_what_only_a_colleague_changed_is_theirs_unless_it_is_chosen_otherwise(making, signed_in):
    plan = making.written()
    mina, asha = signed_in("mina"), signed_in("asha")
    url = f"/plans/{plan.pk}/edit/"
    (seen,) = find(tree(body(asha.get(url))), "input", name="seen")
    begun = {"seen": seen[1]["value"], "version": "1"}
    saved = mina.post(url, typed(making, version="1", action_1_text="Theirs"))
    assert saved.status_code == 302

    page = body(asha.post(url, typed(making, **begun, aim="Mine")))

    ticked = {
        box[1]["name"].removeprefix("keep-"): box[1]["value"]
        for box in find(tree(page), "input", type="radio")
        if "checked" in box[1]
    }
    assert ticked["aim"] == "mine"
    assert ticked["action_1_text"] == "theirs"
