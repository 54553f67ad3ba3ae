"""The forms of plans: what is typed, and how it becomes facts. Must not decide what is allowed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from alongside.pathways.models import Stage
from alongside.plans.facts import ActionFacts, PlanFacts, ReviewFacts, Scored, TargetFacts
from alongside.plans.models import AGREEING, Party, Plan, PlanKind, Review, Target
from alongside.plans.wording import figure
from alongside.web.forms import DateField, Number, Radios, Section, Text, Textarea
from alongside.web.plans.rows import RowsForm


class PlanForm(RowsForm):
    """A whole plan on one page: aim, targets, who does what, when it is reviewed."""

    kind = forms.ChoiceField(
        label="Kind of plan", choices=PlanKind.choices, widget=Radios(columns=2)
    )
    aim = forms.CharField(
        label="What this plan is for",
        help_text="One or two sentences that the child could read.",
        max_length=300,
        widget=Textarea(rows=2),
    )
    starts_on = DateField(label="The plan starts")
    review_due_on = DateField(label="The review is due")

    def __init__(
        self, *args: Any, plan: Plan | None = None, working: str = "", **options: Any
    ) -> None:
        self.instance_version: int | str | None = plan.version if plan else None
        self.draft: dict[str, object] = {}
        super().__init__(*args, **options)
        self.fields["review_due_on"].help_text = working

    def row_fields(self, prefix: str, number: int) -> dict[str, forms.Field]:
        return target_fields(number) if prefix == "target" else action_fields(number)

    def facts(self) -> PlanFacts:
        typed = self.cleaned_data
        return PlanFacts(
            aim=typed["aim"],
            kind=typed["kind"],
            starts_on=typed["starts_on"],
            review_due_on=typed["review_due_on"],
            targets=tuple(target_facts(row) for row in self.used_rows("target")),
            actions=tuple(action_facts(row) for row in self.used_rows("action")),
        )


def target_fields(number: int) -> dict[str, forms.Field]:
    return {
        "text": forms.CharField(
            label=f"Target {number}: what will you see or hear?",
            max_length=200,
            widget=Text(),
        ),
        "kind": forms.ChoiceField(
            label="About", choices=Target.Kind.choices, initial="BEHAVIOUR", widget=forms.Select()
        ),
        "unit": forms.CharField(
            label="What is counted",
            help_text="“of 10 times”, “a week”",
            max_length=40,
            widget=Text(width=10),
        ),
        "baseline": figure_field("Now"),
        "goal": figure_field("Goal"),
        "lowest": figure_field("Scale from", 0),
        "highest": figure_field("to", 10),
        "due_on": DateField(label="By when"),
        "owner": forms.CharField(label="Who leads on it", max_length=120),
        "carried": forms.IntegerField(required=False, widget=forms.HiddenInput()),
    }


def figure_field(label: str, initial: int | None = None) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        initial=initial,
        max_digits=5,
        decimal_places=1,
        widget=Number(whole=False),
    )


def action_fields(number: int) -> dict[str, forms.Field]:
    return {
        "party": forms.ChoiceField(label="By", choices=Party.choices, widget=forms.Select()),
        "text": forms.CharField(label=f"Action {number}: what will they do?", max_length=200),
        "who": forms.CharField(label="Who, by name", max_length=120, required=False),
        "due_on": DateField(label="By when"),
        "kept": forms.BooleanField(label="Keep this from the school", required=False),
    }


def target_facts(row: dict[str, Any]) -> TargetFacts:
    return TargetFacts(
        text=row["text"],
        unit=row["unit"],
        baseline=row["baseline"],
        goal=row["goal"],
        due_on=row["due_on"],
        owner=row["owner"],
        kind=row["kind"],
        lowest=row["lowest"],
        highest=row["highest"],
        carried_from_id=row["carried"],
    )


def action_facts(row: dict[str, Any]) -> ActionFacts:
    return ActionFacts(
        party=Party(row["party"]),
        text=row["text"],
        who=row["who"],
        due_on=row["due_on"],
        is_shared=not row["kept"],
    )


def plan_values(plan: Plan) -> dict[str, Any]:
    """A saved plan as the form's fields hold it."""
    values: dict[str, Any] = {
        "kind": plan.kind,
        "aim": plan.aim,
        "starts_on": plan.starts_on,
        "review_due_on": plan.review_due_on,
    }
    for n, target in enumerate(plan.targets.all(), 1):
        for name in ("text", "kind", "unit", "due_on", "owner"):
            values[f"target_{n}_{name}"] = getattr(target, name)
        for name in ("baseline", "goal", "lowest", "highest"):
            values[f"target_{n}_{name}"] = figure(getattr(target, name))
        values[f"target_{n}_carried"] = target.carried_from_id
    for n, action in enumerate(plan.actions.all(), 1):
        for name in ("party", "text", "who", "due_on"):
            values[f"action_{n}_{name}"] = getattr(action, name)
        values[f"action_{n}_kept"] = not action.is_shared
    return values


class DecisionForm(forms.Form):
    """A manager's answer to a plan."""

    answer = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Approve it"), ("return", "Return it to the writer")],
        widget=Radios(
            hints={
                "approve": "The school then sees it, and each party is asked to agree.",
                "return": "The writer is told at once, with your reason.",
            },
            reveal={"return": "reason"},
        ),
    )
    reason = forms.CharField(
        label="What should be different",
        max_length=500,
        required=False,
        widget=Textarea(rows=3),
    )


