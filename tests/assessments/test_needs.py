"""Needs by kind; trauma behind the wall; a suspected need is put to the school's SENDCo."""

from datetime import timedelta

import pytest

from alongside.assessments import actions, policy, queries
from alongside.assessments.actions import Answer
from alongside.assessments.models import Need
from alongside.cases.models import Task
from alongside.cases.suspected_needs import suspect_need
from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import Notice
from alongside.people.models import ChronologyEntry

pytestmark = pytest.mark.django_db


def record(actor, route, kind="BARRIER", **changes):
    told = {"text": "Noise in the corridor before period 3"}
    return actions.record_need(actor=actor, pupil=route.pupil, kind=kind, **(told | changes))


@pytest.mark.parametrize("kind", ["BARRIER", "STRENGTH", "TRIGGER", "HELPS", "LEARNING_GAP"])
def test_a_need_is_casework_on_the_chronology(acting, route, kind):
    asha = acting("asha")

    need = record(asha, route, kind)

    assert queries.needs_of(asha, route.pupil) == [need]
    line = ChronologyEntry.objects.get(kind="ASSESSMENT")
    assert line.summary == f"{need.get_kind_display()}: Noise in the corridor before period 3"
    assert line.information_class == "C3"


@pytest.mark.duty("RC-30")
def test_trauma_is_read_by_the_writer_and_the_cleared_alone(acting, route):
    asha = acting("asha")
    record(asha, route, "TRAUMA", text="Told me of a fire", source="The child")
    assert [n.information_class for n in queries.needs_of(asha, route.pupil)] == ["C5"]

    for name in ("mina", "lena", "petra", "ines"):
        assert queries.needs_of(acting(name), route.pupil) == [], name
    assert len(queries.needs_of(acting("dora"), route.pupil)) == 1


def test_trauma_leaves_a_restricted_line(acting, route):
    record(acting("asha"), route, "TRAUMA", text="Told me of a fire", source="The child")

    acting("dora")
    assert ChronologyEntry.objects.get(kind="ASSESSMENT").information_class == "C5"
    acting("mina")
    assert not ChronologyEntry.objects.filter(kind="ASSESSMENT").exists()


def test_trauma_is_never_shared_by_a_tick(acting, route):
    with pytest.raises(Problem, match="not shared by a tick"):
        record(acting("asha"), route, "TRAUMA", source="The child", is_shared=True)


def test_who_only_sees_the_flag_does_not_record_trauma(acting, route):
    mina = acting("mina")

    decision = policy.record_need(mina, route.pupil, "TRAUMA")

    assert "safeguarding lead" in decision.reason
    assert policy.record_need(mina, route.pupil, "BARRIER")


@pytest.mark.duty("OW-43")
def test_a_suspected_need_reaches_the_sendco_of_the_pupils_school(acting, route):
    asha = acting("asha")

    need, asked = suspect_need(
        actor=asha, pupil=route.pupil, text="Loses words", source="Seen in two lessons"
    )

    assert asked == ["Petra Exampleton"]
    task = Task.objects.get(owner=route.staff("petra"))
    assert task.due_on == asha.today + timedelta(days=14)
    assert Notice.objects.filter(staff=route.staff("petra"), kind="need.suspected").count() == 1
    assert not Notice.objects.filter(staff=route.staff("marta"), kind="need.suspected").exists()
    assert queries.needs_of(acting("petra"), route.pupil) == [need]


@pytest.mark.duty("OW-43")
def test_the_sendco_answers_and_who_suspected_it_is_told(acting, route):
    need, _ = suspect_need(
        actor=acting("asha"), pupil=route.pupil, text="Loses words", source="Seen in two lessons"
    )
    petra = acting("petra")

    actions.answer_need(
        actor=petra, need=need, answer=Answer("Speech and language screening booked")
    )

    asha = acting("asha")
    (read,) = queries.needs_of(asha, route.pupil)
    assert (read.answer, read.answered_by.name) == (
        "Speech and language screening booked",
        "Petra Exampleton",
    )
    assert Notice.objects.filter(staff=route.staff("asha"), kind="need.answered").exists()
    with pytest.raises(Refused, match="was answered on"):
        actions.answer_need(actor=acting("petra"), need=need, answer=Answer("Twice"))


@pytest.mark.parametrize("name", ["asha", "marta", "hana", "mina"])
def test_only_the_schools_sendco_answers(acting, route, name):
    need, _ = suspect_need(
        actor=acting("asha"), pupil=route.pupil, text="Loses words", source="Seen in class"
    )

    assert "The SENDCo of the pupil's school" in policy.answer_need(acting(name), need).reason


def test_a_suspected_need_says_what_was_seen(acting, route):
    with pytest.raises(Problem, match="the evidence"):
        suspect_need(actor=acting("asha"), pupil=route.pupil, text="Loses words", source=" ")
    assert not Task.objects.exists()


def test_without_a_sendco_nobody_is_asked_and_it_says_so(acting, route):
    asha = acting("asha")
    route.pupil.enrolments.update(ends_on=asha.today - timedelta(days=1))

    _, asked = suspect_need(actor=asha, pupil=route.pupil, text="Loses words", source="Seen")

    assert asked == []


def test_a_school_reads_only_what_is_shared(acting, route):
    asha = acting("asha")
    record(asha, route)
    shared = record(asha, route, "HELPS", text="A quiet start", is_shared=True)

    assert queries.needs_of(acting("petra"), route.pupil) == [shared]
    with pytest.raises(NotFound):
        queries.get_need(acting("petra"), route.pupil, shared.pk - 1)


def test_a_need_ends_on_a_day_and_stays_read(acting, route):
    asha = acting("asha")
    ended = record(asha, route)
    newer = record(asha, route, text="Late buses")

    actions.end_need(actor=asha, need=ended, ended_on=asha.today)

    assert [n.pk for n in queries.needs_of(asha, route.pupil)] == [newer.pk, ended.pk]
    with pytest.raises(Refused, match="This ended on"):
        actions.end_need(actor=asha, need=ended, ended_on=asha.today)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"text": " "}, "Say in a sentence"), ({"days": 1}, "has not come yet")],
)
def test_what_cannot_stand_is_refused(acting, route, changes, words):
    asha = acting("asha")
    if "days" in changes:
        changes = {"recorded_on": asha.today + timedelta(days=1)}

    with pytest.raises(Problem, match=words):
        record(asha, route, **changes)


def test_an_end_before_the_beginning_is_refused(acting, route):
    asha = acting("asha")
    need = record(asha, route)

    with pytest.raises(Problem, match="This was recorded on"):
        actions.end_need(actor=asha, need=need, ended_on=asha.today - timedelta(days=1))


def test_a_failed_audit_changes_nothing(acting, route, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        suspect_need(actor=asha, pupil=route.pupil, text="Loses words", source="Seen")

    assert not Need.objects.exists()
    assert not Task.objects.exists()
    assert not Notice.objects.filter(kind="need.suspected").exists()
