"""A case that went its whole way: plans, sessions, scores, words, closure."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from alongside.assessments.models import Measure, MeasureResult, Voice
from alongside.fieldwork.models import Session
from alongside.people.models import Carer
from alongside.plans import actions
from alongside.plans.facts import Scored
from tests.plans.makers import Making, make_case


@pytest.fixture
def making(acting, cast) -> Making:
    made = make_case(acting, cast)
    plan = made.agreed()
    asha = acting("asha")
    scores = {t.pk: Scored(Decimal(5 + n)) for n, t in enumerate(plan.targets.all())}
    actions.score_targets(actor=asha, plan=plan, scores=scores, scored_on=asha.today)
    actions.mark_action(actor=asha, action=plan.actions.get(party="FAMILY"), is_done=True)
    _measured(made, "TEACHER", 24, 19)
    _measured(made, "PARENT", 20, None)
    for day, words in ((15, "I want to stay in maths."), (1, "I can show the card now.")):
        said = {"words": words, "method": "TALK", "recorded_by_id": asha.staff_id}
        Voice.objects.create(
            pupil=made.case.pupil, said_on=asha.today - timedelta(days=day), **said
        )
    for attendance, reason in (("ATTENDED", ""), ("PART", ""), ("MISSED", "unwell")):
        Session.objects.create(
            case=made.case,
            pupil=made.case.pupil,
            kind="ONE_TO_ONE",
            starts_at=timezone.now() - timedelta(days=5),
            minutes=45,
            attendance=attendance,
            reason_missed=reason,
            recorded_by_id=asha.staff_id,
        )
    Carer.objects.create(pupil=made.case.pupil, name="Jo Testerly", relationship="mum")
    return made


def _measured(made: Making, informant: str, before: int, after: int | None) -> None:
    asha = made.acting("asha")
    measure, _ = Measure.objects.get_or_create(
        key="difficulties",
        defaults={"name": "Difficulties score", "low": 0, "high": 40, "is_lower_better": True},
    )
    said = {
        "pupil": made.case.pupil,
        "measure": measure,
        "informant": informant,
        "recorded_by_id": asha.staff_id,
    }
    started = made.case.opened_on + timedelta(days=1)
    MeasureResult.objects.create(occasion="BASELINE", score=before, taken_on=started, **said)
    if after is not None:
        MeasureResult.objects.create(occasion="EXIT", score=after, taken_on=asha.today, **said)
