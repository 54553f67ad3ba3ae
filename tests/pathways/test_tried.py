"""The graduated response: what was tried comes first, with dates and evidence; a crisis says why not."""

from datetime import timedelta

import pytest

from alongside.core.decisions import Problem, Refused
from alongside.pathways import actions, policy, queries
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import ChronologyEntry, Pupil
from tests.pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin(acting, cast) -> Pupil:
    asha = acting("asha")
    made.pack(asha)
    return made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))


def stage(order: int) -> Stage:
    return Stage.objects.get(framework__key="eastmere-inclusion", order=order)


def tell(actor, pupil, order=2, first=90, last=40, **changed) -> Standing:
    given = {
        "starts_on": actor.today - timedelta(days=first),
        "ends_on": actor.today - timedelta(days=last),
        "evidence": "A plan at school, reviewed twice: late marks 6 to 2.",
    } | changed
    return actions.record_tried(actor=actor, pupil=pupil, stage=stage(order), **given)


def move(actor, pupil, order, **changed) -> Standing:
    given = {"reason": "Asked for at the review.", "starts_on": actor.today} | changed
    if order == 4:
        given |= {"decided_by": "The inclusion panel", "decided_on": given["starts_on"]}
    return actions.move(actor=actor, pupil=pupil, stage=stage(order), **given)


def test_a_later_stage_waits_until_what_comes_first_is_shown_as_tried(acting, robin):
    asha = acting("asha")
    with pytest.raises(Problem, match="2 School plan has not been shown as tried") as told:
        move(asha, robin, 3)
    assert told.value.field == "passed_over_because" and not Standing.objects.exists()

    tell(asha, robin)

    assert move(asha, robin, 3).stage.name == "Outreach"


def test_a_step_up_says_what_was_tried_at_the_stage_before(acting, robin):
    asha = acting("asha")
    tell(asha, robin)
    move(asha, robin, 3, starts_on=asha.today - timedelta(days=30))

    with pytest.raises(Problem, match="what was tried at 3 Outreach") as told:
        move(asha, robin, 4)
    assert told.value.field == "evidence"

    move(asha, robin, 4, evidence="Outreach plan, reviewed on 20 November.")
    steps = queries.response(robin, stage(4).framework)
    assert [bool(step.evidence) for step in steps] == [False, True, True, False]
    assert "reviewed on 20 November" in steps[2].evidence[0]


def test_in_a_crisis_a_stage_is_passed_over_with_its_reason_on_record(acting, robin):
    asha = acting("asha")

    standing = move(asha, robin, 3, passed_over_because="A knife was found; agreed with the head.")

    assert standing.passed_over_because == "A knife was found; agreed with the head."
    assert move(asha, robin, 4, evidence="Two weeks of outreach.")  # Settled once is settled.


def test_a_step_down_needs_no_proof(acting, robin):
    asha = acting("asha")
    tell(asha, robin)
    move(asha, robin, 3, starts_on=asha.today - timedelta(days=20))

    assert move(asha, robin, 2).stage.order == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"evidence": "  "}, "evidence"),
        ({"last": -3}, "ends_on"),
        ({"first": 10, "last": 20}, "ends_on"),
        ({"first": 9000}, "starts_on"),
    ],
)
def test_what_was_tried_must_have_been(acting, robin, changed, field):
    with pytest.raises(Problem) as told:
        tell(acting("asha"), robin, **changed)

    assert told.value.field == field and not Standing.objects.exists()


def test_what_was_tried_lies_outside_other_days_on_the_framework(acting, robin):
    asha = acting("asha")
    tell(asha, robin)

    with pytest.raises(Problem, match="Give days that lie outside"):
        tell(asha, robin, order=1, first=60, last=30)


def test_what_was_tried_is_on_the_chronology_and_is_no_movement_of_ours(acting, robin):
    asha = acting("asha")
    tell(asha, robin)

    assert "School plan was tried" in ChronologyEntry.objects.get().summary
    framework = stage(2).framework
    assert queries.movement(asha, framework, asha.today - timedelta(days=300), asha.today) == {}


def test_who_does_not_work_with_the_pupil_tells_nothing(acting, robin):
    with pytest.raises(Refused, match="who works with this pupil"):
        tell(acting("omar"), robin)


def test_a_pupil_leaves_a_framework_with_a_reason(acting, robin):
    asha = acting("asha")
    tell(asha, robin)
    standing = move(asha, robin, 3)
    with pytest.raises(Problem, match="Say why"):
        actions.leave(actor=asha, standing=standing, ends_on=asha.today, reason=" ")

    left = actions.leave(
        actor=asha, standing=standing, ends_on=asha.today, reason="The school runs it alone."
    )

    assert queries.standings(asha, robin) == []
    assert left.left_because == "The school runs it alone."
    assert "left this stage on" in policy.leave(asha, left).reason


@pytest.mark.parametrize(("field", "days"), [("planned_exit_on", 0), ("review_on", -1)])
def test_what_is_planned_lies_ahead(acting, robin, field, days):
    asha = acting("asha")

    with pytest.raises(Problem, match="comes after the first day") as told:
        move(asha, robin, 2, **{field: asha.today + timedelta(days=days)})

    assert told.value.field == field


def test_movement_counts_starts_steps_and_leavers(acting, robin):
    asha = acting("asha")
    move(asha, robin, 2, starts_on=asha.today - timedelta(days=30))
    up = move(asha, robin, 3, starts_on=asha.today - timedelta(days=20), evidence="A plan.")
    actions.leave(actor=asha, standing=up, ends_on=asha.today, reason="Done its work.")

    moved = queries.movement(asha, up.stage.framework, asha.today - timedelta(days=40), asha.today)

    assert (moved[2].came_new, moved[3].stepped_up, moved[3].left) == (1, 1, 1)


def test_the_day_before_the_span_is_not_counted(acting, robin):
    asha = acting("asha")
    day = asha.today - timedelta(days=30)
    move(asha, robin, 2, starts_on=day)
    framework = stage(2).framework

    assert queries.movement(asha, framework, day + timedelta(days=1), asha.today) == {}
    assert queries.movement(asha, framework, day, day)[2].came_new == 1


def test_movement_is_of_pupils_in_scope(acting, robin):
    asha = acting("asha")
    move(asha, robin, 2)
    framework = Framework.objects.get(key="eastmere-inclusion")

    assert queries.movement(acting("omar"), framework, asha.today, asha.today) == {}
    assert queries.pupils_standing(acting("omar"), framework) == ([], False)
