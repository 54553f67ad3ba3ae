"""The forms of the service's own side: the waiting list, signposting, a call, the weekly cut-off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.pathways.models import Framework
from alongside.referrals.models import Wait, Weekday, Worry
from alongside.rules import upn as upns
from alongside.web import forms as fields
from alongside.web.forms.renderer import Mistake, mistakes
from alongside.web.referrals.forms import (
    LongWordsForOthers,
    ReasonForm,
    TurningAwayForm,
    leave_labels_plain,
)


class WaitForm(ReasonForm):
    """What it waits for, until when, and why: all three are told to the school."""

    waits_for = forms.ChoiceField(
        label="What it waits for", choices=Wait.For.choices, widget=fields.Radios()
    )
    expected_on = fields.DateField(
        label="Expected to begin by",
        help_text="The day the school is told. You are reminded on it.",
        is_at_school=True,
    )
    reason = fields.WordsForOthers(
        label="What you tell the school",
        help_text="Why it waits, and what the school can do meanwhile.",
        max_length=2000,
        widget=fields.Textarea(rows=4),
    )
    field_order = ("waits_for", "expected_on", "reason")


class DeclineForm(TurningAwayForm):
    reason = fields.WordsForOthers(
        label="Why it is declined",
        help_text="The school reads this, with every criterion and what would meet it.",
        max_length=2000,
        widget=fields.Textarea(rows=4),
    )
    signposted_to = forms.CharField(
        label="Where else they may turn",
        help_text="A service, a person, a guide.",
        max_length=200,
        required=False,
    )


class SignpostForm(TurningAwayForm):
    turned, yes = "signposted", "Yes, point them there"

    signposted_to = forms.CharField(
        label="Where they should turn",
        help_text="The service, and how to reach it: a name, a number, an address.",
        max_length=200,
    )
    reason = fields.WordsForOthers(
        label="Why it belongs there",
        help_text="The school reads this.",
        max_length=2000,
        widget=fields.Textarea(rows=4),
    )
    field_order = ("signposted_to", "reason")


CLOCK = "%H:%M"  # As it is typed.


class CutOffForm(forms.Form):
    """The moment of the week by which referrals are in, and the day they are read."""

    weekday = forms.TypedChoiceField(
        label="Cut-off day", coerce=int, choices=Weekday.choices, widget=fields.Radios(inline=True)
    )
    at = forms.TimeField(
        label="Cut-off time",
        help_text="By the 24-hour clock, such as 12:00.",
        input_formats=[CLOCK, "%H.%M", "%H"],
        error_messages={"invalid": "Enter a time such as 12:00"},
        widget=fields.Text(width=5),
    )
    triage_weekday = forms.TypedChoiceField(
        label="Triage day",
        help_text="The first such day after the cut-off. In a holiday it moves to the next school day.",
        coerce=int,
        choices=Weekday.choices,
        widget=fields.Radios(inline=True),
    )


class CallForm(forms.Form):
    """Who rang, about whom, and what they said. Nobody's record is shown while it is written."""

    caller_name = forms.CharField(label="Who rang", max_length=120)
    caller_role = forms.CharField(
        label="What they are, and for whom",
        help_text="Such as: school nurse, Eastmere community health.",
        max_length=120,
    )
    caller_contact = forms.CharField(label="How to ring back", max_length=120, required=False)
    upn = forms.CharField(
        label="UPN, if they know it",
        help_text="Or give the name and the date of birth.",
        max_length=13,
        required=False,
        widget=fields.Text(width=20),
    )
    forename = forms.CharField(label="First name", max_length=120, required=False)
    surname = forms.CharField(label="Last name", max_length=120, required=False)
    born_on = fields.DateField(label="Date of birth", required=False)
    framework = forms.TypedChoiceField(
        label="For which service", coerce=int, widget=fields.Radios()
    )
    main_worry = forms.ChoiceField(
        label="Main worry", choices=Worry.choices, widget=fields.Radios(columns=2)
    )
    last_incident = LongWordsForOthers(
        label="What they said",
        help_text="The pupil’s school reads this. What was told in confidence goes in a concern.",
        error_messages={"required": "Write down what they said"},
        widget=fields.Textarea(rows=5),
    )
    agreed_by = forms.CharField(
        label="Who at home has agreed to this",
        help_text="Leave empty when nobody has been asked yet.",
        max_length=120,
        required=False,
    )
    agreed_on = fields.DateField(label="When they agreed", required=False)

    def __init__(
        self,
        *args: Any,
        frameworks: Sequence[Framework] = (),
        today: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        named = [(f.pk, f"{f.owner.name}: {f.name}") for f in frameworks]
        if len(named) > 1:
            self.fields["framework"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["framework"]
        for name in ("agreed_on", "born_on"):
            self.fields[name].latest = today  # type: ignore[attr-defined]
        leave_labels_plain(self, "upn", "forename", "surname", "born_on")

    @property
    def summary(self) -> list[Mistake]:
        return mistakes(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upn = upns.normalise(data.get("upn") or "")
        if upn and (wrong := upns.problem_with(upn)):
            self.add_error("upn", wrong)
        named = {"forename": "Give the first name", "surname": "Give the last name"}
        asked = named | {"born_on": "Give the date of birth"}
        if not upn:
            for name, words in asked.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if bool(data.get("agreed_by")) != bool(data.get("agreed_on")):
            missing = "agreed_on" if data.get("agreed_by") else "agreed_by"
            if missing not in self.errors:
                told = {"agreed_on": "Say when they agreed", "agreed_by": "Say who agreed"}
                self.add_error(missing, told[missing])
        return data
