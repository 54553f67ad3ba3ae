"""Two records of one child become one; nothing that refers to a pupil is forgotten; and back."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.people import merging
from alongside.people.actions.merge import merge_pupils, undo_merge
from alongside.people.models import Address, Merge, Pupil
from tests.children import Children

pytestmark = pytest.mark.django_db
WHY = "The school confirmed the new surname by telephone."
STAYS = {
    ("people_merge", "kept_id"),
    ("people_merge", "merged_id"),
    ("people_pupil", "merged_into_id"),
}


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def pair(children):
    """The same child twice: Robin Testerly at one school, Robyn Samplewood at another."""
    kept = children.pupil()
    merged = children.pupil("Robyn", "Samplewood", at="marlpit", upn="A991123413002")
    for pupil in (kept, merged):
        children.refer(pupil, "outreach")
    children.carer(merged)
    return kept, merged


def test_every_reference_to_a_pupil_is_moved_or_says_why_not():
    models = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Pupil
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.pupil_references()")
        moved = set(cursor.fetchall())

    assert moved - {("core_notice", "pupil_id")} == models - STAYS


def test_everything_moves_and_the_merged_record_is_not_shown(acting, pair):
    kept, merged = pair
    actor = acting("mina")

    merge_pupils(actor=actor, kept=kept, merged=merged, reason=WHY)

    kept.refresh_from_db()
    assert kept.carers.count() == 1
    assert kept.upn == "A991123413002"
    assert "samplewood" in kept.search_name
    assert not Pupil.objects.visible_to(actor).filter(pk=merged.pk).exists()


def test_a_restricted_row_moves_though_the_one_who_merges_may_not_read_it(acting, pair, cast):
    kept, merged = pair
    actor = acting("dpo")
    hidden = Address.objects.create(
        pupil=merged,
        line_1="1 Hidden Row",
        starts_on=actor.today,
        is_concealed=True,
        information_class="C5",
        recorded_by_id=actor.staff_id,
    )

    merge_pupils(actor=acting("mina"), kept=kept, merged=merged, reason=WHY)

    acting("dpo")
    hidden.refresh_from_db()
    assert hidden.pupil_id == kept.pk


def test_two_main_schools_become_a_main_and_a_subsidiary(acting, pair):
    kept, merged = pair
    merge_pupils(actor=acting("mina"), kept=kept, merged=merged, reason=WHY)

    assert sorted(e.status for e in kept.enrolments.filter(ends_on=None)) == ["C", "S"]


def test_undoing_brings_back_both_records_as_they_were(acting, pair):
    kept, merged = pair
    actor = acting("mina")
    merge = merge_pupils(actor=actor, kept=kept, merged=merged, reason=WHY)

    undo_merge(actor=actor, merge=merge)

    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.upn, merged.upn, merged.merged_into_id) == ("", "A991123413002", None)
    assert (kept.carers.count(), merged.carers.count()) == (0, 1)
    assert merged.enrolments.get(ends_on=None).status == "C"


def test_what_was_added_since_stays_with_the_kept_record(acting, pair, children):
    kept, merged = pair
    merge = merge_pupils(actor=acting("mina"), kept=kept, merged=merged, reason=WHY)
    children.carer(kept, "Alex Testerly")

    undo_merge(actor=acting("mina"), merge=merge)

    assert [carer.name for carer in kept.carers.all()] == ["Alex Testerly"]


def test_a_merge_is_undone_once(acting, pair):
    kept, merged = pair
    actor = acting("mina")
    merge = merge_pupils(actor=actor, kept=kept, merged=merged, reason=WHY)
    undo_merge(actor=actor, merge=merge)

    with pytest.raises(Refused, match="was undone"):
        undo_merge(actor=actor, merge=merge)


@pytest.mark.parametrize(("name", "said"), [("asha", "does not merge"), ("lena", "may see")])
def test_who_may_not_merge_reads_why(acting, pair, name, said):
    kept, merged = pair

    with pytest.raises(Refused, match=said):
        merge_pupils(actor=acting(name), kept=kept, merged=merged, reason=WHY)


def test_a_reason_is_a_sentence(acting, pair):
    kept, merged = pair

    with pytest.raises(Problem, match="sentence"):
        merge_pupils(actor=acting("mina"), kept=kept, merged=merged, reason="same")


def test_a_failed_audit_changes_nothing(acting, pair, monkeypatch):
    def fail(**_facts):
        raise RuntimeError("the trail is full")

    kept, merged = pair
    actor = acting("mina")
    monkeypatch.setattr(audit, "record", fail)

    with pytest.raises(RuntimeError):
        merge_pupils(actor=actor, kept=kept, merged=merged, reason=WHY)
    assert not Merge.objects.exists()
    assert merged.carers.count() == 1


def test_records_that_could_be_the_same_are_offered_with_their_reasons(acting, pair, children):
    kept, _ = pair
    near = children.pupil("Robin", "Testerley", at="marlpit")
    children.refer(near, "outreach")
    children.refer(children.pupil("Priya", "Mockford", born_on=date(2012, 1, 1)), "outreach")

    found = merging.could_be_the_same(acting("mina"), kept)

    assert near.pk in {each.pupil.pk for each in found}
    assert all(each.reasons for each in found)


def test_the_address_of_a_merged_record_leads_to_the_kept_one(acting, signed_in, pair):
    kept, merged = pair
    merge_pupils(actor=acting("mina"), kept=kept, merged=merged, reason=WHY)
    client = signed_in("mina")

    answer = client.get(f"/pupils/{merged.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/pupils/{kept.pk}/")
    assert signed_in("lena").get(f"/pupils/{merged.pk}/").status_code == 404


def test_the_screens_find_compare_merge_and_undo(signed_in, pair):
    kept, merged = pair
    client = signed_in("mina")
    assert "Samplewood" in client.get(f"/pupils/{kept.pk}/merge/?q=samplew").content.decode()
    address = f"/pupils/{kept.pk}/merge/{merged.pk}/"
    assert "Goes: Robyn Samplewood" in client.get(address).content.decode()

    page = client.post(address, {"reason": WHY}, follow=True).content.decode()
    assert "Merged before" in page
    undo = page.split("/merges/")[1].split("/")[0]
    again = client.post(f"/pupils/{kept.pk}/merges/{undo}/undo/", follow=True).content.decode()

    assert "two records again" in again
