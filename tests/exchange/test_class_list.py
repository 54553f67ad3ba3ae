"""Class lists, good and bad, of any column order. All people are fictional."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange import class_list
from alongside.exchange.class_list import Contact, Mapping, PupilRow, guess
from alongside.exchange.columns import CONTACT_FIELDS, PUPIL_FIELDS, field_for
from alongside.exchange.problems import Problem
from alongside.rules import upn

DATA = Path(__file__).parent.parent / "data" / "class_lists"
TODAY = date(2026, 11, 22)
HEADER = "Forename,Surname,DOB"


def parse(source, mapping=None):
    return class_list.parse(source, mapping, today=TODAY)


def one(header, cells):
    (row,) = parse(f"{HEADER},{header}\nLeo,Specimen,31/01/2014,{cells}\n".encode()).rows
    return row


@pytest.mark.parametrize(
    ("name", "pupils", "refused", "blank", "instructions"),
    [
        ("valid.csv", 4, 0, 1, 0),
        ("valid_extra_fields.csv", 3, 0, 0, 0),
        ("valid_instruction_row.csv", 1, 0, 0, 1),
        ("valid_minimal.csv", 1, 0, 0, 0),
        ("valid_with_bom.csv", 1, 0, 0, 0),
        ("duplicates.csv", 3, 0, 0, 0),
        ("pds_extravaganza.csv", 1, 0, 0, 0),
        ("review_one.csv", 4, 0, 0, 0),
        ("review_one_new_patient.csv", 1, 0, 0, 0),
        ("review_two.csv", 5, 0, 0, 0),
        ("invalid_instruction_row.csv", 0, 1, 0, 1),
        ("invalid_minimal.csv", 0, 1, 0, 0),
        # One child on seventeen lines, each with one thing wrong: read once, told of the rest.
        ("invalid_fields.csv", 1, 15, 1, 0),
        ("malformed.csv", 0, 0, 0, 0),
    ],
)
def test_every_line_of_every_file_is_accounted_for(name, pupils, refused, blank, instructions):
    result = parse(DATA / name)

    assert len(result.rows) == pupils
    assert result.lines_refused == refused
    assert (result.blank_lines, result.instruction_lines) == (blank, instructions)


def test_a_pupil_is_read_whole():
    assert parse(DATA / "valid.csv").rows[2] == PupilRow(
        line=4,
        legal_forename="Mark",
        legal_surname="Doe",
        born_on=date(2010, 1, 3),
        registration_group="DEF",
        address_lines=("11 Downing Street",),
        town="London",
        postcode="SW1A 1AA",
        contacts=(
            Contact("Jane Doe", "Mother", "jane@example.com", "07412345679"),
            Contact("Richard Doe", "Father", "richard@example.com", ""),
        ),
    )


def test_dates_of_two_forms_in_one_column_are_read():
    assert [row.born_on for row in parse(DATA / "valid.csv").rows[:2]] == [
        date(2010, 1, 1),
        date(2010, 1, 2),
    ]


def test_numbers_of_the_health_service_are_not_taken():
    mapping = guess(DATA / "valid_extra_fields.csv")

    assert mapping.ignored == ("SCHOOL_NAME", "CHILD_NHS_NUMBER")
    assert mapping.columns["Year"] == "year_group"


def test_a_file_that_is_no_list_is_one_problem():
    (problem,) = parse(DATA / "malformed.csv").problems

    assert problem.line is None
    assert problem.problem.startswith("No line of the file has the column names that are needed.")


def test_each_fault_names_line_column_and_remedy():
    found = {(p.line, p.column): p for p in parse(DATA / "invalid_fields.csv").problems}

    assert found[3, "CHILD_LAST_NAME"].problem == "There is no legal surname."
    assert found[8, "CHILD_FIRST_NAME"].problem == "There is no legal first name."
    assert found[9, "CHILD_DATE_OF_BIRTH"].problem == "There is no date of birth."
    assert found[16, "CHILD_DATE_OF_BIRTH"].problem == "“invalid” is not a date."
    assert found[14, "PARENT_1_EMAIL"].problem == "“invalid” is not an email address."
    assert found[15, "PARENT_1_PHONE"].problem == "“invalid” is not a telephone number."
    assert found[17, "CHILD_POSTCODE"].problem.startswith("“invalid” is not a full")
    assert found[5, ""] == Problem(
        5, "", "Jimmy Smith is already on line 4.", "Keep one of the two lines."
    )
    assert all(each.remedy for each in found.values())


def test_a_line_with_two_faults_tells_both():
    problems = parse(f"{HEADER}\n,-,soon\n".encode()).problems

    assert [(p.column, p.problem) for p in problems] == [
        ("DOB", "“soon” is not a date."),
        ("Forename", "There is no legal first name."),
        ("Surname", "“-” is not a legal surname."),
    ]


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        ("22/11/2026", ""),
        ("23/11/2026", "“23/11/2026” is in the future."),
        ("01/01/1990", ""),
        ("31/12/1989", "“31/12/1989” is too long ago for a pupil."),
        ("2010-13-01", "“2010-13-01” begins with the year, so 13 stands where the month belongs."),
        ("40209", ""),
        ("1 Jan 2010", ""),
    ],
)
def test_birthdays(born, problem):
    result = parse(f"{HEADER}\nLeo,Specimen,{born}\n".encode())

    assert [each.problem for each in result.problems] == ([problem] if problem else [])
    assert len(result.rows) == (not problem)


class TestValues:
    def test_a_upn_is_kept_tidy_and_a_wrong_one_refuses_the_line(self):
        good = upn.check_letter("991400120001") + "991400120001"
        wrong = ("A" if good[0] != "A" else "B") + good[1:]

        assert one("UPN", f" {good[:4]} {good[4:].lower()}").upn == good
        assert one("UPN", "").upn == ""
        (problem,) = parse(f"{HEADER},UPN\nLeo,Specimen,31/01/2014,{wrong}\n".encode()).problems
        assert (problem.column, problem.remedy) == ("UPN", "Correct the UPN, or leave it blank.")

    @pytest.mark.parametrize(
        ("header", "text", "field", "value"),
        [
            ("Former UPN", "wrong", "former_upn", ""),
            ("Year", "Giraffes", "year_group", ""),
            ("Gender", "other", "sex", ""),
            ("Postcode", "LU1", "postcode", ""),
        ],
    )
    def test_a_lesser_value_that_cannot_be_read_is_left_and_noted(self, header, text, field, value):
        row = one(header, text)

        assert getattr(row, field) == value
        assert [(n.line, n.column) for n in row.notes] == [(2, header)]
        assert row.notes[0].remedy == "It is left blank; the rest of the line is read."

    @pytest.mark.parametrize(
        ("header", "text", "field", "value"),
        [
            ("Former UPN", "r201100018042", "former_upn", "R201100018042"),
            ("NC Year", "Yr 08", "year_group", "8"),
            ("Sex", "Female", "sex", "F"),
            ("Gender", "m", "sex", "M"),
            ("Home postcode", "lu13xa", "postcode", "LU1 3XA"),
            ("Reg group", "8A", "registration_group", "8A"),
            ("Known as", "Lee", "preferred_forename", "Lee"),
            ("Middle names", "Jamie", "middle_names", "Jamie"),
            ("Ethnicity", "WBRI", "ethnicity", "WBRI"),
            ("SEN status", "K", "sen_provision", "K"),
            ("Address 2", "Flat 1", "address_lines", ("Flat 1",)),
        ],
    )
    def test_values_in_many_hands(self, header, text, field, value):
        row = one(header, text)

        assert getattr(row, field) == value
        assert row.notes == ()

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("07700 900123", "07700 900123"),
            ("7700900123", "07700900123"),
            ("1582000000", "01582000000"),
            ("+44 7700 900123", "+44 7700 900123"),
            ("9700900123", "9700900123"),
            ("012345678", "012345678"),
            ("12345678", ""),
            ("1234567890123456", ""),
        ],
    )
    def test_telephone_numbers_get_their_nought_back(self, typed, kept):
        row = one("Mother phone,Mother name", f"{typed},Priya Mockford")

        assert row.contacts == (Contact("Priya Mockford", telephone=kept),)
        assert bool(row.notes) is not bool(kept)

    def test_a_contact_may_have_two_names_or_only_an_address(self):
        row = one(
            "Contact 1 forename,Contact 1 surname,Father email,Parent 3 relationship",
            "Priya,Mockford,leo@example.org,Aunt",
        )

        assert row.contacts == (Contact("Priya Mockford"), Contact(email="leo@example.org"))


class TestNames:
    @pytest.mark.parametrize(
        ("full", "forename", "surname"),
        [
            ('"SPECIMEN, Leo"', "Leo", "SPECIMEN"),
            ("Leo Specimen", "Leo", "Specimen"),
            ("Leo  Jamie Specimen", "Leo  Jamie", "Specimen"),
        ],
    )
    def test_a_full_name_is_divided(self, full, forename, surname):
        (row,) = parse(f"Pupil name,Date of birth\n{full},31/01/2014\n".encode()).rows

        assert (row.legal_forename, row.legal_surname) == (forename, surname)

    def test_a_full_name_of_one_word_asks_for_the_other(self):
        (problem,) = parse(b"Name,DOB,Year\nLeo,31/01/2014,7\n").problems

        assert (problem.column, problem.problem) == (
            "legal first name",
            "There is no legal first name.",
        )

    def test_spaces_within_a_name_are_one(self):
        (row,) = parse(f"{HEADER}\nAnna  Leo,O' Specimen,31/01/2014\n".encode()).rows

        assert row.legal_forename == "Anna Leo"


class TestTheSamePupilTwice:
    def test_by_name_and_birthday_however_spelt(self):
        text = f"{HEADER}\nZoë,O’Test,31/01/2014\nZOE,OTest,2014-01-31\nZoe,OTest,30/01/2014\n"
        result = parse(text.encode())

        assert [row.line for row in result.rows] == [2, 4]
        assert result.problems[0].problem == "ZOE OTest is already on line 2."

    def test_by_upn(self):
        text = f"{HEADER},UPN\nLeo,A,31/01/2014,R201100018042\nMo,B,1/1/2013,R201100018042\n"

        assert [each.line for each in parse(text.encode()).problems] == [3]

    def test_twins_are_two_pupils(self):
        assert len(parse(f"{HEADER}\nRobin,A,31/01/2014\nJamie,A,31/01/2014\n".encode()).rows) == 2


class TestLines:
    def test_a_line_with_too_many_values_is_not_guessed_at(self):
        (problem,) = parse(f"{HEADER}\nLeo,Specimen,31/01/2014,Luton\n".encode()).problems

        assert problem.problem == "The line has 4 values where the header has 3."

    def test_empty_values_beyond_the_header_are_nothing(self):
        assert len(parse(f"{HEADER}\nLeo,Specimen,31/01/2014,,,\n".encode()).rows) == 1

    def test_a_line_that_cannot_be_read_does_not_stop_the_rest(self):
        result = parse(f'{HEADER}\n"Leo"x,A,1/1/2014\nRobin,B,1/1/2014\n'.encode())

        assert [each.line for each in result.problems] == [2]
        assert [row.line for row in result.rows] == [3]

    @pytest.mark.parametrize("cell", ["Required: Free text", "Optional (text)", "DD/MM/YYYY"])
    def test_a_line_of_instructions_is_left(self, cell):
        assert parse(f"{HEADER}\n{cell},,\n".encode()).instruction_lines == 1

    def test_a_title_above_the_header_is_left(self):
        assert len(parse(f"Chalkhill 8A\n\n{HEADER}\nLeo,A,1/1/2014\n".encode()).rows) == 1


class TestMapping:
    def test_it_is_kept_as_plain_values_and_used_again(self):
        text = b"Given,Family,Geburtstag,Form\nLeo,Specimen,31/01/2014,8A\n"
        chosen = Mapping(
            {"Given": "legal_forename", "Family": "legal_surname", "Geburtstag": "born_on"}
        )
        kept = Mapping.from_dict(json.loads(json.dumps(chosen.as_dict())))

        result = parse(text, kept)

        assert kept == chosen
        assert result.rows == [PupilRow(2, "Leo", "Specimen", date(2014, 1, 31))]
        assert result.mapping.ignored == ("Form",)

    def test_a_field_we_do_not_know_is_dropped(self):
        kept = Mapping.from_dict({"columns": {"A": "nonsense", "B": "upn"}, "ignored": ["C"]})

        assert kept == Mapping({"B": "upn"}, ("C",))
        assert Mapping.from_dict({}) == Mapping({})

    def test_a_kept_mapping_whose_columns_are_gone_says_so(self):
        kept = Mapping({"First": "legal_forename", "Last": "legal_surname", "Born": "born_on"})

        problems = parse(b"First,Last,Birthday\nLeo,A,1/1/2014\n", kept).problems

        assert problems == [
            Problem(
                1,
                "date of birth",
                "No column was recognised as the date of birth. "
                "The columns are “First”, “Last” and “Birthday”.",
                "Say which column is the date of birth, or add it to the list.",
            )
        ]

    def test_a_kept_mapping_for_quite_another_list_is_one_problem(self):
        kept = Mapping({"Vorname": "legal_forename"})

        result = parse(b"a,b\n1,2\n", kept)

        assert result.mapping == kept
        assert len(result.problems) == 1

    def test_of_two_columns_with_one_meaning_the_first_is_taken(self):
        mapping = guess(b"Surname,Forename,Legal Surname,DOB,,\n")

        assert mapping.columns == {
            "Surname": "legal_surname",
            "Forename": "legal_forename",
            "DOB": "born_on",
        }
        assert mapping.ignored == ("Legal Surname",)

    @pytest.mark.parametrize(
        ("column", "field"),
        [
            ("CHILD_FIRST_NAME", "legal_forename"),
            ("Legal Surname", "legal_surname"),
            ("Pupil's Date of Birth", "born_on"),
            ("Pupil Date of Birth (dd/mm/yyyy)", "born_on"),
            ("D.O.B.", "born_on"),
            ("Student UPN", "upn"),
            ("PARENT_2_PHONE", "contact_2_telephone"),
            ("Parent/Carer 1 Email Address", "contact_1_email"),
            ("Parent Name 2", "contact_2_name"),
            ("Father's mobile", "contact_2_telephone"),
            ("Mother relationship to child", "contact_1_relationship"),
            ("Parent evening", ""),
            ("Pupil", ""),
            ("Unnamed: 4", ""),
        ],
    )
    def test_what_a_column_is_by_its_name(self, column, field):
        assert field_for(column) == field

    def test_every_meaning_has_words(self):
        assert CONTACT_FIELDS["contact_2_email"] == "email address of contact 2"
        assert PUPIL_FIELDS["born_on"] == "date of birth"


@given(st.permutations(["Forename", "Surname", "DOB", "UPN", "Year", "Reg group"]))
def test_the_order_of_columns_does_not_matter(columns):
    values = {
        "Forename": "Leo",
        "Surname": "Specimen",
        "DOB": "31/01/2014",
        "UPN": "R201100018042",
        "Year": "7",
        "Reg group": "7B",
    }
    text = ",".join(columns) + "\n" + ",".join(values[name] for name in columns) + "\n"

    assert parse(text.encode()).rows == [
        PupilRow(
            2,
            "Leo",
            "Specimen",
            date(2014, 1, 31),
            upn="R201100018042",
            year_group="7",
            registration_group="7B",
        ),
    ]
