"""The forms of a referral: what a school tells, what a screener answers, and what is decided."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from alongside.cases.models import Case
from alongside.pathways.models import Criterion, Framework, Stage
from alongside.referrals.actions.told import (
    BEFORE_BIRTH,
    MOST_CHARACTERS,
    MOST_SUSPENDED,
    wrong_agreement,
)
from alongside.referrals.models import CriterionAnswer, Worry
from alongside.referrals.suggest import Suggestion
from alongside.web import forms as fields
from alongside.web.doubts import Doubt
from alongside.web.forms.renderer import Mistake, mistakes
from alongside.web.frameworks.forms import DecidedForm

HOW = ("In person", "By phone", "Text message", "E-mail", "Signed form")
TOO_LONG = (
    "This is about %d pages, and the most here is 7. Attach it as a paper below, and say here "
    "what matters most"
)


# Said when it is passed, not counted down: these boxes are small and many.
SHORT = MaxLengthValidator(300, "Keep this to 300 characters: it is a line in a table")


class LongText(forms.CharField):
    """Several paragraphs. What is too long is told in pages, and where it can go instead."""

    widget = fields.Textarea

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > MOST_CHARACTERS:
            raise forms.ValidationError(TOO_LONG % round(len(value) / 3000), code="long")


class LongWordsForOthers(LongText, fields.WordsForOthers):
    """Several paragraphs that others read."""


class ChoosePupilForm(forms.Form):
    """Which pupil on one's own roll."""

    pupil = fields.TypeAheadField(
        label="Pupil",
        help_text="Start typing a name, or a UPN. Only pupils on your roll are found.",
        url="/referrals/pupils/",
    )


