"""A professional rings: the pupil is found by facts, the school is told, one press or two."""

from datetime import date
from uuid import uuid4

import pytest

from alongside.cases.models import Task
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Notice
from alongside.people.models import Enrolment, Involvement
from alongside.referrals import actions, queries, waiting
from alongside.referrals.actions import Caller, Told
from alongside.referrals.models import Referral
from tests.referrals import made

pytestmark = pytest.mark.django_db

NURSE = Caller("Jo Testerton", "School nurse, community health", "01632 960200")
SAID = Told(main_worry="LOW_MOOD", last_incident="Seen in clinic twice; will not go in to school.")


def taken(acting, cast, **changed: object) -> Referral:
    robin, framework = made.ready(acting, cast)
    given = {
        "actor": acting("asha"),
        "pupil": robin,
        "framework": framework,
        "caller": NURSE,
        "told": SAID,
        "submission": uuid4(),
    }
    return actions.take_call(**(given | changed))


def test_a_call_is_a_referral_like_any_other_and_says_who_rang(acting, cast):
    referral = taken(acting, cast)

    assert (referral.state, referral.came_by, referral.caller_name) == (
        "SENT",
        "CALL",
        "Jo Testerton",
    )
    assert referral.school.name == "Chalkhill High School"
    assert "School nurse" in referral.steps.get().reason
    assert Involvement.objects.get().place_id == cast.places["outreach"]
    assert policy_start(acting, referral)


def policy_start(acting, referral) -> Referral:
    return actions.start_screening(actor=acting("omar"), referral=referral)


def test_the_pupils_school_is_told_and_reads_it(acting, cast):
    referral = taken(acting, cast)

    told = set(Notice.objects.values_list("staff_id", flat=True))
    assert {cast.staff["petra"], cast.staff["hana"]} <= told
    assert cast.staff["marta"] not in told
    assert queries.get_referral(acting("petra"), referral.pk)


def test_what_is_missing_of_a_call_is_asked_of_the_school(acting, cast):
    referral = policy_start(acting, taken(acting, cast))
    asha = acting("asha")
    referral = made.answer_all(asha, referral, missing=2)

    actions.return_to_school(
        actor=asha, referral=referral, reason="Two things.", version=referral.version
    )

    assert set(Task.objects.values_list("owner_id", flat=True)) == {cast.staff["petra"]}


def test_pressing_twice_takes_one_call(acting, cast):
    press = uuid4()
    first = taken(acting, cast, submission=press)

    assert taken(acting, cast, submission=press, pupil=first.pupil) == first
    assert Referral.objects.count() == 1


def test_a_pupil_already_referred_is_said_with_the_number(acting, cast):
    first = made.sent(acting, cast)

    with pytest.raises(Refused, match=first.reference):
        taken(acting, cast, pupil=first.pupil)


@pytest.mark.parametrize("name", ["petra", "lena", "ben", "ines"])
def test_only_who_screens_for_the_service_takes_its_calls(acting, cast, name):
    with pytest.raises(Refused):
        taken(acting, cast, actor=acting(name))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"caller": Caller(" ", "School nurse")}, "caller_name"),
        ({"caller": Caller("Jo Testerton", " ")}, "caller_role"),
        ({"told": Told(main_worry="OTHER", last_incident=" ")}, "last_incident"),
        ({"told": Told(main_worry="OTHER", last_incident="x" * 120_000)}, "last_incident"),
    ],
)
def test_what_is_missing_or_too_long_is_told_at_its_field(acting, cast, changed, field):
    with pytest.raises(Problem) as told:
        taken(acting, cast, **changed)

    assert told.value.field == field


def test_a_pupil_on_no_roll_here_is_taken_by_no_service(acting, cast):
    robin, _ = made.ready(acting, cast)
    Enrolment.objects.filter(pupil=robin).update(ends_on=date(2025, 1, 1))

    with pytest.raises(Problem, match="on roll at no school here"):
        taken(acting, cast, pupil=robin)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"forename": "Robin", "surname": "Testerly", "born_on": date(2013, 3, 14)}, 1),
        ({"forename": "robin", "surname": "TESTERLY", "born_on": date(2013, 3, 14)}, 1),
        ({"forename": "Rob", "surname": "Testerly", "born_on": date(2013, 3, 14)}, 0),
        ({"forename": "Robin", "surname": "Testerly", "born_on": date(2013, 3, 15)}, 0),
        ({"forename": "Robin", "surname": "", "born_on": date(2013, 3, 14)}, 0),
        ({"forename": "Robin", "surname": "Testerly", "born_on": None}, 0),
        ({"upn": "a123", "born_on": None}, 0),
    ],
)
def test_a_pupil_is_found_by_exactly_what_the_caller_knows(acting, cast, asked, count):
    robin, _ = made.ready(acting, cast)

    assert waiting.find_exactly(acting("asha"), **asked) == [robin][:count]
