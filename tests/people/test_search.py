"""Search: by fragment, misspelling, preferred name, number and birthday; never beyond one's scope."""

from datetime import date

import pytest
from django.db import connection, connections, transaction

from alongside.core.actor import acting_as_system
from alongside.core.walls import raise_walls
from alongside.people.models import Pupil
from alongside.people.queries import search
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
    """The functions look behind the wall, as the owner does: there the indexes may be used."""
    asked = {
        "pupils_by_word": "people_pupil WHERE array_to_tsvector(string_to_array(search_name, ' '))"
        " @@ 'ro:* & test:*'::tsquery",
        "words_by_nearness": "people_nameword WHERE near && sec.near_keys('robyn')",
    }
    with connections["owner"].cursor() as owner, transaction.atomic(using="owner"):
        owner.execute("SET LOCAL enable_seqscan = off")
        for index, condition in asked.items():
            owner.execute(f"EXPLAIN SELECT id FROM {condition}")
            plan = " ".join(line for (line,) in owner.fetchall())
            assert index in plan


@pytest.mark.wall
def test_the_functions_behind_the_search_stop_at_the_council(acting, robin):
    asked = "SELECT ids, is_all FROM sec.pupils_named('ro:*', 'ro', 9, '{}')"
    with connection.cursor() as cursor:
        acting("asha")
        cursor.execute(asked)
        assert cursor.fetchone() == ([robin.pk], True)
        acting("nell")
        cursor.execute(asked)
        assert cursor.fetchone() == (None, True)
        cursor.execute("SELECT * FROM sec.names_near('{testerly}')")
        assert cursor.fetchall() == []


def test_a_search_is_one_query(acting, robin, django_assert_num_queries):
    actor = acting("asha")

    with django_assert_num_queries(1):
        find_pupils(actor, understand("robin"))


def test_a_pupil_renamed_is_found_by_both_names_misspelt(acting, children, robin):
    robin.search_name = "birdie robin lee testerly newname"
    robin.save(update_fields=["search_name"])

    assert found(acting("asha"), "newnmae") == ["Testerly"]
    assert found(acting("asha"), "tesetrly") == ["Testerly"]


@pytest.mark.parametrize(
    "typed",
    [
        "tetserly",  # Two letters swapped.
        "etsterly",  # The first two.
        "testrly",  # One missing.
        "esterly",  # The first.
        "testterly",  # One doubled.
        "teterly",  # A doubled sound once.
        "testerlx",  # Another letter.
        "testarly",
        "tseterl",  # Swapped, and not typed to the end.
        "rbin testerly",  # Either word.
        "robin tetserly",
        "tetserly robin",  # Either order.
        "lee tes",
        "tes lee ro",
        "robin-lee",
        "robinlee",  # The hyphen left out.
        "Röbin Lee",  # An accent that is not there.
        "BIRDIE TESTERLY",
        "bridie",
        "te",
        "le",
    ],
)
def test_robin_is_found_however_he_is_misspelt(acting, robin, typed):
    assert found(acting("asha"), typed)[:1] == ["Testerly"]


@pytest.mark.parametrize(
    "typed", ["ó'samplewood", "o samplewood", "osampelwood", "O’SAMPLEWOOD mo"]
)
def test_an_apostrophe_is_typed_or_left_out(acting, robin, typed):
    assert found(acting("asha"), typed) == ["Ó'Samplewood"]


@pytest.mark.parametrize(
    "typed", ["rob samplewood", "tester robot", "zestimony", "xobert testerly"]
)
def test_words_of_two_children_find_neither(acting, robin, typed):
    assert found(acting("asha"), typed) == []


def test_a_whole_word_stands_before_one_that_begins_so(acting, children):
    for forename in ("Samuel", "Sam", "Samira"):
        children.involve(children.pupil(forename, "Placeholder"), "asha")

    named = [pupil.legal_forename for pupil in find_pupils(acting("asha"), understand("sam"))]

    assert named == ["Sam", "Samira", "Samuel"]


