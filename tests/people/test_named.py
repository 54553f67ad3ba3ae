"""Another child's full name in words that others will read is found, and asked about."""

import pytest
from django.db import DatabaseError

from alongside.people.queries import named
from tests.children import Children

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(acting, cast):
    """Robin Testerly, whom it is about, and Jamie Standing-In of another school."""
    children = Children(cast)
    return children.pupil(), children.pupil(forename="Jamie", surname="Standing-In", at="marlpit")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Jamie Standing-In takes the place.", ["Jamie Standing-In"]),
        ("We wait until jamie standing in, of Year 9, leaves", ["jamie standing in"]),
        ("It is Jamie Standing-In’s place", ["Jamie Standing-In"]),
        ("Jamie takes the place. Standing in the corridor helps.", []),
        ("Robin Testerly waits for a place.", []),
        ("Robin waits.", []),
        ("", []),
    ],
)
def test_only_the_full_name_of_another_child_is_found(acting, two, words, found):
    acting("carys")

    assert named.named_in(words, about=two[0]) == found


def test_a_child_of_another_council_is_not_known_here(acting, two):
    acting("nell")

    assert named.named_in("Jamie Standing-In takes the place.") == []


def test_words_are_looked_up_twice_at_most(acting, two, django_assert_max_num_queries):
    acting("asha")
    words = "Robin Testerly and Jamie Standing-In went in to the maths lesson. " * 40

    with django_assert_max_num_queries(5):  # With the savepoint's two.
        assert named.named_in(words) == ["Robin Testerly", "Jamie Standing-In"]


def test_each_text_is_told_its_own_names_and_none_that_begins_in_its_neighbour(acting, two):
    acting("asha")
    words = ["Jamie Standing-In waits", "", "with Jamie", "Standing-In left", "Robin Testerly"]

    found = named.named_in_each(words, about=two[0])

    assert found == [["Jamie Standing-In"], [], [], [], []]


def test_nobody_is_lost_among_more_words_than_are_asked_at_once(acting, cast, monkeypatch):
    children = Children(cast)
    names = [f"Sample{n:02} Placeholder{n:02}" for n in range(9)]
    for name in names:
        children.pupil(*name.split())
    acting("asha")
    monkeypatch.setattr(named, "MOST_PAIRS", 4)
    monkeypatch.setattr(named, "MOST", 2)  # So that halves are asked, too.

    assert named.named_in_each(["; ".join(names)]) == [names]


def test_all_texts_of_a_form_are_looked_up_together(acting, two, django_assert_max_num_queries):
    acting("asha")

    with django_assert_max_num_queries(5):  # With the savepoint's two.
        named.named_in_each(["Jamie Standing-In in Room 4"] * 12)


def test_what_cannot_be_asked_keeps_nobody_from_sending(acting, two, monkeypatch):
    acting("asha")

    def fail(typed):
        raise DatabaseError("no answer")

    monkeypatch.setattr(named, "_candidates", fail)

    assert named.named_in("Jamie Standing-In takes the place.") == []
