"""What is typed of a service in the directory, of a protocol, and of what a partner says of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.pathways.actions import ListingFacts, ProtocolFacts
from alongside.pathways.models import Phase, Protocol, ProtocolAnswer
from alongside.pathways.queries import StageChoice
from alongside.web import forms as fields


class ListingForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120, widget=fields.Text())
    text = forms.CharField(label="What it does", max_length=2000, widget=fields.Textarea(rows=3))
    criteria = forms.CharField(
        label="For whom: its criteria",
        required=False,
        max_length=2000,
        widget=fields.Textarea(rows=3),
    )
    stages = forms.MultipleChoiceField(
        label="At which stage", required=False, widget=fields.Checkboxes()
    )
    for_phase = forms.ChoiceField(
        label="Pupils",
        choices=[("", "Every phase"), *Phase.choices],
        required=False,
        widget=fields.Radios(inline=True),
    )
    how_to_refer = forms.CharField(
        label="How to refer", max_length=2000, widget=fields.Textarea(rows=3)
    )
    contact = forms.CharField(
        label="Telephone or e-mail", required=False, max_length=200, widget=fields.Text()
    )
    website = forms.URLField(
        label="Web page", required=False, assume_scheme="https", widget=fields.Text()
    )
    source = forms.CharField(
        label="Where this comes from", required=False, max_length=200, widget=fields.Text()
    )
    checked_on = fields.DateField(label="Checked with them on", required=False)
    sections = (
        fields.Section("The service", ("name", "text", "for_phase", "stages")),
        fields.Section("Coming to it", ("criteria", "how_to_refer", "contact", "website")),
        fields.Section("Is it right?", ("source", "checked_on")),
    )

    def __init__(
        self, *args: Any, stages: Sequence[StageChoice], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["stages"].choices = [(s.value, s.label) for s in stages]  # type: ignore[attr-defined]
        self.fields["checked_on"].latest = today  # type: ignore[attr-defined]

    def facts(self) -> ListingFacts:
        return ListingFacts(**self.cleaned_data | {"stages": tuple(self.cleaned_data["stages"])})


class ProtocolForm(forms.Form):
    title = forms.CharField(label="Title", max_length=150, widget=fields.Text())
    kind = forms.ChoiceField(
        label="What it is", choices=Protocol.Kind.choices, widget=fields.Radios()
    )
    text = fields.WordsForOthers(
        label="What is agreed, or proposed", max_length=40000, widget=fields.Textarea(rows=16)
    )
    changed_because = fields.WordsForOthers(
        is_said=False,
        label="Why it is written, or what changed",
        required=False,
        max_length=300,
        widget=fields.Textarea(rows=2),
    )
    review_on = fields.DateField(label="Reviewed on")

    def facts(self) -> ProtocolFacts:
        return ProtocolFacts(**self.cleaned_data)


class AnswerForm(forms.Form):
    """`speaks_for_others`: who leads the service writes down what a partner said."""

    partner = forms.CharField(label="Which partner", max_length=120, widget=fields.Text())
    said_by = forms.CharField(label="Who said it", max_length=120, widget=fields.Text())
    answer = forms.ChoiceField(
        label="What they say", choices=ProtocolAnswer.Answer.choices, widget=fields.Radios()
    )
    words = fields.WordsForOthers(
        label="In words", required=False, max_length=4000, widget=fields.Textarea(rows=4)
    )
    said_on = fields.DateField(label="On which day")

    def __init__(self, *args: Any, speaks_for_others: bool, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("said_on", today)
        self.fields["said_on"].latest = today  # type: ignore[attr-defined]
        if not speaks_for_others:
            del self.fields["partner"], self.fields["said_by"]
            self.fields["answer"].label = "What you say"


class AgreeForm(forms.Form):
    agreed_on = fields.DateField(label="Agreed on")
    review_on = fields.DateField(label="Reviewed on")
