"""Many rows in one statement: the same as one by one, whatever is in them."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError

from alongside.core import bulk
from alongside.core.models import RowHistory
from alongside.people.models import Carer, ListRow, Pupil, PupilList
from tests.children import Children

pytestmark = pytest.mark.django_db
ROBIN = {"legal_forename": "Robin", "legal_surname": "Testerly", "born_on": date(2013, 3, 14)}


@pytest.mark.parametrize(
    "name",
    ["", " ", "Ó'Brien", '"', "\\", "\\N", "NULL", "{}", "a,b", "a\tb\nc", "%s", "李", "null"],
)
def test_what_is_written_is_what_is_kept(acting, name):
    acting("dpo")

    one, other = bulk.add_rows(
        Pupil, [{**ROBIN, "preferred_surname": name}, {**ROBIN, "preferred_surname": "next"}]
    )

    assert Pupil.objects.get(pk=one).preferred_surname == name
    assert Pupil.objects.get(pk=other).preferred_surname == "next"


def test_the_marks_between_values_are_left_out_of_them(acting):
    acting("dpo")

    (pk,) = bulk.add_rows(Pupil, [{**ROBIN, "search_name": "a\x1fb\x1ec\x00d"}])

    assert Pupil.objects.get(pk=pk).search_name == "abcd"


def test_defaults_nothing_and_lists_are_kept_as_they_are(acting, cast):
    children = Children(cast)
    robin, school = children.pupil(), children.school("chalkhill")
    actor = acting("dpo")
    found = PupilList.objects.create(school=school, name="a", sha256="", read_by_id=actor.staff_id)

    bulk.add_rows(Carer, [{"pupil": robin.pk, "name": "Jo"}])
    told = {"pupil_list": found.pk, "line": 2, "outcome": "SAME", "pupil": None}
    bulk.add_rows(ListRow, [{**told, "incoming": {"a": ["\x1f", None]}, "reasons": ["b,c"]}])

    carer, row = Carer.objects.get(), ListRow.objects.get()
    assert (carer.has_parental_responsibility, carer.is_do_not_contact, carer.order) == (
        None,
        False,
        1,
    )
    assert (row.pupil_id, row.incoming, row.reasons) == (None, {"a": ["\x1f", None]}, ["b,c"])


def test_a_change_of_many_keeps_the_history_of_each(acting, cast):
    children = Children(cast)
    pupils = [children.pupil("Robin"), children.pupil("Leo")]
    acting("dpo")

    bulk.change_rows(
        Pupil, ["sex", "pronouns"], [{"id": p.pk, "sex": "M", "pronouns": ""} for p in pupils]
    )

    assert set(Pupil.objects.values_list("sex", flat=True)) == {"M"}
    kept = RowHistory.objects.filter(table_name="people_pupil", before={"sex": ""})
    assert {row.row_id for row in kept} == {p.pk for p in pupils}


def test_another_councils_rows_are_neither_added_nor_changed(acting, cast):
    robin = Children(cast).pupil()
    actor = acting("nell")

    bulk.change_rows(Pupil, ["sex"], [{"id": robin.pk, "sex": "M"}])

    with pytest.raises(ProgrammingError, match="row-level security"):
        bulk.add_rows(Pupil, [{**ROBIN, "council": cast.eastmere}])
    assert actor.council_id != cast.eastmere


def test_what_must_be_true_stays_true(acting, cast):
    robin = {**ROBIN, "upn": "A991123413002"}
    acting("dpo")

    with pytest.raises(IntegrityError, match="a_upn_names_one_pupil"):
        bulk.add_rows(Pupil, [robin, robin])


def test_no_rows_ask_nothing(acting, django_assert_num_queries):
    acting("dpo")

    with django_assert_num_queries(0):
        assert bulk.add_rows(Pupil, []) == []
        bulk.change_rows(Pupil, ["sex"], [])
