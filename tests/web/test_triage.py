"""The screens of the shared triage form and of neighbourhoods compared."""

import re

import pytest

from alongside.referrals import actions
from alongside.referrals.models import Referral, TriageForm
from tests.referrals import made
from tests.web_page import Page

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def posted(today, version: int = 0, **changed: str) -> dict[str, str]:
    questions = {}
    for number, question in enumerate(made.QUESTIONS, 1):
        questions[f"question_{number}"] = question.text
        questions[f"levels_{number}"] = "\n".join(question.levels)
    return {
        "version": str(version),
        "name": "Triage form",
        "accept_from": "5",
        "starts_on_0": str(today.day),
        "starts_on_1": str(today.month),
        "starts_on_2": str(today.year),
        "what_changed": "Clearer words.",
        **questions,
    } | changed


@pytest.mark.duty("LP-13", "LP-54")
def test_a_lead_publishes_the_form_on_screen_and_every_neighbourhood_sees_its_version(
    acting, cast, signed_in
):
    made.ready(acting, cast)
    today = acting("lena").today
    lena, at = signed_in("lena"), f"/referrals/triage/new/{cast.places['primary']}/"

    answer = lena.post(at, posted(today))

    assert answer["Location"] == f"/referrals/triage/?service={cast.places['primary']}"
    lena.post(at, posted(today, 1, accept_from="6"))
    page = body(signed_in("carys").get(f"/referrals/triage/?service={cast.places['primary']}"))
    assert "Version 2" in page and "6 of 9" in page and "In force" in page
    assert "North Eastmere" in page and "South Eastmere" in page and "Not used yet" in page
    assert Page(page).problems() == []


def test_an_empty_page_says_what_it_means_to_have_no_form(acting, cast, signed_in):
    made.ready(acting, cast)

    page = body(signed_in("otis").get("/referrals/triage/"))

    assert "No triage form yet" in page and "Publish the first" not in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"levels_1": "Rarely\nOften"}, "write 4 lines; there are 2"),
        ({"question_2": ""}, "Write question 2, or empty its lines"),
        ({"accept_from": "40"}, "30"),
        ({"accept_from": "20"}, "Give a total from 1 to 9"),
    ],
)
def test_a_mistake_in_the_form_is_told_in_words(acting, cast, signed_in, changed, says):
    today = acting("mina").today
    mina = signed_in("mina")

    answer = mina.post(
        f"/referrals/triage/new/{cast.places['outreach']}/", posted(today, **changed)
    )

    page = body(answer)
    assert answer.status_code == 422 and says in page
    assert "How much is missed?" in page or "question_2" in changed


def test_the_second_to_publish_is_told_of_the_first(acting, cast, signed_in):
    today = acting("mina").today
    at, mina = f"/referrals/triage/new/{cast.places['outreach']}/", signed_in("mina")
    mina.post(at, posted(today))

    page = body(mina.post(at, posted(today)))

    assert "Somebody published another version" in page
    acting("mina")
    assert TriageForm.objects.count() == 1


@pytest.mark.duty("LP-14")
@pytest.mark.parametrize(
    ("third", "total", "side"), [("2", 7, "Above"), ("0", 5, "At"), ("1", 6, "Above")]
)
def test_a_referral_is_scored_on_screen_and_shows_its_total_beside_the_threshold_of_five(
    acting, cast, signed_in, third, total, side
):
    made.ready(acting, cast)
    form = made.triage_form(acting("mina"), "outreach", cast)
    referral = made.screening(acting, cast)
    asha, at = signed_in("asha"), f"/referrals/{referral.pk}"
    assert "How often does it happen?" in body(asha.get(f"{at}/score/"))
    marks = {"mark_1": "3", "mark_2": "2", "mark_3": third, "note": "Page 2 of the plan."}

    answer = asha.post(f"{at}/score/", {"version": str(referral.version)} | marks)

    assert answer["Location"] == f"{at}/"
    page = body(asha.get(f"{at}/"))
    assert (
        f"{total} of 9" in page
        and f"{side} the threshold" in page
        and "Page 2 of the plan." in page
    )
    assert f"/referrals/triage/{form.pk}/" in page
    assert "Triage score" not in body(signed_in("petra").get(f"{at}/"))


def test_a_question_left_out_is_told(acting, cast, signed_in):
    made.ready(acting, cast)
    made.triage_form(acting("mina"), "outreach", cast)
    referral = made.screening(acting, cast)

    answer = signed_in("asha").post(
        f"/referrals/{referral.pk}/score/", {"version": str(referral.version), "mark_1": "3"}
    )

    assert answer.status_code == 422 and "Choose a mark for question 2" in body(answer)


