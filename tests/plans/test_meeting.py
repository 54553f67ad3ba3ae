"""Targets scored live in the review meeting: one at a time, saved as said, and never lost to a twin."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.core.decisions import Conflict, Problem, Refused
from alongside.plans import actions
from alongside.plans.models import Review, TaperStep, TargetScore
from tests.pages import says_who_saved
from tests.plans.makers import scored
from tests.plans.test_support import taper
from tests.web.test_plans import day

pytestmark = pytest.mark.django_db


def press(client, plan, number, value, version=0, note=""):
    told = {"value": value, "note": note, "version": version}
    return client.post(f"/plans/{plan.pk}/meeting/{number}/", told)


def say(making, plan, order, value, seen=0, by="asha"):
    target = plan.targets.get(order=order)
    return actions.score_in_meeting(
        actor=making.acting(by), plan=plan, target=target, value=Decimal(value), seen=seen
    )


@pytest.mark.duty("LP-60")
def test_each_target_is_scored_in_turn_and_the_review_takes_the_scores_over(making, signed_in):
    plan = making.agreed()
    client = signed_in("asha")

    began = client.get(f"/plans/{plan.pk}/meeting/")
    second = press(client, plan, 1, "6", note="Seen all week")
    last = press(client, plan, 2, "3")
    page = client.get(last["Location"]).content.decode()

    at = f"/plans/{plan.pk}/"
    assert [began["Location"], second["Location"], last["Location"]] == [
        f"{at}meeting/1/", f"{at}meeting/2/", f"{at}review/",
    ]  # fmt: skip
    assert "2 targets scored. Now decide what follows." in page
    assert 'value="6"' in page
    making.acting("asha")
    told = {f"score_{t.pk}": "6" if t.order == 1 else "" for t in plan.targets.all()}
    told |= {"decision": "CLOSE", "reason": "It holds.", "version": "2"}
    client.post(f"{at}review/", told | day("held_on", making.today))
    making.acting("asha")
    review = Review.objects.get(plan=plan)
    assert sorted(review.scores.values_list("value", flat=True)) == [3, 6]
    assert TargetScore.objects.count() == 2


def test_the_scores_of_the_meeting_are_there_before_the_review_is(making, signed_in):
    plan = making.agreed()
    say(making, plan, 1, 7)

    page = signed_in("mina").get(f"/plans/{plan.pk}/meeting/2/").content.decode()

    assert "7 of 10 times" in page
    assert "Scored" in page


def test_two_people_scoring_one_target_are_shown_both_figures(making, signed_in):
    plan = making.agreed()
    say(making, plan, 1, 7)

    both = press(signed_in("mina"), plan, 1, "4")

    assert both.status_code == 409
    assert says_who_saved(both.content.decode(), "Asha")
    assert "Asha" in both.content.decode()
    with pytest.raises(Conflict):
        say(making, plan, 1, 4, seen=0, by="mina")
    assert say(making, plan, 1, 5, seen=1, by="mina").version == 2
    assert TargetScore.objects.get().value == 5


def test_a_review_written_meanwhile_does_not_overwrite_a_live_score(making):
    plan = making.agreed()
    facts = making.review(scores=scored(plan, 4), scores_seen=0)
    say(making, plan, 1, 7)

    with pytest.raises(Problem, match="scored this 7 meanwhile"):
        actions.record_review(actor=making.acting("mina"), plan=plan, facts=facts)
    knowing = making.review(scores=scored(plan, 4), scores_seen=1)
    actions.record_review(actor=making.acting("mina"), plan=plan, facts=knowing)

    score = TargetScore.objects.get()
    assert (score.value, score.review.plan_id) == (4, plan.pk)


def test_a_figure_outside_the_scale_is_told_at_its_box(making, signed_in):
    plan = making.agreed()
    client = signed_in("asha")

    assert "Choose a figure" in press(client, plan, 1, "").content.decode()
    with pytest.raises(Problem, match="its scale goes from 0 to 10"):
        say(making, plan, 1, 11)


def test_a_plan_not_in_use_has_no_meeting(making, signed_in):
    plan = making.written()

    with pytest.raises(Refused, match="still being written"):
        say(making, plan, 1, 5)
    answer = signed_in("asha").get(f"/plans/{plan.pk}/meeting/")
    assert answer["Location"] == f"/plans/{plan.pk}/"


def test_the_next_step_of_a_taper_stands_on_todays_list_until_it_is_taken(making, signed_in):
    taper(making, 4, 2)
    making.acting("asha")
    TaperStep.objects.filter(order=1).update(starts_on=making.today - timedelta(days=1))
    client = signed_in("asha")

    before = client.get("/due/").content.decode()
    making.acting("asha")
    first = TaperStep.objects.get(order=1)
    actions.take_step(actor=making.acting("asha"), step=first, note="")
    after = client.get("/due/").content.decode()

    assert "Step down to 4 hours a week: Robin Testerly" in before
    assert "Step down to 2 hours a week" not in before
    assert "Step down to 2 hours a week: Robin Testerly" in after


def test_the_taper_stands_among_the_dates_of_the_pupils_record(making, signed_in):
    taper(making, 4)

    page = signed_in("asha").get(f"/pupils/{making.case.pupil_id}/").content.decode()

    assert "Step down to 4 hours a week" in page
