"""The access matrix of the brief (section 2b, copied to access_matrix.csv), row by row.

First the words of the brief against our table; then each person of the cast against the database.
"""

import csv
from pathlib import Path

import pytest

from alongside.core.actor import acting_as_system
from alongside.core.handling import RESTRICTED, InformationClass
from alongside.core.permissions import ROLES, Role
from alongside.people.models import ChronologyEntry, EntryKind
from tests import world as the_world
from tests.cast import EASTMERE

with (Path(__file__).parent / "access_matrix.csv").open() as file:
    MATRIX = {row["role"]: row for row in csv.DictReader(file)}
CELLS = [(role, c) for role in MATRIX for c in InformationClass]
FULL = [row["cast"] for row in MATRIX.values() if row["cast"]]

# Where our table says less, or says it elsewhere, than the words of the brief; each with why.
NARROWER = {
    ("pru_sendco", "C2"): "reads and writes within the roll, which the words limit again",
    ("pru_teacher", "C2"): "writes a log through sessions, not the pupil's core record",
    ("school_headteacher", "C2"): "writes plan parts by agreeing them, a permission",
    ("school_headteacher", "C5"): "concerns go by the setting's own DSL, not through a role",
    ("school_sendco", "C2"): "writes plan parts by agreeing them, a permission",
    ("school_teacher", "C2"): "writes progress through sessions, a permission",
    ("ap_provider", "C2"): "attendance and reviews come with placements",
    ("panel_member", "C1"): "a pack is what is expressly shared",
    ("panel_member", "C5"): "the chair alone, by sharing, if ever needed",
    ("panel_member", "C7"): "deliberations come with panels",
    ("dsl", "C8"): "the headteacher decides each time: no standing access",
    ("inclusion_officer", "C8"): "case supervision alone: no standing access",
    ("caseworker", "C5"): "own records are those they raise; child protection if cleared by name",
    ("family", "C2"): "by documents; nobody of a family signs in",
    ("committee_member", "C2"): "identified in a convened hearing only",
}

# Phrases of the brief for what is seen only when expressly shared.
SHARED = ("pack", "passport only", "own reports", "anonymised")


def meaning(words: str) -> dict[str, bool]:
    """What a cell of the brief says, in the marks of our own table."""
    is_raise = "raise" in words
    first = words.split()[:1]
    may_write = words == "config" or (first == ["W"] and not is_raise)
    return {
        "write": may_write,
        "approve": " A" in f" {words}",
        "read": (may_write or first == ["R"]) and "cleared" not in words,
        "read_if_cleared": "cleared" in words or "clearance" in words or "DSL decision" in words,
        "raise": is_raise,
        "shared": first == ["s"] or words.startswith(SHARED) or "shared detail" in words,
        "flag": words.startswith("f") or ", f after" in words,
    }


@pytest.mark.parametrize(("role", "information_class"), CELLS)
def test_our_table_says_what_the_brief_says(role: str, information_class: InformationClass):
    words = MATRIX[role][information_class]
    said, cell = meaning(words), ROLES[Role(role)].cells[information_class]

    ours = {
        "write": cell.may_write,
        "approve": cell.may_approve,
        "read": cell.may_read,
        "read_if_cleared": cell.may_read_if_cleared,
        "raise": "raise" in cell.code.split(),
        "shared": "s" in cell.code.split(),
        "flag": "f" in cell.code.split(),
    }

    if (role, information_class) in NARROWER:
        more = {name for name, may in ours.items() if may and not said[name]}
        assert more <= {"read", "shared", "raise"}
        return
    assert ours == said, f"{words!r} against {cell.code!r}"


def test_every_role_has_its_row():
    assert set(MATRIX) == set(Role)


def test_everybody_who_signs_in_is_in_the_cast_with_their_role():
    named = {name: role for name, (role, *_) in EASTMERE.items()}
    for role, row in MATRIX.items():
        if row["cast"] in named:
            assert named[row["cast"]] == role


