"""The register of schools into one council: counted, left alone, followed, and never twice."""

from pathlib import Path

import pytest

from alongside.command.importing import Stop, council_code
from alongside.core.actor import acting_as_system
from alongside.core.decisions import Refused
from alongside.core.models import AuditEntry, Place
from alongside.exchange.schools import apply_register, read_register, whose_schools
from alongside.schools.models import School

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent.parent / "data" / "schools"
HEADER = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,"
    "EstablishmentStatus (name),OpenDate,CloseDate"
)


def register(*lines: str, links: str = "", code: str = "991"):
    text = "\r\n".join([HEADER, *lines]).encode("cp1252")
    head = '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\n'
    return read_register(text, (head + links).encode() if links else None, code)


def load(*lines: str, links: str = "", code: str = "991"):
    with acting_as_system(code) as actor:
        return apply_register(
            actor=actor, register=register(*lines, links=links, code=code), source="register.csv"
        )


OLD = "900101,991,Eastmere,4001,Chalkpit School,Open,01-01-1900,"
CLOSED = "900101,991,Eastmere,4001,Chalkpit School,Closed,01-01-1900,31-08-2026"
ACADEMY = "900202,991,Eastmere,4001,Chalkpit Academy,Open,01-09-2026,"
FOLLOWS = '900101,900202,"Chalkpit Academy","Successor","01-09-2026"\n'


def test_464_real_establishments_are_read_and_the_other_council_is_left_alone(cast):
    content = (FILES / "register_luton821_lincolnshire925.csv").read_bytes()

    read = read_register(content, None, "925")

    assert (read.read, len(read.schools), read.others.total()) == (464, 384, 77)
    assert {problem.column for problem in read.rejected} == {"EstablishmentName"}


def test_a_register_makes_schools_with_their_places(cast):
    report = load(OLD, "900909,992,Northfold,4009,Not Ours,Open,,")

    assert (report.read, report.other_council, report.created) == (2, 1, 1)
    with acting_as_system("991"):
        school = School.objects.select_related("place").get(urn=900101)
    assert school.opened_on is None
    assert (school.place.kind, school.place.name) == ("SCHOOL", "Chalkpit School")


def test_the_same_file_twice_changes_nothing(cast):
    load(CLOSED, ACADEMY, links=FOLLOWS)

    again = load(CLOSED, ACADEMY, links=FOLLOWS)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_blank_in_the_file_does_not_erase_what_is_known(cast):
    load("900101,991,Eastmere,4001,Chalkpit School,Open,01-09-2001,")

    report = load("900101,991,Eastmere,4001,Chalkpit School,,,")

    assert report.unchanged == 1


def test_a_school_that_becomes_an_academy_keeps_its_place(cast):
    load(OLD)
    with acting_as_system("991"):
        place_id = School.objects.get(urn=900101).place_id

    report = load(CLOSED, ACADEMY, links=FOLLOWS)

    assert (report.created, report.updated) == (1, 1)
    with acting_as_system("991"):
        old, new = School.objects.get(urn=900101), School.objects.get(urn=900202)
        assert old.successor_id == new.pk
        assert new.place_id == place_id
        assert Place.objects.get(pk=place_id).name == "Chalkpit Academy"


def test_an_academy_is_known_by_its_number_when_there_are_no_links(cast):
    load(OLD)

    load(ACADEMY)

    with acting_as_system("991"):
        old = School.objects.get(urn=900101)
        assert (old.status, old.successor.urn) == ("CLOSED", 900202)


def test_a_merger_names_the_successor_but_moves_nobody(cast):
    other = "900303,991,Eastmere,4003,Marlpit Infant School,Closed,,31-08-2026"
    merged = '900303,900202,"Chalkpit Academy","Successor - merged","01-09-2026"\n'
    load(CLOSED, ACADEMY, other, links=FOLLOWS + merged)

    with acting_as_system("991"):
        infant, academy = School.objects.get(urn=900303), School.objects.get(urn=900202)
        assert infant.successor_id == academy.pk
        assert infant.place_id != academy.place_id


