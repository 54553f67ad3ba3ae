"""A needs assessment in figures: whole or not at all, and what its total suggests."""

from dataclasses import dataclass

import pytest

from alongside.rules.needs import MOST, Domain, change_in_words, problem_with, suggest

WHOLE = {domain.value: 1 for domain in Domain}


@dataclass(frozen=True)
class Level:
    low: int
    high: int


LEVELS = (Level(0, 8), Level(9, 17), Level(18, MOST))


def test_a_whole_assessment_has_no_problem():
    assert problem_with(WHOLE) == ""


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ({k: v for k, v in WHOLE.items() if k != "HOME"}, "Rate every part"),
        (WHOLE | {"WEATHER": 1}, "Rate every part"),
        (WHOLE | {"HOME": 4}, "from 0 to 3"),
        (WHOLE | {"HOME": -1}, "from 0 to 3"),
    ],
)
def test_what_is_not_whole_is_said(ratings, words):
    assert words in problem_with(ratings)


@pytest.mark.parametrize(("total", "place"), [(0, 0), (8, 0), (9, 1), (17, 1), (18, 2), (MOST, 2)])
def test_the_ends_of_a_level_belong_to_it(total, place):
    assert suggest(total, LEVELS) == LEVELS[place]


def test_a_total_that_no_level_holds_suggests_nothing():
    assert suggest(9, LEVELS[:1]) is None


def test_where_two_levels_hold_a_total_the_one_that_offers_more_is_suggested():
    assert suggest(8, (Level(0, 8), Level(8, 12))) == Level(8, 12)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(2, 2, "The same"), (2, 1, "Less in the way"), (0, 3, "More in the way")],
)
def test_a_change_is_said_without_praise_or_blame(before, after, words):
    assert change_in_words(before, after) == words
