"""A list held against the records: new, changed, same, doubtful; applied once and only once."""

from datetime import date
from pathlib import Path

import pytest

from alongside.core import audit
from alongside.core.actor import acting_as_system
from alongside.core.decisions import Problem, Refused
from alongside.exchange import lists
from alongside.exchange.pupil_files import read_pupils
from alongside.exchange.pupils import compare, counts_of
from alongside.people.actions import class_list
from alongside.people.models import Address, Carer, Enrolment, ListRow, Pupil, PupilList
from tests.children import BORN, Children
from tests.exchange.handing_in import ROBIN, applied, apply, csv, handed_in, outcomes, told

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent.parent / "data" / "class_lists"
UPN = "A991123413002"


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def school(children):
    return children.school("chalkhill")


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.csv")), ids=lambda path: path.stem)
def test_every_list_is_read_or_refused_with_a_remedy(school, path):
    with acting_as_system("991") as actor:
        reading = read_pupils(path.name, path.read_bytes(), today=actor.today)
        rows = list(compare(actor, school, reading))

    assert rows or reading.refused
    assert all(problem.remedy for problem in reading.refused)


def test_a_list_twice_changes_nothing_the_second_time(school):
    content = (LISTS / "valid.csv").read_bytes()
    first = applied(school, content)

    assert first.counts["DONE_CREATE"] == 4
    assert counts_of(told(school, content)) == {"SAME": 4}


def test_a_new_pupil_is_on_roll_with_an_address_and_a_carer(school, acting):
    applied(school, csv("Robin,Testerly,14/03/2013,,9,9B,LU1 1AA,Jo Testerly"))

    acting("dpo")
    robin = Pupil.objects.get(legal_surname="Testerly")
    enrolment = robin.enrolments.get()
    assert (enrolment.status, enrolment.registration_group) == ("C", "9B")
    assert robin.addresses.get().postcode == "LU1 1AA"
    assert robin.carers.get().has_parental_responsibility is None


def test_a_spelling_is_the_same_child_and_a_twin_is_not(school, children):
    children.pupil("Katherine", "Testerly")

    assert outcomes(
        school, csv("Kathryn,Testerly,14/03/2013,,9,,,", "Thomas,Testerly,14/03/2013,,9,,,")
    ) == {2: "SAME", 3: "CREATE"}


def test_a_twins_number_is_for_a_person_to_decide(school, children):
    children.pupil("Leo", "Testerly", upn=UPN)

    (row,) = told(school, csv(f"Robin,Testerly,14/03/2013,{UPN},9,,,"))

    assert (row.outcome, len(row.incoming["contenders"])) == ("DOUBT", 1)
    assert "twin" in " ".join(row.reasons)


def test_a_child_on_another_register_is_for_a_person_to_decide(school, children):
    children.pupil(at="marlpit")

    (row,) = told(school, csv(ROBIN))

    assert row.outcome == "DOUBT"
    assert "On roll at Marlpit Academy" in " ".join(row.reasons)


@pytest.mark.parametrize(
    ("way", "here", "there"), [("move", "C", None), ("main", "M", "S"), ("sub", "S", "M")]
)
def test_what_a_person_decides_is_one_record_on_the_right_registers(
    school, children, acting, way, here, there
):
    robin = children.pupil(at="marlpit")
    found = handed_in(school, csv(ROBIN))
    with acting_as_system("991") as actor:
        lists.decide(actor=actor, row=found.rows.get(), choice=f"{way}-{robin.pk}")

    apply(found)

    acting("dpo")
    open_ones = Enrolment.objects.filter(pupil=robin, ends_on=None)
    statuses = {e.school.place.name: e.status for e in open_ones}
    expected = {"Chalkhill High School": here, "Marlpit Academy": there}
    assert statuses == {name: status for name, status in expected.items() if status}
    assert Pupil.objects.count() == 1


def test_a_doubt_left_alone_changes_nothing(school, children, acting):
    robin = children.pupil(at="marlpit")
    applied(school, csv(ROBIN, "Priya,Mockford,01/02/2013,,9,,,"))

    acting("dpo")
    assert [e.school.place.name for e in robin.enrolments.all()] == ["Marlpit Academy"]


