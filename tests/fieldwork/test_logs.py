"""Daily logs: one a day a writer, targets marked; and the list of sessions and logs together."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.core import audit
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.fieldwork import actions, policy, queries
from alongside.fieldwork.models import DailyLog
from alongside.people.models import ChronologyEntry

pytestmark = pytest.mark.django_db


def record(actor, route, days_ago=0, **changes):
    told = {"what_worked": "A quiet start", "on": actor.today - timedelta(days=days_ago)}
    return actions.record_daily_log(actor=actor, case=route.case, **(told | changes))


def test_a_day_is_marked_against_the_plans_targets(acting, worked, targets):
    asha = acting("asha")

    log = record(
        asha, worked, face=3, staff_told="Ms Mockford",
        marks={targets[0].pk: "MET", targets[1].pk: "NOT_SEEN"},
    )  # fmt: skip

    line = ChronologyEntry.objects.get(kind="DAILY_LOG")
    assert line.summary == "Daily log: 1 of 1 target met"
    assert line.information_class == "C2"
    assert [m.mark for m in queries.get_log(asha, log.pk).marks.all()] == ["MET", "NOT_SEEN"]
    assert [m.mark for m in queries.marks_of(targets[0])] == ["MET"]


def test_an_earlier_day_stands_at_the_end_of_that_day(acting, worked):
    asha = acting("asha")

    record(asha, worked, 2)

    occurred = timezone.localtime(ChronologyEntry.objects.get(kind="DAILY_LOG").occurred_at)
    assert occurred.date() == asha.today - timedelta(days=2)


def test_one_log_a_day_a_writer(acting, worked):
    asha = acting("asha")
    log = record(asha, worked)

    with pytest.raises(Problem, match="already written this day's log") as problem:
        record(asha, worked)

    assert problem.value.field == "on"
    assert queries.own_log(asha, worked.case, asha.today) == log
    mina = acting("mina")
    record(mina, worked)
    assert DailyLog.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"days_ago": -1}, "has not happened", "on"),
        ({"days_ago": 51}, "The case opened on", "on"),
        ({"what_worked": " "}, "Mark a target", "what_worked"),
        ({"what_worked": "x" * 301}, "under 300", "what_worked"),
        ({"face": 0}, "five faces", "face"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(acting, worked, changes, words, field):
    with pytest.raises(Problem, match=words) as problem:
        record(acting("asha"), worked, **changes)

    assert problem.value.field == field


@pytest.mark.parametrize("name", ["petra", "hana", "ines", "dora"])
def test_who_reads_does_not_write(acting, worked, name):
    with pytest.raises(Refused, match="does not write"):
        record(acting(name), worked)


def test_a_log_is_mended_by_its_writer_and_its_line_corrected(acting, worked, targets):
    asha = acting("asha")
    log = record(asha, worked, marks={targets[0].pk: "NOT_YET"})

    edited = actions.edit_daily_log(
        actor=asha, log=log, version=1, what_worked="The card", marks={targets[0].pk: "MET"}
    )

    assert (edited.what_worked, edited.version) == ("The card", 2)
    lines = ChronologyEntry.objects.filter(kind="DAILY_LOG").order_by("pk")
    assert [line.summary for line in lines] == [
        "Daily log: 0 of 1 target met",
        "Correction: Daily log: 1 of 1 target met",
    ]
    with pytest.raises(Conflict):
        actions.edit_daily_log(actor=asha, log=log, version=1, what_worked="Late")


def test_after_a_day_or_by_another_it_stands(acting, worked):
    asha = acting("asha")
    log = record(asha, worked)

    assert policy.edit(asha, log)
    assert "Only who wrote" in policy.edit(acting("mina"), log).reason
    log.created_at -= timedelta(hours=25)
    assert "Add a correction" in policy.edit(asha, log).reason


def test_targets_come_from_the_plan_in_use_else_the_one_just_reviewed(acting, worked, targets):
    acting("asha")
    plan = targets[0].plan

    assert queries.targets_to_mark(worked.case) == targets
    plan.state = "REVIEWED"
    plan.save(update_fields=["state"])
    assert queries.targets_to_mark(worked.case) == targets
    plan.state = "DRAFT"
    plan.save(update_fields=["state"])
    assert queries.targets_to_mark(worked.case) == []


def test_the_list_walks_every_entry_once_newest_first(acting, worked):
    asha = acting("asha")
    for days_ago in range(1, 6):
        record(asha, worked, days_ago)
        for hour in (9, 14):
            day = asha.today - timedelta(days=days_ago)
            actions.record_session(
                actor=asha, case=worked.case, kind="GROUP", minutes=30, what_we_did="Talked",
                starts_at=timezone.make_aware(datetime.combine(day, time(hour))),
            )  # fmt: skip

    seen, after = [], ""
    while True:
        page = queries.diary(asha, worked.pupil, after, most=4)
        seen += page.entries
        after = page.after
        if not after:
            break

    assert len({e.key for e in seen}) == len(seen) == 15
    assert [e.moment for e in seen] == sorted((e.moment for e in seen), reverse=True)


@pytest.mark.parametrize(
    "after", ["", "x", "2026-01-01~s~1", "~~", "2026-01-01T00:00:00+00:00~q~1"]
)
def test_an_unreadable_place_in_the_list_starts_at_the_newest(acting, worked, after):
    asha = acting("asha")
    record(asha, worked)

    assert len(queries.diary(asha, worked.pupil, after).entries) == 1


def test_the_list_asks_little(acting, worked, targets, django_assert_num_queries):
    asha = acting("asha")
    for days_ago in range(4):
        record(asha, worked, days_ago, marks={t.pk: "MET" for t in targets})

    with django_assert_num_queries(3):
        page = queries.diary(asha, worked.pupil)
        assert [m.target.text for e in page.entries for m in e.written.marks.all()]


def test_a_failed_audit_changes_nothing(acting, worked, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        record(asha, worked)

    assert not DailyLog.objects.exists()