class AgreementForm(forms.Form):
    """What one party says to the plan."""

    name = forms.CharField(label="Who answers, by name", max_length=120)
    answer = forms.ChoiceField(
        label="Do they agree to the plan?",
        choices=[("yes", "Yes"), ("no", "No, not as it is")],
        widget=Radios(),
    )
    how = forms.CharField(
        label="How they said so",
        help_text="“At the meeting in school”, “by text message”, “on this screen”.",
        max_length=120,
    )
    agreed_on = DateField(label="When")
    words = forms.CharField(
        label="In their own words",
        help_text="Needed for a no: what would they want instead?",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )


class WithdrawalForm(forms.Form):
    """A party no longer agrees."""

    party = forms.ChoiceField(
        label="Who withdraws agreement",
        choices=[(party.value, party.label) for party in AGREEING],
        widget=Radios(),
    )
    words = forms.CharField(
        label="What changed, in their words", max_length=300, widget=Textarea(rows=2)
    )
    withdrawn_on = DateField(label="When they said so")


class ReviewForm(forms.Form):
    """Where each target stands, what everybody says, what is decided."""

    held_on = DateField(label="When the review was held")
    present = forms.CharField(
        label="Who was there", max_length=300, required=False, widget=Textarea(rows=2)
    )
    pupil_view = forms.CharField(
        label="What the pupil says", required=False, max_length=2000, widget=Textarea(rows=3)
    )
    family_view = forms.CharField(
        label="What the family says",
        help_text="Not shown to the school.",
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )
    school_view = forms.CharField(
        label="What the school says", required=False, max_length=2000, widget=Textarea(rows=3)
    )
    decision = forms.ChoiceField(
        label="What happens next",
        choices=Review.Decision.choices,
        widget=Radios(
            hints={
                "CONTINUE": "The next plan begins with the targets not yet met.",
                "STEP_UP": "More support: choose the stage.",
                "STEP_DOWN": "Less support: choose the stage.",
                "CLOSE": "This plan ends, and the closure of the case comes next.",
            },
        ),
    )
    stage = forms.ChoiceField(
        label="Stage to step to",
        help_text="For a step up or down.",
        required=False,
        widget=forms.Select(),
    )
    reason = forms.CharField(
        label="Why",
        help_text="Read by the school, the family and whoever comes next.",
        max_length=500,
        widget=Textarea(rows=3),
    )
    next_review_on = DateField(label="The next plan is reviewed", required=False)

    def __init__(
        self,
        *args: Any,
        targets: list[Target],
        stages: list[Stage],
        working: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.targets = targets
        self.stages = {str(stage.pk): stage for stage in stages}
        stage_field: Any = self.fields["stage"]
        stage_field.choices = [("", "No step"), *((k, s.name) for k, s in self.stages.items())]
        self.fields["next_review_on"].help_text = working
        for target in targets:
            self.fields[f"score_{target.pk}"] = score_field(target)
            self.fields[f"note_{target.pk}"] = note_field()
        self.sections = (
            Section("The meeting", ("held_on", "present"), id="meeting"),
            Section(
                "Where the targets stand",
                tuple(f"{part}_{t.pk}" for t in targets for part in ("score", "note")),
                "Leave a target empty if nobody counted it. The review then says so.",
                id="targets",
            ),
            Section(
                "What everybody says", ("pupil_view", "family_view", "school_view"), id="views"
            ),
            Section(
                "What is decided", ("decision", "stage", "reason", "next_review_on"), id="decision"
            ),
        )

    def facts(self) -> ReviewFacts:
        typed = self.cleaned_data
        plain = {
            name: typed[name]
            for name in (
                "held_on",
                "decision",
                "reason",
                "present",
                "pupil_view",
                "family_view",
                "school_view",
                "next_review_on",
            )
        }
        plain["stage"] = self.stages.get(typed["stage"])
        return ReviewFacts(scores=scores_of(self.targets, typed), **plain)


def score_field(target: Target) -> forms.DecimalField:
    low, high = figure(target.lowest), figure(target.highest)
    latest: Decimal | None = getattr(target, "latest", None)
    stood = f" Last scored {figure(latest)}." if latest is not None else ""
    return forms.DecimalField(
        label=f"{target.order}. {target.text}",
        help_text=(
            f"Started at {figure(target.baseline)}, goal {figure(target.goal)}, "
            f"on a scale from {low} to {high}.{stood}"
        ),
        required=False,
        max_digits=5,
        decimal_places=1,
        widget=Number(whole=False, suffix=target.unit),
    )


def first_values(starts_on: date, review_due_on: date) -> dict[str, Any]:
    """What a new plan's form proposes."""
    return {"kind": "INTERVENTION", "starts_on": starts_on, "review_due_on": review_due_on}


class ScoresForm(forms.Form):
    """Where each target stands on one day."""

    scored_on = DateField(label="On which day")

    def __init__(self, *args: Any, targets: list[Target], **options: Any) -> None:
        super().__init__(*args, **options)
        self.targets = targets
        for target in targets:
            self.fields[f"score_{target.pk}"] = score_field(target)
            self.fields[f"note_{target.pk}"] = note_field()

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"scores": scores_of(self.targets, typed), "scored_on": typed["scored_on"]}


def note_field() -> forms.CharField:
    return forms.CharField(label="What was seen", max_length=200, required=False)


def scores_of(targets: list[Target], typed: dict[str, Any]) -> dict[int, Scored]:
    """The targets that were scored at all."""
    return {
        target.pk: Scored(typed[f"score_{target.pk}"], typed[f"note_{target.pk}"])
        for target in targets
        if typed[f"score_{target.pk}"] is not None
    }
