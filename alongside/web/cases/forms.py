"""What is typed to allocate, settle, close, check and reopen a case."""

from typing import Any

from django import forms

from alongside.cases.actions import Settled
from alongside.cases.models import Case, ChecklistItem, SustainedCheck
from alongside.people.models import Capacity
from alongside.web.forms import DateField, Radios, Text, Textarea, WordsForOthers, name_row
from alongside.web.team.forms import OfPeople

CAPACITIES = [
    (c.value, c.label)
    for c in (Capacity.LEAD, Capacity.CO_WORKER, Capacity.DEPLOYED, Capacity.COVER)
]


class AllocateForm(OfPeople):
    staff = forms.ChoiceField(label="Who", widget=Radios())
    capacity = forms.ChoiceField(
        label="As what", choices=CAPACITIES, widget=Radios(), initial=Capacity.LEAD
    )
    starts_on = DateField(
        label="From",
        help_text="A case that nobody leads yet: today, or a day within 5 school days.",
    )
    reason = WordsForOthers(
        label="Why this person",
        help_text="Need, place, skill or room on their caseload.",
        max_length=200,
        required=False,
        widget=Text(),
    )


class EndAllocationForm(forms.Form):
    ends_on = DateField(label="Last day on this case")


class CorrectClosingForm(forms.Form):
    closed_on = DateField(label="The right last day of the work")
    reason = WordsForOthers(
        label="Why it is corrected",
        help_text="Stands on the chronology, and the school reads it: a slip, or who told you what.",
        max_length=180,
        widget=Textarea(rows=2),
    )


class CallOffForm(forms.Form):
    """Of who has not begun: there is nothing to say."""


class ChecklistForm(forms.Form):
    answer = forms.ChoiceField(
        label="Is this settled?",
        choices=[("done", "Yes, done"), ("na", "It does not apply"), ("open", "Not yet")],
        widget=Radios(),
    )
    done_on = DateField(label="Done on", required=False)
    note = WordsForOthers(label="Note", max_length=300, required=False, widget=Text())
    not_applicable_because = WordsForOthers(
        is_said=False, label="Why it does not apply", max_length=200, required=False, widget=Text()
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("answer") == "done"
            and not data.get("done_on")
            and "done_on" not in self.errors
        ):
            self.add_error("done_on", "Enter the day on which it was done")
        if data.get("answer") == "na" and not data.get("not_applicable_because"):
            self.add_error("not_applicable_because", "Say why it does not apply")
        return data


class ChecklistAllForm(forms.Form):
    """Every item still open, each with its own answer and note; one day for all that are done."""

    ANSWERS = (("leave", "Not yet"), ("done", "Yes, done"), ("na", "It does not apply"))

    done_on = DateField(label="Day for those that are done")

    def __init__(self, *args: Any, items: list[ChecklistItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            self.fields[f"answer_{item.pk}"] = forms.ChoiceField(
                label=item.label,
                choices=self.ANSWERS,
                initial="leave",
                widget=Radios(inline=True),
            )
            self.fields[f"note_{item.pk}"] = WordsForOthers(
                is_said=False,
                label="Note, or why it does not apply",
                max_length=200,
                required=False,
                widget=Text(),
            )
            name_row(item.label, [self.fields[f"note_{item.pk}"]])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for item in self.items:
            note = f"note_{item.pk}"
            if data.get(f"answer_{item.pk}") == "na" and not data.get(note, "").strip():
                self.add_error(note, f"{item.label}: say why it does not apply")
        return data

    def settled(self) -> list[Settled]:
        answers = ((item, self.cleaned_data[f"answer_{item.pk}"]) for item in self.items)
        return [
            Settled(item, answer == "done", self.cleaned_data[f"note_{item.pk}"].strip())
            for item, answer in answers
            if answer != "leave"
        ]


class CloseForm(forms.Form):
    closed_on = DateField(label="Last day of the work", help_text="Read by everybody.")
    outcome = forms.ChoiceField(
        label="How it ended",
        help_text="Read by everybody: it stands in the school’s copy as well.",
        choices=Case.Outcome.choices,
        widget=Radios(),
    )
    risk_at_end = forms.ChoiceField(
        label="Risk of exclusion now",
        help_text="Read by the service and the council only.",
        choices=Case.Risk.choices,
        widget=Radios(inline=True),
    )
    closing_summary = WordsForOthers(
        label="What changed, and what is left with the school",
        help_text="Read by the school, the family and the service: it stands in every copy of the "
        "closure report. Write what happened, plainly.",
        max_length=5000,
        widget=Textarea(rows=6),
    )
    closing_notes = forms.CharField(
        label="Notes for the service",
        help_text="Read by the service and the council only. Left out of the school’s copy.",
        max_length=5000,
        required=False,
        widget=Textarea(rows=3),
    )
    not_measured_because = forms.CharField(
        label="If a measure was not taken again, why not",
        help_text="Read by the service and the council only.",
        max_length=300,
        required=False,
        widget=Text(),
    )

    def __init__(self, *args: Any, is_missing: bool, **options: Any) -> None:
        """Asked for only when a measure is missing, and then it must be answered."""
        super().__init__(*args, **options)
        if is_missing:
            self.fields["not_measured_because"].plain_label = True  # type: ignore[attr-defined]
        else:
            del self.fields["not_measured_because"]


class ReopenForm(forms.Form):
    reason = WordsForOthers(
        label="Why the case is opened again", max_length=250, widget=Textarea(rows=3)
    )


class CheckForm(forms.Form):
    answer = forms.ChoiceField(
        label="Has the place lasted?", choices=SustainedCheck.Answer.choices, widget=Radios()
    )
    note = WordsForOthers(
        label="What you were told, and by whom",
        max_length=500,
        required=False,
        widget=Textarea(rows=3),
    )
    done_on = DateField(label="Asked on")
