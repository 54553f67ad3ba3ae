"""A note for named people: nobody else reads it, and where set, nobody else learns that it exists."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.core.decisions import NotFound, Problem
from alongside.core.handling import InformationClass
from alongside.core.models import Notice
from alongside.people.actions.chronology import add_entry, correct_entry
from alongside.people.models import ChronologyEntry, EntryKind
from alongside.people.queries import chronology as found
from alongside.people.queries.chronology import Chosen
from alongside.people.queries.readers import may_be_named
from alongside.people.queries.shared import preview
from tests.children import Children

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil()
    for name in ("asha", "omar", "bola"):
        children.involve(robin, name)
    return robin


@pytest.fixture
def note(acting, robin, cast):
    """Asha's, for Omar."""

    def write(by="asha", **fields):
        return add_entry(
            actor=acting(by),
            pupil=robin,
            kind=EntryKind.NOTE,
            information_class=fields.pop("information_class", InformationClass.CASEWORK),
            summary="Mum asked me to keep this between us",
            readers=fields.pop("readers", [cast.staff["omar"]]),
            **fields,
        )

    return write


def in_database(entry):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_chronologyentry WHERE id = %s", [entry.pk])
        return cursor.fetchone()[0]


def lines(actor, pupil):
    return found.chronology(actor, pupil, Chosen()).lines


def test_its_writer_and_the_named_read_it(acting, robin, note):
    entry = note()

    for name in ("asha", "omar"):
        assert found.get_entry(acting(name), robin, entry.pk).summary.startswith("Mum asked")


@pytest.mark.parametrize("name", ["bola", "mina", "hugo", "dpo", "dora", "ines", "petra"])
def test_nobody_else_reads_it_by_any_way(acting, robin, note, name):
    entry = note()
    actor = acting(name)

    with pytest.raises(NotFound):
        found.get_entry(actor, robin, entry.pk)
    assert in_database(entry) == 0
    assert all(line.entry is None for line in found.whole_chronology(actor, robin, Chosen()))
    assert not lines_found_by_word(actor, robin, "between us")


def lines_found_by_word(actor, pupil, words):
    return found.chronology(actor, pupil, Chosen(words=words)).lines


def test_the_service_sees_that_there_is_one_and_whom_to_ask(acting, robin, note):
    note()

    (line,) = lines(acting("bola"), robin)

    assert line.entry is None
    assert line.ask.startswith("Asha")


def test_a_school_does_not_learn_of_it(acting, robin, note):
    note()

    assert lines(acting("petra"), robin) == []
    assert lines(acting("dora"), robin)[0].entry is None  # The DSL is of the service's readers.


def test_hidden_it_is_not_even_known_of(acting, robin, note):
    note(is_hidden=True)

    for name in ("bola", "mina", "dpo", "dora", "petra"):
        assert lines(acting(name), robin) == []
    assert len(lines(acting("omar"), robin)) == 1


def test_hidden_it_is_not_known_of_by_its_class_either(acting, robin, note, cast):
    told = {"by": "dora", "readers": [cast.staff["dpo"]]}
    note(is_hidden=True, information_class=InformationClass.SAFEGUARDING, **told)

    assert lines(acting("mina"), robin) == []  # Who is otherwise told that there is something.


def test_nobody_is_named_who_is_not_cleared_for_its_class(note):
    with pytest.raises(Problem, match="Omar .* does not read safeguarding"):
        note(by="dora", information_class=InformationClass.SAFEGUARDING)


def test_the_preview_of_what_a_school_reads_leaves_it_out(acting, robin, note):
    note()

    assert preview(acting("asha"), robin, "sendco").lines == []


def test_a_correction_is_for_the_same_people(acting, robin, note):
    entry = note(is_hidden=True)

    addendum = correct_entry(actor=acting("omar"), entry=entry, words="It was her aunt.")

    acting("bola")
    assert in_database(addendum) == 0
    (line,) = lines(acting("asha"), robin)
    assert line.corrections[0].pk == addendum.pk


def test_the_named_are_told_that_it_waits_for_them(acting, robin, note, cast):
    note()

    told = Notice.objects.get(kind="chronology.named")
    assert told.staff_id == cast.staff["omar"]
    assert "Robin" not in told.text


def test_it_cannot_be_shared_with_a_school(note):
    with pytest.raises(Problem, match="not shared with a school"):
        note(is_shared=True)


def test_the_database_refuses_to_share_it(acting, robin, note):
    entry = note()

    with pytest.raises(IntegrityError), transaction.atomic():
        ChronologyEntry.objects.filter(pk=entry.pk).update(is_shared=True)


def test_to_hide_a_note_somebody_is_named(note):
    with pytest.raises(Problem, match="Name at least one"):
        note(readers=[], is_hidden=True)


def test_an_ordinary_line_is_read_as_ever(acting, robin, note):
    entry = note(readers=[])

    assert entry.readers == []
    assert lines(acting("mina"), robin)[0].entry.pk == entry.pk


def test_who_may_be_named_are_the_services_people_around_the_pupil(acting, robin, children):
    children.involve(robin, "theo")

    names = [person.name.split()[0] for person in may_be_named(acting("asha"), robin)]

    assert {"Omar", "Bola", "Dora"} <= set(names)
    assert "Theo" not in names  # Of the school.
    assert "Asha" not in names