def test_links_that_run_in_a_circle_are_not_followed(cast):
    circle = '900202,900101,"Chalkpit School","Successor","01-09-2026"\n'

    load(CLOSED, ACADEMY, links=FOLLOWS + circle)

    with acting_as_system("991"):
        assert School.objects.filter(successor=None).count() == 1


def test_each_change_and_the_whole_load_leave_their_audit_lines(cast):
    load(OLD)
    load(OLD.replace("Chalkpit School", "Chalkpit High School"))

    with acting_as_system("991"):
        kinds = list(AuditEntry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[-3:] == ["schools.loaded", "school.updated", "schools.loaded"]


def test_only_who_may_loads_the_register(acting):
    with pytest.raises(Refused, match="system administrator"):
        apply_register(actor=acting("asha"), register=register(OLD), source="x")


def test_a_file_without_this_council_says_whose_schools_it_has():
    read = register("900909,992,Northfold,4009,Not Ours,Open,,", code="990")

    assert whose_schools(read) == "It has 1 of 992 Northfold."


def test_a_file_that_is_no_register_says_so():
    assert read_register(b"a,b\n1,2\n", None, "991").is_unreadable


def test_a_line_cut_short_is_refused_and_the_rest_is_read():
    read = register(OLD, "900202,991,East")

    assert [problem.line for problem in read.rejected] == [3]
    assert len(read.schools) == 1


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00" * 300, b"\x00\xff\x01" * 500, b"%PDF-1.4\n"]
)
def test_what_is_no_register_is_refused_in_a_sentence(content):
    read = read_register(content, None, "991")

    assert read.is_unreadable
    assert read.rejected[0].remedy


def test_noughts_for_a_date_are_no_date(cast):
    (school,) = register(OLD.replace("01-01-1900", "00-00-0000")).schools

    assert school.opened_on is None


@pytest.mark.parametrize("day", ["31-02-2019", "99-99-2019", "soon"])
def test_one_impossible_date_leaves_the_rest_of_the_school(cast, day):
    report = load(f"900101,991,Eastmere,4001,Chalkpit School,Open,{day},", OLD.replace("01", "02"))

    assert (report.read, report.created) == (2, 2)
    (told,) = report.rejected
    assert (told.line, told.column) == (2, "OpenDate")
    assert told.remedy.endswith("The rest of the line was loaded.")
    with acting_as_system("991"):
        assert School.objects.get(urn=900101).opened_on is None


def test_an_impossible_date_does_not_erase_the_one_that_is_known(cast):
    load("900101,991,Eastmere,4001,Chalkpit School,Open,01-09-2001,")

    report = load("900101,991,Eastmere,4001,Chalkpit School,Open,31-02-2019,")

    assert (report.unchanged, len(report.rejected)) == (1, 1)


@pytest.mark.parametrize("typed", ["x", "", "8211", "82 1", "²1"])
def test_what_is_no_councils_number_is_refused_in_words(typed):
    with pytest.raises(Stop, match="not a council's number, which has three digits"):
        council_code(typed)


def test_a_councils_number_gets_its_noughts_back():
    assert council_code(" 21 ") == "021"


def test_a_name_written_over_two_lines_is_one_name_and_the_file_is_whole():
    (school,) = register('900101,991,Eastmere,4001,"Chalkpit\r\nSchool",Open,,').schools

    assert school.name == "Chalkpit School"


def test_a_last_line_that_ends_inside_quotes_is_no_cut_off_file():
    row = '900101,991,Eastmere,4001,Chalkpit School,Open,,,"1 High Street\r\nEastmere"'

    read = read_register(f"{HEADER},Street\r\n{row}".encode(), None, "991")

    assert (len(read.schools), read.rejected) == (1, [])
