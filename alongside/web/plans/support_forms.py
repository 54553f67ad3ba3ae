"""The forms of strategies and of the taper. Must not decide what is allowed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.plans.actions.strategies import StepFacts
from alongside.plans.facts import StrategySaid
from alongside.plans.models import Strategy
from alongside.web.forms import (
    DateField,
    Number,
    NumberField,
    Radios,
    Text,
    Textarea,
    WordsForOthers,
    name_row,
)
from alongside.web.plans.rows import RowsForm

WORKS = [("", "Not known yet"), *Strategy.Works.choices]


class StrategyForm(forms.Form):
    """Something to try."""

    text = WordsForOthers(label="What is tried", max_length=200, widget=Textarea(rows=2))
    how = WordsForOthers(
        is_said=False,
        label="How it is done",
        help_text="So that a supply teacher could do it.",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )
    run_by = forms.ChoiceField(
        label="Who runs it now",
        choices=Strategy.RunBy.choices[:-1],
        initial=Strategy.RunBy.SERVICE,
        widget=Radios(),
    )


class ChangeStrategyForm(forms.Form):
    """Who runs it now, and whether it works."""

    run_by = forms.ChoiceField(
        label="Who runs it now", choices=Strategy.RunBy.choices, widget=Radios()
    )
    works = forms.ChoiceField(label="Does it work?", choices=WORKS, required=False, widget=Radios())


class DevelopForm(forms.Form):
    """What needs more thought."""

    because = WordsForOthers(
        label="What needs development, and why",
        help_text="The next review begins with it.",
        max_length=300,
        widget=Textarea(rows=3),
    )


class TaperForm(RowsForm):
    """The steps still to come, each with fewer hours, a day and what shows that it is time."""

    def row_fields(self, prefix: str, number: int) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {
            "text": WordsForOthers(
                is_said=False,
                label=f"Step {number}: what shows that it is time?",
                max_length=300,
                widget=Text(),
            ),
            "hours": NumberField(
                label="Hours a week from then on",
                min_value=0,
                max_value=40,
                max_digits=4,
                decimal_places=1,
                widget=Number(whole=False, suffix="hours"),
                error_messages={"required": f"Step {number}: enter how many hours a week"},
            ),
            "starts_on": DateField(
                label="From",
                error_messages={"required": f"Step {number}: enter from which day"},
                is_at_school=True,
            ),
        }
        for field in made.values():
            field.plain_label = True  # type: ignore[attr-defined]
        return made

    def facts(self) -> list[StepFacts]:
        return [
            StepFacts(hours_a_week=row["hours"], starts_on=row["starts_on"], criteria=row["text"])
            for row in self.used_rows("step")
        ]


class TakeStepForm(forms.Form):
    note = WordsForOthers(
        label="What was seen", max_length=300, required=False, widget=Textarea(rows=3)
    )


class PutOffForm(forms.Form):
    starts_on = DateField(label="When it is looked at again", is_at_school=True)
    because = WordsForOthers(
        label="Why it is not time yet", max_length=300, widget=Textarea(rows=3)
    )


def strategy_fields(strategies: Sequence[Strategy]) -> dict[str, forms.Field]:
    """What a review asks of each strategy in use; of one marked for development, a little more."""
    fields: dict[str, forms.Field] = {}
    for one in strategies:
        raised = f"To be developed: {one.develop_because}" if one.develop_because else one.how
        fields[f"runs_{one.pk}"] = forms.ChoiceField(
            label=f"{one.text}: who runs it now?",
            help_text=raised,
            choices=Strategy.RunBy.choices,
            initial=one.run_by,
            widget=forms.Select(),
        )
        fields[f"works_{one.pk}"] = forms.ChoiceField(
            label="Does it work?",
            choices=WORKS,
            initial=one.works,
            required=False,
            widget=forms.Select(),
        )
        if one.develop_because:
            fields[f"settled_{one.pk}"] = WordsForOthers(
                is_said=False,
                label="How it is developed from here",
                help_text="Left empty, it is raised again at the next review.",
                max_length=300,
                required=False,
                widget=Textarea(rows=2),
            )
        own = (f"runs_{one.pk}", f"works_{one.pk}", f"settled_{one.pk}")
        name_row(one.text, [fields[name] for name in own if name in fields])
    return fields


def strategies_said(
    strategies: Sequence[Strategy], typed: dict[str, Any]
) -> dict[int, StrategySaid]:
    return {
        one.pk: StrategySaid(
            run_by=typed[f"runs_{one.pk}"],
            works=typed[f"works_{one.pk}"],
            settled=typed.get(f"settled_{one.pk}", ""),
        )
        for one in strategies
    }
