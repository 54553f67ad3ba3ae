"""One triage form for every neighbourhood: published, versioned, and every referral scored by it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from alongside.core import audit
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.models import Notice
from alongside.referrals import actions, policy, queries, triage
from alongside.referrals.actions import Question
from alongside.referrals.models import Referral, TriageForm, TriageScore
from tests.referrals import made

pytestmark = pytest.mark.django_db


def scored(acting, cast, *marks: int) -> Referral:
    """Answered and scored by asha, on a form that mina published."""
    made.ready(acting, cast)
    made.triage_form(acting("mina"), "outreach", cast)
    referral = made.answered(acting, cast, missing=0)
    actions.score(actor=acting("asha"), referral=referral, marks=marks, version=referral.version)
    return queries.get_referral(acting("asha"), referral.pk)


@pytest.mark.duty("LP-13")
def test_one_form_is_published_to_every_neighbourhood_of_a_service(acting, cast):
    lena = acting("lena")  # Of the north.

    form = made.triage_form(lena, "primary", cast)

    assert triage.form_on(cast.places["primary"], lena.today) == form
    told = set(Notice.objects.values_list("staff_id", flat=True))
    assert cast.staff["carys"] in told  # Of the south.
    assert cast.staff["asha"] not in told  # Of another service.


@pytest.mark.duty("LP-14", "LP-54")
def test_a_referral_is_scored_by_the_version_in_force_when_it_was_received(acting, cast):
    made.ready(acting, cast)
    mina = acting("mina")
    made.triage_form(mina, "outreach", cast)
    referral = made.screening(acting, cast)
    made.triage_form(
        acting("mina"), "outreach", cast, accept_from=8, starts_on=mina.today + timedelta(days=7)
    )
    asha = acting("asha")

    given = actions.score(actor=asha, referral=referral, marks=[2, 1, 3], version=referral.version)

    assert (given.total, given.form.version) == (6, 1)
    later = mina.today + timedelta(days=7)
    assert triage.form_on(referral.service_id, later).version == 2
    assert "6 of 9 by version 1" in referral.steps.get(name="score").reason


@pytest.mark.duty("LP-14")
def test_no_decision_is_taken_before_it_is_scored(acting, cast):
    made.ready(acting, cast)
    made.triage_form(acting("mina"), "outreach", cast)
    referral = made.answered(acting, cast, missing=0)
    asha = acting("asha")

    for decide in (policy.accept, policy.decline, policy.wait):
        assert decide(asha, referral).reason.startswith("Score it on the triage form first")
    assert policy.signpost(asha, referral)

    actions.score(actor=asha, referral=referral, marks=[1, 1, 1], version=referral.version)
    assert policy.accept(asha, queries.get_referral(asha, referral.pk))


def test_without_a_form_nothing_is_scored_and_everything_is_decided_as_before(acting, cast):
    referral = made.answered(acting, cast, missing=0)
    asha = acting("asha")

    assert "has published no triage form" in policy.score(asha, referral).reason
    assert policy.accept(asha, referral)


def test_a_score_given_again_in_a_round_is_changed_not_doubled(acting, cast):
    referral = scored(acting, cast, 1, 1, 1)

    actions.score(
        actor=acting("omar"), referral=referral, marks=[3, 3, 3], version=referral.version
    )

    assert TriageScore.objects.get().total == 9


def test_two_who_score_at_once_are_told(acting, cast):
    referral = scored(acting, cast, 1, 1, 1)
    seen = referral.version
    actions.score(actor=acting("omar"), referral=referral, marks=[3, 3, 3], version=seen)

    with pytest.raises(Conflict):
        actions.score(actor=acting("asha"), referral=referral, marks=[0, 0, 0], version=seen)


@pytest.mark.parametrize("marks", [(1, 1), (1, 1, 1, 1), (1, 1, 4), (-1, 1, 1)])
def test_marks_that_do_not_fit_the_form_are_refused(acting, cast, marks):
    with pytest.raises(Problem):
        scored(acting, cast, *marks)


@pytest.mark.parametrize("name", ["petra", "lena", "ben", "hugo"])
def test_only_who_screens_scores(acting, cast, name):
    referral = scored(acting, cast, 1, 1, 1)

    with pytest.raises(Refused):
        actions.score(
            actor=acting(name), referral=referral, marks=[1, 1, 1], version=referral.version
        )


@pytest.mark.parametrize("name", ["asha", "petra", "otis", "lena"])
def test_only_who_manages_the_service_publishes(acting, cast, name):
    acting(name)
    with pytest.raises(Refused, match="Only who manages"):
        made.triage_form(acting(name), "outreach", cast)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"questions": made.QUESTIONS[:1]}, None),
        ({"questions": [Question(" ", ("a", "b", "c", "d"))] * 2}, "question_1"),
        ({"questions": [Question("Q", ("a", "b", "c"))] * 2}, "levels_1"),
        ({"accept_from": 10}, "accept_from"),
        ({"accept_from": 0}, "accept_from"),
        ({"what_changed": " "}, "what_changed"),
        ({"days": -1}, "starts_on"),
        ({"days": 500}, "starts_on"),
    ],
)
def test_a_form_that_cannot_stand_is_told_at_its_field(acting, cast, changed, field):
    mina = acting("mina")
    made.triage_form(mina, "outreach", cast)
    if "days" in changed:
        changed = {"starts_on": mina.today + timedelta(days=changed["days"])}

    with pytest.raises(Problem) as told:
        made.triage_form(mina, "outreach", cast, **changed)

    assert told.value.field == field


def test_a_version_does_not_start_before_the_one_before_it(acting, cast):
    mina = acting("mina")
    made.triage_form(mina, "outreach", cast, starts_on=mina.today + timedelta(days=9))

    with pytest.raises(Problem, match="Version 1 starts on"):
        made.triage_form(mina, "outreach", cast)


def test_two_who_publish_at_once_do_not_both(acting, cast):
    mina = acting("mina")
    made.triage_form(mina, "outreach", cast)

    with pytest.raises(Problem, match="Somebody published another version"):
        made.triage_form(mina, "outreach", cast, after_version=0, what_changed="Mine.")


def test_a_published_version_is_never_changed(acting, cast):
    form = made.triage_form(acting("mina"), "outreach", cast)

    with pytest.raises(DatabaseError), transaction.atomic():
        TriageForm.objects.filter(pk=form.pk).update(accept_from=1)
    assert TriageForm.objects.get().accept_from == 5


@pytest.mark.parametrize("step", ["publish", "score"])
def test_a_failed_audit_changes_nothing(acting, cast, step, monkeypatch):
    referral = scored(acting, cast, 1, 1, 1)
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        if step == "publish":
            made.triage_form(acting("mina"), "outreach", cast)
        else:
            actions.score(
                actor=acting("asha"),
                referral=referral,
                marks=[3, 3, 3],
                version=referral.version,
            )

    acting("asha")
    assert TriageForm.objects.count() == 1 and TriageScore.objects.get().total == 3


@pytest.mark.parametrize("reason", ["x", "No.", "...  .."])
def test_one_letter_is_no_reason_to_decline(acting, cast, reason):
    referral = made.answered(acting, cast)

    with pytest.raises(Problem, match="in words"):
        actions.decline(
            actor=acting("asha"), referral=referral, reason=reason, version=referral.version
        )


@pytest.mark.parametrize(
    ("marks", "said"), [((2, 1, 2), "scored 5: support is expected from 5"), ((1, 1, 2), "")]
)
def test_what_meets_everything_and_scores_enough_speaks_for_itself(acting, cast, marks, said):
    referral = scored(acting, cast, *marks)

    assert said in policy.speaks_for_it(referral)
    assert bool(policy.speaks_for_it(referral)) == bool(said)


def test_one_letter_is_no_reason_to_accept_either(acting, cast):
    referral = made.answered(acting, cast, missing=0)

    with pytest.raises(Problem, match="Give the reason in words") as refused:
        actions.accept(
            actor=acting("asha"), referral=referral, reason="x", version=referral.version
        )

    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    ("marks", "against"), [((1, 1, 2), "It scored 4: support is expected from 5."), ((2, 1, 2), "")]
)
def test_what_scores_too_low_is_accepted_with_a_sentence_that_says_why(
    acting, cast, marks, against
):
    referral = scored(acting, cast, *marks)
    given = {"actor": acting("asha"), "referral": referral, "version": referral.version}

    assert policy.speaks_against_it(referral) == against
    if against:
        with pytest.raises(Problem, match="Say in a sentence why it is accepted all the same"):
            actions.accept(**given, reason="Agreed today")
    done = actions.accept(**given, reason="Two exclusions since it was scored.")
    assert done.decision_reason == "Two exclusions since it was scored."


def test_what_does_not_meet_the_criteria_is_accepted_with_a_sentence_too(acting, cast):
    referral = made.answered(acting, cast, missing=2)

    with pytest.raises(Problem, match="It meets 4 of 6 criteria. Say in a sentence") as refused:
        actions.accept(
            actor=acting("asha"), referral=referral, reason="Waived", version=referral.version
        )

    assert refused.value.field == "reason"
