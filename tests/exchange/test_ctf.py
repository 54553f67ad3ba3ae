"""Common Transfer Files of the specification and of those who bend it."""

from datetime import date
from pathlib import Path

import pytest

from alongside.exchange import ctf
from alongside.exchange.ctf import CtfHeader, CtfPupil

DATA = Path(__file__).parent.parent / "data" / "returns"
TODAY = date(2026, 11, 22)

# The names of DFE-Digital/get-information-about-pupils, with the specification's Sex and SEN.
SPECIFIED = """<CTfile xmlns="urn:any"><Header><DocumentName>Common Transfer File</DocumentName>
<CTFversion>25.0</CTFversion><DateTime>2026-09-01T10:00:00</DateTime>
<SourceSchool><LEA>991</LEA><Estab>4001</Estab><SchoolName>Chalkhill High School</SchoolName></SourceSchool>
<DestSchool><LEA>992</LEA><Estab>4002</Estab></DestSchool></Header>
<CTFpupilData><Pupil><UPN>R201100018042</UPN><Surname>Specimen</Surname><Forename>Leo</Forename>
<DOB>2014-10-02</DOB><Sex>M</Sex><BasicDetails><MiddleNames>Jamie</MiddleNames>
<PreferredSurname>Placeholder</PreferredSurname></BasicDetails>
<SEN><SENprovision>E</SENprovision><SENneeds><SENneed><SENtype>SEMH</SENtype></SENneed>
<SENneed><SENtype>SLCN</SENtype></SENneed><SENneed><SENtype>SEMH</SENtype></SENneed></SENneeds></SEN>
<Address><SAON>Flat 1</SAON><PAON>12</PAON><Street>High Street</Street><Town>Eastmere</Town>
<PostCode>lu13xa</PostCode></Address></Pupil></CTFpupilData></CTfile>"""


def parse(text):
    return ctf.parse(text if isinstance(text, bytes) else text.encode(), today=TODAY)


def pupil(inside):
    return parse(f"<CTfile><Pupils><Pupil>{inside}</Pupil></Pupils></CTfile>")


def test_the_public_sample_is_read_and_its_wrong_numbers_left_out():
    found = ctf.parse(DATA / "sample_ctf_v3_shape.xml", today=TODAY)

    aisha, ben = found.pupils
    assert (aisha.legal_forename, aisha.legal_surname) == ("Aisha", "Actualone")
    assert (aisha.born_on, aisha.sex, aisha.year_group) == (date(2014, 10, 2), "F", "6")
    assert (aisha.ethnicity, aisha.first_language, aisha.sen_provision) == ("WBRI", "ENG", "K")
    assert (aisha.address_lines, aisha.postcode) == (("12 Real Street",), "BD2 4ED")
    assert (aisha.upn, aisha.former_upn) == ("", "")
    assert [each.column for each in aisha.notes] == ["UPN", "FormerUPN"]
    assert (ben.sex, ben.address_lines, ben.sen_provision) == ("M", (), "")
    assert found.problems == ()
    assert found.header == CtfHeader(
        document_name="Grove House Primary live export",
        version="3",
        made_at="2026-05-01T09:12:00",
        source_la_code="380",
        source_establishment_number="2093",
        source_urn=107258,
        source_name="Grove House Primary School",
    )


def test_a_file_of_the_specification_is_read_whole():
    found = parse(SPECIFIED)

    assert found.pupils == (
        CtfPupil(
            line=1,
            legal_forename="Leo",
            legal_surname="Specimen",
            born_on=date(2014, 10, 2),
            preferred_surname="Placeholder",
            middle_names="Jamie",
            upn="R201100018042",
            sex="M",
            sen_provision="E",
            sen_needs=("SEMH", "SLCN"),
            address_lines=("Flat 1", "12 High Street"),
            town="Eastmere",
            postcode="LU1 3XA",
        ),
    )
    assert (found.header.version, found.header.source_urn) == ("25.0", None)
    assert found.header.destination_la_code == "992"
    assert found.header.destination_establishment_number == "4002"


def test_other_builders_names_are_read():
    text = (
        "<LegalForename> </LegalForename><Forename>Leo</Forename><Surname>A</Surname>"
        "<DOB>2014-10-02</DOB><Gender>Female</Gender>"
    )

    (found,) = pupil(text).pupils

    assert found.sex == "F"
    assert parse(f'<CTfile CTFversion="24"><Pupil>{text}</Pupil></CTfile>').header.version == "24"


