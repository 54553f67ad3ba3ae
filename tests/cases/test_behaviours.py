"""Presenting behaviours are told at referral and again at exit, and what changed is said."""

import pytest

from alongside.cases.behaviours import pairs_of, record_behaviour
from alongside.cases.models import Behaviour
from alongside.core.decisions import NotFound, Problem, Refused

pytestmark = pytest.mark.django_db

Occasion = Behaviour.Occasion


def tell(actor, route, occasion=Occasion.REFERRAL, **told):
    return record_behaviour(
        actor=actor,
        case=route.case,
        occasion=occasion,
        **{
            "name": "Leaves the room",
            "frequency": 4,
            "severity": 2,
            "seen_on": actor.today,
            **told,
        },
    )


@pytest.mark.parametrize(
    ("frequency", "severity", "words"),
    [(1, 2, "better"), (4, 2, "the same"), (5, 3, "worse"), (0, 0, "better")],
)
def test_exit_is_held_against_referral(acting, route, frequency, severity, words):
    asha = acting("asha")
    tell(asha, route)
    tell(asha, route, Occasion.EXIT, frequency=frequency, severity=severity)

    (pair,) = pairs_of(asha, route.case)

    assert pair.words == words


def test_told_again_on_the_same_occasion_it_replaces_what_was_told(acting, route):
    asha = acting("asha")
    tell(asha, route)
    tell(asha, route, name="leaves  the room", frequency=2)

    (pair,) = pairs_of(asha, route.case)

    assert (pair.before.name, pair.before.frequency) == ("Leaves the room", 2)
    assert pair.words == ""


@pytest.mark.parametrize(("frequency", "severity"), [(0, 2), (3, 0)])
def test_what_is_not_seen_has_no_severity(acting, route, frequency, severity):
    with pytest.raises(Problem, match="no severity"):
        tell(acting("asha"), route, frequency=frequency, severity=severity)


def test_a_school_neither_tells_nor_reads_them(acting, route):
    tell(acting("asha"), route)
    petra = acting("petra")

    with pytest.raises(NotFound):
        pairs_of(petra, route.case)
    with pytest.raises(Refused):
        tell(petra, route)
