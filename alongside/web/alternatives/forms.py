"""What is typed to begin an alternative to exclusion, to tick a step, to end it, and to say it held."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.pathways.actions import StepFacts
from alongside.pathways.models import Alternative, Framework, HoldCheck
from alongside.web import forms as fields

STEPS = 4  # Rows on the form; more can be agreed in the plan.


class BeginForm(forms.Form):
    """Which alternative, why, agreed by whom, from when to when, and its steps."""

    kind = forms.ChoiceField(label="What is used in place of exclusion", widget=fields.Radios())
    reason = fields.WordsForOthers(
        label="Why exclusion was considered",
        help_text="What happened, in one or two sentences. The school reads them.",
        max_length=300,
        widget=fields.Textarea(rows=2),
    )
    agreed_by = forms.CharField(
        label="Who agreed, and when",
        help_text="The headteacher, who has parental responsibility, and the service.",
        max_length=200,
        widget=fields.Text(),
    )
    starts_on = fields.DateField(label="First day")
    planned_end_on = fields.DateField(label="Planned last day", is_at_school=True)

    def __init__(
        self,
        *args: Any,
        frameworks: Sequence[Framework] = (),
        today: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.frameworks: dict[str, Framework] = {}
        choices = []
        for framework in frameworks:
            for stage in sorted(framework.stages.all(), key=lambda s: s.order):
                for offer in stage.offers:
                    self.frameworks.setdefault(offer, framework)
                    choices.append((offer, f"{offer} ({stage.name.lower()})"))
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["starts_on"].latest = today  # type: ignore[attr-defined]
        if today:
            self.initial.setdefault("starts_on", today)
        self._add_steps()

    def _add_steps(self) -> None:
        names: list[str] = []
        for n in range(1, STEPS + 1):
            self.fields[f"step_{n}_text"] = fields.WordsForOthers(
                is_said=False,
                label=f"Step {n}",
                max_length=200,
                required=n == 1,
                widget=fields.Text(),
            )
            self.fields[f"step_{n}_who"] = forms.CharField(
                label="Who does it", max_length=120, required=n == 1, widget=fields.Text(width=20)
            )
            self.fields[f"step_{n}_due_on"] = fields.DateField(label="By", required=n == 1)
            row = [f"step_{n}_text", f"step_{n}_who", f"step_{n}_due_on"]
            fields.name_row(f"Step {n}", [self.fields[name] for name in row])
            names += row
        first = ("kind", "reason", "agreed_by", "starts_on", "planned_end_on")
        self.sections = (
            fields.Section("The alternative", first),
            fields.Section("Its steps", tuple(names)),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(2, STEPS + 1):
            parts = [data.get(f"step_{n}_{part}") for part in ("text", "who", "due_on")]
            if any(parts) and not all(parts):
                self.add_error(f"step_{n}_text", f"Step {n}: say what, who and by when")
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        steps = [
            StepFacts(data[f"step_{n}_text"], data[f"step_{n}_who"], data[f"step_{n}_due_on"])
            for n in range(1, STEPS + 1)
            if data[f"step_{n}_text"]
        ]
        plain = {n: v for n, v in data.items() if not n.startswith("step_")}
        return plain | {"framework": self.frameworks[data["kind"]], "steps": steps}


class StepForm(forms.Form):
    done_on = fields.DateField(label="Done on")
    note = fields.WordsForOthers(label="Note", max_length=300, required=False, widget=fields.Text())


class EndForm(forms.Form):
    ended_on = fields.DateField(label="Last day")
    outcome = forms.ChoiceField(
        label="How it ended", choices=Alternative.Outcome.choices, widget=fields.Radios()
    )
    note = fields.WordsForOthers(
        label="In a sentence or two",
        help_text="The school reads them.",
        max_length=500,
        widget=fields.Textarea(rows=3),
    )


class HoldForm(forms.Form):
    answer = forms.ChoiceField(
        label="Has it held?", choices=HoldCheck.Answer.choices, widget=fields.Radios()
    )
    answered_on = fields.DateField(label="Asked on")
    note = fields.WordsForOthers(
        label="What the worry is, or what happened",
        max_length=300,
        required=False,
        widget=fields.Textarea(rows=2),
    )
