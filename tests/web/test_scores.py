"""Scores on screen: all scales at once, goals, the catalogue, and a score put right."""

from datetime import timedelta

import pytest

from alongside.assessments.models import Measure, MeasureResult
from tests.assessments.test_putting_right import SCORES, right, wrong  # noqa: F401
from tests.fieldwork.conftest import worked  # noqa: F401
from tests.pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(worked) -> str:
    return f"/pupils/{worked.pupil.pk}/assessment/"


@pytest.fixture
def pack(acting, worked) -> None:
    made.pack(acting("adam"))


def given(acting, informant="TEACHER", occasion="BASELINE", ago=0):
    on = acting("asha").today
    told = {"informant": informant, "occasion": occasion}
    return told | {"taken_on_0": on.day, "taken_on_1": on.month, "taken_on_2": on.year}


def page_of(client, url):
    return client.get(url).content.decode()


@pytest.mark.duty("LP-93")
def test_the_sdq_is_recorded_by_scale_with_its_total_and_bands(signed_in, base, pack, acting):
    client = signed_in("asha")

    done = client.post(f"{base}scores/sdq/", SCORES | given(acting), follow=True)
    told = SCORES | {"emotional": 3, "hyperactivity": 4}
    client.post(f"{base}scores/sdq/", told | given(acting, occasion="REVIEW"))
    page = page_of(client, base)

    assert "total score (SDQ): 22, very high." in done.content.decode()
    assert "7 points lower, which is better on this scale" in page
    assert "From “very high” to “slightly raised”." in page
    assert "SDQ: hyperactivity" in page


def test_without_one_scale_there_is_no_total_and_every_raised_scale_is_named(
    signed_in, base, pack, acting
):
    told = {"emotional": 6, "conduct": 10, "peer": 0} | given(acting)

    done = signed_in("asha").post(f"{base}scores/sdq/", told, follow=True).content.decode()

    assert "No total yet, without a score for: hyperactivity." in done
    assert "emotional difficulties: 6, very high." in done
    assert "conduct difficulties: 10, very high." in done
    assert "peers: 0, close" not in done


def test_bands_that_nobody_checked_say_so_on_the_page(signed_in, base, pack, acting):
    client = signed_in("asha")

    client.post(f"{base}scores/sdq/", SCORES | given(acting, informant="PARENT"))

    assert "This band: check before relying on it." in page_of(client, base)


