"""What is typed when a concern is raised. Facts first; nothing about it is ever lost."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.people.models import Concern, Pupil
from alongside.people.queries import get_pupil
from alongside.people.queries.search import find_pupils, find_schools
from alongside.schools.models import School
from alongside.web.forms import DateField, Radios, Section, Text, Textarea, TypeAheadField
from alongside.web.pupils.forms import read_time
from alongside.web.search.words import understand


class ConcernForm(forms.Form):
    """One page: who, where, what was seen or heard, what was done."""

    pupil = TypeAheadField(
        label="The child",
        required=False,
        url="/search/pupils/",
        help_text="Type a name. Leave it empty when you cannot find them, and say below who it is.",
    )
    child = forms.CharField(
        label="Who it is, in words",
        required=False,
        max_length=200,
        help_text="Only when you did not choose the child above: name, class, what you know.",
        widget=Text(),
    )
    school = TypeAheadField(
        label="School or setting",
        required=False,
        url="/search/schools/",
        help_text="Where it happened, or where the child goes. Its safeguarding lead is told.",
    )
    where = forms.ChoiceField(
        label="Where were you?", choices=Concern.Where.choices, widget=Radios(), initial="SCHOOL"
    )
    happened_on = DateField(label="Day it happened")
    happened_time = forms.CharField(
        label="Time", required=False, help_text="Like 14:30 or 2.30pm.", widget=Text(width=10)
    )
    words = forms.CharField(
        label="What you saw or heard",
        max_length=10_000,
        help_text="Facts, in order, in your own words. Do not investigate or ask leading questions.",
        widget=Textarea(rows=6, count=10_000),
    )
    child_words = forms.CharField(
        label="What the child said",
        required=False,
        max_length=5_000,
        help_text="As they said it, even if the words are rough.",
        widget=Textarea(rows=3, count=5_000),
    )
    done = forms.CharField(
        label="What you have done, and whom you told in person",
        required=False,
        max_length=5_000,
        help_text="Name and time: “Told K. Specimen in her office at 11:05.”",
        widget=Textarea(rows=3, count=5_000),
    )

    sections = (
        Section("About whom", ("pupil", "child", "school")),
        Section("Where and when", ("where", "happened_on", "happened_time")),
        Section("What happened", ("words", "child_words", "done")),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        pupil, school = self.fields["pupil"], self.fields["school"]
        pupil.search = lambda words: [  # type: ignore[attr-defined]
            (p.pk, f"{p.name}, born {p.born_on:%-d %B %Y}")
            for p in find_pupils(actor, understand(words), 20)
        ]
        pupil.find = lambda value: _pupil(actor, value)  # type: ignore[attr-defined]
        school.search = lambda words: [  # type: ignore[attr-defined]
            (s.pk, s.name) for s in find_schools(understand(words), 20)
        ]
        school.find = _school  # type: ignore[attr-defined]
        self.fields["happened_on"].latest = actor.today  # type: ignore[attr-defined]
        self.initial.setdefault("happened_on", actor.today)

    def clean_happened_time(self) -> time | None:
        typed = self.cleaned_data["happened_time"]
        return read_time(typed) if typed.strip() else None

    @property
    def happened_at(self) -> datetime:
        on: date = self.cleaned_data["happened_on"]
        at: time | None = self.cleaned_data.get("happened_time")
        if at is None and on == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.combine(on, at or time(12)))


def _pupil(actor: Actor, value: str) -> Pupil | None:
    try:
        return get_pupil(actor, int(value))
    except (ValueError, OverflowError, NotFound):
        return None


def _school(value: str) -> School | None:
    try:
        return School.objects.filter(pk=int(value)).first()
    except (ValueError, OverflowError):
        return None
