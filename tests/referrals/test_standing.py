"""Accepted at a stage: what the school tried stands at the school's own, and who decides decides."""

from datetime import timedelta

import pytest

from alongside.core.decisions import Problem
from alongside.pathways.models import Stage, Standing
from alongside.people.models import ChronologyEntry
from alongside.referrals import actions
from alongside.referrals.actions.standing import stand, tell_tried
from alongside.referrals.models import Referral
from tests.referrals import made

pytestmark = pytest.mark.django_db


def stage(referral: Referral, order: int) -> Stage:
    return Stage.objects.get(framework=referral.framework, order=order)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_the_schools_own_cycles_stand_at_its_own_stage_whatever_stage_is_chosen(
    acting, cast, order
):
    referral = made.accepted(acting, cast)
    asha = acting("asha")

    decided = {"decided_by": "The panel", "decided_on": asha.today} if order == 4 else {}
    stand(asha, referral, stage(referral, order), **decided)

    told = Standing.objects.get(is_told=True)
    assert told.stage.name == "School plan" and "Calm space at lunch" in told.evidence
    said = ChronologyEntry.objects.filter(summary__contains="was tried").get()
    assert "School plan was tried" in said.summary


def test_where_no_stage_is_the_schools_its_cycles_are_told_without_one(acting, cast):
    referral = made.accepted(acting, cast)
    referral.framework.stages.update(provider="Orchard Centre")
    asha = acting("asha")

    tell_tried(asha, referral, stage(referral, 3))

    assert not Standing.objects.filter(is_told=True).exists()
    day = f"{(asha.today - timedelta(weeks=1)).day} "
    line = ChronologyEntry.objects.filter(summary__contains="tried support of its own").get()
    assert line.is_shared and f"to {day}" in line.summary


@pytest.mark.parametrize(
    ("provider", "is_theirs"),
    [("The school", True), ("The school's SENDCo", True), ("The school and the service", False),
     ("Schools outreach", False), ("The schools’ service", False)],
)  # fmt: skip
def test_a_stage_is_the_schools_when_the_school_alone_gives_it(provider, is_theirs):
    assert Stage(provider=provider, decided_by="The panel").is_of_the_school is is_theirs


def test_nobody_is_accepted_at_a_stage_that_others_decide_on_without_their_decision(
    acting, cast, signed_in
):
    referral = made.answered(acting, cast, missing=0)
    asha = acting("asha")
    with pytest.raises(
        Problem, match="Who decides on 4 Panel placement: The inclusion panel"
    ) as no:
        actions.accept(
            actor=asha,
            referral=referral,
            reason="Meets all of them",
            version=referral.version,
            stage=stage(referral, 4),
        )
    assert no.value.field == "stage" and not Standing.objects.exists()

    page = signed_in("asha").get(f"/referrals/{referral.pk}/accept/").content.decode()

    assert "Who decides on 4 Panel placement: The inclusion panel" in page
    assert 'name="decided_by"' in page and 'name="decided_on_0"' in page
