"""A database of before the first release: carried on when it is whole, refused untouched when not."""

import pytest

from alongside.ops.migrating import refuse_half_way
from alongside.ops.places import Problem

OTHERS = [("schools", "0001_initial"), ("account", "0001_initial")]


def test_a_database_that_took_every_step_is_carried_on():
    refuse_half_way([*OTHERS, ("fieldwork", "0001_initial"), *STEPS])


def test_an_empty_database_is_carried_on():
    refuse_half_way([])


def test_a_database_that_took_only_some_steps_is_refused_and_told_so():
    with pytest.raises(Problem, match="early development version"):
        refuse_half_way([*OTHERS, ("fieldwork", "0001_initial"), STEPS[0]])


# As `fieldwork` was made, step by step.
STEPS = [("fieldwork", "0002_shared_with_the_school"), ("fieldwork", "0003_visits")]