@pytest.fixture
def entries(db, cast):
    """A line of each class about the own pupil, shared and not, written by the service itself."""
    worlds = the_world.build(cast)
    for world, code in ((worlds.own, "991"), (worlds.other_council, "992")):
        with acting_as_system(code) as actor:
            ChronologyEntry.objects.bulk_create(
                ChronologyEntry(
                    pupil=world["pupil"],
                    occurred_at=world["entry"].occurred_at,
                    kind=EntryKind.NOTE,
                    information_class=c,
                    summary="matrix",
                    recorded_by_id=actor.staff_id,
                    is_shared=is_shared,
                )
                for c in InformationClass
                for is_shared in (False, True)
            )


def seen(*, is_shared: bool) -> set[str]:
    lines = ChronologyEntry.objects.filter(summary="matrix", is_shared=is_shared)
    return set(lines.values_list("information_class", flat=True)) & set(RESTRICTED)


@pytest.mark.wall
@pytest.mark.parametrize("name", FULL)
def test_the_database_keeps_the_restricted_classes_from_whoever_may_not_read_them(
    name, entries, acting
):
    role = next(role for role, row in MATRIX.items() if row["cast"] == name)
    actor = acting(name)

    told = {c for c in RESTRICTED if meaning(MATRIX[role][c])["read"]}
    may_read = {c for c in told if (role, c) not in NARROWER}
    may_share = {c for c in RESTRICTED if ROLES[Role(role)].cells[c].is_shared_only}
    assert seen(is_shared=False) == may_read
    assert seen(is_shared=True) == may_read | may_share
    assert set(actor.clearance) == may_read


@pytest.mark.wall
def test_clearance_by_name_opens_a_class_for_one_person(entries, acting, cast):
    from alongside.core.models import RoleAssignment

    acting("adam")
    RoleAssignment.objects.filter(staff_id=cast.staff["hugo"]).update(cleared_for=["C5"])
    acting("hugo")

    assert "C5" in seen(is_shared=False)


@pytest.mark.wall
def test_clearance_by_name_gives_nothing_the_role_may_never_read(entries, acting, cast):
    from alongside.core.models import RoleAssignment

    acting("adam")
    RoleAssignment.objects.filter(staff_id=cast.staff["theo"]).update(cleared_for=["C5", "C6"])
    acting("theo")

    assert seen(is_shared=False) == set()


@pytest.mark.wall
def test_whoever_raises_reads_their_own_words_and_no_others(entries, acting, cast):
    ben = acting("ben")
    world_entry = ChronologyEntry.objects.filter(summary="matrix").first()
    ChronologyEntry.objects.create(
        pupil_id=world_entry.pupil_id,
        occurred_at=world_entry.occurred_at,
        kind=EntryKind.CONCERN,
        information_class="C5",
        summary="in ben's words",
        recorded_by_id=ben.staff_id,
    )

    mine = ChronologyEntry.objects.filter(information_class="C5")
    assert [entry.summary for entry in mine] == ["in ben's words"]
    acting("asha")
    assert not ChronologyEntry.objects.filter(summary="in ben's words").exists()
    acting("dora")
    assert ChronologyEntry.objects.filter(summary="in ben's words").exists()


@pytest.mark.wall
@pytest.mark.parametrize(
    ("places", "reads"),
    [(["outreach"], False), (["orchard"], True), (["orchard", "outreach"], False)],
)
def test_a_units_headteacher_reads_its_roll_whole_and_outreach_cases_as_a_summary(
    entries, acting, cast, places, reads
):
    """Brief, 2b: "ACE roll; outreach cases as summary". Held in both, the stricter holds."""
    from alongside.core.models import RoleAssignment

    acting("dpo")
    first = RoleAssignment.objects.get(staff_id=cast.staff["hugo"])
    RoleAssignment.objects.filter(pk=first.pk).update(place_id=cast.places[places[0]])
    for place in places[1:]:
        first.pk, first.place_id = None, cast.places[place]
        first.save()
    hugo = acting("hugo")

    lines = ChronologyEntry.objects.filter(summary="matrix").readable_by(hugo)
    for is_shared in (True, False):
        found = {e.information_class for e in lines if e.is_shared == is_shared}
        assert {"C1", "C2", "C7"} <= found
        assert ("C3" in found, "C4" in found) == (is_shared or reads, is_shared or reads)
    assert (hugo.reads_casework, hugo.reads_work) == (reads, reads)
