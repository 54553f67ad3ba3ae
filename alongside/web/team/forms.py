"""What is typed to cover, hand over, add a colleague, comment and say what somebody can hold."""

from typing import Any

from django import forms

from alongside.cases.models import PrimaryNeed
from alongside.web.forms import (
    Checkboxes,
    DateField,
    Radios,
    Text,
    Textarea,
    WholeField,
    WordsForOthers,
)


class Despite(forms.CharField):
    """Why work is given to somebody who is away or full: asked for once that is said."""

    def __init__(self) -> None:
        super().__init__(
            label="Why them all the same",
            help_text="Asked for only when they are away and covered, or full. The service reads it.",
            max_length=200,
            required=False,
            widget=Text(),
        )


class OfPeople(forms.Form):
    """A form that asks for one person: `people` are pairs of number and words."""

    asks = "staff"
    despite = Despite()

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[self.asks].choices = people  # type: ignore[attr-defined]
        self.order_fields([*(name for name in self.fields if name != "despite"), "despite"])


class ColleagueForm(OfPeople):
    staff = forms.ChoiceField(label="Who works beside you", widget=Radios())
    starts_on = DateField(label="From")
    reason = forms.CharField(label="For what", max_length=200, required=False, widget=Text())


class CoverForm(OfPeople):
    asks = "covered_by"

    staff = forms.ChoiceField(label="Whose caseload")
    covered_by = forms.ChoiceField(label="Who covers", widget=Radios())
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")
    reason = forms.CharField(
        label="What the team may know",
        help_text="“On a course”, “Away”. Never why somebody is ill.",
        max_length=120,
        required=False,
        widget=Text(),
    )

    def __init__(self, *args: Any, covered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["staff"].choices = covered  # type: ignore[attr-defined]


class EndCoverForm(forms.Form):
    ends_on = DateField(label="Last day of cover")


class HandOverForm(OfPeople):
    asks = "to"

    to = forms.ChoiceField(label="To whom", widget=Radios())
    cases = forms.MultipleChoiceField(label="Which cases", widget=Checkboxes())
    takes_checks = forms.BooleanField(
        label="Also the checks that are still owed on closed cases", required=False
    )
    starts_on = DateField(
        label="From", help_text="Today or later. Until that day the present lead leads."
    )
    note = forms.CharField(
        label="What the next person needs to know",
        help_text="Kept on every case handed over, for the service.",
        max_length=2000,
        widget=Textarea(rows=4),
    )

    def __init__(self, *args: Any, listed: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cases"].choices = listed  # type: ignore[attr-defined]


class CallOffForm(forms.Form):
    reason = WordsForOthers(
        label="Why it is called off",
        help_text="Both of them read this, and it is kept on each case. Name no child.",
        max_length=120,
        widget=Text(),
    )


class ProfileForm(forms.Form):
    most_cases = WholeField(
        label="How many cases they can lead",
        help_text="Empty when nobody has agreed a figure.",
        min_value=1,
        max_value=200,
        required=False,
    )
    knows = forms.MultipleChoiceField(
        label="Needs they know best",
        choices=PrimaryNeed.choices,
        required=False,
        widget=Checkboxes(),
    )
    note = forms.CharField(
        label="What else helps to choose them",
        help_text="Read by managers of the service. Skills and days, not health.",
        max_length=200,
        required=False,
        widget=Text(),
    )


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Your comment",
        help_text="Read by the service: whoever works this case is told.",
        max_length=1000,
        widget=Textarea(rows=4),
    )


class ReassignForm(OfPeople):
    """No field is shown: each person of the page is a button that sends one."""

    staff = forms.ChoiceField(widget=forms.HiddenInput())
    led_by = WholeField(widget=forms.HiddenInput(), required=False)
