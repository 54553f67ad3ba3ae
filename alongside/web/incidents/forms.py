"""What is typed of an incident: what and when first, then before, during and after."""

from datetime import datetime
from datetime import time as clock
from typing import Any

from django import forms
from django.utils import timezone

from alongside.incidents.models import Incident
from alongside.web.dates import clock_time
from alongside.web.forms import DateField, Radios, Section, Text, Textarea, WordsForOthers
from alongside.web.pupils.forms import read_time

PARTS = ("kind", "severity", "place", "before", "happened", "after", "told", "school_reference")


class IncidentForm(forms.Form):
    kind = forms.ChoiceField(
        label="What was it?", choices=Incident.Kind.choices, widget=Radios(columns=2)
    )
    severity = forms.TypedChoiceField(
        label="How severe?", choices=Incident.Severity.choices, coerce=int, widget=Radios()
    )
    on = DateField(label="Date", is_at_school=True, has_happened=True)
    time = forms.CharField(label="Began at", help_text="Like 10:30 or 2.15pm", widget=Text(width=5))
    ended = forms.CharField(label="Ended at", required=False, widget=Text(width=5))
    place = forms.CharField(label="Where", max_length=120, widget=Text())
    before = WordsForOthers(
        label="What came before",
        help_text="What was going on, and what may have set it off.",
        max_length=2000,
        required=False,
        widget=Textarea(rows=3),
    )
    happened = WordsForOthers(
        label="What happened",
        help_text="What you saw and heard, in order. Name no other child.",
        max_length=4000,
        widget=Textarea(rows=4),
    )
    after = WordsForOthers(
        label="What was done, and how it ended",
        max_length=2000,
        required=False,
        widget=Textarea(rows=3),
    )
    told = forms.CharField(
        label="Who was told, in school and at home", max_length=200, required=False, widget=Text()
    )
    school_reference = forms.CharField(
        label="Number in the school’s own system",
        help_text="The school’s record is the one that counts. This one stands beside it.",
        max_length=60,
        required=False,
        widget=Text(width=20),
    )
    is_shared = forms.BooleanField(label="Share this with the school", required=False)

    def __init__(self, *args: Any, is_of_service: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        last = ["told", "school_reference", "is_shared"]
        if not is_of_service:
            del self.fields[last.pop()]  # What a school writes, it reads.
        self.sections: tuple[Section, ...] = (
            Section("What, when and where", ("kind", "severity", "on", "time", "ended", "place")),
            Section("Before, during and after", ("before", "happened", "after")),
            Section("Who knows", tuple(last)),
        )

    def clean_time(self) -> clock:
        return read_time(self.cleaned_data["time"])

    def clean_ended(self) -> clock | None:
        typed = self.cleaned_data["ended"].strip()
        return read_time(typed) if typed else None

    def facts(self) -> dict[str, Any]:
        """What the action is told."""
        told = dict(self.cleaned_data)
        on, at, ended = told.pop("on"), told.pop("time"), told.pop("ended")
        told["occurred_at"] = timezone.make_aware(datetime.combine(on, at))
        told["ended_at"] = timezone.make_aware(datetime.combine(on, ended)) if ended else None
        return told


class CorrectIncidentForm(IncidentForm):
    """The same, as it stands, with why it is corrected. Who reads it is not changed here."""

    reason = WordsForOthers(
        label="Why is it corrected?",
        help_text="What stood before is kept, and anybody who reads this can see it.",
        max_length=200,
        widget=Text(),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, is_of_service=False, **options)
        self.sections = (*self.sections, Section("Why", ("reason",)))


def values_of(incident: Incident) -> dict[str, Any]:
    """What the form shows of an incident as it stands."""
    began = timezone.localtime(incident.occurred_at)
    ended = timezone.localtime(incident.ended_at) if incident.ended_at else None
    return {
        "on": began.date(),
        "time": clock_time(began),
        "ended": clock_time(ended) if ended else "",
        **{name: getattr(incident, name) for name in PARTS},
    }
