"""What is used in place of exclusion has steps, an end, an outcome, and is asked whether it held."""

from datetime import date, timedelta

import pytest

from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.pathways import actions, policy, queries
from alongside.pathways.actions import StepFacts
from alongside.pathways.models import Alternative, Framework, HoldCheck, Standing
from alongside.people.models import ChronologyEntry, Pupil
from tests.pathways import made

pytestmark = pytest.mark.django_db
KIND = "Part-time in-reach"


@pytest.fixture
def robin(acting, cast) -> Pupil:
    asha = acting("asha")
    made.pack(asha)
    return made.working_with(asha, made.pupil(made.school(cast.places["chalkhill"])))


def begin(actor, pupil, back=200, **changed) -> Alternative:
    starts_on = actor.today - timedelta(days=back)
    given = {
        "framework": Framework.objects.get(replaces_exclusion=True),
        "kind": KIND,
        "reason": "A pupil was hurt; the head considered exclusion.",
        "agreed_by": "Headteacher, mother and service, at a meeting",
        "starts_on": starts_on,
        "planned_end_on": starts_on + timedelta(weeks=6),
        "steps": [StepFacts("Three mornings of in-reach", "Bola", starts_on + timedelta(days=7))],
    } | changed
    return actions.begin_alternative(actor=actor, pupil=pupil, **given)


def end(actor, alternative, outcome="COMPLETED", back=150, **changed) -> Alternative:
    given = {"ended_on": actor.today - timedelta(days=back), "note": "Back full time."} | changed
    return actions.end_alternative(actor=actor, alternative=alternative, outcome=outcome, **given)


def stage_now(pupil) -> str:
    found = Standing.objects.filter(pupil=pupil, ends_on=None).select_related("stage").first()
    return found.stage.name if found else ""


def test_it_places_the_pupil_at_the_stage_that_offers_it(acting, robin):
    found = begin(acting("asha"), robin)

    assert stage_now(robin) == "Under way"
    assert [s.text for s in found.steps.all()] == ["Three mornings of in-reach"]
    assert [c.terms for c in found.checks.all()] == [1, 2]
    assert "In place of exclusion: Part-time in-reach" in {
        entry.summary for entry in ChronologyEntry.objects.all()
    }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "A nice chat"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"agreed_by": ""}, "agreed_by"),
        ({"back": -1}, "starts_on"),
        ({"planned_end_on": date(2020, 1, 1)}, "planned_end_on"),
        ({"planned_end_on": date(2036, 1, 1)}, "planned_end_on"),
        ({"steps": []}, "step_1_text"),
        ({"steps": [StepFacts("Early", "Bola", date(2020, 1, 1))]}, "step_1_due_on"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(acting, robin, changed, field):
    with pytest.raises(Problem) as told:
        begin(acting("asha"), robin, **changed)

    assert told.value.field == field and not Alternative.objects.exists()


def test_a_framework_that_replaces_nothing_is_no_alternative(acting, robin):
    ladder = Framework.objects.get(key="eastmere-inclusion")

    with pytest.raises(Problem, match="Choose what is used"):
        begin(acting("asha"), robin, framework=ladder, kind="One-to-one sessions")


def test_a_pupil_on_no_roll_has_nothing_to_be_excluded_from(acting, cast, robin):
    asha = acting("asha")
    nobody = made.working_with(asha, made.pupil(None, "Alex", "Placeholder"))

    with pytest.raises(Problem, match="no school’s roll"):
        begin(asha, nobody)


def test_one_alternative_at_a_time(acting, robin):
    asha = acting("asha")
    begin(asha, robin)

    with pytest.raises(Refused, match="is running since"):
        begin(asha, robin, back=10)


def test_who_does_not_work_with_the_pupil_begins_none_and_sees_none(acting, robin):
    found = begin(acting("asha"), robin)
    omar = acting("omar")

    assert not policy.begin_alternative(omar, robin)
    for name in ("omar", "marta", "nell"):
        with pytest.raises(NotFound):
            queries.open_alternative(acting(name), found.pk, "test")
    assert queries.figures(acting("omar"), date(2020, 1, 1), omar.today) == {}


def test_a_step_is_done_within_its_days(acting, robin):
    asha = acting("asha")
    step = begin(asha, robin).steps.get()
    for day in (asha.today + timedelta(days=1), asha.today - timedelta(days=201)):
        with pytest.raises(Problem):
            actions.mark_step(actor=asha, step=step, done_on=day)

    done = actions.mark_step(actor=asha, step=step, done_on=asha.today, note="Four, in the end.")

    assert (done.done_on, done.note) == (asha.today, "Four, in the end.")


def test_ended_the_pupil_goes_on_to_return_and_hold(acting, robin):
    asha = acting("asha")
    found = end(asha, begin(asha, robin))

    assert found.outcome == "COMPLETED" and stage_now(robin) == "Return and hold"
    with pytest.raises(Refused, match="It ended on"):
        end(asha, found)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"note": " "}, "note"), ({"back": -1}, "ended_on"), ({"back": 201}, "ended_on")],
)
def test_an_end_that_cannot_be_is_told(acting, robin, changed, field):
    asha = acting("asha")
    found = begin(asha, robin)

    with pytest.raises(Problem) as told:
        end(asha, found, **changed)

    assert told.value.field == field


