"""What is typed of a new version: the framework, a stage, a criterion, and how it is published."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.pathways.facts import CriterionFacts, HeadFacts, StageFacts
from alongside.pathways.models import Criterion, Stage
from alongside.pathways.models.framework import WHO_DECIDES
from alongside.web import forms as fields


class SeenForm(forms.Form):
    """A form that knows what was saved when it was opened, so that nobody's change is lost."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class HeadForm(SeenForm):
    name = forms.CharField(label="Name", max_length=120, widget=fields.Text())
    description = forms.CharField(
        label="What it is", required=False, max_length=2000, widget=fields.Textarea(rows=4)
    )
    review_weeks = fields.WholeField(
        label="Weeks between reviews", widget=fields.Number(whole=True, suffix="weeks", width=3)
    )
    source = forms.CharField(
        label="Where it comes from", required=False, max_length=300, widget=fields.Text()
    )
    is_verified = forms.BooleanField(
        label="Its figures have been checked with the source",
        help_text="Until then each is shown with “check before relying on it”.",
        required=False,
    )

    def facts(self) -> HeadFacts:
        return HeadFacts(**{n: v for n, v in self.cleaned_data.items() if n != "seen"})


class StageForm(SeenForm):
    name = forms.CharField(label="Name", max_length=80, widget=fields.Text())
    order = fields.WholeField(
        label="Place, counted from the first", widget=fields.Number(whole=True, width=3)
    )
    description = forms.CharField(
        label="What it is", required=False, max_length=2000, widget=fields.Textarea(rows=3)
    )
    provider = forms.CharField(
        label="Who gives the support", required=False, max_length=120, widget=fields.Text()
    )
    entry = forms.CharField(
        label="What brings a pupil onto it", max_length=300, widget=fields.Textarea(rows=2)
    )
    evidence = forms.CharField(
        label="What must be shown", required=False, max_length=300, widget=fields.Textarea(rows=2)
    )
    decided_by = forms.CharField(
        label="Who decides", required=False, max_length=120, widget=fields.Text()
    )
    decided_by_role = forms.ChoiceField(
        label="Whose role that is",
        help_text="They are told when a new version moves pupils here. Who holds no such role says "
        "who decided, and on what day, before a pupil comes onto the stage.",
        required=False,
        choices=[("", "Nobody’s here"), *WHO_DECIDES],
    )
    is_tried_first = forms.BooleanField(
        label="Tried first: shown as tried, with dates, before any later stage", required=False
    )
    exit = forms.CharField(
        label="What shows that it has done its work",
        max_length=300,
        widget=fields.Textarea(rows=2),
    )
    offers = forms.CharField(
        label="What it offers", help_text="One a line.", required=False,
        max_length=2400, widget=fields.Textarea(rows=4),
    )  # fmt: skip
    weeks_limit = fields.WholeField(
        label="At most", required=False, widget=fields.Number(whole=True, suffix="weeks", width=3)
    )
    limit_is_verified = forms.BooleanField(
        label="This limit has been checked with the source", required=False
    )
    sections = (
        fields.Section("The stage", ("name", "order", "description", "provider")),
        fields.Section(
            "On to it", ("entry", "evidence", "decided_by", "decided_by_role", "is_tried_first")
        ),
        fields.Section("On it, and off it", ("offers", "weeks_limit", "limit_is_verified", "exit")),
    )

    def facts(self) -> StageFacts:
        data = {n: v for n, v in self.cleaned_data.items() if n not in ("seen", "offers")}
        lines = (line.strip() for line in self.cleaned_data["offers"].splitlines())
        return StageFacts(offers=tuple(filter(None, lines)), **data)


class CriterionForm(SeenForm):
    text = forms.CharField(label="What must be shown", max_length=200, widget=fields.Text())
    order = fields.WholeField(
        label="Place, counted from the first", widget=fields.Number(whole=True, width=3)
    )
    guidance = forms.CharField(
        label="What would meet it",
        help_text="Sent back to the school with “not yet met”.",
        max_length=1000,
        widget=fields.Textarea(rows=3),
    )
    shown_by = forms.ChoiceField(
        label="How it is shown", choices=Criterion.ShownBy.choices, widget=fields.Radios()
    )
    amount = fields.WholeField(
        label="How many reviewed cycles",
        required=False,
        min_value=1,
        max_value=20,
        widget=fields.Number(whole=True, width=3),
    )
    is_required = forms.BooleanField(
        label="A referral cannot be accepted without it", required=False
    )

    def facts(self) -> CriterionFacts:
        data = {n: v for n, v in self.cleaned_data.items() if n != "seen"}
        return CriterionFacts(**data)


ASK_FIRST = "Where somebody else decides on a stage, ask them before you move pupils there."


def _landing(stage: Stage) -> str:
    """A stage to go to, and who decides on it."""
    by = f" (who decides: {stage.decided_by})" if stage.decided_by else ""
    return f"{stage.order} {stage.name}{by}"


class MoveOverForm(forms.Form):
    """Why pupils are moved to a version, and where those go whose stage it does not have."""

    move_reason = fields.WordsForOthers(
        label="Why they are moved",
        help_text="Told beside where each pupil stands. The school reads it.",
        max_length=300,
        widget=fields.Textarea(rows=2),
    )

    def __init__(
        self, *args: Any, gone: Sequence[Stage] = (), stages: Sequence[Stage] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.gone, self.stages = gone, {str(stage.pk): stage for stage in stages}
        for stage in gone:
            self.fields[f"landing_{stage.identity}"] = forms.ChoiceField(
                label=f"Those at {stage.name}, which is taken out, go to",
                choices=[("", "Choose"), *((s.pk, _landing(s)) for s in stages)],
                help_text=ASK_FIRST if any(s.decided_by for s in stages) else "",
                required=False,
            )

    def landing(self) -> dict[str, Stage]:
        chosen = {s.identity: self.cleaned_data[f"landing_{s.identity}"] for s in self.gone}
        return {identity: self.stages[pk] for identity, pk in chosen.items() if pk}


class TakeBackForm(forms.Form):
    reason = fields.WordsForOthers(
        label="Why it is taken back",
        help_text="On the chronology of each pupil who returns. The school reads it.",
        max_length=300,
        widget=fields.Textarea(rows=2),
    )


class PublishForm(MoveOverForm):
    starts_on = fields.DateField(label="In force from")
    reason = forms.CharField(
        label="Why it changes",
        help_text="Everybody who sees the framework reads it.",
        max_length=300,
        widget=fields.Textarea(rows=2),
    )
    is_moving = forms.ChoiceField(
        label="Pupils and open cases on the version before",
        choices=[("stay", "Stay on theirs"), ("move", "Move to the new version now")],
        initial="stay",
        widget=fields.Radios(
            hints={"move": "Each stage to the same stage. Their time on it counts on."}
        ),
    )
    field_order = ("starts_on", "reason", "is_moving", "move_reason")

    def __init__(self, *args: Any, today: date, may_move: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("starts_on", today)
        self.fields["move_reason"].required = False
        if not may_move:
            for name in (
                "is_moving",
                "move_reason",
                *(n for n in self.fields if n[:8] == "landing_"),
            ):
                del self.fields[name]
