"""What is typed of learning gaps and of the child's needs in the national categories."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.assessments.models import Need
from alongside.people.models import SenProvision
from alongside.rules.ages import YEAR_GROUPS, year_group_in_words
from alongside.rules.curriculum import Objective
from alongside.rules.send import SEN_TYPES
from alongside.web.forms import Checkboxes, DateField, Radios, Text, Textarea, WordsForOthers

CATEGORIES = list(SEN_TYPES.items())


class GapsForm(forms.Form):
    """Objectives of one stage and subject that are not learnt yet, and one in words."""

    objectives = forms.MultipleChoiceField(
        label="What is not learnt yet?", required=False, widget=Checkboxes()
    )
    own_words = WordsForOthers(
        label="Or in words",
        help_text="For what the list does not hold, and for older pupils",
        max_length=500,
        required=False,
        widget=Text(),
    )
    year_group = forms.ChoiceField(
        label="The year group that is taught this",
        choices=[
            ("", "Not said"),
            *((year, year_group_in_words(year)) for year in YEAR_GROUPS[2:14]),
        ],
        required=False,
        widget=forms.Select(),
    )
    source = WordsForOthers(
        is_said=False,
        label="How you know",
        help_text="A test, a piece of work, what was seen in class",
        max_length=120,
        widget=Text(),
    )
    found_on = DateField(label="Day it was found")
    is_shared = forms.BooleanField(label="Share this with the school", required=False, initial=True)

    def __init__(self, *args: Any, objectives: Sequence[Objective], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["objectives"]
        field.choices = [(o.key, o.text) for o in objectives]  # type: ignore[attr-defined]
        field.widget.hints = {  # type: ignore[attr-defined]
            o.key: year_group_in_words(o.year) for o in objectives
        }
        if not objectives:
            del self.fields["objectives"]


class SendForm(forms.Form):
    """The primary need, a second one where there is one, and the barriers that go with them."""

    primary = forms.ChoiceField(label="Primary need", choices=CATEGORIES, widget=Radios(columns=2))
    secondary = forms.ChoiceField(
        label="Secondary need",
        choices=[("", "None"), *CATEGORIES],
        required=False,
        widget=forms.Select(),
    )
    needs = forms.MultipleChoiceField(
        label="Barriers that go with it", required=False, widget=Checkboxes()
    )
    note = WordsForOthers(
        label="What it rests on",
        help_text="Which assessment, by whom. A diagnosis belongs with the documents.",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )

    provision = forms.ChoiceField(
        label="On the school’s SEND register",
        choices=[
            (SenProvision.NONE, "Not on the register"),
            (SenProvision.SUPPORT, SenProvision.SUPPORT.label),
            (SenProvision.PLAN, SenProvision.PLAN.label),
        ],
        widget=Radios(),
    )
    registered_on = DateField(
        label="Put on the register on",
        help_text="Only when the child is put on it now.",
        called="The day",
        required=False,
    )

    def __init__(self, *args: Any, needs: Sequence[Need], is_sendco: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(need.pk): need for need in needs}
        field = self.fields["needs"]
        field.choices = [(key, need.text) for key, need in self.by_key.items()]  # type: ignore[attr-defined]
        if not needs:
            del self.fields["needs"]
        if not is_sendco:  # The register is the school's own.
            del self.fields["provision"]
            del self.fields["registered_on"]
        self.order_fields(("provision", "registered_on"))  # What a SENDCo comes here for.

    @property
    def chosen(self) -> list[Need]:
        return [self.by_key[key] for key in self.cleaned_data.get("needs", ())]

    def register_said(self) -> str:
        """What was said of the register, as a sentence; nothing from who does not keep it."""
        field = self.fields.get("provision")
        if field is None:
            return ""
        words = dict(field.choices)[self.cleaned_data["provision"]]  # type: ignore[attr-defined]
        return f"SEND register: {words}. "