class TellForm(forms.Form):
    """What is happening, family and papers. What was tried is a row a cycle: see `CycleForm`."""

    framework = forms.TypedChoiceField(
        label="Which service", coerce=int, widget=fields.Radios(), required=False
    )
    main_worry = forms.ChoiceField(
        label="Main worry", choices=Worry.choices, widget=fields.Radios(columns=2)
    )
    days_suspended = fields.NumberField(
        label="Days suspended this school year",
        help_text="A lunchtime counts as half a day. Leave empty when you do not know.",
        required=False,
        min_value=Decimal(0),
        max_value=MOST_SUSPENDED,
        widget=fields.Number(whole=False, width=4),
        error_messages={
            "max_value": "Enter 45 days or fewer: no pupil may be suspended for more in a year",
            "min_value": "Enter 0 days or more",
        },
    )
    last_incident = LongWordsForOthers(
        label="What happened in the last incident",
        help_text="What was seen and heard.",
        error_messages={"required": "Say what happened in the last incident"},
        widget=fields.Textarea(rows=4),
    )
    going_well = LongWordsForOthers(
        label="What is going well", required=False, widget=fields.Textarea(rows=3)
    )
    agreed_by = fields.NameOfGrownUp(
        label="Who agreed",
        help_text="A parent or carer: their name, and who they are to the child.",
        required=False,
        max_length=120,
    )
    agreed_on = fields.DateField(label="When they agreed", required=False)
    agreed_how = forms.ChoiceField(
        label="How they agreed",
        choices=[(how, how) for how in HOW],
        required=False,
        widget=fields.Radios(inline=True),
    )
    papers = fields.FilesField(
        label="Add papers",
        help_text="The school’s plan, reviews, reports. PDF, Word, Excel, pictures or text, 10 MB each.",
        required=False,
    )

    # The fields of each section: a referral sent again asks only for the sections that came back.
    SECTIONS = {
        "happening": ("main_worry", "days_suspended", "last_incident", "going_well"),
        "family": ("agreed_by", "agreed_on", "agreed_how"),
        "papers": ("papers",),
    }

    def __init__(
        self,
        *args: Any,
        today: date | None = None,
        born_on: date | None = None,
        frameworks: Sequence[Framework] = (),
        only: Iterable[str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today, self.born_on = today, born_on
        self.fields["agreed_on"].latest = today  # type: ignore[attr-defined]
        if len(frameworks) > 1:
            named = [(f.pk, f"{f.owner.name}: {f.name}") for f in frameworks]
            self.fields["framework"].choices = named  # type: ignore[attr-defined]
            self.fields["framework"].required = True
        else:
            del self.fields["framework"]
        leave_labels_plain(self, "agreed_by", "agreed_on", "agreed_how", "papers")
        for section, names in self.SECTIONS.items():
            if only is not None and section not in only:
                for name in names:
                    del self.fields[name]

    def clean_agreed_on(self) -> date | None:
        on: date | None = self.cleaned_data["agreed_on"]
        if on and self.today and (wrong := wrong_agreement(on, self.today, self.born_on)):
            raise forms.ValidationError(wrong)
        return on

    def clean_days_suspended(self) -> Decimal | None:
        days = self.cleaned_data["days_suspended"]
        if days is not None and days * 2 != int(days * 2):
            raise forms.ValidationError("Enter whole or half days, such as 6 or 2.5")
        return days

    def clean(self) -> dict[str, Any]:
        """An agreement says who, when and how, or nothing yet."""
        data = super().clean() or {}
        asked = {
            "agreed_by": "Say who agreed",
            "agreed_on": "Say when they agreed",
            "agreed_how": "Choose how they agreed",
        }
        told = [name for name in asked if data.get(name)]
        if told:
            for name, words in asked.items():
                if name in self.fields and not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data


class CycleForm(forms.Form):
    """One cycle of assess, plan, do, review."""

    what = fields.WordsForOthers(
        label="What you did",
        is_said=False,
        validators=[SHORT],
        error_messages={"required": "Say what you did"},
        widget=fields.Textarea(rows=2),
    )
    changed = fields.WordsForOthers(
        label="What changed",
        is_said=False,
        validators=[SHORT],
        required=False,
        widget=fields.Textarea(rows=2),
    )
    starts_on = fields.DateField(label="Started")
    ends_on = fields.DateField(label="Ended", required=False)
    reviewed_on = fields.DateField(label="Reviewed", required=False)

    def __init__(
        self,
        *args: Any,
        today: date | None = None,
        born_on: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.born_on = born_on
        for name in ("starts_on", "reviewed_on"):
            self.fields[name].latest = today  # type: ignore[attr-defined]
        leave_labels_plain(self, "changed", "ends_on", "reviewed_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts = data.get("starts_on")
        if starts and self.born_on and starts < self.born_on:
            self.add_error("starts_on", BEFORE_BIRTH)
        for name, words in (
            ("ends_on", "The end cannot be before the start"),
            ("reviewed_on", "The review cannot be before the start"),
        ):
            if starts and data.get(name) and data[name] < starts:
                self.add_error(name, words)
        return data


CycleRows = forms.formset_factory(CycleForm, extra=0, max_num=20, absolute_max=40)


class AnswerForm(forms.Form):
    """A finding, a note and a day for each criterion of a framework."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion] = (),
        today: date | None = None,
        suggested: Mapping[int, Suggestion] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.criteria = list(criteria)
        self.suggested = suggested or {}
        for criterion in self.criteria:
            self._ask(criterion, today)
            leave_labels_plain(self, f"note_{criterion.pk}", f"do_by_{criterion.pk}")
            for part, said in (("note", "evidence, or what would meet it"), ("do_by", "by when")):
                field: Any = self.fields[f"{part}_{criterion.pk}"]
                field.full_label = f"{criterion.order}. {criterion.text}: {said}"

    def _ask(self, criterion: Criterion, today: date | None) -> None:
        self.fields[f"finding_{criterion.pk}"] = forms.ChoiceField(
            label=f"{criterion.order}. {criterion.text}",
            choices=CriterionAnswer.Finding.choices,
            required=False,  # What is answered may be saved: a decision asks for all of them.
            widget=fields.Radios(inline=True),
        )
        self.fields[f"finding_{criterion.pk}"].plain_label = True  # type: ignore[attr-defined]
        self.fields[f"note_{criterion.pk}"] = fields.WordsForOthers(
            label="Evidence, or what would meet it",
            validators=[MaxLengthValidator(500, "Keep each note to 500 characters")],
            required=False,
            widget=fields.Textarea(rows=2),
        )
        self.fields[f"do_by_{criterion.pk}"] = fields.DateField(
            label="If not met: by when",
            called=f"“{criterion.text}”: by when",
            required=False,
            earliest=today,
            is_at_school=True,
        )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """A criterion with its three fields, for the page."""
        return [
            {
                "criterion": c,
                "finding": self[f"finding_{c.pk}"],
                "note": self[f"note_{c.pk}"],
                "do_by": self[f"do_by_{c.pk}"],
                "source": self._source(c),
            }
            for c in self.criteria
        ]

    def _source(self, criterion: Criterion) -> str:
        """Where an answer that nobody has given yet comes from."""
        suggestion = self.suggested.get(criterion.pk)
        return suggestion.source if suggestion and not self.is_bound else ""

    def is_left_over(self, criterion: Criterion, data: Mapping[str, Any]) -> bool:
        """A note filled in beside "not yet met", still there when the answer became "met"."""
        suggestion = self.suggested.get(criterion.pk)
        return bool(
            suggestion
            and suggestion.finding != "MET"
            and data[f"finding_{criterion.pk}"] == "MET"
            and data[f"note_{criterion.pk}"] == suggestion.note
        )

    @property
    def summary(self) -> list[Mistake]:
        return mistakes(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for c in self.criteria:
            finding, note = data.get(f"finding_{c.pk}"), data.get(f"note_{c.pk}")
            if note and not finding and f"finding_{c.pk}" not in self.errors:
                self.add_error(f"finding_{c.pk}", f"Choose an answer for “{c.text}”")
            if finding and finding != "MET" and not data.get(f"note_{c.pk}"):
                self.add_error(f"note_{c.pk}", f"Say what would meet “{c.text}”")
        return data


class ReasonForm(forms.Form):
    """Why, in words the other side reads."""

    reason = fields.WordsForOthers(label="Why", max_length=2000, widget=fields.Textarea(rows=4))


class ReturnForm(ReasonForm):
    reason = fields.WordsForOthers(
        label="A line to the school",
        help_text="What they did well, and what you need. The list beside this goes with it.",
        max_length=2000,
        widget=fields.Textarea(rows=4),
    )


class AcceptForm(DecidedForm, ReasonForm):
    """The reason, where the pupil stands from today, and the risk at the start.

    What speaks against taking it is told first, and asked about once.
    """

    reason = fields.WordsForOthers(
        label="Why it is accepted",
        help_text="The school reads this. When something is not met, say why you take it anyway.",
        max_length=300,
        widget=fields.Textarea(rows=3),
    )
    stage = forms.TypedChoiceField(
        label="From today they stand at", coerce=int, empty_value=None, widget=fields.Radios()
    )
    risk_at_start = forms.ChoiceField(
        label="Risk of permanent exclusion, as you judge it now",
        choices=Case.Risk.choices,
        widget=fields.Radios(inline=True),
    )

    field_order = ("reason", "stage", "decided_by", "decided_on", "risk_at_start")

    def __init__(
        self,
        *args: Any,
        stages: Sequence[Stage] = (),
        decided_elsewhere: Mapping[int, str] | None = None,
        speaks_against_it: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.speaks_against_it = speaks_against_it
        self.stages = {stage.pk: stage for stage in stages}
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (s.pk, f"{s.order} {s.name}") for s in stages
        ]
        elsewhere = decided_elsewhere or {}
        hints = {str(pk): who for pk, who in elsewhere.items()}
        self.fields["stage"].widget.hints = hints  # type: ignore[attr-defined]
        self.ask_who_decided(elsewhere)

    def own_doubts(self) -> Iterator[Doubt]:
        if self.speaks_against_it:
            text = f"{self.speaks_against_it} Does the reason say why it is accepted all the same?"
            yield Doubt("reason", "accepted", text, "Yes, accept it")


class TurningAwayForm(ReasonForm):
    """Why not here. What speaks for taking it is told first, and asked about once, whatever is
    written after it."""

    turned, yes = "declined", "Yes, decline it"

    def __init__(self, *args: Any, speaks_for_it: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.speaks_for_it = speaks_for_it

    def own_doubts(self) -> Iterator[Doubt]:
        if self.speaks_for_it:
            text = f"{self.speaks_for_it} Does the reason say why it is {self.turned} all the same?"
            yield Doubt("reason", self.turned, text, self.yes)


def leave_labels_plain(form: forms.Form, *names: str) -> None:
    """Without "(optional)": the section around them says that sending early is allowed."""
    for name in names:
        form.fields[name].plain_label = True  # type: ignore[attr-defined]
