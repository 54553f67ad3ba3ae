"""Screening in parts and from what is known; sending again what was asked for; rounds kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from alongside.pathways.models import Criterion
from alongside.referrals.models import CriterionAnswer, Referral, SentRound
from tests.referrals import made
from tests.web.markup import find, tree
from tests.web.test_referrals import day, typed
from tests.web.test_referrals_screening import body

pytestmark = pytest.mark.django_db


def chosen(page: str) -> dict[str, str]:
    """Each finding that is ticked."""
    radios = find(tree(page), "input", type="radio")
    return {str(r[1]["name"]): str(r[1]["value"]) for r in radios if "checked" in r[1]}


def by_order(referral: Referral) -> dict[int, Criterion]:
    return {c.order: c for c in referral.framework.criteria.all()}


def test_what_can_be_computed_is_filled_in_and_says_so(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    of = by_order(referral)

    page = body(signed_in("asha").get(f"/referrals/{referral.pk}/screen/"))

    ticked = {int(name.partition("_")[2]): value for name, value in chosen(page).items()}
    assert ticked == {of[n].pk: "MET" for n in (1, 2, 3, 4)} | {of[5].pk: "NOT_YET"}
    assert page.count("Filled in for you: look before you save.") == 5
    assert "From what the school wrote: Met. 2 reviewed." in page


def test_some_answers_are_saved_and_the_rest_wait(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    first = by_order(referral)[1]
    asha, at = signed_in("asha"), f"/referrals/{referral.pk}/"

    sent = {"version": referral.version, f"finding_{first.pk}": "MET"}
    page = body(asha.post(f"{at}screen/", sent, follow=True))

    assert "5 of 6 criteria still to answer" in page
    assert "Answer every criterion first: 5 of 6 left." in page
    assert CriterionAnswer.objects.count() == 1


def test_a_mistaken_day_names_its_criterion(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    second = by_order(referral)[2]
    sent = {
        "version": referral.version,
        f"finding_{second.pk}": "NOT_YET",
        f"note_{second.pk}": "Ask his father.",
        **day(f"do_by_{second.pk}", acting("asha").today - timedelta(days=3)),
    }

    page = body(signed_in("asha").post(f"/referrals/{referral.pk}/screen/", sent))

    assert f"“{second.text}”: by when must be" in page


def test_what_a_school_is_to_send_by_a_day_on_which_it_is_closed_is_asked_about(
    acting, cast, signed_in
):
    referral = made.screening(acting, cast)
    second = by_order(referral)[2]
    today = acting("asha").today
    saturday = today + timedelta(days=12 - today.weekday())  # Of the week after this one.
    sent = {
        "version": referral.version,
        f"finding_{second.pk}": "NOT_YET",
        f"note_{second.pk}": "One more review.",
        **day(f"do_by_{second.pk}", saturday),
    }
    asha, at = signed_in("asha"), f"/referrals/{referral.pk}/screen/"

    asked = body(asha.post(at, sent))

    assert "Look again before this is saved" in asked
    assert f"Keep Saturday {saturday.day}" in asked
    assert not CriterionAnswer.objects.exists()

    kept = {**sent, "sure": f"do_by_{second.pk}:{saturday.isoformat()}"}
    asha.post(at, kept)

    acting("asha")
    assert CriterionAnswer.objects.get().do_by == saturday


def test_a_note_without_an_answer_asks_for_the_answer(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    second = by_order(referral)[2]
    sent = {"version": referral.version, f"note_{second.pk}": "Ask his father."}

    page = body(signed_in("asha").post(f"/referrals/{referral.pk}/screen/", sent))

    assert f"Choose an answer for “{second.text}”" in page


def test_a_note_filled_in_for_not_yet_is_no_evidence_for_met(acting, cast, signed_in):
    referral = made.screening(acting, cast)
    plan = by_order(referral)[5]
    sent = {
        "version": referral.version,
        f"finding_{plan.pk}": "MET",
        f"note_{plan.pk}": plan.guidance,
    }

    signed_in("asha").post(f"/referrals/{referral.pk}/screen/", sent)

    acting("asha")
    assert CriterionAnswer.objects.get().note == ""


def test_what_would_meet_a_criterion_is_said_once_when_the_note_is_just_that(
    acting, cast, signed_in
):
    referral = made.returned(acting, cast)
    of = by_order(referral)
    acting("asha")
    answers = CriterionAnswer.objects.filter(referral=referral, finding="NOT_YET")
    guidance = of[6].guidance
    assert guidance and answers.filter(criterion=of[6]).exists()
    answers.filter(criterion=of[6]).update(note=guidance)

    for name in ("asha", "petra"):
        page = body(signed_in(name).get(f"/referrals/{referral.pk}/"))
        assert page.count(escape(guidance)) == 1, name


def test_a_second_round_starts_from_the_first(acting, cast, signed_in):
    referral = made.returned(acting, cast)
    of = by_order(referral)
    petra, asha = signed_in("petra"), signed_in("asha")
    sent = {"version": referral.version, f"cannot_{of[5].pk}": "It is being written."}
    petra.post(
        f"/referrals/{referral.pk}/again/", sent | {"main_worry": "LEAVING", "last_incident": "x"}
    )
    asha.post(f"/referrals/{referral.pk}/start/")

    page = body(asha.get(f"/referrals/{referral.pk}/screen/"))

    assert chosen(page)[f"finding_{of[1].pk}"] == "MET"
    assert chosen(page)[f"finding_{of[6].pk}"] == "NOT_YET"
    assert "As found in round 1: not yet met." in page
    assert f"“{of[5].text}” cannot be given: It is being written.".replace("'", "&#x27;") in page


@pytest.mark.parametrize(("said", "finding"), [(True, "MET"), (False, "")])
def test_a_paper_meets_a_criterion_when_the_school_says_which_it_is(
    acting, cast, signed_in, said, finding
):
    robin, framework = made.ready(acting, cast)
    plan = framework.criteria.get(shown_by="EVIDENCE")
    petra, url = signed_in("petra"), f"/referrals/new/{robin.pk}/"
    page = body(
        petra.post(url, typed(papers=[SimpleUploadedFile("n.txt", b"x")], save="1"), follow=True)
    )
    assert "1 paper, and none said to be this." in page
    paper = str(find(tree(page), "input", name="paper")[0][1]["value"])

    shows = {f"shows-{paper}": str(plan.pk)} if said else {}
    petra.post(url, typed(paper=paper, **shows))
    petra.post(f"{url}check/")
    acting("petra")
    referral = Referral.objects.get()
    asha = signed_in("asha")
    asha.post(f"/referrals/{referral.pk}/start/")

    page = body(asha.get(f"/referrals/{referral.pk}/screen/"))
    assert chosen(page).get(f"finding_{plan.pk}", "") == finding
    assert ("Sent as: The school" in page) is said


def again(acting, cast, signed_in, **typed_again: str):
    referral = made.returned(acting, cast)
    saved = {
        "version": str(referral.version),
        "main_worry": referral.main_worry,
        "last_incident": referral.last_incident,
        "going_well": referral.going_well,
        "days_suspended": "6",
    }
    answer = signed_in("petra").post(f"/referrals/{referral.pk}/again/", saved | typed_again)
    acting("petra")
    referral.refresh_from_db()
    return referral, answer


def test_sent_again_with_nothing_changed_is_refused_and_kept(acting, cast, signed_in):
    referral, answer = again(acting, cast, signed_in, words="Here it is.")

    page = body(answer)
    assert answer.status_code == 422
    assert "Nothing that was asked for has changed." in page
    assert (referral.state, referral.round) == ("RETURNED", 1)
    assert "Here it is." in body(signed_in("petra").get(f"/referrals/{referral.pk}/again/"))
    assert not SentRound.objects.exists()


def test_why_something_cannot_be_given_is_an_answer(acting, cast, signed_in):
    acting("petra")
    referral, answer = again(acting, cast, signed_in)
    plan = by_order(referral)[5]

    sent = {
        "version": referral.version,
        "main_worry": "LEAVING",
        "last_incident": referral.last_incident,
    }
    sent[f"cannot_{plan.pk}"] = "It is being written."
    answer = signed_in("petra").post(f"/referrals/{referral.pk}/again/", sent)

    acting("petra")
    referral.refresh_from_db()
    assert answer.status_code == 302
    assert referral.round == 2
    assert "cannot be given: It is being written." in referral.steps.last().reason


@pytest.mark.duty("RC-76")
def test_what_was_asked_for_is_said_item_by_item_with_the_services_own_line(
    acting, cast, signed_in
):
    referral = made.returned(acting, cast)
    petra = signed_in("petra")

    page = body(petra.get(f"/referrals/{referral.pk}/again/"))
    asked = page.split('id="asked"')[1].split("</ol>")[0]
    for answer in referral.answers.filter(finding="NOT_YET"):
        assert escape(answer.criterion.text) in asked
        assert escape(answer.note) in asked, "and what would meet it"
    returned_on = acting("petra").today
    assert f"{returned_on:%-d %b}" in body(petra.get(f"/referrals/{referral.pk}/"))

    assert "Nearly there. Two things are missing." in page
    assert "Seen: 5." in page and "Seen: 6." in page
    assert page.count("I cannot provide this because") == 2


def test_the_first_round_stays_as_it_was_and_can_be_read(acting, cast, signed_in):
    referral, answer = again(acting, cast, signed_in, last_incident="Another day altogether.")

    page = body(signed_in("asha").get(f"/referrals/{referral.pk}/"))

    assert answer.status_code == 302
    assert "What the school sent in round 1" in page
    assert "Left maths after ten minutes and sat in the corridor." in page
    assert "Another day altogether." in page


def test_too_long_a_line_is_told_not_cut(acting, cast, signed_in):
    _, answer = again(acting, cast, signed_in, going_well="New", words="x" * 2001)

    assert "What you added: use at most 2,000 characters; this has 2,001." in body(answer)
