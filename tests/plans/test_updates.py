"""Updates on how a plan goes, and targets ticked in a session."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.core.days import start_of
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import Notice
from alongside.duties import progress
from alongside.fieldwork.actions import record_daily_log, record_session
from alongside.fieldwork.models import TargetMark
from alongside.plans import actions, queries
from alongside.plans import updates as sent_updates
from alongside.plans.models import Plan, ProgressUpdate
from tests.plans.makers import Making, scored
from tests.web.test_plans import day


def worked(making: Making) -> Plan:
    """A plan in use with a session, a day's log, a score and a note."""
    plan = making.agreed()
    asha = making.acting("asha")
    marks = {target.pk: "MET" for target in plan.targets.all()[:1]}
    record_session(
        actor=asha,
        case=making.case,
        kind="ONE_TO_ONE",
        starts_at=max(timezone.now() - timedelta(minutes=30), start_of(asha.today)),
        minutes=30,
        attendance="ATTENDED",
        what_we_did="Practised the exit card",
        response="Came back by himself in 4 minutes",
        marks=marks,
    )
    record_daily_log(
        actor=asha, case=making.case, on=asha.today, what_worked="A job at the start", marks={}
    )
    actions.score_targets(actor=asha, plan=plan, scores=scored(plan, 5), scored_on=asha.today)
    actions.add_note(actor=asha, plan=plan, text="Two lessons whole.")
    return plan


@pytest.mark.duty("SA-51")
def test_observations_and_notes_since_the_last_review_are_assembled_ready_to_edit(
    making, signed_in, cast
):
    plan = worked(making)
    client = signed_in("asha")
    page = client.get(f"/plans/{plan.pk}/update/").content.decode()
    for said in (
        "1 session: 1 attended",
        "1 daily log",
        "now 5 of 10 times. Marked 1 met",
        "the service: Two lessons whole.",
        "Came back by himself in 4 minutes",
        "Worked: A job at the start",
    ):
        assert said in page

    answer = client.post(f"/plans/{plan.pk}/update/", {"body": "He comes back. Keep the card."})

    assert answer["Location"] == f"/plans/{plan.pk}/updates/"
    making.acting("asha")
    sent = ProgressUpdate.objects.get()
    assert (sent.body, sent.since) == ("He comes back. Keep the card.", plan.starts_on)
    assert Notice.objects.filter(staff_id=cast.staff["mina"], kind="plan.update").exists()
    assert "He comes back. Keep the card." in client.get(answer["Location"]).content.decode()


def test_what_was_before_the_last_review_is_left_out(making):
    plan = worked(making)
    asha = making.acting("asha")
    found = queries.get_plan(asha, plan.pk)

    assert "0 sessions" in progress.assemble(asha, found, asha.today + timedelta(days=1))


def test_an_empty_update_is_told_and_a_school_writes_and_reads_none(making):
    plan = worked(making)
    with pytest.raises(Problem):
        actions.send_update(actor=making.acting("asha"), plan=plan, since=plan.starts_on, body=" ")
    with pytest.raises(Refused):
        actions.send_update(
            actor=making.acting("petra"), plan=plan, since=plan.starts_on, body="Well"
        )
    with pytest.raises(NotFound):
        sent_updates.updates_of(making.acting("petra"), plan)


@pytest.mark.duty("SA-25")
def test_a_session_ticks_the_targets_it_worked_on_each_with_how_it_went(making, signed_in):
    plan = making.agreed(starts_on=making.today - timedelta(days=5))
    first, second = plan.targets.all()
    client = signed_in("asha")
    url = f"/cases/{making.case.pk}/sessions/new/"
    assert first.text in client.get(url).content.decode()

    answer = client.post(
        url,
        {
            "kind": "ONE_TO_ONE",
            **day("on", making.today - timedelta(days=1)),
            "time": "10:30",
            "minutes": "45",
            "attendance": "ATTENDED",
            "what_we_did": "Practised the exit card",
            f"mark_{first.pk}": "PARTLY",
            f"mark_{second.pk}": "MET",
        },
    )

    assert answer.status_code == 302
    making.acting("asha")
    marks = dict(TargetMark.objects.values_list("target_id", "mark"))
    assert marks == {first.pk: "PARTLY", second.pk: "MET"}
