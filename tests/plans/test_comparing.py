"""Plans and versions side by side mark the part that changed, and no other."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.plans import actions, comparing, queries
from tests.plans.makers import facts

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
