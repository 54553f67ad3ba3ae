"""Digests, calendars and what is told of the overdue: on the chosen day, and naming no child."""

from datetime import timedelta

import pytest
from django.core import mail

from alongside.cases import actions
from alongside.core import notices, reminders
from alongside.core.models import AuditEntry, Notice, Reminders, Staff
from alongside.duties import digest, jobs, overdue
from alongside.duties.standards import TELL_MANAGER_AFTER
from alongside.rules.working_days import add_working_days

pytestmark = pytest.mark.django_db

LATE = timedelta(days=2 * TELL_MANAGER_AFTER + 4)


def choose(actor, **told):
    return reminders.choose_reminders(
        actor=actor,
        **{
            "digest": Reminders.Digest.DAILY,
            "weekday": 0,
            "tells_overdue": True,
            "tells_week": True,
            "tells_new": True,
            "tells_team": True,
            **told,
        },
    )


def on_weekday(actor, weekday):
    """The actor on the next such day."""
    from dataclasses import replace

    days = (weekday - actor.today.weekday()) % 7
    return replace(actor, today=actor.today + timedelta(days=days))


def late_task(actor, text="Ring Robin Testerly’s mum", by=LATE):
    return actions.add_task(
        actor=actor, owner_id=actor.staff_id, text=text, due_on=actor.today - by
    )


def test_a_digest_counts_what_is_due_and_names_no_child(acting, route):
    asha = acting("asha")
    late_task(asha)

    subject, body = digest.write(asha, choose(asha))

    assert "Overdue: 1\n  1 × tasks" in body
    assert "New to you: 1" in body
    assert "Testerly" not in subject + body
    assert "Robin" not in subject + body
    assert route.pupil.enrolments.get().school.name not in body


def test_only_what_was_chosen_is_told(acting, route):
    asha = acting("asha")
    late_task(asha)

    _, body = digest.write(asha, choose(asha, tells_overdue=False))

    assert "Overdue" not in body


def test_a_leader_reads_how_much_of_the_teams_is_overdue(acting, route):
    late_task(acting("omar"))
    mina = acting("mina")

    _, body = digest.write(mina, choose(mina))

    assert "Overdue in your team: 1" in body


def test_with_nothing_to_tell_nothing_is_sent(acting, cast):
    omar = acting("omar")

    assert digest.write(omar, choose(omar)) is None


@pytest.mark.parametrize(
    ("chosen", "weekday", "is_wanted"),
    [
        (Reminders.Digest.DAILY, 2, True),
        (Reminders.Digest.DAILY, 5, False),
        (Reminders.Digest.WEEKLY, 3, True),
        (Reminders.Digest.WEEKLY, 2, False),
        (Reminders.Digest.NEVER, 3, False),
    ],
)
def test_it_comes_on_the_chosen_days(acting, cast, chosen, weekday, is_wanted):
    asha = acting("asha")
    own = choose(asha, digest=chosen, weekday=3)

    assert digest.is_wanted(on_weekday(asha, weekday), own) is is_wanted


def test_it_comes_once_a_day(acting, cast):
    asha = on_weekday(acting("asha"), 1)
    own = choose(asha)
    own.sent_on = asha.today

    assert not digest.is_wanted(asha, own)


def test_the_job_sends_to_the_person_alone(
    acting, route, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(digest, "is_wanted", lambda actor, chosen: chosen.digest == "DAILY")
    asha = acting("asha")
    choose(asha)
    Staff.objects.filter(pk=asha.staff_id).update(email="asha@eastmere.example")

    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.send_digest(asha.staff_id)

    (letter,) = mail.outbox
    assert letter.to == ["asha@eastmere.example"]
    assert "Testerly" not in letter.body
    acting("asha")
    assert Reminders.objects.get().sent_on == asha.today


def test_nobody_reads_how_somebody_else_is_reminded(acting, cast):
    choose(acting("asha"))

    acting("mina")

    assert not Reminders.objects.exists()


def test_a_manager_is_told_once_a_week_of_what_stays_overdue(acting, route):
    late_task(acting("asha"))

    assert jobs.tell_manager(route.staff("asha").pk, "991")
    assert not jobs.tell_manager(route.staff("asha").pk, "991")

    mina = acting("mina")
    (told,) = [n for n in notices.unseen(mina) if n.kind == "deadline.overdue"]
    assert told.text.endswith(f"school days late: {route.staff('asha').name}.")
    assert "Testerly" not in told.text
    assert AuditEntry.objects.filter(kind="deadline.escalated").count() == 1


def test_what_is_late_within_the_standard_is_nobody_elses_business(acting, cast):
    asha = acting("asha")
    days = 0
    while add_working_days(asha.today - timedelta(days=days), TELL_MANAGER_AFTER) > asha.today:
        days += 1
    late_task(asha, by=timedelta(days=1))

    assert overdue.late_of(asha) is None


def test_the_line_manager_is_the_one_told(acting, route):
    acting("mina")
    Staff.objects.filter(pk=route.staff("asha").pk).update(line_manager=route.staff("hugo"))
    asha = acting("asha")
    late_task(asha)

    assert overdue.late_of(asha).manager_ids == (route.staff("hugo").pk,)


def test_one_persons_failure_stops_nobody_elses(acting, cast, monkeypatch, caplog):
    def fails(staff_id):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(jobs, "send_digest", fails)

    assert jobs._attempt(jobs.send_digest, 5) is False
    assert "staff 5" in caplog.text
    assert not Notice.objects.exists()


def test_the_morning_jobs_come_round_on_working_days():
    from procrastinate.contrib.django import app

    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert crons["duties.send_digests"].endswith("1-5")
    assert crons["duties.tell_overdue"].endswith("1-5")
