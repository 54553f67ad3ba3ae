"""What is asked when a pupil moves on a framework."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.pathways.models import Stage
from alongside.web import forms as fields


class MoveForm(forms.Form):
    """The stage, the day, why, and what shows that the stage before was tried."""

    stage = forms.TypedChoiceField(label="Stage", coerce=int, widget=fields.Radios())
    starts_on = fields.DateField(label="From which day")
    reason = forms.CharField(
        label="Why", help_text="One or two sentences. The school reads them.", max_length=300
    )
    evidence = forms.CharField(
        label="What has been tried before, with dates",
        help_text="Plans, reviews, what changed. Shown beside the stage.",
        required=False,
        max_length=5000,
        widget=fields.Textarea(rows=4),
    )

    def __init__(
        self, *args: Any, stages: Sequence[Stage] = (), today: date | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.stages = {stage.pk: stage for stage in stages}
        stage = self.fields["stage"]
        stage.choices = [  # type: ignore[attr-defined]
            (s.pk, f"{s.framework.name}: {s.order} {s.name}") for s in stages
        ]
        stage.widget.hints = {str(s.pk): s.entry for s in stages if s.entry}  # type: ignore[attr-defined]
        self.fields["starts_on"].latest = today  # type: ignore[attr-defined]
        if today:
            self.initial.setdefault("starts_on", today)
