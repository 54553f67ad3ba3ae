"""Scores against published bands and sums done by hand."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import scores
from alongside.rules.scores import (
    Band,
    Direction,
    Informant,
    Outcome,
    Scale,
    change_between,
    goal_attainment,
    sdq_band,
    sdq_band_in_words,
    sdq_score,
    sdq_total,
)

DATA = Path(__file__).parent.parent / "data" / "scores" / "scoring_rule.json"
ALL = (Band.AVERAGE, Band.SLIGHT, Band.HIGH, Band.VERY_HIGH)


class TestSdqScore:
    @pytest.mark.parametrize(
        ("answers", "score"),
        [
            ([0, 0, 0, 0, 0], 0),
            ([2, 2, 2, 2, 2], 10),
            ([1, 2, 0, 1, 2], 6),
            # 4 answered, sum 2: 2.5, halves up. 3 answered, sum 2: 3.33. 3 answered, sum 5: 8.33.
            ([1, 1, 0, 0, None], 3),
            ([2, 0, 0, None, None], 3),
            ([2, 2, 1, None, None], 8),
            ([1, 1, 1, 0, None], 4),
            ([2, 2, None, None, None], None),
            ([None] * 5, None),
        ],
    )
    def test_three_of_five_answers_make_a_score(self, answers, score):
        assert sdq_score(answers) == score

    def test_the_scales_are_those_of_the_published_rule(self):
        rule = json.loads(DATA.read_text(encoding="utf-8"))

        assert all(len(rule[name]) == scores.SDQ_ANSWERS for name in scores.SDQ_SCALES)
        assert rule["total_difficulties"].startswith("+".join(scores.SDQ_DIFFICULTIES))

    def test_other_answers_are_refused(self):
        with pytest.raises(ValueError, match="five answers"):
            sdq_score([1, 1, 1])
        with pytest.raises(ValueError, match="0, 1 or 2"):
            sdq_score([3, 1, 1, 1, 1])
        with pytest.raises(ValueError, match="0, 1 or 2"):
            sdq_score([-1, 1, 1, 1, 1])

    def test_the_total_leaves_the_prosocial_scale_out(self):
        parts = {"emotional": 1, "conduct": 2, "hyperactivity": 3, "peer": 4, "prosocial": 10}

        assert sdq_total(parts) == 10
        assert sdq_total(parts | {"peer": None}) is None
        assert sdq_total({"emotional": 1}) is None
        assert sdq_total(parts | {"prosocial": None}) == 10


# Table 1 of PMC4830858, after sdqinfo.org: the first and last score of each band, teacher's form.
TEACHER = {
    "total": ((0, 11), (12, 15), (16, 18), (19, 40)),
    "emotional": ((0, 3), (4, 4), (5, 5), (6, 10)),
    "conduct": ((0, 2), (3, 3), (4, 4), (5, 10)),
    "hyperactivity": ((0, 5), (6, 7), (8, 8), (9, 10)),
    "peer": ((0, 2), (3, 4), (5, 5), (6, 10)),
    "prosocial": ((6, 10), (5, 5), (4, 4), (0, 3)),
}


@pytest.mark.parametrize("name", TEACHER)
def test_teachers_bands_are_those_published(name):
    for band, (first, last) in zip(ALL, TEACHER[name], strict=True):
        assert {sdq_band(name, score, Informant.TEACHER) for score in range(first, last + 1)} == {
            band
        }


@pytest.mark.parametrize(
    ("informant", "ends"),
    [(Informant.PARENT, (13, 16, 19)), (Informant.SELF, (14, 17, 19))],
)
def test_the_total_bands_of_parents_and_pupils(informant, ends):
    # sdqinfo.org, scoring for age 4-17: 0-13, 14-16, 17-19, 20-40; and 0-14, 15-17, 18-19, 20-40.
    found = [sdq_band("total", score, informant) for end in ends for score in (end, end + 1)]

    assert found == [ALL[0], ALL[1], ALL[1], ALL[2], ALL[2], ALL[3]]


@pytest.mark.parametrize("informant", Informant)
@pytest.mark.parametrize("name", scores.SDQ_SCALES)
def test_bands_never_go_back_as_scores_get_worse(informant, name):
    order = range(10, -1, -1) if name == "prosocial" else range(11)
    bands = [ALL.index(sdq_band(name, score, informant)) for score in order]

    assert bands == sorted(bands)
    assert set(bands) == {0, 1, 2, 3}


def test_a_low_prosocial_score_has_its_own_words():
    assert sdq_band_in_words("prosocial", 5, Informant.TEACHER) == "slightly lowered"
    assert sdq_band_in_words("prosocial", 3, Informant.TEACHER) == "very low"
    assert sdq_band_in_words("total", 19, Informant.TEACHER) == "very high"
    assert sdq_band_in_words("total", 11, Informant.TEACHER) == "close to average"


def test_a_score_off_the_scale_has_no_band():
    with pytest.raises(ValueError, match="SDQ peer runs from 0 to 10; 11 lies outside it"):
        sdq_band("peer", 11, Informant.PARENT)
    assert sdq_band("total", 40, Informant.PARENT) == Band.VERY_HIGH


class TestGoalAttainment:
    @pytest.mark.parametrize(
        ("goals", "expected"),
        [
            # By hand from the formula: one goal gives 50 + 10x whatever its weight.
            ([(0, 1)], 50.0),
            ([(1, 1)], 60.0),
            ([(-2, 7)], 30.0),
            # Two goals of +1: 50 + 20/sqrt(0.7*2 + 0.3*4) = 50 + 20/sqrt(2.6) = 62.4.
            ([(1, 1), (1, 1)], 62.4),
            ([(1, 1), (-1, 1)], 50.0),
            # Weights 3 and 1, levels +2 and -1: 50 + 10*5/sqrt(0.7*10 + 0.3*16) = 50 + 50/3.4351.
            ([(2, 3), (-1, 1)], 64.6),
            ([(2, Decimal(1)), (2, 1), (2, 1)], 77.4),
        ],
    )
    def test_the_t_score_of_kiresuk_and_sherman(self, goals, expected):
        assert goal_attainment(goals) == expected

    @pytest.mark.parametrize(
        ("goals", "words"),
        [([], "at least one goal"), ([(3, 1)], "-2 to"), ([(1, 0)], "more than nought")],
    )
    def test_what_cannot_be_scored_is_refused(self, goals, words):
        with pytest.raises(ValueError, match=words):
            goal_attainment(goals)

    @given(st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 10)), min_size=1, max_size=8))
    def test_turning_every_goal_mirrors_the_score(self, goals):
        turned = [(-level, weight) for level, weight in goals]

        assert goal_attainment(goals) + goal_attainment(turned) == pytest.approx(100, abs=0.11)


SDQ_TOTAL = scores.sdq_scale("total")
OURS = Scale("School belonging", 0, 20, Direction.HIGHER)
LOGGED = Scale("Days in a placement", 0, 190, Direction.NEITHER)
KNOWN = Scale("Well-being interview", 0, 40, Direction.HIGHER, reliable_change=5)


class TestChange:
    @pytest.mark.parametrize(
        ("before", "after", "scale", "outcome", "beyond", "words"),
        [
            (
                19,
                16,
                SDQ_TOTAL,
                Outcome.BETTER,
                None,
                "3 points lower, which is better on this scale; one measure, no interval known.",
            ),
            (
                16,
                17,
                SDQ_TOTAL,
                Outcome.WORSE,
                None,
                "1 point higher, which is worse on this scale; one measure, no interval known.",
            ),
            (
                4,
                8,
                OURS,
                Outcome.BETTER,
                None,
                "4 points higher, which is better on this scale; one measure, no interval known.",
            ),
            (
                8,
                4,
                OURS,
                Outcome.WORSE,
                None,
                "4 points lower, which is worse on this scale; one measure, no interval known.",
            ),
            (8, 8, OURS, Outcome.SAME, None, "No change; one measure, no interval known."),
            (
                10,
                12,
                LOGGED,
                Outcome.UNKNOWN,
                None,
                "2 points higher; one measure, no interval known.",
            ),
            (
                20,
                25,
                KNOWN,
                Outcome.BETTER,
                True,
                (
                    "5 points higher, which is better on this scale; one measure, at least the 5 points "
                    "that chance seldom makes."
                ),
            ),
            (
                25,
                21,
                KNOWN,
                Outcome.WORSE,
                False,
                (
                    "4 points lower, which is worse on this scale; one measure, less than the 5 points "
                    "that chance may make."
                ),
            ),
            (
                3.5,
                4,
                scores.LEUVEN_WELL_BEING,
                Outcome.BETTER,
                None,
                "0.5 points higher, which is better on this scale; one measure, no interval known.",
            ),
        ],
    )
    def test_two_results_are_said_to_show_no_more_than_they_do(
        self, before, after, scale, outcome, beyond, words
    ):
        change = change_between(before, after, scale)

        assert (change.points, change.outcome) == (after - before, outcome)
        assert change.is_beyond_chance is beyond
        assert change.words == words

    @pytest.mark.parametrize(("before", "after"), [(-1, 5), (5, 21)])
    def test_a_result_off_the_scale_is_refused(self, before, after):
        with pytest.raises(ValueError, match="School belonging runs from 0 to 20"):
            change_between(before, after, OURS)

    def test_the_ends_of_a_scale_belong_to_it(self):
        assert OURS.problem_with(0) == OURS.problem_with(20) == ""


def test_leuven_and_goal_levels_have_words():
    assert scores.LEUVEN_LEVELS[1] == "extremely low"
    assert scores.LEUVEN_INVOLVEMENT.problem_with(6)
    assert sorted(scores.GOAL_LEVELS) == [-2, -1, 0, 1, 2]
    assert scores.sdq_scale("prosocial").better == Direction.HIGHER
