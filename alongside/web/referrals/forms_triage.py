"""The forms of triage: scoring a referral, and publishing the next version of the shared form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.referrals.actions import Question
from alongside.referrals.actions.triage import LEVELS, MOST
from alongside.referrals.models import HIGHEST_MARK, TriageForm
from alongside.web import forms as fields
from alongside.web.forms.renderer import Mistake, mistakes


class ScoreForm(forms.Form):
    """A mark for each question, each with what it looks like in words."""

    def __init__(
        self, *args: Any, questions: Sequence[dict[str, Any]] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.names = [f"mark_{number}" for number in range(1, len(questions) + 1)]
        for number, (name, question) in enumerate(zip(self.names, questions, strict=True), 1):
            self.fields[name] = forms.TypedChoiceField(
                label=f"{number}. {question['text']}",
                coerce=int,
                choices=[(n, f"{n}: {words}") for n, words in enumerate(question["levels"])],
                error_messages={"required": f"Choose a mark for question {number}"},
                widget=fields.Radios(),
            )
        self.fields["note"] = forms.CharField(
            label="What stands behind these marks",
            help_text="Where you read it: a page, a line, a date.",
            max_length=500,
            required=False,
            widget=fields.Textarea(rows=3),
        )

    @property
    def marks(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.names]


class PublishForm(forms.Form):
    """The whole form on one page. A question left empty is none."""

    name = forms.CharField(label="What the form is called", max_length=120)
    accept_from = fields.WholeField(
        label="Support is expected from a total of",
        help_text=f"Each question gives 0 to {HIGHEST_MARK}. A decision may differ, with its reason.",
        min_value=1,
        max_value=HIGHEST_MARK * MOST,
        widget=fields.Number(),
    )
    starts_on = fields.DateField(
        label="Used for referrals received from",
        help_text="What was received before this day keeps the version before.",
    )
    what_changed = forms.CharField(
        label="What is different",
        help_text="Everybody who screens reads this.",
        max_length=300,
        required=False,
        widget=fields.Textarea(rows=2),
    )

    def __init__(self, *args: Any, before: TriageForm | None = None, **options: Any) -> None:
        if before:
            options["initial"] = _as_typed(before) | (options.get("initial") or {})
        super().__init__(*args, **options)
        for number in range(1, MOST + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=f"Question {number}", max_length=200, required=False
            )
            self.fields[f"levels_{number}"] = forms.CharField(
                label=f"Question {number}: what 0, 1, 2 and 3 look like, a line each",
                max_length=1000,
                required=False,
                widget=fields.Textarea(rows=LEVELS),
            )
            for part in ("question", "levels"):
                self.fields[f"{part}_{number}"].plain_label = True  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[dict[str, Any]]:
        return [
            {"question": self[f"question_{n}"], "levels": self[f"levels_{n}"]}
            for n in range(1, MOST + 1)
        ]

    @property
    def summary(self) -> list[Mistake]:
        return mistakes(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(1, MOST + 1):
            text, lines = data.get(f"question_{n}"), _lines(data.get(f"levels_{n}"))
            if lines and not text:
                self.add_error(f"question_{n}", f"Write question {n}, or empty its lines")
            if text and len(lines) != LEVELS:
                self.add_error(
                    f"levels_{n}", f"Question {n}: write {LEVELS} lines; there are {len(lines)}"
                )
        return data

    def questions(self) -> list[Question]:
        data = self.cleaned_data
        return [
            Question(data[f"question_{n}"], tuple(_lines(data[f"levels_{n}"])))
            for n in range(1, MOST + 1)
            if data[f"question_{n}"]
        ]


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _as_typed(before: TriageForm) -> dict[str, Any]:
    typed: dict[str, Any] = {"name": before.name, "accept_from": before.accept_from}
    for number, question in enumerate(before.questions, 1):
        typed[f"question_{number}"] = question["text"]
        typed[f"levels_{number}"] = "\n".join(question["levels"])
    return typed
