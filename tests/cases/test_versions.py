"""A framework is edited under open cases: they stay on theirs, or are moved with a reason."""

from datetime import timedelta

import pytest

from alongside.cases import actions as cases
from alongside.cases import versions
from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Notice, Place, Staff
from alongside.pathways import actions, queries
from alongside.pathways.facts import StageFacts
from alongside.pathways.models import Framework, Stage, Standing
from alongside.people.models import Capacity, ChronologyEntry, Pupil
from tests.pathways import made

pytestmark = pytest.mark.django_db
BECAUSE = "The new limits suit everybody who is with us now."


@pytest.fixture
def robin(acting, cast) -> Pupil:
    """Robin came to Outreach twenty days ago and has an open case on the same version."""
    asha = acting("asha")
    made.pack(asha)
    pupil = made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))
    since = asha.today - timedelta(days=20)
    actions.move(
        actor=asha,
        pupil=pupil,
        stage=stage(3),
        reason="Accepted.",
        starts_on=since,
        passed_over_because="Moved in from elsewhere.",
    )
    mina = acting("mina")
    cases.open_case(
        actor=mina,
        pupil=pupil,
        school=pupil.enrolments.get().school,
        service=Place.objects.get(pk=cast.places["outreach"]),
        framework=stage(3).framework,
        reason="Leaves lessons",
        opened_on=since,
    )
    return pupil


@pytest.fixture
def draft(acting, robin) -> Framework:
    return actions.begin_version(
        actor=acting("mina"), framework=Framework.objects.get(key="eastmere-inclusion")
    )


def stage(order: int) -> Stage:
    return Stage.objects.get(framework__key="eastmere-inclusion", order=order)


def publish(actor: Actor, draft: Framework, **changed):
    given = {"starts_on": actor.today, "reason": "Shorter outreach."} | changed
    return versions.publish(actor=actor, draft=draft, **given)


def now(pupil: Pupil) -> Standing:
    return Standing.objects.select_related("stage__framework").get(pupil=pupil, ends_on=None)


def test_an_open_case_stays_on_its_version(acting, robin, draft):
    publish(acting("mina"), draft)

    assert Case.objects.get(pupil=robin).framework_id == draft.based_on_id
    assert now(robin).stage.framework_id == draft.based_on_id


def test_a_case_on_the_older_version_goes_on_by_it(acting, robin, draft):
    older = stage_of(draft.based_on, 4)
    publish(acting("mina"), draft)
    asha = acting("asha")

    actions.move(
        actor=asha,
        pupil=robin,
        stage=older,
        reason="The panel agreed.",
        starts_on=asha.today,
        evidence="Outreach, reviewed.",
        decided_by="The inclusion panel",
        decided_on=asha.today,
    )

    assert now(robin).stage_id == older.pk


def test_nobody_new_comes_onto_the_older_version(acting, cast, robin, draft):
    older = stage_of(draft.based_on, 2)
    publish(acting("mina"), draft)
    asha = acting("asha")
    other = made.working_with(asha, made.pupil(None, "Alex", "Placeholder"))

    with pytest.raises(Refused, match="has a newer version"):
        actions.move(actor=asha, pupil=other, stage=older, reason="New", starts_on=asha.today)


def test_what_was_judged_by_the_older_version_is_stood_by_it(acting, robin, draft):
    older = stage_of(draft.based_on, 2)
    mina = acting("mina")
    publish(mina, draft)
    other = made.working_with(acting("asha"), made.pupil(None, "Alex", "Placeholder"))
    asha = acting("asha")

    standing = actions.move(
        actor=asha,
        pupil=other,
        stage=older,
        reason="Accepted by its criteria.",
        starts_on=asha.today,
        judged_on=mina.today - timedelta(days=5),
    )

    assert standing.stage.framework_id == draft.based_on_id


def test_moved_they_stand_at_the_same_stage_as_long_as_before(acting, robin, draft):
    mina, since = acting("mina"), now(robin).starts_on

    published, moved = publish(mina, draft, is_moving=True, move_reason=BECAUSE)

    assert (moved.pupils, moved.cases, moved.left) == (1, 1, 0)
    standing = now(robin)
    assert standing.stage.framework_id == published.pk and standing.stage.name == "Outreach"
    assert standing.since_on == since and standing.reason == BECAUSE
    assert Case.objects.get(pupil=robin).framework_id == published.pk
    last = ChronologyEntry.objects.filter(pupil=robin).order_by("pk").last()
    assert f"by version {published.version}" in last.summary
    today = mina.today
    assert queries.movement(mina, published, today, today) == {}  # No movement of theirs.


