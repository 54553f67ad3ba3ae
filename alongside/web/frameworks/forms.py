"""What is typed to move a pupil on a framework, to tell what was tried, and to leave it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.pathways.models import Stage
from alongside.web import forms as fields


class DecidedForm(forms.Form):
    """Who decided on a stage that is not for this person to give, and on what day."""

    decided_by = fields.WordsForOthers(
        is_said=False, label="Who decided", required=False, max_length=120, widget=fields.Text()
    )
    decided_on = fields.DateField(label="Decided on", required=False)

    def ask_who_decided(self, elsewhere: Mapping[int, str], today: date | None = None) -> None:
        """`elsewhere`: each stage on offer that others decide on, and who does."""
        if not elsewhere:
            del self.fields["decided_by"], self.fields["decided_on"]
            return
        for name in ("decided_by", "decided_on"):
            self.fields[name].plain_label = True  # type: ignore[attr-defined]
        self.fields["decided_by"].help_text = "Needed for a stage on which others decide."
        self.fields["decided_on"].latest = today  # type: ignore[attr-defined]


class MoveForm(DecidedForm):
    """The stage, the day, why, who decided, and what shows that the stage before was tried."""

    stage = forms.TypedChoiceField(label="Stage", coerce=int, widget=fields.Radios())
    starts_on = fields.DateField(label="From which day")
    reason = fields.WordsForOthers(
        label="Why", help_text="One or two sentences. The school reads them.", max_length=300
    )
    evidence = fields.WordsForOthers(
        is_said=False,
        label="What was tried at the stage before, and what changed",
        help_text="Plans, reviews, dates. Needed for a step up from a stage that is tried first.",
        required=False,
        max_length=5000,
        widget=fields.Textarea(rows=4),
    )
    passed_over_because = fields.WordsForOthers(
        is_said=False,
        label="Why a stage is passed over",
        help_text="Only in a crisis, when a stage that is tried first was not. It stays on record.",
        required=False,
        max_length=300,
        widget=fields.Textarea(rows=2),
    )
    planned_exit_on = fields.DateField(label="Planned last day at this stage", required=False)
    review_on = fields.DateField(label="Reviewed on", required=False, is_at_school=True)
    sections: tuple[fields.Section, ...] = (
        fields.Section("Where to", ("stage", "starts_on", "reason")),
        fields.Section("Where others decide", ("decided_by", "decided_on")),
        fields.Section("What came before", ("evidence", "passed_over_because")),
        fields.Section("What comes next", ("planned_exit_on", "review_on")),
    )

    def __init__(
        self,
        *args: Any,
        stages: Sequence[Stage] = (),
        hints: Mapping[str, str] | None = None,
        others_from: int | None = None,
        elsewhere: Mapping[int, str] | None = None,
        today: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.stages = {stage.pk: stage for stage in stages}
        stage = self.fields["stage"]
        stage.choices = [  # type: ignore[attr-defined]
            (s.pk, f"{s.framework.name}: {s.order} {s.name}") for s in stages
        ]
        stage.widget.hints = hints or {}  # type: ignore[attr-defined]
        if others_from:
            stage.widget.divider_before = str(others_from)  # type: ignore[attr-defined]
        self.fields["starts_on"].latest = today  # type: ignore[attr-defined]
        if today:
            self.initial.setdefault("starts_on", today)
        self.ask_who_decided(elsewhere or {}, today)
        if not elsewhere:
            self.sections = tuple(s for s in self.sections if "decided_by" not in s.fields)


class TriedForm(forms.Form):
    """What was tried at one stage, before it was recorded here."""

    stage = forms.TypedChoiceField(label="Stage", coerce=int, widget=fields.Radios())
    starts_on = fields.DateField(label="First day")
    ends_on = fields.DateField(label="Last day, or the day it was reviewed")
    evidence = fields.WordsForOthers(
        label="What was done, and what changed",
        help_text="Who told you, the plan, the reviews. Shown beside the stage.",
        max_length=5000,
        widget=fields.Textarea(rows=5),
    )

    def __init__(
        self, *args: Any, stages: Sequence[Stage] = (), today: date | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.stages = {stage.pk: stage for stage in stages}
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (s.pk, f"{s.framework.name}: {s.order} {s.name}") for s in stages
        ]
        for name in ("starts_on", "ends_on"):
            self.fields[name].latest = today  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    ends_on = fields.DateField(label="Last day on it")
    reason = fields.WordsForOthers(
        label="Why they leave it",
        help_text="One or two sentences. The school reads them.",
        max_length=300,
        widget=fields.Textarea(rows=2),
    )
