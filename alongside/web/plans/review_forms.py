"""The forms of scores and reviews: what is typed, and how it becomes facts. Must not decide."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from alongside.pathways.models import Stage
from alongside.plans.facts import STEPS, ReviewFacts, Scored, fits
from alongside.plans.models import Review, Strategy, Target, TargetScore
from alongside.plans.wording import figure
from alongside.web.forms import (
    NAME_NO_OTHER,
    DateField,
    Number,
    NumberField,
    Radios,
    Section,
    Textarea,
    WordsForOthers,
    name_row,
)
from alongside.web.frameworks.forms import DecidedForm
from alongside.web.plans.support_forms import strategies_said, strategy_fields

STEP_UP, STEP_DOWN = Review.Decision.STEP_UP, Review.Decision.STEP_DOWN


DECISION = ("decision", "stage", "decided_by", "decided_on", "reason", "next_review_on")


class ReviewForm(DecidedForm):
    """Where each target stands, what everybody says, what is decided."""

    instance_version: int | None = None

    held_on = DateField(label="When the review was held")
    present = WordsForOthers(
        is_said=False,
        label="Who was there",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )
    pupil_view = WordsForOthers(
        is_said=False,
        label="What the pupil says",
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )
    family_view = WordsForOthers(
        is_said=False,
        label="What the family says",
        help_text="Not shown to the school.",
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )
    school_view = WordsForOthers(
        is_said=False,
        label="What the school says",
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
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
        help_text="For a step up or down, from where the pupil stands now.",
        required=False,
        widget=forms.Select(),
    )
    reason = WordsForOthers(
        label="Why",
        help_text="Read by the school, the family and whoever comes next.",
        max_length=500,
        widget=Textarea(rows=3),
    )
    next_review_on = DateField(label="The next plan is reviewed", required=False, is_at_school=True)

    def __init__(
        self,
        *args: Any,
        targets: list[Target],
        stages: list[Stage],
        strategies: Sequence[Strategy] = (),
        elsewhere: Mapping[int, str] | None = None,
        now: Stage | None = None,
        working: str = "",
        may_step: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.targets = targets
        self.stages = {str(stage.pk): stage for stage in stages}
        stage_field: Any = self.fields["stage"]
        stage_field.choices = [("", "No step"), *_grouped(stages, now)]
        self.ask_who_decided(elsewhere if elsewhere and may_step else {})
        if elsewhere and may_step:  # A list to choose from has no room for who decides on each.
            self.fields["decided_by"].help_text = " ".join(elsewhere.values())
        if not may_step:
            self._leave_steps_to_the_service()
        self.fields["next_review_on"].help_text = working
        self.fields.update(score_fields(targets))
        self.strategies = strategies
        self.fields.update(strategy_fields(strategies))
        asked = tuple(strategy_fields(strategies))
        raised = any(one.develop_because for one in strategies)
        intro = "First what was marked for development." if raised else ""
        looked_at = (Section("What is tried", asked, intro, id="strategies"),) if asked else ()
        self.sections = (
            Section("The meeting", ("held_on", "present"), id="meeting"),
            Section(
                "Where the targets stand",
                tuple(f"{part}_{t.pk}" for t in targets for part in ("score", "note")),
                "Leave a target empty if nobody counted it. The review then says so. "
                + NAME_NO_OTHER,
                id="targets",
            ),
            *looked_at,
            Section(
                "What everybody says",
                ("pupil_view", "family_view", "school_view"),
                NAME_NO_OTHER,
                id="views",
            ),
            Section(
                "What is decided",
                tuple(n for n in DECISION if n in self.fields),
                id="decision",
            ),
        )

    def _leave_steps_to_the_service(self) -> None:
        """A school reviews its own plan; the stage and the case are the service's to decide."""
        del self.fields["stage"]
        decision: Any = self.fields["decision"]
        decision.choices = [one for one in Review.Decision.choices if one[0] not in STEPS]
        decision.widget.hints = decision.widget.hints | {"CLOSE": "This plan ends."}
        decision.help_text = (
            "A step up or down, and closing the case, the service decides with you."
        )
        self.fields["family_view"].help_text = "Read by the service."

    def show_said(self, said: Mapping[int, TargetScore]) -> None:
        """What was scored live today stands in its box, whatever a draft of this form holds."""
        for pk, score in said.items():
            self.initial.update({f"score_{pk}": figure(score.value), f"note_{pk}": score.note})

    def facts(self, scores_seen: int | None = None) -> ReviewFacts:
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
        plain |= {n: typed[n] for n in ("decided_by", "decided_on") if n in typed}
        plain["stage"] = self.stages.get(typed.get("stage", ""))
        said = strategies_said(self.strategies, typed)
        return ReviewFacts(
            scores=scores_of(self.targets, typed),
            strategies=said,
            scores_seen=scores_seen,
            **plain,
        )


