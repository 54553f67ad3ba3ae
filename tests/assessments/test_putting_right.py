"""A measure entered for the wrong child: taken to the right one, struck out here, both records honest."""

import pytest

from alongside.assessments import actions, policy, queries
from alongside.assessments.actions import Answers, Given
from alongside.assessments.models import MeasureResult, Voice
from alongside.cases import actions as cases
from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.core.models import AuditEntry, Notice
from alongside.people.models import Capacity, ChronologyEntry
from alongside.rules.voice import Means
from tests.pathways import made

pytestmark = pytest.mark.django_db

SCORES = {"emotional": 6, "conduct": 5, "hyperactivity": 8, "peer": 3, "prosocial": 4}


@pytest.fixture
def right(acting, route):
    """The child the score was given for: another case of asha's."""
    made.pack(acting("adam"))
    pupil = route.children.pupil("Sky", "Placeholder", at="marlpit")
    mina = acting("mina")
    case = cases.open_case(
        actor=mina, pupil=pupil, school=pupil.enrolments.get().school, service=route.service,
        framework=route.framework, reason="Example", opened_on=mina.today,
    )  # fmt: skip
    cases.allocate(
        actor=mina, case=case, staff=route.staff("asha"), capacity=Capacity.LEAD,
        starts_on=mina.today,
    )  # fmt: skip
    return pupil


@pytest.fixture
def wrong(acting, route, right) -> MeasureResult:
    asha = acting("asha")
    given = Given("TEACHER", "BASELINE", asha.today, "Sent by the form tutor")
    return actions.record_sdq(actor=asha, pupil=route.pupil, scores=SCORES, given=given)[0]


def move(actor, result, to, occasion="BASELINE", reason="The name on the paper"):
    return actions.move_to_child(
        actor=actor, entry=result, to_pupil=to, occasion=occasion, reason=reason
    )


def test_the_whole_sitting_goes_and_stays_struck_where_it_was(acting, route, right, wrong):
    asha = acting("asha")

    moved = move(asha, wrong, right)

    here = queries.results_of(asha, route.pupil)
    assert len(here) == 6 and all(r.struck_out_because for r in here)
    assert queries.pairs(asha, route.pupil) == []
    there = queries.results_of(asha, right)
    assert [r.score for r in there] == [r.score for r in here]
    assert {r.moved_from_id for r in there} == {r.pk for r in here}
    assert moved[0].note == "Sent by the form tutor"


def test_both_chronologies_say_so_and_neither_names_the_other(acting, route, right, wrong):
    asha = acting("asha")
    move(asha, wrong, right)

    taken = ChronologyEntry.objects.get(pupil=route.pupil, summary__startswith="Struck out")
    assert taken.corrects.summary.endswith("at the start: 22 of 40")  # It stays as it was written.
    assert taken.detail == "Entered for the wrong child. The name on the paper"
    put = ChronologyEntry.objects.get(pupil=right, kind="ASSESSMENT")
    assert put.summary.endswith("first entered on another record by mistake")
    for line, other in ((taken, right), (put, route.pupil)):
        assert other.legal_surname not in line.summary + line.detail


def test_the_audit_has_a_line_on_each_child_that_leads_to_the_other(acting, route, right, wrong):
    moved = move(acting("asha"), wrong, right)

    acting("dpo")
    out = AuditEntry.objects.get(kind="measure.moved_out")
    into = AuditEntry.objects.get(kind="measure.moved_in")
    assert (out.pupil_ids, into.pupil_ids) == ([route.pupil.pk], [right.pk])
    assert (out.detail["other"], into.detail["other"]) == (moved[0].pk, wrong.pk)


def test_the_leads_of_both_children_hear_of_it(acting, route, right, wrong):
    move(acting("mina"), wrong, right)

    told = Notice.objects.filter(staff=route.staff("asha"), kind__startswith="measure.moved")
    assert {notice.pupil_id for notice in told} == {route.pupil.pk, right.pk}


def test_an_occasion_that_does_not_fit_the_other_child_moves_nothing(acting, route, right, wrong):
    asha = acting("asha")

    with pytest.raises(Problem, match="no score at the start"):
        move(asha, wrong, right, occasion="REVIEW")

    assert not queries.results_of(asha, right)


def test_it_is_not_moved_to_the_same_child(acting, route, right, wrong):
    with pytest.raises(Refused, match="on this child’s record already"):
        move(acting("asha"), wrong, route.pupil)


def test_it_is_not_moved_to_a_child_one_does_not_work_with(acting, route, right, wrong):
    acting("mina")
    stranger = route.children.pupil("Ash", "Specimen", at="marlpit")

    assert (
        "Only somebody who works with that child"
        in policy.move_to(acting("asha"), wrong, stranger).reason
    )


def test_a_score_is_moved_once(acting, route, right, wrong):
    asha = acting("asha")
    move(asha, wrong, right)

    with pytest.raises(Refused, match="was struck out: Entered for the wrong child"):
        move(asha, wrong, right)


def test_how_it_is_known_is_asked(acting, route, right, wrong):
    with pytest.raises(Problem, match="how you know"):
        move(acting("asha"), wrong, right, reason=" ")


def test_striking_one_of_a_sitting_strikes_them_all(acting, route, right, wrong):
    asha = acting("asha")

    actions.strike_out(actor=asha, entry=wrong, reason="Scored for another year")

    assert not MeasureResult.objects.filter(pupil=route.pupil, struck_out_because="").exists()


def belonging(actor, route) -> MeasureResult:
    answers = Answers(Means.SCALE, 2, 3, "Nobody waits for me")
    return actions.record_belonging(
        actor=actor, pupil=route.pupil, occasion="BASELINE", said_on=actor.today, answers=answers
    )[0]


def test_the_childs_words_go_with_the_scores(acting, route, right):
    asha = acting("asha")

    move(asha, belonging(asha, route), right)

    assert queries.voices_of(asha, route.pupil) == []
    assert not queries.shared_words().filter(pupil=route.pupil).exists()
    assert [voice.words for voice in queries.voices_of(asha, right)] == ["Nobody waits for me"]
    kept = Voice.objects.get(pupil=route.pupil)
    assert kept.struck_out_because.startswith("Entered for the wrong child")


def test_words_of_scores_struck_out_are_shown_nowhere(acting, route, right):
    asha = acting("asha")
    result = belonging(asha, route)

    actions.strike_out(actor=asha, entry=result, reason="It was a game, they said")

    assert queries.voices_of(asha, route.pupil) == []
    assert queries.answers_of(route.pupil) == []


def test_a_failed_audit_moves_nothing(acting, route, right, wrong, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        move(asha, wrong, right)

    assert not MeasureResult.objects.filter(pupil=right).exists()
    assert not MeasureResult.objects.exclude(struck_out_because="").exists()
