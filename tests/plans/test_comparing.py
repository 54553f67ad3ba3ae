"""Plans and versions side by side mark the part that changed, and no other."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.assessments.actions import record_need
from alongside.assessments.actions.putting_right import strike_out
from alongside.assessments.models import Need
from alongside.plans import actions, comparing, queries
from alongside.plans.models import Plan
from tests.plans.makers import facts, scored

pytestmark = pytest.mark.django_db


def lines_after(making, plan, **changes):
    """The newest saved version of a plan beside the one before, once it was changed."""
    asha = making.acting("asha")
    seen = queries.get_plan(asha, plan.pk)
    changed = replace(facts(asha.today), **changes)
    actions.edit_plan(actor=asha, plan=seen, facts=changed, version=seen.version)
    older, newer = comparing.two_versions(asha, plan, seen.version + 1)
    return {line.label: line for line in comparing.between(asha, older, newer)}


def changed_words(line):
    return [part.words for part in line.after_parts if part.is_changed]


def test_a_review_date_that_moved_marks_no_target(making):
    plan = making.written()
    later = facts(making.today).review_due_on + timedelta(days=7)

    lines = lines_after(making, plan, review_due_on=later)

    assert [label for label, line in lines.items() if line.is_changed] == ["Review"]


@pytest.mark.parametrize(
    ("changes", "name", "says"),
    [
        ({"baseline": Decimal(2)}, "baseline", "Baseline: 2 of 10 times"),
        ({"goal": Decimal(9)}, "goal", "Goal: 9 of 10 times"),
        ({"owner": "Jo"}, "leads", "Leads: Jo"),
        ({"kind": "OUTCOME"}, "kind", "Kind: Outcome"),
        ({"text": "Uses the card"}, "words", "Uses the card"),
    ],
)
def test_of_a_target_only_what_it_says_anew_is_marked(making, changes, name, says):
    plan = making.written()
    first, second = facts(making.today).targets

    lines = lines_after(making, plan, targets=(replace(first, **changes), second))

    assert changed_words(lines["Target 1"]) == [says]
    assert lines["Target 1"].what == f"Target 1 ({name})"
    assert not lines["Target 2"].is_changed


def test_an_action_taken_on_marks_itself_alone(making, signed_in):
    plan = making.written()
    asked = facts(making.today).actions
    lines = lines_after(
        making, plan, actions=(replace(asked[0], text="Keep two seats"), *asked[1:])
    )

    assert len(changed_words(lines["Actions: the school"])) == 1
    page = signed_in("asha").get(f"/plans/{plan.pk}/versions/2/").content.decode()
    assert page.count('<b><span class="govuk-visually-hidden">Changed: </span>') == 1


def need_of(making) -> Need:
    asha = making.acting("asha")
    return record_need(
        actor=asha,
        pupil=making.case.pupil,
        kind="BARRIER",
        area="Senses",
        text="Cannot settle when the room is loud",
        source="Observation",
    )


def test_which_need_a_target_answers_is_part_of_its_versions(making, signed_in):
    plan, need = making.written(), need_of(making)
    first, second = facts(making.today).targets

    lines = lines_after(making, plan, targets=(replace(first, need_id=need.pk), second))

    assert lines["Target 1"].what == "Target 1 (answers)"
    assert changed_words(lines["Target 1"]) == ["Answers: Cannot settle when the room is loud"]
    page = signed_in("asha").get(f"/plans/{plan.pk}/versions/").content.decode()
    assert "Saved without a change" not in page and "Target 1 (answers)" in page


def test_a_version_tells_of_a_need_only_who_reads_the_need(making):
    plan, need = making.written(), need_of(making)
    first, second = facts(making.today).targets
    lines_after(making, plan, targets=(replace(first, need_id=need.pk), second))
    asha = making.acting("asha")
    older, newer = comparing.two_versions(asha, plan, 2)
    strike_out(actor=asha, entry=need, reason="It was written of another child.")

    (line,) = [one for one in comparing.between(asha, older, newer) if one.is_changed]

    assert "loud" not in line.after
    assert "Answers: a need that is not shared with you" in line.after


def test_two_plans_beside_each_other_say_which_need_each_target_answers(making):
    need = need_of(making)
    first, second = facts(making.today).targets
    plan = making.agreed(targets=(replace(first, need_id=need.pk), second))
    review = making.review(scores=scored(plan, 6, 3))
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=review)
    newer = Plan.objects.get(previous=plan)
    newer.targets.update(need=None)

    pair = queries.get_with_previous(making.acting("asha"), newer.pk)

    line = next(one for one in comparing.compare(*pair) if one.label == "Target 1")
    gone = [part.words for part in line.before_parts if part.is_changed]
    assert "Answers: Cannot settle when the room is loud" in gone


@pytest.mark.parametrize("change", ["is_joint", "for target"])
def test_no_save_that_changed_something_is_said_to_have_changed_nothing(making, signed_in, change):
    plan = making.written()
    asked = facts(making.today).actions
    if change == "is_joint":
        changes = {"is_joint": True}
    else:
        changes = {"actions": (replace(asked[0], target_number=2), *asked[1:])}

    lines_after(making, plan, **changes)

    page = signed_in("asha").get(f"/plans/{plan.pk}/versions/").content.decode()
    assert "Saved without a change" not in page
