"""Scores made of several answers: the SDQ with its total and bands by informant, goals, levels."""

from decimal import Decimal

import pytest

from alongside.assessments import actions, queries
from alongside.assessments.actions import Given, Goal
from alongside.assessments.models import Measure, MeasureResult
from alongside.assessments.wording import band_of, is_unchecked
from alongside.core.decisions import Problem, Refused
from alongside.people.models import ChronologyEntry
from alongside.rules.scores import SDQ_SCALES
from tests.pathways import made

pytestmark = pytest.mark.django_db

SCORES = {"emotional": 6, "conduct": 5, "hyperactivity": 8, "peer": 3, "prosocial": 4}


@pytest.fixture
def pack(acting, route) -> None:
    made.pack(acting("adam"))


def given(actor, informant="TEACHER", occasion="BASELINE") -> Given:
    return Given(informant, occasion, actor.today)


def test_the_scales_stand_with_their_total_in_one_line(acting, route, pack):
    asha = acting("asha")

    results = actions.record_sdq(
        actor=asha, pupil=route.pupil, scores=SCORES, given=given(asha)
    )  # fmt: skip

    assert {r.measure.part: int(r.score) for r in results} == SCORES | {"total": 22}
    assert len({r.sitting for r in results}) == 1
    line = ChronologyEntry.objects.get(kind="ASSESSMENT")
    assert line.summary.endswith("total score (SDQ), teacher, at the start: 22 of 40")
    assert "hyperactivity 8, high" in line.detail


def test_a_scale_left_out_leaves_no_total(acting, route, pack):
    asha = acting("asha")
    told = {name: score for name, score in SCORES.items() if name != "peer"}

    results = actions.record_sdq(actor=asha, pupil=route.pupil, scores=told, given=given(asha))

    assert "total" not in {r.measure.part for r in results}


@pytest.mark.parametrize(
    ("informant", "band", "unchecked"),
    [("TEACHER", "Very high", False), ("PARENT", "Very high", True), ("SELF", "Very high", True)],
)
def test_each_informant_has_bands_and_those_unchecked_say_so(
    acting, route, pack, informant, band, unchecked
):
    acting("asha")
    total = Measure.objects.get(key="total-difficulties")

    assert band_of(total, informant, 22) == band
    assert is_unchecked(total, informant) is unchecked


@pytest.mark.parametrize(
    ("score", "teacher", "parent", "own"),
    [
        (11, "Close to average", "Close to average", "Close to average"),
        (12, "Slightly raised", "Close to average", "Close to average"),
        (14, "Slightly raised", "Slightly raised", "Close to average"),
        (16, "High", "Slightly raised", "Slightly raised"),
        (19, "Very high", "High", "High"),
        (40, "Very high", "Very high", "Very high"),
    ],
)
def test_one_total_means_other_things_from_other_informants(
    acting, route, pack, score, teacher, parent, own
):
    acting("asha")
    total = Measure.objects.get(key="total-difficulties")

    found = [band_of(total, who, score) for who in ("TEACHER", "PARENT", "SELF")]

    assert found == [teacher, parent, own]


def test_of_the_prosocial_scale_more_is_better(acting, route, pack):
    acting("asha")
    scale = Measure.objects.get(key="sdq-prosocial")

    assert not scale.is_lower_better
    assert band_of(scale, "TEACHER", 10) == "Close to average"
    assert band_of(scale, "TEACHER", 0) == "Very low"


@pytest.mark.parametrize("part", SDQ_SCALES)
def test_a_scale_beyond_its_ends_is_refused_at_its_box(acting, route, pack, part):
    asha = acting("asha")

    with pytest.raises(Problem, match="runs from 0 to 10; 11 lies outside") as told:
        actions.record_sdq(
            actor=asha, pupil=route.pupil, scores=SCORES | {part: 11}, given=given(asha)
        )

    assert told.value.field in (part, "total")
    assert not MeasureResult.objects.exists()


def test_nothing_scored_is_refused(acting, route, pack):
    asha = acting("asha")

    with pytest.raises(Problem, match="at least one scale"):
        actions.record_sdq(actor=asha, pupil=route.pupil, scores={}, given=given(asha))


def goals(*levels: int, weight: int = 1) -> list[Goal]:
    return [Goal(f"Goal {n}", level, weight) for n, level in enumerate(levels, 1)]


@pytest.mark.parametrize(("levels", "score"), [((0, 0, 0), "50"), ((1,), "60"), ((-2, -2), "25.2")])
def test_goals_are_reckoned_into_a_t_score(acting, route, pack, levels, score):
    asha = acting("asha")
    measure = Measure.objects.get(key="goal-attainment")

    result = actions.record_goals(
        actor=asha, pupil=route.pupil, measure=measure, goals=goals(*levels), given=given(asha)
    )

    assert result.score == Decimal(score)
    assert [goal["level"] for goal in result.goals] == list(levels)
    assert queries.latest_goals(route.pupil, measure) == result.goals


@pytest.mark.parametrize(
    ("rated", "words"),
    [
        ([], "one to 5"),
        (goals(0, 0, 0, 0, 0, 0), "one to 5"),
        (goals(3), "level from -2 to 2"),
        (goals(1, weight=4), "weight of 1, 2 or 3"),
        ([Goal(" ", 0)], "has its words"),
    ],
)
def test_goals_that_cannot_be_rated_are_refused(acting, route, pack, rated, words):
    asha = acting("asha")
    measure = Measure.objects.get(key="goal-attainment")

    with pytest.raises(Problem, match=words):
        actions.record_goals(
            actor=asha, pupil=route.pupil, measure=measure, goals=rated, given=given(asha)
        )


def leuven(actor, route, score):
    return actions.record_result(
        actor=actor, pupil=route.pupil, measure=Measure.objects.get(key="leuven-wellbeing"),
        informant="WORKER", occasion="BASELINE", score=score, taken_on=actor.today,
    )  # fmt: skip


def test_a_level_of_the_leuven_scale_has_its_word(acting, route, pack):
    result = leuven(acting("asha"), route, 2)

    assert band_of(result.measure, "WORKER", result.score) == "Low"


@pytest.mark.parametrize("score", [Decimal("2.5"), 0, 6])
def test_between_or_beyond_the_levels_is_refused(acting, route, pack, score):
    with pytest.raises(Problem):
        leuven(acting("asha"), route, score)


def test_only_those_who_work_cases_record_them(acting, route, pack):
    petra = acting("petra")

    with pytest.raises(Refused, match="does not record"):
        actions.record_sdq(actor=petra, pupil=route.pupil, scores=SCORES, given=given(petra))


def test_a_paper_in_two_sittings_is_struck_out_as_a_whole(acting, route, pack):
    asha = acting("asha")
    told = {"actor": asha, "pupil": route.pupil, "given": given(asha, "PARENT")}
    actions.record_sdq(scores={"emotional": 5, "conduct": 4}, **told)
    last = actions.record_sdq(scores={"hyperactivity": 7, "peer": 3}, **told)

    actions.strike_out(actor=asha, entry=last[0], reason="The paper of a brother")

    assert len(last) == 3
    assert not MeasureResult.objects.filter(struck_out_because="").exists()
