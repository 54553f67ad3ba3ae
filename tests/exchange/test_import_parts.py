"""A list divided into parts, at their edges: nobody is lost, made twice or joined to a twin."""

import pytest

from alongside.core.actor import acting_as_system
from alongside.core.models import AuditEntry, RowHistory
from alongside.exchange import pupils
from alongside.exchange.pupils import counts_of
from alongside.people.actions import class_list
from alongside.people.models import Address, Carer, Enrolment, Pupil
from tests.children import Children
from tests.exchange.handing_in import applied, csv, handed_in, outcomes, told

pytestmark = pytest.mark.django_db
UPN = "A991123413002"


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def school(children):
    return children.school("chalkhill")


def named(number, forename="Sam", born="14/03/2013"):
    return f"{forename},Placeholder{chr(97 + number)},{born},,9,9B,LU1 1AA,Jo Placeholder"


@pytest.fixture
def small_parts(monkeypatch):
    """Two lines a part, wherever a list is divided: what a county's list meets at its thousands."""
    monkeypatch.setattr(class_list, "STORED_AT_ONCE", 2)
    monkeypatch.setattr(class_list, "APPLIED_AT_ONCE", 2)
    monkeypatch.setattr(pupils, "CHUNK", 2)


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5])
def test_a_list_as_long_as_its_parts_or_one_longer_is_applied_whole(
    school, acting, small_parts, lines
):
    content = csv(*(named(number) for number in range(lines)))

    first = applied(school, content)

    assert (first.counts["DONE_CREATE"], first.state) == (lines, "APPLIED")
    assert counts_of(told(school, content)) == {"SAME": lines}
    acting("dpo")
    for table in (Pupil, Enrolment, Address, Carer):
        assert table.objects.count() == lines


def test_twins_in_two_parts_stay_two_children(school, acting, small_parts):
    twins = [named(0, "Leo"), named(1, "Asa", "01/02/2013"), named(0, "Lea"), named(0, "Mia")]
    applied(school, csv(*twins))

    again = told(school, csv(*reversed(twins)))

    assert counts_of(again) == {"SAME": 4}
    assert len({row.pupil_id for row in again}) == 4


def test_a_twin_who_joins_later_is_new_and_never_the_other(school, acting, small_parts):
    applied(school, csv(named(0, "Leo")))

    rows = told(school, csv(*(named(n, "Asa", "01/02/2013") for n in (1, 2)), named(0, "Mia")))

    assert counts_of(rows) == {"CREATE": 3}


def test_one_child_twice_is_refused_in_another_part_too(school, small_parts):
    found = applied(school, csv(named(0), named(1), named(2), named(0).upper(), named(3)))

    assert (found.counts["REFUSE"], found.counts["DONE_CREATE"]) == (1, 4)
    refused = found.rows.get(outcome="REFUSE")
    assert "already on line 2" in refused.reasons[0]["problem"]


def test_two_spellings_of_one_child_in_two_parts_leave_one_to_a_person(
    school, children, small_parts
):
    children.pupil("Katherine", "Testerly")
    between = [named(n, born="14/03/2013") for n in range(3)]

    found = outcomes(
        school,
        csv("Katherine,Testerly,14/03/2013,,9,,,", *between, "Kate,Testerly,14/03/2013,,9,,,"),
    )

    assert sorted((found[2], found[6])) == ["DOUBT", "SAME"]


def test_changes_are_made_by_parts_with_their_history(school, acting, small_parts):
    applied(school, csv(*(named(n) for n in range(5))))
    next_year = csv(
        *(named(n).replace(",9,9B", ",10,10C").replace("LU1 1AA", "LU2 2BB") for n in range(5))
    )

    found = applied(school, next_year)

    assert found.counts["DONE_CHANGE"] == 5
    assert counts_of(told(school, next_year)) == {"SAME": 5}
    acting("dpo")
    assert {(p.year_group, p.version) for p in Pupil.objects.all()} == {("10", 2)}
    assert set(Enrolment.objects.values_list("registration_group", flat=True)) == {"10C"}
    assert Address.objects.filter(postcode="LU2 2BB", ends_on=None).count() == 5
    assert Address.objects.exclude(ends_on=None).count() == 5
    changed = RowHistory.objects.filter(table_name="people_pupil", before__year_group="9")
    assert changed.count() == 5


def test_every_part_is_a_line_of_the_audit_with_its_pupils(school, acting, small_parts):
    applied(school, csv(*(named(n) for n in range(3))))

    acting("dpo")
    listed = AuditEntry.objects.filter(kind="pupils.listed").order_by("id")
    assert [len(entry.pupil_ids) for entry in listed] == [2, 1]


def test_the_statements_do_not_grow_with_the_lines(school, acting, django_assert_max_num_queries):
    found = handed_in(school, csv(*(named(n) for n in range(20))))
    with acting_as_system("991") as actor:
        class_list.begin_applying(actor=actor, pupil_list=found)

    with acting_as_system("991") as actor, django_assert_max_num_queries(30):
        class_list.apply_part(actor=actor, list_id=found.pk)


def test_a_name_and_postcode_with_a_slip_in_the_birthday_is_for_a_person(school, children, acting):
    applied(school, csv("Robin,Testerly,14/03/2013,,9,9B,LU1 1AA,"))
    other = children.school("marlpit")

    slip = told(other, csv("Robin,Testerly,15/03/2013,,9,9B,lu11aa,"))
    elsewhere = told(other, csv("Robin,Testerly,15/03/2013,,9,9B,LU2 2BB,"))

    assert [row.outcome for row in (*slip, *elsewhere)] == ["DOUBT", "CREATE"]


def test_a_slip_in_the_birthday_of_a_name_on_this_register_is_for_a_person(school, children):
    children.pupil()

    year, two = told(
        school, csv("Robin,Testerly,14/03/2012,,9,9B,,", "Robin,Testerly,15/04/2013,,9,9B,,")
    )

    assert (year.outcome, two.outcome) == ("DOUBT", "CREATE")
    assert "Same name and school" in year.reasons[0]


def test_a_name_that_sounds_the_same_is_for_a_person(school, children):
    children.pupil("Jamie", "Exampleton")

    (found,) = told(school, csv("Jamy,Exampleton,14/03/2013,,9,9B,,"))

    assert found.outcome == "DOUBT"


def test_a_misspelt_name_without_a_number_does_not_change_the_recorded_one(school, children):
    children.pupil("Jamie", "Exampleton")

    (found,) = told(school, csv("Jamie,Exampelton,14/03/2013,,10,,,"))

    assert found.outcome == "CHANGE"
    assert [each["field"] for each in found.differences] == ["year_group"]


def test_a_birthday_that_differs_is_still_found_by_the_number_and_confirmed(school, children):
    pupil = children.pupil(upn=UPN)

    (row,) = told(school, csv(f"Robin,Testerly,15/03/2013,{UPN},9,,,"))

    assert (row.outcome, row.pupil_id) == ("DOUBT", pupil.pk)