def _grouped(stages: list[Stage], now: Stage | None) -> list[tuple[str, Any]]:
    """The stages under the decision that each fits; in one list where none is stood on yet."""
    if now is None:
        return [(str(stage.pk), stage.name) for stage in stages]
    groups = [
        (label, [(str(stage.pk), stage.name) for stage in stages if fits(decision, stage, now)])
        for decision, label in ((STEP_UP, "Step up to"), (STEP_DOWN, "Step down to"))
    ]
    return [(label, choices) for label, choices in groups if choices]


def score_field(target: Target) -> NumberField:
    low, high = figure(target.lowest), figure(target.highest)
    latest: Decimal | None = getattr(target, "latest", None)
    stood = f" Last scored {figure(latest)}." if latest is not None else ""
    return NumberField(
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


class ScoresForm(forms.Form):
    """Where each target stands on one day."""

    scored_on = DateField(label="On which day")

    def __init__(self, *args: Any, targets: list[Target], **options: Any) -> None:
        super().__init__(*args, **options)
        self.targets = targets
        self.fields.update(score_fields(targets))

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"scores": scores_of(self.targets, typed), "scored_on": typed["scored_on"]}


MOST_CHOICES = 11  # As many figures as a finger finds at once: nought to ten.


class MeetingForm(forms.Form):
    """Where one target stands, said aloud: a figure to press when the scale is short."""

    instance_version: int | str = 0
    value = NumberField(max_digits=5, decimal_places=1)
    note = WordsForOthers(
        label="What was said or seen", max_length=200, required=False, widget=Textarea(rows=2)
    )

    def __init__(self, *args: Any, target: Target, **options: Any) -> None:
        super().__init__(*args, **options)
        label = f"Where does it stand today ({target.unit})?"
        now = self.initial.get("value", "")
        figures = [str(n) for n in range(int(target.lowest), int(target.highest) + 1)]
        is_short = len(figures) <= MOST_CHOICES and (not now or now in figures)
        if is_short and target.lowest % 1 == target.highest % 1 == 0:
            self.fields["value"] = forms.TypedChoiceField(
                label=label,
                choices=[(figure, figure) for figure in figures],
                coerce=Decimal,
                widget=Radios(inline=True),
                error_messages={"required": "Choose a figure, or leave it unscored"},
            )
        else:
            self.fields["value"].label = label
            self.fields["value"].widget = Number(whole=False, suffix=target.unit)
        self.fields["note"].plain_label = True  # type: ignore[attr-defined]
        self.order_fields(["value", "note"])


def score_fields(targets: Sequence[Target]) -> dict[str, forms.Field]:
    """Where each target stands, and what was seen."""
    made: dict[str, forms.Field] = {}
    for target in targets:
        score, note = score_field(target), note_field()
        name_row(str(score.label), (score, note))
        made |= {f"score_{target.pk}": score, f"note_{target.pk}": note}
    return made


def note_field() -> WordsForOthers:
    return WordsForOthers(label="What was seen", is_said=False, max_length=200, required=False)


def scores_of(targets: list[Target], typed: dict[str, Any]) -> dict[int, Scored]:
    """The targets that were scored at all."""
    return {
        target.pk: Scored(typed[f"score_{target.pk}"], typed[f"note_{target.pk}"])
        for target in targets
        if typed[f"score_{target.pk}"] is not None
    }