def test_a_doubt_decided_after_the_list_was_applied_is_applied_alone(school, children, acting):
    robin = children.pupil(at="marlpit")
    found = applied(school, csv(ROBIN, "Priya,Mockford,01/02/2013,,9,,,"))
    with acting_as_system("991") as actor:
        lists.decide(actor=actor, row=found.rows.get(line=2), choice=f"move-{robin.pk}")

    apply(found)

    acting("dpo")
    assert Pupil.objects.count() == 2
    assert robin.enrolments.get(ends_on=None).school_id == school.pk


def test_what_would_change_is_told_and_then_done(school, children, acting):
    robin = children.pupil(year_group="8")
    (row,) = told(school, csv(ROBIN))
    assert [(d["label"], d["before"], d["after"]) for d in row.differences][:1] == [
        ("Year group", "8", "9")
    ]

    applied(school, csv(ROBIN))

    acting("dpo")
    robin.refresh_from_db()
    assert (robin.year_group, robin.version) == ("9", 2)


def test_what_a_person_changed_since_the_list_was_read_wins(school, children, acting):
    robin = children.pupil(year_group="8")
    found = handed_in(school, csv(ROBIN))
    acting("dpo")
    Pupil.objects.filter(pk=robin.pk).update(year_group="10")

    apply(found)

    acting("dpo")
    robin.refresh_from_db()
    assert robin.year_group == "10"


def test_a_concealed_address_is_never_touched_nor_told(school, children, acting):
    robin = children.pupil()
    children.flag(robin, "CONCEALED_ADDRESS", "ACT", "Address concealed")
    content = csv("Robin,Testerly,14/03/2013,,9,,LU1 1AA,")

    (row,) = told(school, content)
    applied(school, content)

    assert row.differences == []
    acting("dpo")
    assert not Address.objects.exists()


def test_a_carer_who_is_known_is_not_added_or_changed(school, children, acting):
    robin = children.pupil()
    children.carer(robin, "Jo Testerly", is_do_not_contact=True)
    applied(school, csv("Robin,Testerly,14/03/2013,,9,,,JO TESTERLY"))

    acting("dpo")
    assert Carer.objects.get().is_do_not_contact


def test_pupils_not_on_the_list_are_counted_and_stay_on_roll(school, children, acting):
    children.pupil("Priya", "Mockford", born_on=date(2013, 2, 1))

    found = applied(school, csv(ROBIN))

    assert found.counts["MISSING"] == 1
    acting("dpo")
    assert Enrolment.objects.filter(ends_on=None).count() == 2


def test_a_short_form_of_the_name_does_not_rename_the_child(school, children):
    children.pupil("William", "Testerly", year_group="9")

    (row,) = told(school, csv("Bill,Testerly,14/03/2013,,9,,,"))

    assert row.outcome == "SAME"


def test_two_lines_for_one_child_leave_the_second_to_a_person(school, children):
    children.pupil("Katherine", "Testerly")

    found = outcomes(
        school, csv("Katherine,Testerly,14/03/2013,,9,,,", "Kate,Testerly,14/03/2013,,9,,,")
    )

    assert "DOUBT" in found.values()


def test_who_was_made_since_the_list_was_read_is_not_made_twice(school, children, acting):
    found = handed_in(school, csv(ROBIN))
    children.pupil()

    apply(found)

    acting("dpo")
    assert Pupil.objects.count() == 1


def test_a_school_cannot_take_in_a_child_it_may_not_see(school, children, acting):
    robin = children.pupil(at="marlpit")
    hana = acting("hana")
    found = lists.hand_in(actor=hana, school=school, name="a.csv", content=csv(ROBIN))
    lists.read_list(actor=hana, pupil_list=found)

    with pytest.raises(Refused, match="known to the council"):
        lists.decide(actor=hana, row=found.rows.get(), choice=f"move-{robin.pk}")


def test_a_school_does_not_load_another_schools_list(school, acting):
    with pytest.raises(Refused, match="Only Chalkhill"):
        lists.hand_in(actor=acting("marta"), school=school, name="a.csv", content=csv(ROBIN))


def test_a_list_is_applied_once(school, acting):
    found = applied(school, csv(ROBIN))

    with pytest.raises(Refused, match="applied already"), acting_as_system("991") as actor:
        class_list.begin_applying(actor=actor, pupil_list=found)


def test_an_empty_file_says_so(school):
    with pytest.raises(Problem, match="empty"), acting_as_system("991") as actor:
        lists.hand_in(actor=actor, school=school, name="a.csv", content=b" \n")


