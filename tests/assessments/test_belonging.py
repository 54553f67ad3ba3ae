"""Belonging and joining in: the child's own answers and words at the start, at reviews and the end."""

from datetime import timedelta

import pytest

from alongside.assessments import actions, queries
from alongside.assessments.actions import Answers
from alongside.assessments.models import MeasureResult, Voice
from alongside.cases.models import Case
from alongside.core import audit
from alongside.core.decisions import Problem, Refused
from alongside.people.models import ChronologyEntry
from alongside.rules.voice import Means
from tests.pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(acting, route) -> None:
    made.pack(acting("adam"))
    Case.objects.update(opened_on=acting("asha").today - timedelta(days=90))


def record(actor, route, first=2, second=3, occasion="BASELINE", ago=0, **more):
    means = more.pop("means", Means.FACES)
    return actions.record_belonging(
        actor=actor, pupil=route.pupil, occasion=occasion,
        said_on=actor.today - timedelta(days=ago),
        answers=Answers(means, first, second, more.pop("words", "")), **more,
    )  # fmt: skip


@pytest.mark.duty("SA-12")
def test_faces_and_words_are_kept_at_intervals(acting, route, pack):
    asha = acting("asha")
    record(asha, route, 2, 3, ago=60, words="I sit by myself")
    record(asha, route, 4, 4, "REVIEW", words="I sit with Sam")

    belonging, joining = (
        [float(r.score) for r in queries.results_of(asha, route.pupil) if r.measure.part == part]
        for part in ("belonging", "participation")
    )
    assert (belonging, joining) == ([2.5, 7.5], [5, 7.5])
    said = [voice.words for voice in queries.voices_of(asha, route.pupil)]
    assert said == ["I sit with Sam", "I sit by myself"]


def test_a_number_of_ten_and_a_face_make_one_line(acting, route, pack):
    asha = acting("asha")
    record(asha, route, 3, 3, ago=40)
    record(asha, route, 8, 9, "REVIEW", means=Means.SCALE)

    scores = {pair.measure.part: pair.latest.score for pair in queries.pairs(asha, route.pupil)}
    assert scores == {"belonging": 8, "participation": 9}


def test_the_line_of_the_chronology_has_the_answers_and_is_shared_when_said_so(acting, route, pack):
    record(acting("asha"), route, words="I sit by myself", is_shared=True)

    line = ChronologyEntry.objects.get(kind="VOICE")
    assert line.summary.startswith("Belonging, at the start: face 2 of 5, joining in face 3 of 5")
    assert (line.information_class, line.is_shared) == ("C2", True)


def test_what_the_child_keeps_from_school_stays_with_casework(acting, route, pack):
    record(acting("asha"), route, is_shared=False)

    assert ChronologyEntry.objects.get(kind="VOICE").information_class == "C3"
    assert queries.voices_of(acting("petra"), route.pupil) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first": 6}, "one of the five faces"),
        ({"second": 11, "means": Means.SCALE}, "11 lies outside"),
        ({"occasion": "EXIT"}, "no score at the start"),
        ({"ago": -1}, "has not come yet"),
    ],
)
def test_what_cannot_stand_is_refused_and_leaves_nothing(acting, route, pack, changes, words):
    with pytest.raises(Problem, match=words):
        record(acting("asha"), route, **changes)

    assert not MeasureResult.objects.exists()
    assert not Voice.objects.exists()


def test_a_council_without_the_scales_reads_which_is_missing(acting, route):
    with pytest.raises(Problem, match="no scale of belonging"):
        record(acting("asha"), route)


@pytest.mark.parametrize("name", ["petra", "theo", "ines"])
def test_only_those_who_work_cases_ask(acting, route, pack, name):
    with pytest.raises(Refused, match="does not record"):
        record(acting(name), route)


def test_a_failed_audit_keeps_nothing(acting, route, pack, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        record(asha, route)

    assert not MeasureResult.objects.exists()
    assert not Voice.objects.exists()
