"""What is typed to add a task, a step that the law dates, or a visit."""

from datetime import time
from typing import Any

from django import forms

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.duties.team_rows import Member
from alongside.people.models import Pupil
from alongside.people.queries import get_pupil
from alongside.people.queries.search import find_pupils, find_schools
from alongside.rules.statutory import BY_KEY, STEPS, Step
from alongside.schools.queries import find_school
from alongside.web.forms import (
    DateField,
    Number,
    Radios,
    Section,
    Text,
    TypeAheadField,
    WholeField,
    WordsForOthers,
)
from alongside.web.pupils.forms import read_time
from alongside.web.search.words import understand
from alongside.web.team.forms import Despite, OfPeople


class TaskForm(forms.Form):
    text = forms.CharField(
        label="What is to be done",
        max_length=200,
        widget=Text(),
        help_text="Start with a verb: ring, send, ask.",
    )
    due_on = DateField(label="By when")
    why = forms.CharField(label="Why", max_length=200, required=False, widget=Text())


class GiveForm(OfPeople):
    asks = "person"

    person = forms.ChoiceField(label="Give it to")


class StatutoryForm(forms.Form):
    pupil = TypeAheadField(label="Pupil", url="/search/pupils/", help_text="Type a name.")
    step = forms.ChoiceField(
        label="Step",
        choices=[(step.key, step.title) for step in STEPS],
        widget=Radios(hints={step.key: f"{step.limit}. {step.source}" for step in STEPS}),
    )
    event_on = DateField(
        label="Day of the event", help_text="The plan, review, meeting or request it counts from."
    )
    owner = forms.ChoiceField(label="Whose is it?")
    despite = Despite()

    def __init__(self, *args: Any, actor: Actor, members: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        choose_pupil(self, actor)
        self.fields["owner"].choices = [(m.pk, m.name) for m in members]  # type: ignore[attr-defined]
        self.initial.setdefault("owner", actor.staff_id)

    def clean_step(self) -> Step:
        return BY_KEY[self.cleaned_data["step"]]


class VisitForm(forms.Form):
    sections = (
        Section("Where, and whom to see", ("school", "pupil", "purpose")),
        Section("When", ("on", "at", "minutes")),
    )
    school = TypeAheadField(
        label="School",
        url="/search/schools/",
        search=lambda words: [(s.pk, s.name) for s in find_schools(understand(words), 20)],
        find=find_school,
    )
    pupil = TypeAheadField(
        label="Pupil", url="/search/pupils/", required=False, help_text="If it is to see one."
    )
    purpose = WordsForOthers(
        label="What for", max_length=120, widget=Text(), help_text="Such as: one-to-one, review."
    )
    on = DateField(label="Date", is_at_school=True)
    at = forms.CharField(label="Time", help_text="Like 14:30 or 2.30pm.", widget=Text(width=10))
    minutes = WholeField(label="Minutes", initial=45, widget=Number(width=3))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_pupil(self, actor)

    def clean_at(self) -> time:
        return read_time(self.cleaned_data["at"])


class CancelVisitForm(forms.Form):
    because = WordsForOthers(label="Why", max_length=200, widget=Text())


def choose_pupil(form: forms.Form, actor: Actor) -> None:
    """Let the `pupil` box find pupils that this actor may see."""
    pupil = form.fields["pupil"]
    pupil.search = lambda words: [  # type: ignore[attr-defined]
        (p.pk, f"{p.name}, born {p.born_on:%-d %B %Y}")
        for p in find_pupils(actor, understand(words), 20)
    ]
    pupil.find = lambda value: _pupil(actor, value)  # type: ignore[attr-defined]


def _pupil(actor: Actor, value: str) -> Pupil | None:
    try:
        return get_pupil(actor, int(value))
    except (ValueError, OverflowError, NotFound):
        return None
