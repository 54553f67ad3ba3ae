"""A pupil moves on a framework with a reason, and stands at one stage of it at a time."""

from datetime import timedelta

import pytest

from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry
from alongside.pathways import actions, policy, queries
from alongside.pathways.models import Stage, Standing
from alongside.people.models import ChronologyEntry, Pupil
from tests.pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin(acting, cast) -> Pupil:
    """Asha works with Robin; Eastmere's pack is loaded."""
    asha = acting("asha")
    made.pack(asha)
    return made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))


def stage(order: int, key: str = "eastmere-inclusion") -> Stage:
    return Stage.objects.get(framework__key=key, framework__ends_on=None, order=order)


def move(actor, pupil, to: Stage, **changed):
    given = {
        "reason": "Two reviews without change.",
        "starts_on": actor.today,
        "evidence": "The school’s plan, reviewed twice.",
        "passed_over_because": "The school had its plan before we knew of it.",
    } | changed
    return actions.move(actor=actor, pupil=pupil, stage=to, **given)


def test_a_move_ends_the_earlier_standing_in_the_same_framework(acting, robin):
    asha = acting("asha")
    move(asha, robin, stage(2), starts_on=asha.today - timedelta(days=30))

    move(asha, robin, stage(3), evidence="Plan reviewed 9 Oct and 20 Nov.")

    (standing,) = queries.standings(asha, robin)
    assert standing.stage.name == "Outreach"
    earlier = Standing.objects.get(stage__order=2)
    assert earlier.ends_on == asha.today - timedelta(days=1)


def test_a_pupil_may_stand_in_two_frameworks(acting, robin):
    asha = acting("asha")
    move(asha, robin, stage(3))
    move(asha, robin, stage(1, "eastmere-primary"))

    assert len(queries.standings(asha, robin)) == 2


def test_a_move_is_on_the_chronology_and_in_the_audit_trail(acting, robin):
    asha = acting("asha")
    move(asha, robin, stage(2), starts_on=asha.today - timedelta(days=3))
    move(asha, robin, stage(3))

    assert "Eastmere inclusion framework: steps up to Outreach" in {
        entry.summary for entry in ChronologyEntry.objects.all()
    }
    line = AuditEntry.objects.filter(kind="pupil.moved").last()
    assert line.pupil_ids == [robin.pk] and line.detail["to"] == stage(3).pk


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"reason": "  "}, "reason", "Say why"),
        ({"later": 1}, "starts_on", "in the future"),
        ({"later": -60}, "starts_on", "Give that day or a later one"),
        ({"again": True}, "stage", "stand at School plan already"),
    ],
)
def test_a_move_that_cannot_stand_says_why(acting, robin, changed, field, says):
    asha = acting("asha")
    move(asha, robin, stage(2), starts_on=asha.today - timedelta(days=30))
    to = stage(2) if changed.pop("again", False) else stage(3)
    if later := changed.pop("later", None):
        changed["starts_on"] = asha.today + timedelta(days=later)

    with pytest.raises(Problem, match=says) as told:
        move(asha, robin, to, **changed)

    assert told.value.field == field
    assert Standing.objects.count() == 1


def test_who_does_not_work_with_the_pupil_does_not_move_them(acting, robin):
    omar = acting("omar")

    with pytest.raises(Refused, match="who works with this pupil"):
        move(omar, robin, stage(3))


def test_a_school_sees_where_a_pupil_stands_but_does_not_move_them(acting, robin):
    move(acting("asha"), robin, stage(3))
    petra = acting("petra")

    assert not policy.move(petra, robin)
    assert queries.standings(petra, robin)


def test_a_stage_of_an_older_version_is_refused(acting, robin):
    asha = acting("asha")
    old = stage(3)
    old.framework.ends_on = asha.today - timedelta(days=1)
    old.framework.save(update_fields=["ends_on"])

    assert "newer version" in policy.move(asha, robin, old).reason


def test_a_failed_audit_changes_nothing(acting, robin, monkeypatch):
    asha = acting("asha")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        move(asha, robin, stage(3))

    assert not Standing.objects.exists() and not ChronologyEntry.objects.exists()


def test_another_team_and_another_council_see_no_standing(acting, robin):
    move(acting("asha"), robin, stage(3))

    assert queries.movements(acting("omar"), robin) == []
    assert queries.movements(acting("marta"), robin) == []
    assert queries.movements(acting("nell"), robin) == []


def test_counts_are_of_pupils_in_scope(acting, robin, cast):
    asha = acting("asha")
    move(asha, robin, stage(3))
    framework = stage(3).framework

    assert queries.counts_by_stage(asha, framework) == {3: 1}
    assert queries.counts_by_school(asha, framework) == [("Chalkhill High School", {3: 1})]
    assert queries.counts_by_school(asha, framework, after="Chalkhill High School") == []
    assert queries.counts_by_stage(acting("omar"), framework) == {}


def test_the_ladder_tells_where_they_are_and_what_is_next(acting, robin):
    asha = acting("asha")
    move(asha, robin, stage(3))
    (standing,) = queries.standings(asha, robin)

    data = queries.ladder(standing.stage.framework, standing.stage, standing.starts_on)

    assert (data.here, len(data.stages), data.following.provider) == (3, 4, "Orchard Centre")


@pytest.mark.parametrize(
    ("year", "phase"), [("R", "PRIMARY"), ("6", "PRIMARY"), ("7", "SECONDARY"), ("", "SECONDARY")]
)
def test_the_framework_for_a_pupil_follows_their_phase(acting, year, phase):
    asha = acting("asha")
    made.pack(asha)
    child = made.pupil(None, year=year)

    assert [f.for_phase for f in queries.framework_for(asha, child)] == [phase]