def test_a_decision_without_a_score_says_what_comes_first(acting, cast, signed_in):
    made.ready(acting, cast)
    made.triage_form(acting("mina"), "outreach", cast)
    referral = made.answered(acting, cast, missing=0)

    page = body(signed_in("asha").get(f"/referrals/{referral.pk}/"))

    assert "Score it on the triage form first" in page
    acting("asha")
    assert Referral.objects.get().state == "SCREENING"


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        (0, "Answers saved. Score it next: it is accepted or declined after that."),
        (1, "Answers saved. Return it, or score it next: it is accepted or declined after that."),
    ],
)
def test_when_all_is_answered_only_what_can_be_done_next_is_named(
    acting, cast, signed_in, missing, says
):
    made.ready(acting, cast)
    made.triage_form(acting("mina"), "outreach", cast)
    referral = made.screening(acting, cast)
    posted = {"version": str(referral.version)}
    for number, criterion in enumerate(referral.framework.criteria.all()):
        finding = "NOT_YET" if number < missing else "MET"
        posted |= {f"finding_{criterion.pk}": finding, f"note_{criterion.pk}": "Seen."}

    page = body(signed_in("asha").post(f"/referrals/{referral.pk}/screen/", posted, follow=True))

    assert says in page


@pytest.mark.duty("LP-34")
@pytest.mark.parametrize("name", ["lena", "otis", "ines", "hugo"])
def test_neighbourhoods_are_compared_without_any_pupil(acting, cast, signed_in, name):
    referral = made.accepted(acting, cast)

    page = body(signed_in(name).get(f"/referrals/compare/?service={cast.places['primary']}"))
    other = body(signed_in(name).get(f"/referrals/compare/?service={cast.places['outreach']}"))

    for title in ("Referrals and what", "threshold", "Kinds of plan", "Length of support"):
        assert title in page
    assert "North Eastmere" in page and "Per 1,000 on roll" in page
    assert page.index("Medians are said of five or more") < page.index("<table")
    assert re.search(r">All</t[hd]>", page) and not re.search(r">All</t[hd]>", other)
    assert not re.search(r"<td[^>]*></td>", page)
    assert referral.pupil.legal_surname not in page + other
    assert Page(page).problems() == [] and Page(other).problems() == []


@pytest.mark.parametrize("address", ["/referrals/compare/", "/referrals/compare/download/"])
def test_a_shorter_time_beside_small_numbers_is_not_answered_by_its_address_either(
    acting, cast, signed_in, address
):
    made.accepted(acting, cast)
    client, query = signed_in("mina"), f"?service={cast.places['outreach']}&way=csv&period="

    year = body(client.get(f"{address}{query}year"))
    term = body(client.get(f"{address}{query}term"))

    assert _figures(term) == _figures(year)
    if "download" not in address:
        assert "Only the last 12 months can be chosen here" in year
        assert "The last 13 weeks" not in year


def _figures(page: str) -> str:
    """Less the addresses in it, and what is made anew for every answer."""
    return re.sub(r"(nonce|value|href)=\"[^\"]*\"|\d\d:\d\d(:\d\d)?", "", page)


@pytest.mark.parametrize("name", ["petra", "asha", "ben"])
def test_who_does_not_compare_is_told_what_is_needed(cast, signed_in, name):
    assert signed_in(name).get("/referrals/compare/").status_code == 403


@pytest.mark.parametrize(("step", "word"), [("decline", "declined"), ("signpost", "signposted")])
def test_turning_away_what_meets_everything_and_scores_enough_asks_a_second_look(
    acting, cast, signed_in, step, word
):
    made.ready(acting, cast)
    made.triage_form(acting("mina"), "outreach", cast)
    referral = made.answered(acting, cast, missing=0)
    asha = acting("asha")
    actions.score(actor=asha, referral=referral, marks=(2, 2, 2), version=referral.version)
    client, at = signed_in("asha"), f"/referrals/{referral.pk}/{step}/"
    sent = {
        "version": str(referral.version + 1),
        "reason": "Moves to a new school in January.",
        "signposted_to": "Early Help, 01632 960100",
    }

    asked = client.post(at, sent)

    page = body(asked)
    assert asked.status_code == 422 and "Look again before this is saved" in page
    assert "meets every criterion and scored 6: support is expected from 5" in page
    assert Page(page).problems() == []
    assert client.post(at, sent | {"sure": f"reason:{word}"}).status_code == 302
    acting("asha")
    assert Referral.objects.get().state == word.upper()
