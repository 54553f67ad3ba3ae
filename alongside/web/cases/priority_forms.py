"""What is typed to say how a case stands, and to give it another priority."""

from datetime import date, timedelta

from django import forms

from alongside.cases.models import Case, PrimaryNeed, Priority
from alongside.web.forms import DateField, Radios, Text, Textarea

LASTS = timedelta(weeks=6)  # Proposed: until the next review of the rhythm most frameworks keep.


def weeks_from(today: date) -> date:
    return today + LASTS


class PriorityForm(forms.Form):
    priority = forms.ChoiceField(
        label="Its place should be", choices=Priority.choices, widget=Radios(inline=True)
    )
    reason = forms.CharField(
        label="What do you know that the list does not?",
        help_text="Kept with the case and shown to your manager.",
        max_length=300,
        widget=Textarea(rows=3),
    )
    until = DateField(label="Until", help_text="After that the facts decide again.")


class MarksForm(forms.Form):
    risk_now = forms.ChoiceField(
        label="Risk of exclusion now", choices=Case.Risk.choices, widget=Radios(inline=True)
    )
    primary_need = forms.ChoiceField(
        label="What it is mostly about", choices=PrimaryNeed.choices, widget=Radios()
    )
    complexity = forms.ChoiceField(
        label="How complex is the work?",
        choices=Case.Complexity.choices,
        widget=Radios(inline=True),
    )
    is_contentious = forms.BooleanField(
        label="It is contentious: there is dispute, a complaint or strong feeling", required=False
    )
    marked_because = forms.CharField(
        label="What makes it complex or contentious",
        help_text="Read by the service only. Say what happened, plainly.",
        max_length=300,
        required=False,
        widget=Text(),
    )
