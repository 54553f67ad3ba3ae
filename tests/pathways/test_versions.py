"""A framework is changed in a new version: nothing is judged by it, or moved, until it is published."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.core import audit
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.pathways import actions, policy, queries
from alongside.pathways.facts import CriterionFacts, HeadFacts, StageFacts
from alongside.pathways.models import Framework, Stage
from tests.pathways import made

pytestmark = pytest.mark.django_db
NEW = StageFacts(name="Hub", order=3, entry="Agreed at the hub meeting.", exit="Back in class.")


@pytest.fixture
def framework(acting) -> Framework:
    made.pack(acting("mina"))
    return Framework.objects.get(key="eastmere-inclusion")


@pytest.fixture
def draft(acting, framework) -> Framework:
    return actions.begin_version(actor=acting("mina"), framework=framework)


def names(framework: Framework) -> list[str]:
    return list(framework.stages.order_by("order").values_list("name", flat=True))


def test_a_stage_whose_name_looks_like_anothers_is_not_added(acting, draft):
    taken = names(draft)[0]

    with pytest.raises(Problem, match="Another stage has this name"):
        actions.put_stage(
            actor=acting("mina"), draft=draft, facts=replace(NEW, name=f" {taken.upper()}! ")
        )


def publish(actor, draft, **changed) -> Framework:
    given = {"starts_on": actor.today, "reason": "The panel asked for a hub."} | changed
    return actions.publish(actor=actor, draft=draft, **given)


def test_a_new_version_begins_as_a_copy_and_is_not_in_force(acting, framework, draft):
    assert names(draft) == names(framework)
    assert draft.criteria.count() == framework.criteria.count()
    assert [s.identity for s in draft.stages.all()] == [s.identity for s in framework.stages.all()]
    assert draft not in queries.frameworks(acting("mina"))
    with pytest.raises(NotFound):
        queries.get_framework(acting("mina"), draft.pk)


def test_one_new_version_is_written_at_a_time(acting, framework, draft):
    with pytest.raises(Refused, match=f"Version {draft.version} is being written already"):
        actions.begin_version(actor=acting("mina"), framework=framework)


@pytest.mark.parametrize("name", ["asha", "petra", "otis", "lena", "sana"])
def test_only_who_answers_for_the_service_changes_its_framework(acting, framework, name):
    assert not policy.edits(acting(name), framework)


def test_each_service_changes_its_own(acting, framework):
    made.pack(acting("adam"))
    primary = Framework.objects.get(key="eastmere-primary")
    tiers = Framework.objects.get(key="orchard-three-tier")

    assert policy.edits(acting("lena"), primary) and not policy.edits(acting("mina"), primary)
    assert policy.edits(acting("sana"), tiers) and policy.edits(acting("adam"), tiers)


def test_a_stage_is_put_between_others(acting, draft):
    actions.put_stage(actor=acting("mina"), draft=draft, facts=NEW)

    assert names(draft) == ["Whole school", "School plan", "Hub", "Outreach", "Panel placement"]
    assert list(draft.stages.order_by("order").values_list("order", flat=True)) == [1, 2, 3, 4, 5]


def test_a_stage_is_moved_and_renamed_and_stays_the_same_stage(acting, draft):
    stage = draft.stages.get(name="Panel placement")

    actions.put_stage(
        actor=acting("mina"), draft=draft, stage=stage, facts=replace(NEW, name="Placed", order=1)
    )

    assert names(draft)[0] == "Placed"
    assert draft.stages.get(order=1).identity == "panel-placement"


def test_a_stage_is_taken_out_and_the_rest_close_up(acting, draft):
    actions.drop_part(actor=acting("mina"), draft=draft, part=draft.stages.get(order=2))

    assert list(draft.stages.order_by("order").values_list("order", flat=True)) == [1, 2, 3]


def test_the_last_stage_stays(acting, draft):
    mina = acting("mina")
    for _ in range(3):
        actions.drop_part(actor=mina, draft=draft, part=draft.stages.get(order=1))

    with pytest.raises(Problem, match="at least one stage"):
        actions.drop_part(actor=mina, draft=draft, part=draft.stages.get(order=1))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"entry": ""}, "entry"),
        ({"exit": ""}, "exit"),
        ({"weeks_limit": 0}, "weeks_limit"),
        ({"weeks_limit": 209}, "weeks_limit"),
        ({"offers": ("x" * 121,)}, "offers"),
    ],
)
def test_a_stage_that_cannot_stand_says_where(acting, draft, changed, field):
    with pytest.raises(Problem) as told:
        actions.put_stage(actor=acting("mina"), draft=draft, facts=replace(NEW, **changed))

    assert told.value.field == field


def test_figures_called_checked_name_their_source(acting, draft):
    facts = HeadFacts("Framework", "", 6, " ", is_verified=True)

    with pytest.raises(Problem, match="where the figures come from"):
        actions.change_head(actor=acting("mina"), draft=draft, facts=facts)


def test_two_people_who_change_one_stage_are_told(acting, draft):
    mina, stage = acting("mina"), draft.stages.get(order=3)
    seen = queries.fingerprint(stage)
    actions.put_stage(actor=mina, draft=draft, stage=stage, facts=NEW, seen=seen)

    with pytest.raises(Conflict):
        actions.put_stage(actor=mina, draft=draft, stage=stage, facts=NEW, seen=seen)


def test_a_criterion_says_what_would_meet_it(acting, draft):
    mina = acting("mina")
    asked = CriterionFacts("A third review", 1, "", "CYCLES", amount=3)
    with pytest.raises(Problem, match="what would meet it"):
        actions.put_criterion(actor=mina, draft=draft, facts=asked)

    actions.put_criterion(
        actor=mina, draft=draft, facts=replace(asked, guidance="Review it once more.")
    )

    assert draft.criteria.get(order=1).text == "A third review"


def test_published_it_is_in_force_and_the_one_before_ended_the_day_before(acting, framework, draft):
    mina = acting("mina")

    published = publish(mina, draft)

    framework.refresh_from_db()
    assert framework.ends_on == mina.today - timedelta(days=1)
    assert published in queries.frameworks(mina) and framework not in queries.frameworks(mina)
    assert published.changed_because == "The panel asked for a hub."
    assert AuditEntry.objects.filter(kind="framework.published").count() == 1


def test_a_version_that_starts_later_leaves_the_one_before_in_force(acting, framework, draft):
    mina = acting("mina")
    publish(mina, draft, starts_on=mina.today + timedelta(days=30))

    assert [f.pk for f in queries.frameworks(mina) if f.key == framework.key] == [framework.pk]


@pytest.mark.parametrize(("days", "says"), [(-1, "cannot start in the past"), (800, "long way")])
def test_a_day_that_cannot_be_is_refused(acting, draft, days, says):
    mina = acting("mina")

    with pytest.raises(Problem, match=says) as told:
        publish(mina, draft, starts_on=mina.today + timedelta(days=days))

    assert told.value.field == "starts_on"


def test_what_is_published_is_not_changed_again(acting, draft):
    mina = acting("mina")
    publish(mina, draft)

    with pytest.raises(Refused, match="Begin a new version to change it"):
        actions.put_stage(actor=mina, draft=draft, facts=NEW)


def test_a_version_never_published_is_thrown_away(acting, framework, draft):
    actions.discard(actor=acting("mina"), draft=draft)

    assert Framework.objects.filter(key=framework.key).count() == 1
    assert policy.begin_version(acting("mina"), framework)


def test_what_changes_is_told_in_words(acting, framework, draft):
    mina = acting("mina")
    outreach = draft.stages.get(order=3)
    facts = StageFacts(
        name="Outreach", order=3, entry=outreach.entry, exit=outreach.exit, weeks_limit=12
    )
    actions.put_stage(actor=mina, draft=draft, stage=outreach, facts=facts)
    actions.drop_part(actor=mina, draft=draft, part=draft.stages.get(order=4))

    told = queries.changes(framework, Framework.objects.get(pk=draft.pk))

    said = {(c.where, c.what, c.before, c.after) for c in told}
    assert ("Outreach", "At most, in weeks", "24", "12") in said
    assert ("Panel placement", "Stage taken out", "4 Panel placement", "") in said


def test_a_pack_read_again_does_not_undo_what_was_changed_on_screen(acting, framework, draft):
    mina = acting("mina")
    publish(mina, draft)

    again = made.pack(mina)

    assert not again.changed and not again.created
    assert draft in queries.frameworks(mina)


def test_a_failed_audit_changes_nothing(acting, framework, draft, monkeypatch):
    mina = acting("mina")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publish(mina, draft)

    framework.refresh_from_db()
    assert framework.ends_on is None and Framework.objects.get(pk=draft.pk).is_draft


def test_another_council_sees_no_draft(acting, draft):
    with pytest.raises(NotFound):
        queries.get_draft(acting("nils"), draft.pk)
    assert not Stage.objects.filter(framework_id=draft.pk).exists()
