"""Each class of information against each actor of the cast, as the access matrix says: at the wall
of the database, in the query, and on the screen."""

import pytest
from django.utils import timezone

from alongside.core.access_matrix import Cell
from alongside.core.handling import RESTRICTED, InformationClass
from alongside.core.models import Staff
from alongside.core.permissions import ROLES, Permission
from alongside.people.models import Capacity, ChronologyEntry, Pupil
from tests.cast import EASTMERE
from tests.children import Children

SCHOOLS = ("chalkhill", "marlpit", "orchard")
CLASSES = [c for c in InformationClass if c != InformationClass.AGGREGATE]
OPENS_RECORDS = [
    n for n, (r, *_) in EASTMERE.items() if Permission.PUPIL_VIEW in ROLES[r].permissions
]


@pytest.fixture
def robin(db, cast):
    """Robin, in the scope of everybody who may open records at all."""
    children = Children(cast)
    robin = children.pupil(status="M")
    children.enrol(robin, "orchard", "S")
    children.dsl_named("chalkhill")
    for name in OPENS_RECORDS:
        children.involve(robin, name, Capacity.INVITED)
    for place in ("outreach", "primary", "north", "south"):
        children.refer(robin, place)
    writer = Staff.objects.create(name="Morgan Samplewood")
    for information_class in CLASSES:
        for is_shared in (False, True):
            ChronologyEntry.objects.create(
                pupil=robin,
                occurred_at=timezone.now(),
                kind="NOTE",
                information_class=information_class,
                summary=line(information_class, is_shared),
                recorded_by=writer,
                is_shared=is_shared,
            )
    return robin


def line(information_class: InformationClass, is_shared: bool) -> str:
    return f"Line of {information_class.value}{' shared' if is_shared else ''}."


def cell_of(name: str, information_class: InformationClass) -> Cell:
    role, place, _ = EASTMERE[name]
    return ROLES[role].cells_in("SCHOOL" if place in SCHOOLS else "SERVICE")[information_class]


def expected(name: str) -> set[str]:
    """The lines that the access matrix lets this member of the cast read."""
    cleared = EASTMERE[name][2]
    seen = set()
    for information_class in CLASSES:
        cell = cell_of(name, information_class)
        is_cleared = information_class in cleared and cell.may_read_if_cleared
        if cell.may_read or is_cleared:
            seen |= {line(information_class, False), line(information_class, True)}
        elif cell.is_shared_only:
            seen.add(line(information_class, True))
    return seen


@pytest.mark.parametrize("name", OPENS_RECORDS)
def test_the_query_reads_what_the_matrix_says(acting, robin, name):
    actor = acting(name)

    read = ChronologyEntry.objects.readable_by(actor).values_list("summary", flat=True)

    assert set(read) == expected(name)


@pytest.mark.wall
@pytest.mark.parametrize("name", list(EASTMERE))
def test_the_wall_itself_keeps_the_restricted_classes(acting, robin, name):
    acting(name)

    passed = set(
        ChronologyEntry.objects.filter(information_class__in=RESTRICTED).values_list(
            "summary", flat=True
        )
    )

    restricted = {line(c, shared) for c in RESTRICTED for shared in (False, True)}
    assert passed == expected(name) & restricted


@pytest.mark.wall
@pytest.mark.parametrize("name", ["nell", "sara", "nils"])
def test_another_council_sees_no_line_and_no_trace_of_one(acting, robin, name):
    acting(name)

    assert not ChronologyEntry.objects.exists()
    assert not Pupil.objects.exists()


@pytest.mark.duty("SC-86")
@pytest.mark.parametrize("name", OPENS_RECORDS)
def test_the_screen_shows_what_may_be_read_and_tells_of_what_is_only_flagged(
    signed_in, robin, name
):
    page = signed_in(name).get(f"/pupils/{robin.pk}/chronology/").content.decode()

    every = {line(c, shared) for c in CLASSES for shared in (False, True)}
    assert {words for words in every if words in page} == expected(name)
    is_flagged = cell_of(name, InformationClass.SAFEGUARDING).is_flag_only
    assert ("Restricted entry. To know more, ask K. Specimen, DSL" in page) == is_flagged


def test_the_raiser_reads_their_own_words_whatever_their_role(acting, cast, robin):
    petra = acting("petra")
    ChronologyEntry.objects.create(
        pupil=robin,
        occurred_at=timezone.now(),
        kind="CONCERN",
        information_class="C5",
        summary="What I saw",
        recorded_by_id=petra.staff_id,
    )

    readable = ChronologyEntry.objects.readable_by(petra).filter(information_class="C5")
    assert [entry.summary for entry in readable] == ["What I saw"]
    hana = acting("hana")
    assert not ChronologyEntry.objects.readable_by(hana).filter(information_class="C5").exists()
