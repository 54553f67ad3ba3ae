"""What is typed to tell a team something, to say where somebody is, and to give out a task."""

from typing import Any

from django import forms

from alongside.cases.models import Whereabouts
from alongside.web.forms import DateField, Radios, Text, Textarea, WordsForOthers
from alongside.web.team.forms import Despite


class _Choosing(forms.Form):
    """`choices` gives the fields that ask for a person or a place theirs, by name."""

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]


class AnnounceForm(_Choosing):
    place = forms.ChoiceField(label="To whom", widget=Radios())
    title = WordsForOthers(
        label="In one line", help_text="Name no child.", max_length=120, widget=Text()
    )
    text = WordsForOthers(
        label="More, if needed",
        help_text="Name no child.",
        max_length=1000,
        required=False,
        widget=Textarea(rows=3),
    )
    starts_on = DateField(label="From")
    ends_on = DateField(label="Until")


class WhereForm(_Choosing):
    staff = forms.ChoiceField(label="Who")
    kind = forms.ChoiceField(label="Where", choices=Whereabouts.Kind.choices, widget=Radios())
    note = WordsForOthers(
        label="Which school, or when",
        help_text="“Chalkhill until noon, then Marlpit.” Never why somebody is away.",
        max_length=120,
        required=False,
        widget=Text(),
    )
    first = DateField(label="First day")
    last = DateField(label="Last day")


class AssignForm(_Choosing):
    text = WordsForOthers(
        label="What is to be done",
        help_text="Start with a verb. Name no child: a task about a child stands on the case.",
        max_length=200,
        widget=Text(),
    )
    owner = forms.ChoiceField(label="Who does it", widget=Radios())
    due_on = DateField(label="By when")
    team = forms.ChoiceField(label="For which team", widget=Radios())
    is_priority = forms.BooleanField(label="It comes before the others", required=False)
    why = WordsForOthers(is_said=False, label="Why", max_length=200, required=False, widget=Text())
    despite = Despite()
