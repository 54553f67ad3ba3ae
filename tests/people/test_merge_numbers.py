"""What a child's record numbers is counted anew when two records become one, and as before when undone."""

from datetime import date

import pytest
from django.apps import apps

from alongside.assessments.models import NeedsAssessment
from alongside.core.base import CouncilModel
from alongside.people.actions.merge import merge_pupils, undo_merge
from alongside.people.models import Pupil
from tests.children import Children

pytestmark = pytest.mark.django_db
WHY = "The school confirmed the new surname by telephone."
FIRST, THEIRS, LAST = date(2026, 3, 2), date(2026, 5, 4), date(2026, 9, 7)
# Of a case, of which a pupil may have several: cases are never made one.
OF_A_CASE = {"plans_plan"}


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def pair(children):
    kept = children.pupil()
    merged = children.pupil("Robyn", "Samplewood", at="marlpit")
    for pupil in (kept, merged):
        children.refer(pupil, "outreach")
    return kept, merged


@pytest.fixture
def assessed(acting, pair):
    """The kept record has numbers 1 and 2, the other its own 1, made between them."""
    mina = acting("mina")
    kept, merged = pair
    return [
        NeedsAssessment.objects.create(
            pupil=pupil, number=number, occasion="BASELINE", taken_on=on, ratings={},
            recorded_by_id=mina.staff_id,
        )
        for pupil, number, on in ((kept, 1, FIRST), (merged, 1, THEIRS), (kept, 2, LAST))
    ]  # fmt: skip


def numbers(pupil):
    found = NeedsAssessment.objects.filter(pupil=pupil).order_by("taken_on")
    return list(found.values_list("number", flat=True))


def test_assessments_of_both_are_numbered_by_day_and_as_before_when_undone(acting, pair, assessed):
    kept, merged = pair
    mina = acting("mina")

    done = merge_pupils(actor=mina, kept=kept, merged=merged, reason=WHY)
    assert numbers(kept) == [1, 2, 3]

    undo_merge(actor=mina, merge=done)
    assert (numbers(kept), numbers(merged)) == ([1, 2], [1])


def test_what_was_numbered_since_keeps_its_number_when_undone(acting, pair, assessed):
    kept, merged = pair
    mina = acting("mina")
    done = merge_pupils(actor=mina, kept=kept, merged=merged, reason=WHY)
    NeedsAssessment.objects.filter(pk=assessed[2].pk).update(number=7)

    undo_merge(actor=mina, merge=done)

    assert (numbers(kept), numbers(merged)) == ([1, 7], [1])


def test_the_page_says_before_it_is_done_what_gets_another_number(signed_in, pair, assessed):
    kept, merged = pair

    page = signed_in("mina").get(f"/pupils/{kept.pk}/merge/{merged.pk}/").content.decode()

    assert "Needs assessments are numbered anew by their days: " in page
    assert "1 of 4 May 2026 becomes 2; 2 of 7 September 2026 becomes 3." in page


def test_nothing_is_said_or_changed_where_only_one_record_has_some(
    signed_in, acting, pair, assessed
):
    kept, merged = pair
    acting("mina")
    NeedsAssessment.objects.filter(pupil=kept).delete()

    page = signed_in("mina").get(f"/pupils/{kept.pk}/merge/{merged.pk}/").content.decode()
    mina = acting("mina")
    merge_pupils(actor=mina, kept=kept, merged=merged, reason=WHY)

    assert "numbered anew" not in page
    assert numbers(kept) == [1]


def test_every_record_that_numbers_rows_of_a_pupil_says_by_which_day():
    counted = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, CouncilModel)
        and any(f.related_model is Pupil for f in model._meta.concrete_fields)
        and any(f.name == "number" for f in model._meta.concrete_fields)
        and model.numbered is None
    }

    assert counted == OF_A_CASE