def test_a_failed_audit_changes_nothing(school, monkeypatch, acting):
    found = handed_in(school, csv(ROBIN))

    def fail(**_facts):
        raise RuntimeError("the trail is full")

    with acting_as_system("991") as actor:
        class_list.begin_applying(actor=actor, pupil_list=found)
    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError), acting_as_system("991") as actor:
        class_list.apply_part(actor=actor, list_id=found.pk)

    acting("dpo")
    assert not Pupil.objects.exists()
    assert PupilList.objects.get().state == "APPLYING"


def test_a_list_stopped_half_way_goes_on_where_it_was(school, monkeypatch, acting):
    monkeypatch.setattr(class_list, "APPLIED_AT_ONCE", 1)
    found = handed_in(school, csv(ROBIN, "Priya,Mockford,01/02/2013,,9,,,"))
    with acting_as_system("991") as actor:
        class_list.begin_applying(actor=actor, pupil_list=found)
        assert class_list.apply_part(actor=actor, list_id=found.pk)
    with acting_as_system("991") as actor:
        while class_list.apply_part(actor=actor, list_id=found.pk):
            pass

    acting("dpo")
    assert Pupil.objects.count() == 2
    assert BORN in {pupil.born_on for pupil in Pupil.objects.all()}


def test_the_rows_are_kept_with_their_reasons(school, children):
    children.pupil("Leo", "Testerly", upn=UPN)
    found = handed_in(school, csv(f"Robin,Testerly,14/03/2013,{UPN},9,,,", "Leo,,,,,,,"))

    with acting_as_system("991"):
        rows = {row.line: row for row in ListRow.objects.filter(pupil_list=found)}
    assert (rows[2].outcome, rows[3].outcome) == ("DOUBT", "REFUSE")
    assert rows[3].reasons[0]["remedy"]


def renamed(pupil, **names):
    for name, value in names.items():
        setattr(pupil, name, value)
        pupil.save(update_fields=[name])


def test_a_line_under_a_name_the_child_once_went_by_is_that_child(school, children):
    robin = children.pupil("Robin", "Testerly", preferred_forename="Max")
    renamed(robin, preferred_forename="Rob")

    (row,) = told(school, csv("Max,Testerly,14/03/2013,,9,,,"))

    assert (row.outcome, row.pupil_id) == ("SAME", robin.pk)
    assert "was recorded as Max Testerly before" in " ".join(row.reasons)


def test_on_the_schools_own_register_a_former_name_with_another_birthday_is_a_doubt(
    school, children
):
    robin = children.pupil("Robin", "Testerly", preferred_forename="Max")
    renamed(robin, preferred_forename="")

    (row,) = told(school, csv("Max,Testerly,15/03/2013,,9,,,"))

    assert row.outcome == "DOUBT"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (f"Robin,Testerly,15/03/2013,{UPN},10,9B,,", "DOUBT"),
        (f"Robyn,Testerley,14/03/2013,{UPN},10,9B,,", "DOUBT"),
        (f"Robin,Otherly,14/03/2013,{UPN},10,9B,,", "CHANGE"),
        (f"Robin,Testerly,14/03/2013,{UPN},10,9B,,", "CHANGE"),
    ],
)
def test_another_birthday_or_both_names_beside_a_known_number_are_for_a_person(
    school, line, outcome
):
    applied(school, csv(f"Robin,Testerly,14/03/2013,{UPN},9,9B,,"))

    assert [row.outcome for row in told(school, csv(line))] == [outcome]


@pytest.mark.parametrize(("way", "day"), [("same", 15), ("keep", 14)])
def test_a_birthday_is_written_only_once_a_person_says_so(school, acting, way, day):
    applied(school, csv(f"Robin,Testerly,14/03/2013,{UPN},9,9B,,"))
    found = applied(school, csv(f"Robin,Testerly,15/03/2013,{UPN},10,9B,,"))
    acting("dpo")
    robin = Pupil.objects.get()
    assert (robin.born_on.day, robin.year_group) == (14, "9")

    with acting_as_system("991") as actor:
        lists.decide(actor=actor, row=found.rows.get(), choice=f"{way}-{robin.pk}")
    apply(found)

    acting("dpo")
    robin = Pupil.objects.get()
    assert (robin.born_on.day, robin.year_group) == (day, "10")