@pytest.mark.parametrize(
    ("inside", "column", "problem"),
    [
        ("<Surname>A</Surname>", "Forename", "Pupil 1 has no forename."),
        ("<Forename>Leo</Forename>", "Surname", "Pupil 1 has no surname."),
        (
            "<Forename>Leo</Forename><Surname>A</Surname>",
            "DOB",
            "Leo A: there is no date of birth.",
        ),
        (
            "<Forename>Leo</Forename><Surname>A</Surname><DOB>1914-05-05</DOB>",
            "DOB",
            "Leo A: “1914-05-05” is too long ago for a pupil.",
        ),
        (
            "<Forename>Leo</Forename><Surname>=A()</Surname><DOB>2014-05-05</DOB>",
            "Surname",
            "Pupil 1: “=A()” holds signs that no name has.",
        ),
        (
            f"<Forename>{'L' * 5000}</Forename><Surname>A</Surname><DOB>2014-05-05</DOB>",
            "Forename",
            f"Pupil 1: “{'L' * 30}…” is longer than 100 letters.",
        ),
        (
            "<Forename>Leo</Forename><Surname>A</Surname><DOB>2026-11-23</DOB>",
            "DOB",
            "Leo A: “2026-11-23” is in the future.",
        ),
    ],
)
def test_a_pupil_that_cannot_be_read_is_told(inside, column, problem):
    found = pupil(inside)

    assert found.pupils == ()
    assert [(p.line, p.column, p.problem) for p in found.problems] == [(1, column, problem)]


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (
            "<UPN>R201100018042</UPN><Surname>B</Surname>",
            "UPN R201100018042 is already in the file as pupil 1, with another name or date of birth.",
        ),
        ("<Surname>A</Surname>", "Leo A is already in the file as pupil 1."),
    ],
)
def test_a_child_or_a_number_is_read_once(second, problem):
    same = "<Forename>Leo</Forename><DOB>2014-05-05</DOB>"
    first = f"<Pupil><UPN>R201100018042</UPN><Surname>A</Surname>{same}</Pupil>"

    found = parse(f"<CTfile>{first}<Pupil>{second}{same}</Pupil></CTfile>")

    assert [each.line for each in found.pupils] == [1]
    assert [(each.line, each.problem) for each in found.problems] == [(2, problem)]


def test_a_postcode_that_is_none_is_left_out():
    (found,) = pupil(
        "<Forename>Leo</Forename><Surname>A</Surname><DOB>2026-11-22</DOB>"
        "<Address><AddressLine1>1 High Street</AddressLine1><Postcode>LU1</Postcode></Address>"
    ).pupils

    assert found.postcode == ""
    assert found.address_lines == ("1 High Street",)
    assert [each.column for each in found.notes] == ["Postcode"]


BOMB = """<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<CTfile><Pupil><Surname>&b;</Surname></Pupil></CTfile>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><CTfile>&f;</CTfile>"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "Such files are used to attack systems"),
        (OUTSIDE, "Such files are used to attack systems"),
        ("<!DOCTYPE CTfile><CTfile/>", "Such files are used to attack systems"),
        ("<Message><Pupil/></Message>", "it is an XML file of “Message”"),
        ("<CTfile><Header/></CTfile>", "The file has no pupils."),
        ("<CTfile><Pupil>", "The file is not whole XML"),
        ("", "The file is not whole XML"),
        ("Forename,Surname\n", "The file is not whole XML"),
        (b"\x00\x01", "The file is not whole XML"),
        (b'<?xml version="1.0" encoding="nonsense"?><CTfile/>', "The file is not whole XML"),
    ],
)
def test_what_is_no_transfer_file_is_refused_in_a_sentence(text, words):
    found = parse(text)

    assert (found.header, found.pupils) == (CtfHeader(), ())
    assert [(p.line, words in p.problem, bool(p.remedy)) for p in found.problems] == [
        (None, True, True)
    ]


def test_a_file_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(ctf, "LARGEST_BYTES", 5)

    (problem,) = parse("<CTfile/>").problems

    assert problem.problem == "The file is larger than 50 MB."