def test_three_scores_make_a_line_through_time(signed_in, base, pack, acting):
    client = signed_in("asha")
    for occasion in ("BASELINE", "REVIEW", "EXIT"):
        client.post(f"{base}scores/sdq/", SCORES | given(acting, occasion=occasion))

    page = page_of(client, base)

    assert "total score (SDQ), teacher through time" in page
    assert "At the start" in page and "At the end" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"emotional": "11"}, "Emotional difficulties: 11 lies outside. Enter 0 to 10"),
        ({"emotional": "11", "peer": "-1"}, "Difficulties with peers: -1 lies outside"),
        ({"emotional": "six"}, "enter a whole number, 0 to 10"),
        (dict.fromkeys(SCORES, ""), "Type at least one scale."),
    ],
)
def test_scores_that_cannot_stand_are_explained_and_kept(
    signed_in, base, pack, acting, changes, words
):
    told = SCORES | given(acting) | {"note": "Sent by mum"} | changes

    answer = signed_in("asha").post(f"{base}scores/sdq/", told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Sent by mum" in answer.content.decode()


def test_goals_are_rated_and_come_back_to_be_rated_again(signed_in, base, pack, acting):
    client = signed_in("asha")
    told = {"text_1": "Ask for a break", "level_1": "1", "weight_1": "2"}

    done = client.post(f"{base}scores/goals/", told | given(acting), follow=True)

    assert "Goal attainment: 60." in done.content.decode()
    assert "Ask for a break: somewhat more than expected (+1, weight 2)" in done.content.decode()
    assert "Ask for a break" in page_of(client, f"{base}scores/goals/")


def test_a_goal_without_a_level_is_asked_for_one(signed_in, base, pack, acting):
    answer = signed_in("asha").post(
        f"{base}scores/goals/", {"text_1": "Ask for a break"} | given(acting)
    )

    assert "how far this goal was reached" in answer.content.decode()


def test_a_goal_that_is_rated_and_has_no_words_is_never_left_out(signed_in, base, pack, acting):
    told = {"text_1": "Ask for a break", "level_1": "0", "level_2": "2"}

    answer = signed_in("asha").post(f"{base}scores/goals/", told | given(acting))

    assert answer.status_code == 422
    assert "Goal 2: say what it is, or empty the row" in answer.content.decode()


def test_a_council_without_goal_attainment_reads_why(signed_in, base):
    answer = signed_in("asha").get(f"{base}scores/goals/")

    assert "hold no goal attainment" in answer.content.decode()


def test_a_score_moved_to_nobody_on_the_list_says_which_box(signed_in, base, wrong):
    told = {"to_pupil": "999999", "to_pupil-words": "Sky", "occasion": "BASELINE", "reason": "x"}

    answer = signed_in("asha").post(f"{base}scores/{wrong.pk}/move/", told)

    assert "Whose is it? Choose one from the list" in answer.content.decode()


def test_a_score_of_the_wrong_child_is_moved_on_screen(
    signed_in, base, worked, right, wrong, acting
):
    client = signed_in("asha")
    told = {"to_pupil": right.pk, "occasion": "BASELINE", "reason": "The name on the paper"}

    answer = client.post(f"{base}scores/{wrong.pk}/move/", told, follow=True)

    there = answer.content.decode()
    assert "6 scores moved to Sky Placeholder." in there
    assert "Moved here: Asha Exampleton had entered it on another record by mistake" in there
    here = page_of(client, base)
    assert "Struck out by Asha Exampleton: Entered for the wrong child" in here
    assert "Placeholder" not in here
    assert "Testerly" not in there


def test_moving_without_saying_to_whom_changes_nothing(signed_in, base, wrong, acting):
    answer = signed_in("asha").post(
        f"{base}scores/{wrong.pk}/move/", {"occasion": "BASELINE", "reason": "The paper"}
    )

    assert answer.status_code == 422
    acting("asha")
    assert not MeasureResult.objects.exclude(struck_out_because="").exists()


def test_the_catalogue_says_what_is_licensed_and_what_is_unchecked(signed_in, pack):
    page = page_of(signed_in("asha"), "/measures/")

    assert "0 to 11 close to average; 12 to 15 slightly raised" in page
    assert "Check before relying on it" in page
    assert "Licensed: the score only" in page
    assert "1 extremely low; 2 low" in page


def test_a_council_without_measures_reads_so(signed_in, worked, acting):
    acting("asha")
    assert not Measure.objects.exists()

    assert "No measures yet" in page_of(signed_in("asha"), "/measures/")


FIRST, SECOND = {"emotional": 5, "conduct": 4}, {"hyperactivity": 7, "peer": 3}


def parent(acting, **scores):
    return scores | given(acting, informant="PARENT")


def test_an_sdq_in_two_sittings_of_one_day_has_its_total(signed_in, base, pack, acting):
    client = signed_in("asha")
    first = client.post(f"{base}scores/sdq/", parent(acting, **FIRST), follow=True)

    second = client.post(f"{base}scores/sdq/", parent(acting, **SECOND), follow=True)

    assert (
        "No total yet, without a score for: hyperactivity and difficulties with peers."
        in first.content.decode()
    )
    assert "total score (SDQ): 19, high." in second.content.decode()
    acting("asha")
    assert MeasureResult.objects.get(measure__part="total").score == 19


def test_one_scale_recorded_by_itself_completes_the_total(signed_in, base, pack, acting):
    client = signed_in("asha")
    client.post(f"{base}scores/sdq/", parent(acting, **FIRST, peer=3))
    acting("asha")
    scale = Measure.objects.get(key="sdq-hyperactivity")

    told = parent(acting, measure=scale.pk, score=7)
    done = client.post(f"{base}scores/new/", told, follow=True).content.decode()

    assert "SDQ: hyperactivity: 7" in done
    assert "total score (SDQ): 19, high." in done


def test_the_whole_paper_typed_again_leaves_what_stands_as_it_was(signed_in, base, pack, acting):
    client = signed_in("asha")
    client.post(f"{base}scores/sdq/", parent(acting, **FIRST))

    done = client.post(f"{base}scores/sdq/", parent(acting, **FIRST, **SECOND), follow=True)

    said = done.content.decode()
    assert "total score (SDQ): 19, high." in said
    assert "left as it was: emotional difficulties and conduct difficulties." in said
    acting("asha")
    assert MeasureResult.objects.count() == 5


@pytest.mark.parametrize("typed", [FIRST, {**FIRST, **SECOND, "emotional": 6, "conduct": 3}])
def test_scales_that_stand_already_are_told_with_what_is_missing(
    signed_in, base, pack, acting, typed
):
    client = signed_in("asha")
    client.post(f"{base}scores/sdq/", parent(acting, **FIRST))

    again = client.post(f"{base}scores/sdq/", parent(acting, **typed))

    assert again.status_code == 422
    said = again.content.decode()
    assert (
        "Recorded for this day already: emotional difficulties 5 and conduct difficulties 4."
        in said
    )
    assert "Record only what is missing: hyperactivity, difficulties with peers and kind" in said
    assert "If one is wrong, strike it out first." in said


def test_a_second_paper_of_the_day_at_a_review_is_not_taken_for_another(
    signed_in, base, pack, acting
):
    client = signed_in("asha")
    client.post(f"{base}scores/sdq/", SCORES | given(acting))
    review = SCORES | given(acting, occasion="REVIEW")
    client.post(f"{base}scores/sdq/", review)

    again = client.post(f"{base}scores/sdq/", review)

    assert "Nothing is missing." in again.content.decode()


def test_scores_of_another_day_are_not_added_up(signed_in, base, pack, acting):
    client = signed_in("asha")
    yesterday = acting("asha").today - timedelta(days=1)
    of_yesterday = {
        "taken_on_0": yesterday.day, "taken_on_1": yesterday.month, "taken_on_2": yesterday.year
    }  # fmt: skip
    client.post(f"{base}scores/sdq/", parent(acting, **FIRST) | of_yesterday)

    done = client.post(f"{base}scores/sdq/", parent(acting, **SECOND), follow=True)

    assert "without a score for: emotional difficulties and conduct difficulties." in (
        done.content.decode()
    )
