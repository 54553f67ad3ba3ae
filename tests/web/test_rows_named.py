"""The error summary of a form with rows says of which row each line speaks, and leads to its box."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from django import forms
from django.http import QueryDict

from alongside.cases.models import ChecklistItem
from alongside.plans.models import Strategy, Target
from alongside.web.alternatives.forms import BeginForm
from alongside.web.assessments.assessing_forms import AssessmentForm
from alongside.web.assessments.score_forms import GoalsForm
from alongside.web.cases.forms import ChecklistAllForm
from alongside.web.fieldwork.step_forms import NextStepsForm
from alongside.web.forms import DateField
from alongside.web.forms.renderer import mistakes
from alongside.web.plans.forms import PlanForm
from alongside.web.plans.review_forms import ReviewForm, ScoresForm
from alongside.web.plans.rows import RowsForm
from alongside.web.plans.support_forms import TaperForm
from alongside.web.plans.timetable import WeekForm

TODAY = date(2026, 11, 27)
TWO = [
    Target(pk=n, order=n, text=f"Target number {n}", baseline=Decimal(0), goal=Decimal(5),
           lowest=Decimal(0), highest=Decimal(10), unit="a week")
    for n in (1, 2)
]  # fmt: skip
TRIED = [Strategy(pk=n, text=f"Seat {n}", run_by="SERVICE", develop_because="Why") for n in (1, 2)]
ITEMS = [ChecklistItem(pk=n, label=f"Item {n}") for n in (1, 2)]

MAKERS: dict[str, Callable[[QueryDict], forms.BaseForm]] = {
    "taper": lambda data: TaperForm(data, rows={"step": 2}),
    "week": lambda data: WeekForm(data, rows={"slot": 2}),
    "next steps": lambda data: NextStepsForm(data, people=(), rows={"step": 2}),
    "plan": lambda data: PlanForm(
        data, types=(), opened_on=TODAY, today=TODAY, rows={"target": 2, "action": 2}
    ),
    "alternative": lambda data: BeginForm(data, today=TODAY),
    "goals": GoalsForm,
    "scores": lambda data: ScoresForm(data, targets=TWO),
    "review": lambda data: ReviewForm(data, targets=TWO, stages=[], strategies=TRIED),
    "assessment": lambda data: AssessmentForm(data, barriers=[]),
    "checklist": lambda data: ChecklistAllForm(data, items=ITEMS),
}


def test_every_form_made_of_rows_is_walked_here():
    walked = {type(make(QueryDict())) for make in MAKERS.values()}

    assert {one for one in RowsForm.__subclasses__() if "alongside" in one.__module__} <= walked


@pytest.mark.parametrize("name", MAKERS)
def test_no_two_lines_of_a_summary_read_the_same(name):
    fresh = MAKERS[name](QueryDict())
    data = QueryDict(mutable=True)
    for box, field in fresh.fields.items():
        if isinstance(field, DateField):
            data.update({f"{box}_0": "31", f"{box}_1": "13", f"{box}_2": "2026"})
        else:
            data[box] = "?" * 700

    found = mistakes(MAKERS[name](data))

    twice = [text for text, times in Counter(line.text for line in found).items() if times > 1]
    assert len(found) > 3
    assert not twice
    assert all(line.href.startswith("#id_") for line in found)


def test_a_line_names_the_row_once():
    typed = {"step_1_text": "Calm mornings", "step_1_hours": "many", "step_2_text": "Two weeks"}
    form = TaperForm(cast(Any, typed), rows={"step": 2})

    lines = [(line.text, line.href) for line in mistakes(form)]

    assert (
        "Step 1, hours a week from then on: type a number such as 10 or 2.5",
        "#id_step_1_hours",
    ) in lines
    assert ("Step 2: enter how many hours a week", "#id_step_2_hours") in lines