def test_excluded_all_the_same_it_did_not_hold_and_the_pupil_leaves_the_pathway(acting, robin):
    asha = acting("asha")
    found = end(asha, begin(asha, robin), outcome="EXCLUDED")

    assert {c.answer for c in found.checks.all()} == {"FAILED"}
    assert stage_now(robin) == ""
    with pytest.raises(Refused, match="permanently excluded"):
        check = found.checks.get(terms=1)
        actions.answer_hold(actor=asha, check=check, answered_on=asha.today, answer="HELD")


def due(actor, alternative, terms=1, back=1) -> HoldCheck:
    check = alternative.checks.get(terms=terms)
    check.due_on = actor.today - timedelta(days=back)
    check.save(update_fields=["due_on"])
    return check


def test_a_hold_is_asked_on_its_day_and_not_the_day_before(acting, robin):
    asha = acting("asha")
    found = begin(asha, robin)
    with pytest.raises(Refused, match="It is asked on"):
        actions.answer_hold(
            actor=asha, check=due(asha, found, back=-1), answered_on=asha.today, answer="HELD"
        )

    check = due(asha, found, back=0)
    answered = actions.answer_hold(actor=asha, check=check, answered_on=asha.today, answer="HELD")

    assert answered.answer == "HELD"


def test_a_worry_is_said_in_words(acting, robin):
    asha = acting("asha")
    check = due(asha, begin(asha, robin))

    with pytest.raises(Problem, match="what the worry is"):
        actions.answer_hold(actor=asha, check=check, answered_on=asha.today, answer="SHAKY")


def test_figures_count_what_was_avoided_and_what_was_asked(acting, cast, robin):
    asha = acting("asha")
    held = end(asha, begin(asha, robin))
    actions.answer_hold(actor=asha, check=due(asha, held), answered_on=asha.today, answer="HELD")
    other = made.working_with(
        asha, made.pupil(made.school(cast.places["chalkhill"]), "Alex", "Placeholder")
    )
    due(asha, end(asha, begin(asha, other), outcome="EXCLUDED"), terms=2, back=-400)

    of = queries.figures(asha, asha.today - timedelta(days=300), asha.today)[KIND]

    assert (of.used, of.avoided, of.excluded, of.running) == (2, 1, 1, 0)
    assert (of.after[1].due, of.after[1].asked, of.after[1].held) == (2, 2, 1)
    assert of.after[2].held == 0 and of.after[2].asked >= 1  # It is known not to have held.
    assert queries.figures(asha, asha.today, asha.today) == {}


def test_a_failed_audit_changes_nothing(acting, robin, monkeypatch):
    asha = acting("asha")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        begin(asha, robin)

    assert not Alternative.objects.exists() and not Standing.objects.exists()
