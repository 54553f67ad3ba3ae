"""The screens of class lists: nothing changes before it is shown, decided and applied."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.people.models import ColumnMapping, Pupil, PupilList
from tests.children import Children

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent.parent / "data" / "class_lists"
HEAD = b"Forename,Surname,DOB\n"


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def school(children):
    return children.school("chalkhill")


def hand_in(client, school, content, name="class9b.csv"):
    return client.post(
        f"/schools/{school.pk}/lists/new/", {"file": SimpleUploadedFile(name, content)}, follow=True
    )


def test_a_list_is_shown_before_anything_changes(signed_in, acting, school):
    page = hand_in(signed_in("hana"), school, HEAD + b"Robin,Testerly,14/03/2013\n")

    assert "Robin Testerly" in page.content.decode()
    assert "Applying makes 1 record" in page.content.decode()
    acting("dpo")
    assert not Pupil.objects.exists()


def test_applying_makes_the_records(signed_in, acting, school):
    client = signed_in("hana")
    page = hand_in(client, school, HEAD + b"Robin,Testerly,14/03/2013\n")

    answer = client.post(f"{page.redirect_chain[-1][0]}apply/", follow=True)

    assert "1 record made" in answer.content.decode()
    acting("dpo")
    assert Pupil.objects.count() == 1


def test_columns_that_are_not_known_are_asked_for_and_kept(signed_in, acting, school):
    client = signed_in("hana")
    page = hand_in(client, school, b"Vorname,Nachname,Tag\nRobin,Testerly,14/03/2013\n")
    address = page.redirect_chain[-1][0]
    assert address.endswith("/columns/")

    told = {"column_0": "legal_forename", "column_1": "legal_surname", "column_2": "born_on"}
    shown = client.post(address, told, follow=True).content.decode()

    assert "Robin Testerly" in shown
    acting("dpo")
    assert ColumnMapping.objects.get().headers == ["Vorname", "Nachname", "Tag"]


def test_of_two_columns_called_surname_one_is_asked_for(signed_in, acting, school):
    client = signed_in("hana")
    page = hand_in(client, school, b"Surname,Surname,Forename,DOB\nSmith,Jones,Ann,14/03/2013\n")

    address = page.redirect_chain[-1][0]
    assert address.endswith("/columns/")
    assert "Two columns are called “Surname”." in page.content.decode()
    told = {"column_1": "legal_surname", "column_2": "legal_forename", "column_3": "born_on"}
    shown = client.post(address, told, follow=True).content.decode()

    assert "Ann Jones" in shown
    assert "Smith" not in shown


def test_of_two_registration_groups_one_is_asked_for_and_the_other_is_named(signed_in, school):
    client = signed_in("hana")
    page = hand_in(
        client, school, b"Forename,Surname,DOB,Reg group,Reg group\nA,B,14/03/2013,7A,9C\n"
    )

    address = page.redirect_chain[-1][0]
    assert "Two columns are called “Reg group”." in page.content.decode()
    assert "(optional)" not in page.content.decode()
    told = {"column_0": "legal_forename", "column_1": "legal_surname", "column_2": "born_on"}
    shown = client.post(address, told | {"column_4": "registration_group"}, follow=True)

    assert "Columns that are not used: “Reg group”." in shown.content.decode()


def test_the_page_that_asks_which_column_is_which_shows_what_stands_in_each(signed_in, school):
    lines = b"Ann,Zed,14/03/2013,7A,Maple\nBo,Zed,15/03/2013,,Oak\nCy,Zed,16/03/2013,7A,Ash\n"
    page = hand_in(
        signed_in("hana"), school, b"Forename,Surname,DOB,Reg group,Reg group\n" + lines
    ).content.decode()

    assert "In it: “7A”." in page  # Empty and said before are no examples.
    assert "In it: “Maple”, “Oak” and “Ash”." in page


def test_columns_that_nobody_uses_are_named_on_the_lists_page(signed_in, school):
    page = hand_in(signed_in("hana"), school, b"Forename,Surname,DOB,Bus\nA,B,14/03/2013,7\n")

    assert "Columns that are not used: “Bus”." in page.content.decode()


def test_a_file_that_is_no_list_is_refused_at_the_door(signed_in, acting, school):
    page = hand_in(signed_in("hana"), school, (LISTS / "malformed.csv").read_bytes())

    assert "No line of the file has the column names" in page.content.decode()
    acting("dpo")
    assert not PupilList.objects.exists()


def test_a_list_without_names_of_columns_is_refused_at_the_door(signed_in, acting, school):
    page = hand_in(signed_in("hana"), school, b"Zed,Ann,24/07/2013\nZed,Bob,25/07/2013\n")

    assert "The first line looks like a pupil" in page.content.decode()
    assert "a first line of names of columns" in page.content.decode()
    acting("dpo")
    assert not PupilList.objects.exists()


def test_a_needed_column_that_is_not_named_says_which(signed_in, school):
    client = signed_in("hana")
    page = hand_in(client, school, b"Vorname,Nachname,Tag\nRobin,Testerly,14/03/2013\n")

    answer = client.post(page.redirect_chain[-1][0], {"column_0": "legal_forename"})

    assert answer.status_code == 422
    assert "date of birth" in answer.content.decode()


def test_a_doubtful_line_is_decided_side_by_side(signed_in, children, school):
    children.pupil("Catherine", "Testerly")
    client = signed_in("hana")
    page = hand_in(client, school, HEAD + b"Testerly,Catherine,14/03/2013\n")
    assert "Decide" in page.content.decode()
    link = page.content.decode().split("/lines/")[1].split("/")[0]
    address = f"{page.redirect_chain[-1][0]}lines/{link}/"

    shown = client.get(address).content.decode()
    answer = client.post(address, {"decision": "new"}, follow=True).content.decode()

    assert "Record 1" in shown
    assert "Another child: new record" in answer


def test_another_birthday_beside_a_known_number_is_confirmed_or_kept(signed_in, children, school):
    children.pupil("Sky", "Testerly", upn="A991123413002")
    client = signed_in("hana")

    page = hand_in(
        client, school, b"Surname,First name,DOB,UPN\nTesterly,Sky,15/03/2013,A991123413002\n"
    )

    link = page.content.decode().split("/lines/")[1].split("/")[0]
    shown = client.get(f"{page.redirect_chain[-1][0]}lines/{link}/").content.decode()
    assert "Date of birth: 14 March 2013 becomes 15 March 2013" in shown
    assert "Sky Testerly: the same child. Keep the date of birth recorded" in shown


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(signed_in, school):
    page = hand_in(signed_in("hana"), school, b"\xd0\xcf\x11\xe0 old", "class.xls")

    assert "old Excel workbook" in page.content.decode()


def test_another_school_does_not_see_the_list(signed_in, acting, school):
    hand_in(signed_in("hana"), school, HEAD + b"Robin,Testerly,14/03/2013\n")
    acting("dpo")
    found = PupilList.objects.get()

    assert signed_in("marta").get(f"/schools/{school.pk}/lists/{found.pk}/").status_code == 404


def test_a_big_list_is_read_by_the_worker(signed_in, acting, school, monkeypatch):
    from alongside.exchange import jobs, lists

    monkeypatch.setattr(lists, "BIG_BYTES", 10)
    client = signed_in("mina")
    page = hand_in(client, school, HEAD + b"Robin,Testerly,14/03/2013\n")
    assert "Reading the list" in page.content.decode()
    actor = acting("mina")
    found = PupilList.objects.get()

    jobs.read_list(staff_id=actor.staff_id, list_id=found.pk)

    assert "Robin Testerly" in client.get(page.redirect_chain[-1][0]).content.decode()


def test_a_list_that_is_left_changes_nothing(signed_in, acting, school):
    client = signed_in("hana")
    page = hand_in(client, school, HEAD + b"Robin,Testerly,14/03/2013\n")

    client.post(f"{page.redirect_chain[-1][0]}leave/")

    acting("dpo")
    assert PupilList.objects.get().state == "LEFT"
    assert not Pupil.objects.exists()


def test_a_file_too_wide_to_be_a_list_is_refused_at_the_door(signed_in, school):
    wide = ",".join(["y"] * 20_000).encode() + b"\n"

    page = hand_in(signed_in("hana"), school, wide)

    assert "The file has 20,000 columns, and no list has more than 500" in page.content.decode()


def test_a_file_without_columns_has_no_page_to_choose_them(signed_in, acting, school):
    client = signed_in("hana")
    hand_in(client, school, b"x" * 150_000)
    acting("dpo")
    found = PupilList.objects.get()

    answer = client.get(f"/schools/{school.pk}/lists/{found.pk}/columns/")

    assert "No names of columns could be read" in answer.content.decode()


def test_a_transfer_file_has_no_columns_to_change_and_one_line_is_one(signed_in, school):
    pupil = (
        b"<Pupil><Surname>Testerly</Surname><Forename>Robin</Forename><DOB>2013-03-14</DOB></Pupil>"
    )

    page = hand_in(signed_in("hana"), school, b"<CTfile>%s</CTfile>" % pupil, "ctf.xml")

    said = page.content.decode()
    assert "Change the columns" not in said
    assert "1 line<" in said or "1 line\n" in said
