"""Sessions: held or missed, marked against the plan, mended for a day, then corrected."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.fieldwork import actions, policy, queries
from alongside.fieldwork.models import Session, TargetMark
from alongside.people.models import ChronologyEntry
from alongside.referrals.models import SupportStart

pytestmark = pytest.mark.django_db


def at(day, hour=10):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def record(actor, route, days_ago=1, hour=10, **changes):
    told = {
        "kind": "ONE_TO_ONE",
        "minutes": 45,
        "what_we_did": "Practised the exit card",
        "starts_at": at(actor.today - timedelta(days=days_ago), hour),
    }
    return actions.record_session(actor=actor, case=route.case, **(told | changes))


@pytest.mark.duty("OW-28")
@pytest.mark.duty("SA-23")
def test_a_session_is_written_in_one_go(acting, worked, targets):
    asha = acting("asha")

    session = record(
        asha, worked, place="Chalkhill, room 4", response="Calm after five minutes",
        next_step="Try it in maths", face=4, marks={targets[0].pk: "MET"},
    )  # fmt: skip

    read = queries.get_session(asha, session.pk)
    assert (read.what_we_did, read.response, read.next_step, read.face) == (
        "Practised the exit card", "Calm after five minutes", "Try it in maths", 4,
    )  # fmt: skip
    assert [(m.target.text, m.mark) for m in read.marks.all()] == [("Uses the exit card", "MET")]
    line = ChronologyEntry.objects.get(kind="SESSION")
    assert line.summary == "One-to-one session, 45 minutes, Chalkhill, room 4"
    assert (line.occurred_at, line.url) == (session.starts_at, f"/sessions/{session.pk}/")
    assert (line.information_class, line.is_shared) == ("C2", False)
    acting("dpo")
    assert AuditEntry.objects.get(kind="session.recorded").pupil_ids == [worked.pupil.pk]


def test_a_missed_session_says_why_and_counts_as_offered(acting, worked):
    asha = acting("asha")
    record(asha, worked)
    record(asha, worked, hour=12, attendance="PART", minutes=30)
    record(
        asha, worked, hour=14, attendance="MISSED", reason_missed="Off school, ill", what_we_did=""
    )

    hours = queries.hours(worked.case)

    assert (hours.offered, hours.attended, hours.part, hours.missed) == (120, 45, 30, 45)
    assert ChronologyEntry.objects.filter(
        summary="One-to-one session missed: Off school, ill"
    ).exists()


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"days_ago": -1}, "has not happened", "on"),
        ({"days_ago": 51}, "The case opened on", "on"),
        ({"minutes": 0}, "how many minutes", "minutes"),
        ({"minutes": 481}, "1 to 480", "minutes"),
        ({"attendance": "MISSED"}, "why it was missed", "reason_missed"),
        ({"what_we_did": " "}, "what you did", "what_we_did"),
        ({"face": 6}, "five faces", "face"),
        ({"attendance": "MISSED", "reason_missed": "Ill", "face": 3}, "no face", "attendance"),
        ({"marks": {987654: "MET"}}, "not in a plan", None),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(acting, worked, changes, words, field):
    asha = acting("asha")

    with pytest.raises(Problem, match=words) as problem:
        record(asha, worked, **changes)

    assert problem.value.field == field


def test_an_hour_that_has_not_come_is_refused(acting, worked):
    asha = acting("asha")

    with pytest.raises(Problem, match="has not happened yet"):
        record(asha, worked, starts_at=timezone.now() + timedelta(minutes=5))


def test_a_mark_is_one_of_four(acting, worked, targets):
    with pytest.raises(Problem, match="met, partly, not yet or not seen"):
        record(acting("asha"), worked, marks={targets[0].pk: "SPLENDID"})


def test_the_same_session_twice_is_refused(acting, worked):
    asha = acting("asha")
    session = record(asha, worked)

    with pytest.raises(Problem, match="already recorded a session that began then"):
        record(asha, worked)

    assert queries.own_session(asha, worked.case, session.starts_at) == session


@pytest.mark.parametrize("name", ["petra", "hana", "ines", "dora", "hugo", "emil"])
def test_who_reads_does_not_write(acting, worked, name):
    with pytest.raises(Refused, match="does not write"):
        record(acting(name), worked)


def test_a_closed_case_takes_no_session(acting, worked):
    asha = acting("asha")
    Case.objects.update(state="CLOSED", closed_on=asha.today)

    with pytest.raises(Refused, match="was closed on"):
        record(asha, worked)


def test_the_writer_mends_it_and_the_line_is_corrected(acting, worked, targets):
    asha = acting("asha")
    session = record(asha, worked, marks={targets[0].pk: "MET", targets[1].pk: "PARTLY"})

    edited = actions.edit_session(
        actor=asha, session=session, version=1, minutes=30, marks={targets[0].pk: "NOT_YET"}
    )

    assert (edited.minutes, edited.version) == (30, 2)
    assert list(TargetMark.objects.values_list("target", "mark")) == [(targets[0].pk, "NOT_YET")]
    lines = ChronologyEntry.objects.filter(kind="SESSION").order_by("pk")
    assert [line.summary for line in lines] == [
        "One-to-one session, 45 minutes",
        "Correction: One-to-one session, 30 minutes",
    ]


def test_mending_words_alone_adds_no_line(acting, worked):
    asha = acting("asha")
    session = record(asha, worked)

    actions.edit_session(actor=asha, session=session, version=1, response="Better")

    assert ChronologyEntry.objects.filter(kind="SESSION").count() == 1


def test_two_devices_at_once_are_asked_to_choose(acting, worked):
    asha = acting("asha")
    session = record(asha, worked)
    actions.edit_session(actor=asha, session=session, version=1, response="From the phone")

    with pytest.raises(Conflict) as conflict:
        actions.edit_session(actor=asha, session=session, version=1, response="From the laptop")

    assert conflict.value.current.response == "From the phone"


def test_after_a_day_it_stands(acting, worked):
    asha = acting("asha")
    session = record(asha, worked)
    session.created_at -= timedelta(hours=24, minutes=1)

    assert "Add a correction" in policy.edit(asha, session).reason


def test_nobody_else_mends_it(acting, worked):
    session = record(acting("asha"), worked)

    assert "Only who wrote this" in policy.edit(acting("mina"), session).reason


@pytest.mark.parametrize("name", ["omar", "lena", "marta", "nell"])
def test_out_of_scope_is_absent(acting, worked, name):
    session = record(acting("asha"), worked)
    actor = acting(name)

    with pytest.raises(NotFound):
        queries.get_session(actor, session.pk)
    assert queries.sessions_of(actor, worked.pupil) == []
    assert queries.hours_of(actor, worked.pupil).offered == 0


def test_a_failed_audit_changes_nothing(acting, worked, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        record(asha, worked)

    assert not Session.objects.exists()
    assert not ChronologyEntry.objects.filter(kind="SESSION").exists()


def test_a_day_before_support_began_is_kept_and_said(acting, worked):
    asha = acting("asha")
    SupportStart.objects.create(
        case=worked.case,
        starts_on=asha.today - timedelta(days=2),
        in_place=[],
        started_by_id=asha.staff_id,
    )
    Case.objects.filter(pk=worked.case.pk).update(opened_on=asha.today - timedelta(days=9))
    before, after = record(asha, worked, days_ago=3), record(asha, worked, days_ago=2)

    assert "is before support began on" in queries.before_support(before)
    assert queries.before_support(after) == ""
