"""What is typed of a pathway, a diagnosis or a suspected need."""

from typing import Any

from django import forms

from alongside.core.actor import Actor
from alongside.people.models import Condition, PathwaySpell
from alongside.web.forms import DateField, Radios, Section, Text, Textarea, WordsForOthers

# Offered as one types; any other name may be written. As clinicians and the school census say them.
NAMES = (
    "ADHD",
    "Autism",
    "Anxiety disorder",
    "Attachment difficulties",
    "Developmental language disorder",
    "Dyslexia",
    "Dyspraxia",
    "Foetal alcohol spectrum disorder",
    "Hearing impairment",
    "Learning disability",
    "Sensory processing difficulties",
    "Tourette syndrome",
)


class PathwayForm(forms.Form):
    pathway = forms.ChoiceField(
        label="Pathway", choices=PathwaySpell.Pathway.choices, widget=Radios()
    )
    starts_on = DateField(label="First day")
    note = WordsForOthers(
        label="What it is made of",
        max_length=200,
        required=False,
        widget=Text(),
        help_text="Such as: GCSE maths and English, motor vehicle on Thursdays.",
    )


class EndPathwayForm(forms.Form):
    ends_on = DateField(label="Last day")


class ConditionForm(forms.Form):
    sections = (
        Section("What is named", ("name", "state")),
        Section("Who says so", ("source", "said_on", "note")),
    )
    name = forms.CharField(
        label="Diagnosis or need",
        max_length=100,
        help_text="What a clinician or the school would call it, never how the child behaves.",
        widget=Text({"list": "condition-names"}),
    )
    state = forms.ChoiceField(label="Is it diagnosed?", widget=Radios())
    source = forms.CharField(
        label="Who says so",
        max_length=160,
        help_text="The clinic and the professional, the school, or the family.",
        widget=Text(),
    )
    said_on = DateField(label="On which day")
    note = WordsForOthers(
        label="What else is known",
        max_length=500,
        required=False,
        widget=Textarea(rows=3, count=500),
    )

    def __init__(
        self, *args: Any, actor: Actor, of: Condition | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["said_on"].latest = actor.today  # type: ignore[attr-defined]
        choices = Condition.State.choices if of else Condition.State.choices[:2]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
        if of:
            del self.fields["name"]
