"""Scores: within bounds, each held against the one at the start, struck out and never removed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alongside.assessments import actions, policy, queries, wording
from alongside.assessments.models import Measure, MeasureResult
from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.people.models import ChronologyEntry
from tests.pathways import made

pytestmark = pytest.mark.django_db

BANDS = [
    {"from": 0, "to": 11, "label": "Close to average"},
    {"from": 12, "to": 40, "label": "Raised"},
]


@pytest.fixture
def measure(acting, route) -> Measure:
    acting("asha")
    Case.objects.update(opened_on=acting("asha").today - timedelta(days=50))
    return Measure.objects.create(
        key="total", name="Difficulties score", low=0, high=40, is_lower_better=True,
        bands={"TEACHER": BANDS},
    )  # fmt: skip


def record(actor, route, measure, score=24, occasion="BASELINE", days_ago=40, **changes):
    told = {"informant": "TEACHER", "taken_on": actor.today - timedelta(days=days_ago)}
    return actions.record_result(
        actor=actor, pupil=route.pupil, measure=measure, occasion=occasion, score=score,
        **(told | changes),
    )  # fmt: skip


def test_a_score_stands_on_the_chronology_as_casework(acting, route, measure):
    asha = acting("asha")

    record(asha, route, measure)

    line = ChronologyEntry.objects.get(kind="ASSESSMENT")
    assert line.summary == "Difficulties score, teacher, at the start: 24 of 40"
    assert (line.information_class, line.is_shared) == ("C3", False)
    acting("dpo")
    assert AuditEntry.objects.get(kind="measure.recorded").pupil_ids == [route.pupil.pk]


@pytest.mark.duty("LP-93")
def test_the_change_is_told_from_the_first_score_to_the_newest(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure, 24)
    record(asha, route, measure, 19, "REVIEW", 20)
    record(asha, route, measure, 11, "EXIT", 1)

    (pair,) = queries.pairs(asha, route.pupil)

    assert (pair.baseline.score, pair.latest.score) == (24, 11)
    assert (
        pair.words == "13 points lower, which is better on this scale; "
        "one measure, no interval known."
    )
    assert (pair.band_before, pair.band_after) == ("Raised", "Close to average")


def test_a_measure_taken_once_says_so(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure)

    (pair,) = queries.pairs(asha, route.pupil)

    assert (pair.latest, pair.words) == (None, "Not measured again yet.")


def test_informants_are_held_apart(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure)
    record(asha, route, measure, informant="PARENT")

    assert [p.informant for p in queries.pairs(asha, route.pupil)] == ["PARENT", "TEACHER"]


def test_pairs_begin_on_a_day(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure)

    since = asha.today - timedelta(days=39)

    assert queries.pairs(asha, route.pupil, since) == []


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"score": 41}, "runs from 0 to 40; 41 lies outside it", "score"),
        ({"score": Decimal("-0.5")}, "runs from 0 to 40; -0.5 lies outside", "score"),
        ({"days_ago": -1}, "has not come yet", "taken_on"),
        ({"days_ago": 9000}, "was born on", "taken_on"),
        ({"occasion": "REVIEW"}, "no score at the start from the teacher", "occasion"),
        ({"occasion": "EXIT", "informant": "SELF"}, "from the child to hold", "occasion"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(acting, route, measure, changes, words, field):
    asha = acting("asha")

    with pytest.raises(Problem, match=words) as told:
        record(asha, route, measure, **changes)

    assert told.value.field == field
    assert not MeasureResult.objects.exists()


def test_the_ends_of_the_scale_are_within_it(acting, route, measure):
    asha = acting("asha")

    record(asha, route, measure, 40)
    record(asha, route, measure, 0, "EXIT", 0)

    assert MeasureResult.objects.count() == 2


def test_a_second_start_is_refused_with_what_to_do(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure)

    with pytest.raises(Problem, match="Record this one at a review or at the end"):
        record(asha, route, measure, 20, days_ago=10)


def test_a_new_case_has_a_start_of_its_own(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure)
    Case.objects.update(opened_on=asha.today - timedelta(days=10))

    record(asha, route, measure, 20, days_ago=5)

    (pair,) = queries.pairs(asha, route.pupil)
    assert pair.baseline.score == 20


def test_a_review_before_the_start_is_refused(acting, route, measure):
    asha = acting("asha")
    record(asha, route, measure, days_ago=10)

    with pytest.raises(Problem, match="cannot be before it"):
        record(asha, route, measure, 20, "REVIEW", 11)


def test_a_score_for_the_wrong_child_is_struck_out_and_kept(acting, route, measure):
    asha = acting("asha")
    result = record(asha, route, measure)

    actions.strike_out(actor=asha, entry=result, reason="Entered for the wrong child")

    (kept,) = queries.results_of(asha, route.pupil)
    assert kept.struck_out_because == "Entered for the wrong child"
    assert queries.pairs(asha, route.pupil) == []
    assert ChronologyEntry.objects.filter(summary__startswith="Struck out: Difficulties").exists()


def test_after_striking_out_the_start_another_may_stand(acting, route, measure):
    asha = acting("asha")
    result = record(asha, route, measure)
    actions.strike_out(actor=asha, entry=result, reason="Wrong child")

    record(asha, route, measure, 18)

    assert queries.pairs(asha, route.pupil)[0].baseline.score == 18


def test_striking_out_needs_a_reason_and_happens_once(acting, route, measure):
    asha = acting("asha")
    result = record(asha, route, measure)

    with pytest.raises(Problem, match="why"):
        actions.strike_out(actor=asha, entry=result, reason="  ")
    actions.strike_out(actor=asha, entry=result, reason="Wrong child")
    with pytest.raises(Refused, match="was struck out: Wrong child"):
        actions.strike_out(actor=asha, entry=result, reason="Again")


@pytest.mark.parametrize("name", ["petra", "hana", "ines", "theo", "dora", "emil", "tom"])
def test_only_those_who_work_cases_record_scores(acting, route, measure, name):
    actor = acting(name)

    with pytest.raises(Refused, match="does not record"):
        record(actor, route, measure)


def test_a_closed_case_takes_no_score(acting, route, measure):
    asha = acting("asha")
    Case.objects.update(state="CLOSED", closed_on=asha.today)

    assert "There is no open case" in policy.record(asha, route.pupil).reason


@pytest.mark.parametrize("name", ["petra", "hana", "theo"])
def test_a_school_does_not_read_scores(acting, route, measure, name):
    result = record(acting("asha"), route, measure)

    actor = acting(name)

    assert queries.results_of(actor, route.pupil) == []
    with pytest.raises(NotFound):
        queries.get_result(actor, route.pupil, result.pk)


def test_another_council_reads_nothing(acting, route, measure):
    record(acting("asha"), route, measure)

    nell = acting("nell")

    assert queries.results_of(nell, route.pupil) == []
    assert queries.measures(nell) == []


def test_a_failed_audit_changes_nothing(acting, route, measure, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        record(asha, route, measure)

    assert not MeasureResult.objects.exists()
    assert not ChronologyEntry.objects.filter(kind="ASSESSMENT").exists()


def test_pairs_ask_once_however_many_scores(acting, route, measure, django_assert_num_queries):
    asha = acting("asha")
    for informant in ("TEACHER", "PARENT", "SELF", "WORKER"):
        record(asha, route, measure, informant=informant)

    with django_assert_num_queries(1):
        assert len([p.words + p.band_before for p in queries.pairs(asha, route.pupil)]) == 4


def test_half_a_point_is_no_score_of_a_scale_of_whole_numbers(acting, route):
    made.pack(acting("adam"))
    sdq = Measure.objects.get(key="total-difficulties")

    assert wording.problem_with(sdq, Decimal("22.5")) == (
        f"{sdq.name} is a whole number: 22 or 23, not 22.5."
    )
    assert not wording.problem_with(sdq, 22)
    assert not wording.problem_with(Measure.objects.get(key="goal-attainment"), Decimal("48.5"))
