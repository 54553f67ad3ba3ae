"""What is typed on a pupil's record. Checks what was typed; policies check what is allowed."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.people.models import EntryKind
from alongside.web.forms import (
    Checkboxes,
    DateField,
    Radios,
    Section,
    Text,
    Textarea,
    WordsForOthers,
)

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
# The classes that a person writes by hand here; the rest is written by its own screens.
WRITTEN_BY_HAND = (
    InformationClass.PUPIL,
    InformationClass.CASEWORK,
    InformationClass.HEALTH_AND_SEND,
    InformationClass.SAFEGUARDING,
    InformationClass.FAMILY,
)
LONGEST_NOTE = 300_000  # A report of a hundred pages, pasted.
CLASS_HINTS = {
    "C2": "Who reads the pupil's core record reads this, the school too.",
    "C3": "The service reads this. The school only when you share it.",
    "C4": "Diagnoses, health, professional reports.",
    "C5": "Only those cleared read it; others see that there is something.",
    "C6": "What the family asked not to be passed to the school. Never shared.",
}


def read_time(text: str) -> time:
    """14:30, 2.30pm or 9."""
    found = CLOCK.fullmatch(text.strip())
    hour = int(found.group(1)) if found else 99
    minute = int(found.group(2) or 0) if found else 99
    half = (found.group(3) or "").lower() if found else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValidationError("Enter the time like 14:30 or 2.30pm")
    return time(hour, minute)


class EntryForm(forms.Form):
    """A note or a contact for the chronology."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(EntryKind.CONTACT, "Contact"), (EntryKind.NOTE, "Note")],
        widget=Radios(
            inline=True,
        ),
        initial=EntryKind.CONTACT,
    )
    occurred_on = DateField(label="Day it happened")
    occurred_time = forms.CharField(
        label="Time",
        required=False,
        help_text="Like 14:30 or 2.30pm. Leave empty when you do not know.",
        widget=Text(width=10),
    )
    summary = WordsForOthers(
        label="In one line",
        max_length=300,
        help_text="Who, how, and what came of it: “Phone with mum: mornings are hard since the move.”",
        widget=Text(),
    )
    detail = WordsForOthers(
        label="More, if it is needed",
        required=False,
        max_length=LONGEST_NOTE,
        help_text="Facts first, then what you make of them. Name no other child. A long report can be "
        "pasted whole.",
        widget=Textarea(rows=6),
    )
    information_class = forms.ChoiceField(
        label="Who may read it?", widget=Radios(hints=CLASS_HINTS)
    )
    is_shared = forms.BooleanField(
        label="Share this line with the school",
        required=False,
        help_text="The school sees this line as you wrote it. Look at “Shared with” to see what they see.",
    )

    readers = forms.MultipleChoiceField(
        label="For these people only",
        required=False,
        widget=Checkboxes(),
        help_text="Leave all empty for everybody who reads such records. Name some, and only they and "
        "you can read it.",
    )
    is_hidden = forms.BooleanField(
        label="Others do not see that there is a note",
        required=False,
        help_text="Otherwise the service sees that there is one, and that you wrote it.",
    )

    sections = (
        Section("What happened", ("kind", "occurred_on", "occurred_time", "summary", "detail")),
        Section("Who sees it", ("information_class", "is_shared", "readers", "is_hidden")),
    )

    def __init__(
        self, *args: Any, actor: Actor, people: Sequence[Staff] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.fields["readers"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), f"{p.name}, {p.job_title}" if p.job_title else p.name) for p in people
        ]
        self.fields["information_class"].choices = [  # type: ignore[attr-defined]
            (c.value, c.label) for c in WRITTEN_BY_HAND if c in actor.writes
        ]
        self.fields["occurred_on"].latest = actor.today  # type: ignore[attr-defined]
        self.initial.setdefault("occurred_on", actor.today)
        self.initial.setdefault("information_class", InformationClass.CASEWORK.value)

    def clean_occurred_time(self) -> time | None:
        typed = self.cleaned_data["occurred_time"]
        return read_time(typed) if typed.strip() else None

    def clean_is_hidden(self) -> bool:
        if self.cleaned_data["is_hidden"] and not self.cleaned_data.get("readers"):
            raise forms.ValidationError("Name at least one person who may read it.")
        return self.cleaned_data["is_hidden"]

    @property
    def reader_ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["readers"]]

    @property
    def occurred_at(self) -> datetime | None:
        """When it happened; noon of a past day without an hour, now for today without one."""
        on: date = self.cleaned_data["occurred_on"]
        at: time | None = self.cleaned_data.get("occurred_time")
        if at is None and on == timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(on, at or time(12)))


class CorrectionForm(forms.Form):
    """What is right instead. The line itself stays as it was written."""

    words = WordsForOthers(
        label="What is right instead",
        max_length=2000,
        help_text="The line stays as it was. Your correction stands beneath it, with your name.",
        widget=Textarea(rows=4, count=2000),
    )