def test_one_own_pupil_among_more_of_the_name_than_are_looked_up_is_found(
    acting, children, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(search, "MOST_NAMED", 2)
    for number in range(4):
        children.pupil(f"Sam{number}", "Placeholder", at=None)
    own = children.pupil("Zara", "Placeholder", at=None)
    children.involve(own, "asha")
    actor = acting("asha")

    with django_assert_num_queries(2):
        assert find_pupils(actor, understand("place")) == [own]
    assert find_pupils(actor, understand("plcaeholder zara")) == [own]


def test_the_birthday_narrows_a_common_name(acting, children, monkeypatch):
    monkeypatch.setattr(search, "MOST_NAMED", 1)
    days = [date(2013, 3, day) for day in (1, 2, 3)]
    for day in days:
        children.involve(children.pupil("Sam", "Placeholder", born_on=day, at=None), "asha")

    named = find_pupils(acting("asha"), understand("sam 2/3/2013"))

    assert [pupil.born_on for pupil in named] == [days[1]]


@pytest.mark.parametrize("name", ["asha", "petra", "dpo", "carys", "hana", "nell"])
def test_what_is_found_is_what_is_visible(acting, children, name):
    """Every way to look: by number, among one's own, and by birthday."""
    for forename, at in (("Ann", "chalkhill"), ("Bo", "marlpit"), ("Cy", None)):
        pupil = children.pupil(forename, "Specimen", at=at)
        if forename != "Bo":
            children.involve(pupil, "asha")
    actor = acting(name)
    visible = {pupil.pk for pupil in Pupil.objects.visible_to(actor)}

    for typed in ("specimen", "spceimen", "14/3/2013", "speci 14/3/2013"):
        assert {pupil.pk for pupil in find_pupils(actor, understand(typed))} == visible
    own = search._among_own(actor, search._asked(["specimen"]), 8)
    assert {pupil.pk for pupil in own} == visible


def test_the_system_itself_finds_everybody(children, monkeypatch):
    monkeypatch.setattr(search, "MOST_NAMED", 1)
    for forename in ("Ann", "Bo"):
        children.pupil(forename, "Specimen", at=None)

    with acting_as_system("991") as actor:
        assert len(find_pupils(actor, understand("specimen"))) == 2
        assert len(find_pupils(actor, understand("14/3/2013"))) == 2


def test_a_record_opened_or_closed_since_is_seen_at_once(acting, children):
    pupil = children.pupil("Ann", "Specimen", at=None)
    assert found(acting("asha"), "specimen") == []

    children.involve(pupil, "asha")

    assert found(acting("asha"), "specimen") == ["Specimen"]


def test_as_slow_as_a_name_so_long_may_be_it_is_filed(acting, children):
    long = "Wilhelmina" * 9
    children.involve(children.pupil(long, "Specimen"), "asha")

    assert found(acting("asha"), long) == ["Specimen"]


@pytest.mark.wall
@pytest.mark.django_db(databases=["default", "owner"])
def test_raising_the_walls_again_learns_words_that_were_not_known(cast):
    with transaction.atomic(using="owner"), connections["owner"].cursor() as owner:
        owner.execute(
            "INSERT INTO people_pupil (council_id, version, upn, former_upn, legal_forename,"
            " legal_surname, preferred_forename, preferred_surname, born_on, sex, pronouns,"
            " year_group, ethnicity, first_language, sen_provision, sen_need, search_name)"
            " VALUES (%s, 1, '', '', 'Robin', 'Seldomly', '', '', '2013-03-14', '', '', '', '', '',"
            " '', '', 'robin seldomly')",
            [cast.eastmere],
        )
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("DELETE FROM people_nameword")

        raise_walls(connections["owner"])

        owner.execute("SELECT word FROM people_nameword ORDER BY word")
        assert owner.fetchall() == [("robin",), ("seldomly",)]
        transaction.set_rollback(True, using="owner")


def test_a_school_is_found_by_its_urn(acting, children):
    school = children.school("orchard")
    acting("asha")

    assert [s.name for s in find_schools(understand(str(school.urn)))] == [school.name]


@pytest.mark.parametrize("typed", ["ਸਿੰਘ", "ਪੰਜ", "ਪੰਜਾਬੀ ਸਿੰਘ"])
def test_a_name_in_another_script_is_found(acting, children, typed):
    children.involve(children.pupil("ਪੰਜਾਬੀ", "ਸਿੰਘ"), "asha")

    assert found(acting("asha"), typed) == ["ਸਿੰਘ"]
