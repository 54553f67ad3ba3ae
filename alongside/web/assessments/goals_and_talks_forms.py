"""What is typed of the child's own goals, of a tutor's talk, and of options explained and decided."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.assessments.actions import Explained, Talk
from alongside.assessments.models import PersonalGoal
from alongside.core.models import Staff
from alongside.web.assessments.forms import SchoolMayRead
from alongside.web.forms import (
    DateField,
    FaceField,
    Radios,
    Section,
    Text,
    Textarea,
    WordsForOthers,
)


class GoalForm(forms.Form):
    text = WordsForOthers(
        label="What do they want to become better at?",
        help_text="In their words: “Speak up in drama”, “Have somebody to sit with”.",
        max_length=200,
        widget=Text(),
    )
    set_on = DateField(label="Date")


class SaidForm(forms.Form):
    face = FaceField(label="How is it going?", required=False)
    words = WordsForOthers(
        label="In their own words", max_length=1000, required=False, widget=Textarea(rows=3)
    )
    said_on = DateField(label="Date")
    is_shared = SchoolMayRead()


class EndGoalForm(forms.Form):
    ended_as = forms.ChoiceField(
        label="What became of it?", choices=PersonalGoal.End.choices, widget=Radios()
    )
    ended_on = DateField(label="Date")


class DecisionForm(forms.Form):
    """Options, questions and answers, as they were said."""

    about = WordsForOthers(
        is_said=False, label="What was to be decided?", max_length=200, widget=Text()
    )
    explained_on = DateField(label="Day it was explained")
    options = WordsForOthers(
        label="The options, as you explained them",
        help_text="Each with what it means: duties, chances, what happens if nothing is chosen.",
        max_length=4000,
        widget=Textarea(rows=5, count=4000),
    )
    questions = WordsForOthers(
        is_said=False,
        label="What they asked, and what you answered",
        max_length=4000,
        required=False,
        widget=Textarea(rows=4, count=4000),
    )
    parent_name = forms.CharField(
        label="Who in the family", max_length=120, required=False, widget=Text(width=20)
    )
    parent_words = WordsForOthers(
        is_said=False,
        label="What they decided, in their words",
        max_length=2000,
        required=False,
        widget=Textarea(rows=3),
    )
    pupil_words = WordsForOthers(
        is_said=False,
        label="What the young person decided, in their words",
        max_length=2000,
        required=False,
        widget=Textarea(rows=3),
    )
    is_confidential = forms.BooleanField(
        label="They asked that this is not passed on",
        help_text="It is then family-confidential: only those cleared for it read it, and you.",
        required=False,
    )
    sections = (
        Section("What was explained", ("about", "explained_on", "options", "questions")),
        Section("What was decided", ("parent_name", "parent_words", "pupil_words",
                "is_confidential")),
    )  # fmt: skip

    @property
    def explained(self) -> Explained:
        return Explained(**self.cleaned_data)


class TalkForm(forms.Form):
    """A tutor's talk, and what is to follow by when."""

    on = DateField(label="Day of the talk")
    words = WordsForOthers(
        label="What you talked about", max_length=1000, widget=Textarea(rows=4, count=1000)
    )
    pupil_words = WordsForOthers(
        is_said=False,
        label="In their own words",
        max_length=500,
        required=False,
        widget=Textarea(rows=2),
    )
    follow_up = WordsForOthers(
        is_said=False,
        label="What follows",
        help_text="It comes onto your list.",
        max_length=200,
        required=False,
        widget=Text(),
    )
    follow_up_by = DateField(label="By which day", required=False)

    @property
    def talk(self) -> Talk:
        return Talk(**self.cleaned_data)


class DoneForm(forms.Form):
    note = WordsForOthers(label="What was done?", max_length=200, widget=Text())


class TutorForm(forms.Form):
    tutor = forms.ChoiceField(label="Who is their tutor?", widget=Radios())

    def __init__(self, *args: Any, people: Sequence[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(person.pk): person for person in people}
        field = self.fields["tutor"]
        field.choices = [(key, person.name) for key, person in self.by_key.items()]  # type: ignore[attr-defined]
        field.widget.hints = {  # type: ignore[attr-defined]
            key: person.job_title for key, person in self.by_key.items()
        }

    @property
    def chosen(self) -> Staff:
        return self.by_key[self.cleaned_data["tutor"]]
