"""Pathways have dates and are followed once at a time; conditions say who named them and when."""

from datetime import timedelta

import pytest

from alongside.core.decisions import NotFound, Problem, Refused
from alongside.people.actions.needs import end_pathway, record_condition, start_pathway
from alongside.people.models import ChronologyEntry, Condition, PathwaySpell
from alongside.people.queries.needs import get_condition, needs_of
from tests.children import Children

pytestmark = pytest.mark.django_db

Pathway, State = PathwaySpell.Pathway, Condition.State


@pytest.fixture
def robin(db, cast):
    children = Children(cast)
    robin = children.pupil()
    for name in ("asha", "ben", "omar"):
        children.involve(robin, name)
    return robin


def start(actor, pupil, pathway=Pathway.VOCATIONAL, days_ago=10, **told):
    starts_on = actor.today - timedelta(days=days_ago)
    return start_pathway(actor=actor, pupil=pupil, pathway=pathway, starts_on=starts_on, **told)


def record(actor, pupil, **told):
    return record_condition(
        actor=actor,
        pupil=pupil,
        **{
            "name": "Autism",
            "state": State.SUSPECTED,
            "source": "Class teacher",
            "said_on": actor.today,
            **told,
        },
    )


def test_two_pathways_may_run_at_once_but_not_one_twice(acting, robin):
    asha = acting("asha")
    start(asha, robin)
    start(asha, robin, Pathway.THERAPEUTIC)

    with pytest.raises(Problem, match="on the vocational pathway then already"):
        start(asha, robin)


def test_a_pathway_ends_once_and_not_before_it_started(acting, robin):
    asha = acting("asha")
    spell = start(asha, robin)

    with pytest.raises(Problem, match="It started on"):
        end_pathway(actor=asha, spell=spell, ends_on=spell.starts_on - timedelta(days=1))
    end_pathway(actor=asha, spell=spell, ends_on=asha.today)
    with pytest.raises(Refused, match="ended on"):
        end_pathway(actor=asha, spell=spell, ends_on=asha.today)


def test_after_its_last_day_it_may_start_again(acting, robin):
    asha = acting("asha")
    spell = start(asha, robin)
    end_pathway(actor=asha, spell=spell, ends_on=asha.today - timedelta(days=1))

    again = start(asha, robin, days_ago=0)

    assert [row["id"] for row in needs_of(asha, robin)["pathways"]] == [again.pk, spell.pk]


def test_both_days_of_a_pathway_stand_in_the_chronology(acting, robin):
    asha = acting("asha")
    end_pathway(actor=asha, spell=start(asha, robin), ends_on=asha.today)

    said = list(ChronologyEntry.objects.order_by("pk").values_list("summary", flat=True))
    assert said[0].startswith("Vocational pathway from")
    assert said[1].startswith("Vocational pathway until")


def test_a_suspicion_stays_when_it_is_diagnosed(acting, robin):
    asha = acting("asha")
    before = record(asha, robin)

    after = record(asha, robin, state=State.DIAGNOSED, source="Dr N. Inventham", replaces=before)

    rows = needs_of(asha, robin)["conditions"]
    assert [(r["id"], r["replaced_by"]) for r in rows] == [(after.pk, None), (before.pk, after.pk)]
    with pytest.raises(Problem, match="already"):
        record(asha, robin, state=State.RULED_OUT, replaces=before)


def test_who_does_not_read_health_records_learns_nothing(acting, robin):
    condition = record(acting("asha"), robin)

    ben = acting("ben")

    assert "conditions" not in needs_of(ben, robin)
    with pytest.raises(NotFound):
        get_condition(ben, robin, condition.pk)
    with pytest.raises(Refused, match="read health and SEND records"):
        record(ben, robin)


def test_a_day_that_has_not_come_is_refused(acting, robin):
    asha = acting("asha")

    with pytest.raises(Problem, match="has not come yet"):
        record(asha, robin, said_on=asha.today + timedelta(days=1))
