"""Onto a stage that others decide on only with their decision: who decided it, and on what day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.core.decisions import Problem
from alongside.pathways import actions, policy
from alongside.pathways.models import Stage, Standing
from alongside.people.models import ChronologyEntry
from alongside.referrals import actions as referrals
from alongside.rules.words import day_in_words
from tests.pathways import made
from tests.pathways.test_move import move, robin, stage  # noqa: F401
from tests.referrals import made as sent
from tests.web_page import Page

pytestmark = pytest.mark.django_db
PANEL = "Who decides on 4 Panel placement: The inclusion panel."


def test_onto_a_panels_stage_only_with_who_decided_and_on_what_day(acting, robin):
    asha = acting("asha")
    move(asha, robin, stage(3), starts_on=asha.today - timedelta(days=30))
    on = asha.today - timedelta(days=2)

    for given, field, says in (
        ({}, "decided_by", PANEL),
        ({"decided_by": " ", "decided_on": on}, "decided_by", PANEL),
        ({"decided_by": "The panel"}, "decided_on", "On which day"),
        ({"decided_by": "The panel", "decided_on": asha.today + timedelta(days=1)},
         "decided_on", "after the day of the move"),
        ({"decided_by": "The panel", "decided_on": robin.born_on - timedelta(days=1)},
         "decided_on", "not born yet"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=says) as told:
            move(asha, robin, stage(4), **given)
        assert told.value.field == field
    standing = move(asha, robin, stage(4), decided_by="The panel, Ms Invented", decided_on=on)

    assert (standing.decided_by, standing.decided_on) == ("The panel, Ms Invented", on)
    said = ChronologyEntry.objects.filter(summary__contains="steps up to Panel").get().summary
    assert said.endswith(f"decided by The panel, Ms Invented on {day_in_words(on)}")


@pytest.mark.parametrize(
    ("words", "role", "who", "may"),
    [
        ("", "", "asha", True),
        ("The allocation meeting", "", "asha", False),
        ("The allocation meeting", "", "mina", False),
        ("The school’s SENDCo", "", "asha", True),
        ("The outreach service", "service", "asha", True),
        ("", "panel_member", "asha", False),
        ("The panel", "outreach_manager", "asha", False),
        ("The panel", "outreach_manager", "mina", True),
    ],
)
def test_who_decides_alone_is_nobody_the_school_the_service_or_who_holds_the_role(
    acting, words, role, who, may
):
    one = Stage(order=3, name="Hub", decided_by=words, decided_by_role=role, provider="The school")

    said = policy.decides(acting(who), one)

    assert bool(said) is may
    assert may or said.reason.startswith("Who decides on 3 Hub: ")


def test_whoever_goes_on_at_the_same_stage_of_a_newer_version_is_not_decided_on_again(
    acting,
    robin,
):
    asha = acting("asha")
    on = asha.today
    placed = {"decided_by": "The panel", "decided_on": on - timedelta(days=9)}
    move(asha, robin, stage(4), starts_on=on - timedelta(days=5), **placed)
    mina = acting("mina")
    draft = actions.begin_version(actor=mina, framework=stage(4).framework)
    actions.publish(actor=mina, draft=draft, starts_on=on, reason="One word changed.")

    assert move(acting("asha"), robin, stage(4)).stage.framework_id == draft.pk


def test_a_decision_without_its_day_is_not_kept(acting, robin):
    asha = acting("asha")

    with pytest.raises(Problem, match="Say who decided"):
        move(asha, robin, stage(3), decided_on=asha.today)
    standing = move(asha, robin, stage(3))

    with pytest.raises(IntegrityError, match="a_decision_has_its_day"), transaction.atomic():
        Standing.objects.filter(pk=standing.pk).update(decided_by="The panel")


def test_the_page_of_a_move_asks_who_decided_and_the_record_tells_it(
    acting,
    robin,
    signed_in,
):
    asha = acting("asha")
    move(asha, robin, stage(3), starts_on=asha.today - timedelta(days=30))
    client, at = signed_in("asha"), f"/pupils/{robin.pk}/frameworks/move/"
    day = {f"{name}_{n}": str(getattr(asha.today, part))
           for name in ("starts_on", "decided_on")
           for n, part in enumerate(("day", "month", "year"))}  # fmt: skip
    typed = day | {"stage": stage(4).pk, "reason": "Agreed.", "evidence": "Plan 1, reviewed."}

    refused = client.post(at, typed)
    page = refused.content.decode()
    done = client.post(at, typed | {"decided_by": "The inclusion panel"})

    assert refused.status_code == 422 and PANEL in page and Page(page).problems() == []
    assert done.status_code == 302
    record = client.get(f"/pupils/{robin.pk}/frameworks/").content.decode()
    assert f"Decided by The inclusion panel on {day_in_words(asha.today)}" in record


@pytest.mark.parametrize("in_words_only", [False, True])
def test_a_referral_is_accepted_at_such_a_stage_with_their_decision(acting, cast, in_words_only):
    referral = sent.answered(acting, cast, missing=0)
    if in_words_only:
        Stage.objects.filter(framework=referral.framework, order=4).update(decided_by_role="")
    asha = acting("asha")
    fourth = Stage.objects.get(framework=referral.framework, order=4)
    given = {"reason": "Meets all of them", "version": referral.version, "stage": fourth}

    with pytest.raises(Problem, match=PANEL):
        referrals.accept(actor=asha, referral=referral, **given)
    decided = {"decided_by": "The panel", "decided_on": asha.today}
    referrals.accept(actor=asha, referral=referral, **given, **decided)

    standing = Standing.objects.get(stage=fourth)
    assert (standing.decided_by, standing.decided_on) == ("The panel", asha.today)


def test_every_stage_of_our_packs_says_whether_the_service_decides_alone(acting):
    asha = acting("asha")
    made.pack(asha)

    asked = {s.name for s in Stage.objects.all() if not policy.decides(asha, s)}

    assert asked == {
        "Panel placement", "Turnaround", "Tier 1: targeted support in mainstream",
        "Tier 2: time-limited placement", "Tier 3: transitional placement",
    }  # fmt: skip
