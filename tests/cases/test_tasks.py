"""Tasks are their owner's to tick, and a tick can be taken back."""

import pytest

from alongside.cases import actions, policy, queries
from alongside.core.decisions import NotFound, Refused

pytestmark = pytest.mark.django_db


def add(actor):
    return actions.add_task(
        actor=actor, owner_id=actor.staff_id, text="Ring the school", due_on=actor.today
    )


def test_its_owner_ticks_a_task_and_takes_the_tick_back(acting, cast):
    asha = acting("asha")
    task = add(asha)

    assert actions.complete_task(actor=asha, task=task, done_on=asha.today).done_on == asha.today
    assert "was done on" in policy.complete_task(asha, queries.get_task(asha, task.pk)).reason
    assert actions.undo_task(actor=asha, task=task).done_on is None


def test_nobody_ticks_or_unticks_what_is_somebody_elses(acting, cast):
    task = add(acting("asha"))
    omar = acting("omar")

    with pytest.raises(NotFound):
        queries.get_task(omar, task.pk)
    with pytest.raises(Refused, match="somebody else"):
        actions.complete_task(actor=omar, task=task, done_on=omar.today)
    with pytest.raises(Refused, match="Only who ticked it"):
        actions.undo_task(actor=omar, task=task)
