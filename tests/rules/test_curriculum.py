"""The list of what is taught: every stage, year and subject, each with a key that never changes."""

import pytest

from alongside.rules.curriculum import (
    BY_KEY,
    OBJECTIVES,
    SOURCE,
    STAGES,
    objectives_of,
    subjects_of,
)
from alongside.rules.send import SEN_TYPES, problem_with


def test_every_key_names_one_objective():
    assert len(BY_KEY) == len(OBJECTIVES)
    assert BY_KEY["2-mathematics-3"].text == "Knows the 2, 5 and 10 times tables"


@pytest.mark.parametrize(
    ("stage", "years"), [("EYFS", {"R"}), ("KS1", {"1", "2"}), ("KS2", {"3", "4", "5", "6"})]
)
def test_each_stage_has_its_years_in_every_subject(stage, years):
    for subject in subjects_of(stage):
        assert {o.year for o in objectives_of(stage, subject)} == years


def test_the_early_years_have_all_seven_areas_of_learning():
    assert len(subjects_of("EYFS")) == 7


def test_every_objective_belongs_to_a_stage():
    assert {objective.stage for objective in OBJECTIVES} == set(STAGES)


def test_the_list_says_that_it_is_not_the_text_itself():
    assert "check before relying on it" in SOURCE


def test_the_national_categories_are_those_of_the_code_set():
    assert len(SEN_TYPES) == 14 and SEN_TYPES["DS"] == "Down syndrome"


@pytest.mark.parametrize(
    ("primary", "secondary", "words"),
    [
        ("SEMH", "", ""),
        ("SEMH", "SLCN", ""),
        ("SEMH", "SEMH", "another than the first"),
        ("ADHD", "", "national categories"),
        ("SEMH", "ADHD", "national categories"),
    ],
)
def test_two_needs_stand_together_or_say_why_not(primary, secondary, words):
    problem = problem_with(primary, secondary)

    assert (words in problem) if words else problem == ""
