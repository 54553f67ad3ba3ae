"""What is typed of next steps agreed: with whom, then what, who and by when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.fieldwork.actions import NextStep
from alongside.people.queries.shared import Reader
from alongside.web.forms import DateField, Radios, Text, WordsForOthers
from alongside.web.plans.rows import RowsForm

SOMEBODY_ELSE = "else"
MINE, THEIRS = "mine", "theirs"


class NextStepsForm(RowsForm):
    """One person at the school, and up to six steps. A row left empty is left out."""

    with_whom = forms.ChoiceField(
        label="Agreed with", widget=Radios(), error_messages={"required": "Say with whom"}
    )
    name = forms.CharField(
        label="Their name and what they do",
        help_text="For somebody who does not sign in here. The steps then stand on your list only.",
        max_length=80,
        required=False,
        widget=Text(),
    )

    def __init__(self, *args: Any, people: Sequence[Reader], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["with_whom"]
        field.choices = [
            *((str(person.staff_id), f"{person.name}, {person.role}") for person in people),
            (SOMEBODY_ELSE, "Somebody who does not sign in here"),
        ]
        self.fields["name"].plain_label = True  # type: ignore[attr-defined]
        if not people:
            self.initial.setdefault("with_whom", SOMEBODY_ELSE)

    def row_fields(self, prefix: str, number: int) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {
            "text": WordsForOthers(
                label=f"Step {number}: what will be done?",
                is_said=False,
                max_length=150,
                widget=Text(),
            ),
            "who": forms.ChoiceField(
                label="Who does it",
                choices=[(MINE, "I do"), (THEIRS, "They do")],
                widget=forms.Select(),
            ),
            "due_on": DateField(
                label="By when", error_messages={"required": f"Step {number}: enter by when"}
            ),
        }
        for field in made.values():
            field.plain_label = True  # type: ignore[attr-defined]
        return made

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("with_whom") == SOMEBODY_ELSE and not typed.get("name"):
            self.add_error("name", "Write their name")
        if not self.used_rows("step"):
            self.add_error("step_1_text", "Write one step at least")
        return typed

    def facts(self) -> dict[str, Any]:
        """What the action is told."""
        chosen = self.cleaned_data["with_whom"]
        return {
            "with_id": None if chosen == SOMEBODY_ELSE else int(chosen),
            "name": self.cleaned_data["name"],
            "steps": [
                NextStep(text=row["text"], due_on=row["due_on"], is_mine=row["who"] == MINE)
                for row in self.used_rows("step")
            ],
        }
