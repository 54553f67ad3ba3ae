"""The register of schools, read from real extracts of four different years."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from alongside.exchange import gias
from alongside.exchange.gias import LinkRow, SchoolRow, parse, parse_links
from alongside.exchange.problems import Problem

DATA = Path(__file__).parent.parent / "data" / "schools"
REGISTER = DATA / "register_luton821_lincolnshire925.csv"
ZIPPED = DATA / "dfe-schools_sample_mavis.zip"
HEADER = "URN,LA (code),EstablishmentName"


def by_urn(path):
    return {row.urn: row for row in parse(path) if isinstance(row, SchoolRow)}


def test_464_lines_of_two_councils_are_all_accounted_for():
    rows = list(parse(REGISTER))

    schools = [row for row in rows if isinstance(row, SchoolRow)]
    assert len(rows) == 464
    assert sum(row.la_code == "821" for row in schools) == 77
    assert sum(row.la_code == "925" for row in schools) == 384


def test_three_nameless_lines_are_told_with_their_place():
    problems = [row for row in parse(REGISTER) if isinstance(row, Problem)]

    assert [each.line for each in problems] == [416, 438, 459]
    assert problems[0] == Problem(
        416, "EstablishmentName", "There is no EstablishmentName.", "Enter it."
    )


def test_a_primary_school_is_read_whole():
    assert by_urn(REGISTER)[109534] == SchoolRow(
        line=2,
        urn=109534,
        la_code="821",
        la_name="Luton",
        establishment_number="2225",
        name="Denbigh Primary School",
        type_name="Community school",
        type_group="Local authority maintained schools",
        status_name="Open",
        phase_name="Primary",
        age_low=4,
        age_high=11,
        gender="Mixed",
        religious_character="Does not apply",
        admissions_policy="Not applicable",
        pupils_on_roll=625,
        street="Denbigh Road",
        town="Luton",
        postcode="LU3 1NS",
        ward="Biscot",
    )


def test_a_blank_type_is_taken_from_the_census_and_the_school_counts_as_open():
    school = by_urn(REGISTER)[148558]

    assert (school.type_name, school.status_name) == ("State-funded special school", "")
    assert school.opened_on == date(2021, 9, 1)
    assert school.is_open


def test_a_closed_academy_of_the_139_column_file():
    school = by_urn(DATA / "example_schools_schools-experience.csv")[140134]

    assert (school.status_name, school.closed_on) == ("Closed", date(2022, 12, 31))
    assert not school.is_open
    assert school.head_forename == "Example"


def test_the_133_column_file_has_the_same_fields():
    school = by_urn(DATA / "edubase_sample_schools-experience.csv")[100459]

    assert (school.name, school.pupils_on_roll) == ("St Aloysius RC College", 1104)
    assert (school.age_low, school.age_high, school.gender) == (11, 19, "Boys")


def test_the_zipped_register_and_its_links_are_found_inside():
    schools = by_urn(ZIPPED)

    assert len(schools) == 5
    assert schools[100002].status_name == "Open, but proposed to close"
    assert schools[100002].is_open
    assert list(parse_links(ZIPPED)) == [
        LinkRow(2, 100000, 100004, "Successor", "Sherborne Nursery School")
    ]


def test_windows_1252_letters_are_read():
    names = {row.link_name for row in parse_links(DATA / "links_luton_lincolnshire_20230421.csv")}

    assert "St Thomas à Becket Catholic Secondary School, A Voluntary Academy" in names
    assert next(parse(f"{HEADER}\n100001,991,St John\x92s".encode("latin-1"))).name == "St John’s"


def test_links_tell_successor_from_predecessor():
    links = list(parse_links(DATA / "links_luton_lincolnshire_20230421.csv"))

    assert not [each for each in links if isinstance(each, Problem)]
    assert LinkRow(1, 1, 2, "Successor - merged").is_successor
    assert not LinkRow(1, 1, 2, "Successor").is_predecessor
    assert LinkRow(1, 1, 2, "Predecessor - amalgamated").is_predecessor
    assert not LinkRow(1, 1, 2, "Result of Amalgamation").is_successor


def one(cells, header=HEADER):
    return next(parse(f"{header}\n{cells}\n".encode()))


@pytest.mark.parametrize(
    ("header", "cells", "field", "value"),
    [
        (f"{HEADER},OpenDate", "01-01-1900", "opened_on", None),
        (f"{HEADER},OpenDate", "", "opened_on", None),
        (f"{HEADER},OpenDate", "2012-09-01", "opened_on", date(2012, 9, 1)),
        (f"{HEADER},Close Date", "31/08/2012", "closed_on", date(2012, 8, 31)),
        (f"{HEADER},EstablishmentNumber", "8214001", "establishment_number", "4001"),
        (f"{HEADER},ESTAB", "821/4001", "establishment_number", "4001"),
        (f"{HEADER},estab", "", "establishment_number", ""),
        (f"{HEADER},Postcode", "lu31ns", "postcode", "LU3 1NS"),
        (f"{HEADER},PhaseOfEducation", "Primary", "phase_name", "Primary"),
        (f"{HEADER},NumberOfPupils", "NA", "pupils_on_roll", None),
        (f"{HEADER},Nothing we know", "x", "town", ""),
    ],
)
def test_drifting_columns_and_placeholders(header, cells, field, value):
    assert getattr(one(f"100001,991,Chalkhill High School,{cells}", header), field) == value


@pytest.mark.parametrize(
    ("header", "cells", "column", "problem"),
    [
        (HEADER, ",991,A", "URN", "There is no URN."),
        (HEADER, "12,991,A", "URN", "“12” is not a URN, which has six digits."),
        (HEADER, "100001,Luton,A", "LA (code)", "“Luton” is not a local authority code"),
        (HEADER, '"100001"x,991,A', "", "The quotation marks on this line do not match."),
    ],
)
def test_a_line_that_cannot_be_read_names_its_column(header, cells, column, problem):
    found = one(cells, header)

    assert (found.line, found.column) == (2, column)
    assert found.problem.startswith(problem)
    assert found.remedy


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("OpenDate", "soon", "“soon” is not a date."),
        ("StatutoryLowAge", "four", "“four” is not"),
    ],
)
def test_one_value_that_cannot_be_read_leaves_the_school(column, cell, problem):
    found = one(f"100001,991,A,{cell}", f"{HEADER},{column}")

    (told,) = found.left_out
    assert (found.urn, told.line, told.column) == (100001, 2, column)
    assert told.problem.startswith(problem)
    assert told.remedy.endswith("The rest of the line was loaded.")


def test_a_short_line_has_blanks_at_its_end_and_blank_lines_are_left():
    rows = list(parse(f"{HEADER},Town\n,,,\n100001,991,A\n".encode()))

    assert [row.town for row in rows] == [""]


def test_a_school_named_twice_is_told_once():
    rows = list(parse(f"{HEADER}\n100001,991,A\n100002,991,B\n100001,991,C\n".encode()))

    assert rows[2] == Problem(
        4, "URN", "URN 100001 is already on line 2.", "Keep one of the two lines."
    )


def test_a_short_authority_code_gets_its_noughts_back():
    assert one("100001,1,A").la_code == "001"


def test_each_missing_column_is_named_and_nothing_is_read():
    problems = list(parse(b"URN,Town\n100001,Luton\n"))

    assert [each.column for each in problems] == ["LA (code)", "EstablishmentName"]
    assert problems[0].problem == "The file has no column LA (code)."
    assert [p.column for p in parse_links(b"URN,LinkURN\n1,2\n")] == ["LinkType"]


def test_a_link_that_cannot_be_read_names_its_column():
    header = "URN,LinkURN,LinkType,LinkEstablishedDate"
    rows = list(parse_links(f'{header}\n1,100002,Successor,\n,,,\n"1"2,\n'.encode()))

    assert [row.column for row in rows] == ["URN", ""]


def zipped(**files):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_csv", ".csv"), text)
    return saved.getvalue()


def test_a_file_that_cannot_be_read_is_one_problem():
    assert "has a column EstablishmentName" in only(zipped(notes="EstablishmentName", a_csv="URN"))
    assert "damaged or has a password" in only(b"PK\x03\x04broken")
    assert "The file is empty." in only(b"")
    assert "No CSV file inside the zip file has a column LinkURN" in str(
        list(parse_links(zipped(a_csv=HEADER)))
    )


def only(data):
    (problem,) = parse(data)
    assert problem.line is None
    return problem.problem


def test_a_zip_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(gias, "LARGEST_BYTES", 10)

    assert "unpacks to more than 300 MB" in only(zipped(a_csv=f"{HEADER}\n"))


def test_a_workbook_of_the_register_is_read():
    import openpyxl

    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADER.split(","))
    book.active.append([100001, 991, "Marlpit Academy"])
    book.save(saved)

    assert next(parse(saved.getvalue())) == SchoolRow(2, 100001, "991", "Marlpit Academy")
