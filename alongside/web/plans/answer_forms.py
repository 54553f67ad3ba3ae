"""The forms of what others say to a plan and write in it. Must not decide what is allowed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.core.models import Staff
from alongside.plans.models import Party
from alongside.web.forms import DateField, NameOfGrownUp, Radios, Textarea, WordsForOthers


class DecisionForm(forms.Form):
    """A manager's answer to a plan."""

    answer = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Approve it"), ("return", "Return it to the writer")],
        widget=Radios(
            hints={
                "approve": "The school then sees it, and each party is asked to agree. "
                "To change its words first, go back to the plan.",
                "return": "The writer is told at once, with your reason.",
            },
            reveal={"approve": "comment", "return": "reason"},
        ),
    )
    comment = WordsForOthers(
        label="A comment for the writer",
        help_text="What you changed, when you changed it.",
        max_length=500,
        required=False,
        widget=Textarea(rows=2),
    )
    reason = WordsForOthers(
        label="What should be different",
        max_length=500,
        required=False,
        widget=Textarea(rows=3),
    )


class SchoolDecisionForm(DecisionForm):
    """The school's own answer to its own plan."""

    def __init__(self, *args: Any, school: str, **options: Any) -> None:
        super().__init__(*args, **options)
        hints = self.fields["answer"].widget.hints  # type: ignore[attr-defined]
        hints["approve"] = (
            f"This is {school}’s agreement too. Then the family and the pupil are asked to agree."
        )


class AgreementForm(forms.Form):
    """What one party says to the plan."""

    name = NameOfGrownUp(label="Who answers, by name", max_length=120)
    answer = forms.ChoiceField(
        label="Do they agree to the plan?",
        choices=[("yes", "Yes"), ("no", "No, not as it is")],
        widget=Radios(),
    )
    how = forms.CharField(
        label="How they said so",
        help_text="“At the meeting in school”, “by text message”, “on this screen”.",
        max_length=120,
    )
    agreed_on = DateField(label="When")
    words = WordsForOthers(
        label="In their own words",
        help_text="Needed for a no: what would they want instead?",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )


class OwnAgreementForm(AgreementForm):
    """What a school says to the plan for itself, on this screen."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in OWN_LABELS.items():
            self.fields[name].label = label
        self.fields["words"].help_text = "Needed for a no: what would you want instead?"


OWN_LABELS = {
    "name": "Your name",
    "answer": "Do you agree to the plan?",
    "how": "How you answer",
    "words": "In your own words",
}


class WithdrawalForm(forms.Form):
    """A party no longer agrees."""

    party = forms.ChoiceField(label="Who withdraws agreement", widget=Radios())
    words = WordsForOthers(
        label="What changed, in their words", max_length=300, widget=Textarea(rows=2)
    )
    withdrawn_on = DateField(label="When they said so")

    def __init__(self, *args: Any, parties: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        party: Any = self.fields["party"]
        party.choices = [(one.value, one.label) for one in parties]


class AgencyAnswerForm(AgreementForm):
    """What an agency says: who it is, is known."""

    name = None  # type: ignore[assignment]


class KeepingForm(forms.Form):
    """A form with a box that keeps what is written from the school. The school is never offered it."""

    def __init__(self, *args: Any, may_keep: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_keep:
            del self.fields["kept"]


class ContributorForm(KeepingForm):
    """Somebody who has a part in the plan."""

    party = forms.ChoiceField(label="For whom", choices=Party.choices, widget=Radios())
    name = NameOfGrownUp(label="Name", max_length=120)
    role = forms.CharField(
        label="Who they are to the pupil",
        help_text="“Class teacher”, “grandad”, “educational psychologist”.",
        max_length=120,
        required=False,
    )
    staff = forms.ChoiceField(
        label="Do they sign in here?",
        help_text="Who signs in writes their own section, and nobody else does.",
        required=False,
        widget=forms.Select(),
    )
    kept = forms.BooleanField(label="Keep this from the school", required=False)

    def __init__(self, *args: Any, people: Sequence[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        staff: Any = self.fields["staff"]
        staff.choices = [("", "No"), *((key, one.name) for key, one in self.people.items())]

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "party": Party(typed["party"]),
            "name": typed["name"],
            "role": typed["role"],
            "staff": self.people.get(typed["staff"]),
            "is_shared": not typed.get("kept"),
        }


class SectionForm(KeepingForm):
    """One contributor's own part of a plan."""

    instance_version: Any = None

    section = WordsForOthers(
        label="What they bring to the plan",
        help_text="What they see, what they will do, what they ask of the others.",
        max_length=4000,
        widget=Textarea(rows=8),
    )
    kept = forms.BooleanField(label="Keep this from the school", required=False)


class NoteForm(KeepingForm):
    """How it goes while a plan runs."""

    text = WordsForOthers(label="How it goes", max_length=1000, widget=Textarea(rows=4))
    kept = forms.BooleanField(label="Keep this from the school", required=False)