def test_who_leads_them_and_their_school_are_told_that_they_were_moved(acting, cast, robin, draft):
    cases.allocate(
        actor=acting("mina"),
        case=Case.objects.get(pupil=robin),
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity=Capacity.LEAD,
        starts_on=acting("mina").today,
    )

    published, _ = publish(acting("mina"), draft, is_moving=True, move_reason=BECAUSE)

    told = Notice.objects.filter(kind="framework.pupils_moved")
    assert sorted(told.values_list("staff_id", flat=True)) == sorted(
        [cast.staff["asha"], cast.staff["petra"]]
    )
    one = told.first()
    assert one.pupil_id == robin.pk and one.url == f"/pupils/{robin.pk}/frameworks/"
    assert f"version {published.version}" in one.text and robin.forename not in one.text


def test_who_stands_at_a_stage_taken_out_needs_somewhere_to_go(acting, robin, draft):
    mina = acting("mina")
    actions.drop_part(actor=mina, draft=draft, part=draft.stages.get(name="Outreach"))
    with pytest.raises(Problem, match="no such stage") as told:
        publish(mina, draft, is_moving=True, move_reason=BECAUSE)
    assert told.value.field == "landing_outreach"

    hub = actions.put_stage(
        actor=mina,
        draft=draft,
        facts=StageFacts(name="Hub", order=3, entry="Agreed.", exit="Back in class."),
    )
    publish(mina, draft, is_moving=True, move_reason=BECAUSE, landing={"outreach": hub})

    assert now(robin).stage.name == "Hub" and now(robin).since_on is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"move_reason": " "}, "move_reason"), ({"later": 7}, "is_moving")],
)
def test_a_move_without_a_reason_or_before_its_day_changes_nothing(
    acting, robin, draft, changed, field
):
    mina = acting("mina")
    if later := changed.pop("later", 0):
        changed["starts_on"] = mina.today + timedelta(days=later)

    with pytest.raises(Problem) as told:
        publish(mina, draft, **({"is_moving": True, "move_reason": BECAUSE} | changed))

    assert told.value.field == field
    assert Framework.objects.get(pk=draft.pk).is_draft


@pytest.mark.parametrize("is_moving", [True, False])
def test_a_version_from_a_day_past_is_refused_for_that_day_whether_they_are_moved_or_not(
    acting, robin, draft, is_moving
):
    mina = acting("mina")
    past = {"starts_on": mina.today - timedelta(days=1), "is_moving": is_moving}

    with pytest.raises(Problem, match="cannot start in the past") as told:
        publish(mina, draft, move_reason=BECAUSE, **past)

    assert told.value.field == "starts_on"


def test_they_are_moved_later_as_well(acting, robin, draft):
    mina = acting("mina")
    published, _ = publish(mina, draft)

    moved = versions.move_to_version(actor=mina, framework=published, reason=BECAUSE, landing={})

    assert (moved.pupils, moved.cases) == (1, 1)


def test_a_closed_case_keeps_the_version_it_was_worked_by(acting, robin, draft):
    mina = acting("mina")
    Case.objects.filter(pupil=robin).update(state="CLOSED", closed_on=mina.today)

    publish(mina, draft, is_moving=True, move_reason=BECAUSE)

    assert Case.objects.get(pupil=robin).framework_id == draft.based_on_id


def test_only_pupils_in_scope_are_moved(acting, robin, draft):
    mina = acting("mina")
    published, _ = publish(mina, draft)

    moved = versions.move_to_version(
        actor=acting("omar"), framework=published, reason=BECAUSE, landing={}
    )

    assert (moved.pupils, moved.cases) == (0, 0)
    assert acting("mina") and now(robin).stage.framework_id == draft.based_on_id


def test_more_than_one_go_are_moved_in_several(acting, cast, robin, draft, monkeypatch):
    monkeypatch.setattr(versions, "AT_ONCE", 1)
    asha = acting("asha")
    other = made.working_with(asha, made.pupil(None, "Alex", "Placeholder"))
    actions.move(
        actor=asha,
        pupil=other,
        stage=stage_of(draft.based_on, 1),
        reason="New",
        starts_on=asha.today,
    )
    published, _ = publish(acting("mina"), draft)
    asha = acting("asha")

    first = versions.move_to_version(actor=asha, framework=published, reason=BECAUSE, landing={})
    second = versions.move_to_version(actor=asha, framework=published, reason=BECAUSE, landing={})

    assert (first.left, second.left) == (1, 0)
    assert first.cases + second.cases == 1


def stage_of(framework: Framework, order: int) -> Stage:
    return Stage.objects.get(framework=framework, order=order)
