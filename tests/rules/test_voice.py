"""Which means fit which age, and that five faces lie evenly on a scale of ten."""

import pytest

from alongside.rules.voice import ASKING, FACES_OF_TEN, Means, asking_at


@pytest.mark.parametrize(
    ("age", "means"),
    [(2, Means.FACES), (7, Means.FACES), (11, Means.FACES), (12, Means.SCALE), (25, Means.SCALE)],
)
def test_the_means_follow_the_age(age, means):
    assert asking_at(age).means == means


def test_seven_and_eight_are_asked_in_other_words():
    assert asking_at(7).belonging != asking_at(8).belonging


def test_faces_lie_evenly_between_the_ends():
    values = [float(FACES_OF_TEN[face]) for face in range(1, 6)]

    assert values == [0, 2.5, 5, 7.5, 10]


def test_every_age_has_something_to_ask():
    assert all(len(asking.questions) == 3 for asking in ASKING)
