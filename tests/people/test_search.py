"""Search: by fragment, misspelling, preferred name, number and birthday; never beyond one's scope."""

from datetime import date

import pytest
from django.db import connection, connections, transaction

from alongside.people.queries.search import Wanted, find_pupils, find_schools
from alongside.web.search.words import understand
from tests.children import Children


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil(
        "Robin-Lee", "Testerly", preferred_forename="Birdie", upn="H801200001001"
    )
    children.involve(robin, "asha")
    other = children.pupil("Mohammed", "Ó'Samplewood", born_on=date(2012, 1, 2))
    children.involve(other, "asha")
    return robin


def found(actor, typed):
    return [pupil.legal_surname for pupil in find_pupils(actor, understand(typed))]


@pytest.mark.parametrize(
    "typed",
    [
        "ro",
        "TEST",
        "robin testerly",
        "testerly rob",
        "birdie",
        "Testerley",
        "robyn testerly",
        "H801200001001",
        "h 801200001001",
        "14/3/2013",
        "14.03.13",
        "2013-03-14",
        "14 march 2013",
        "rob 14/3/2013",
    ],
)
def test_robin_is_found_however_he_is_typed(acting, robin, typed):
    assert "Testerly" in found(acting("asha"), typed)


@pytest.mark.parametrize("typed", ["osamplewood", "o'sample", "mohamed", "Samplewod"])
def test_accents_apostrophes_and_slips_are_forgiven(acting, robin, typed):
    assert found(acting("asha"), typed)[:1] == ["Ó'Samplewood"]


@pytest.mark.parametrize(
    "typed", ["", "r", "zzzzqq", "%", "_", "\\", "'", "1999-99-99", "A" * 500, "\x00", "(((", "[a"]
)
def test_what_names_nobody_finds_nobody(acting, robin, typed):
    assert found(acting("asha"), typed) == []


@pytest.mark.parametrize("name", ["omar", "carys", "marta", "nell", "pat", "adam"])
def test_nobody_finds_a_pupil_out_of_their_scope(acting, robin, name):
    assert found(acting(name), "testerly") == []
    assert found(acting(name), "H801200001001") == []
    assert found(acting(name), "14/3/2013") == []


def test_the_school_finds_its_own_and_the_nearest_stands_first(acting, children, robin):
    children.pupil("Robina", "Testerlyson")

    assert found(acting("petra"), "robin testerly")[0] == "Testerly"
    assert set(found(acting("petra"), "robin")) == {"Testerly", "Testerlyson"}


def test_a_former_number_and_a_merged_record(acting, children, robin):
    gone = children.pupil("Robin", "Testerly", at=None, merged_into=robin)
    children.involve(gone, "asha")
    robin.former_upn = "T801200001002"
    robin.save(update_fields=["former_upn"])

    actor = acting("asha")

    assert [p.pk for p in find_pupils(actor, understand("T801200001002"))] == [robin.pk]
    assert [p.pk for p in find_pupils(actor, understand("robin testerly"))] == [robin.pk]


def test_schools_are_found_by_part_of_their_name(acting, children):
    children.school("chalkhill")
    acting("asha")

    assert [s.name for s in find_schools(Wanted(words="chalk high"))] == ["Chalkhill High School"]
    assert find_schools(Wanted(words="c")) == []
    acting("nell")
    assert find_schools(Wanted(words="chalk")) == []


def test_a_birthday_is_told_from_a_name():
    assert understand("robin 3rd march 2013") == Wanted("robin", date(2013, 3, 3))
    assert understand("2013") == Wanted("2013")


@pytest.mark.wall
@pytest.mark.django_db(databases=["default", "owner"])
def test_names_are_found_by_index(cast):
    """The function looks behind the wall, as the owner does: there the index may be used."""
    with connections["owner"].cursor() as owner, transaction.atomic(using="owner"):
        owner.execute("SET LOCAL enable_seqscan = off")
        for condition in (
            "search_name ~ '(^| )ro' AND search_name LIKE ALL (ARRAY['%ro%'])",
            "search_name %> 'robyn'",
        ):
            owner.execute(f"EXPLAIN SELECT id FROM people_pupil WHERE {condition}")
            plan = " ".join(line for (line,) in owner.fetchall())
            assert "pupils_by_name_fragment" in plan


@pytest.mark.wall
def test_the_function_behind_the_search_stops_at_the_council(acting, robin):
    acting("nell")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.pupils_named('ro', '{%ro%}', 'robin', true)")
        assert cursor.fetchone() == ([],)


def test_a_search_is_one_query(acting, robin, django_assert_num_queries):
    actor = acting("asha")

    with django_assert_num_queries(1):
        find_pupils(actor, understand("robin"))
