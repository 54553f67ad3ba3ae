"""What is typed about a list: its file, its columns, and what to make of a doubtful line."""

from typing import Any

from django import forms

from alongside.exchange.columns import CONTACT_FIELDS, PUPIL_FIELDS
from alongside.rules.words import quoted
from alongside.web.forms import Radios

NOT_USED = [("", "Not used")]


class ListForm(forms.Form):
    file = forms.FileField(
        label="Class list or Common Transfer File",
        help_text="A CSV file, an Excel workbook (.xlsx) or a transfer file (.xml), up to 60 MB.",
    )


class ColumnsForm(forms.Form):
    """One choice a column. Two columns may not mean the same, and three meanings are needed."""

    def __init__(
        self,
        *args: Any,
        headers: list[str],
        columns: dict[str, str],
        examples: list[list[str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.headers = headers
        meanings = {**PUPIL_FIELDS, **CONTACT_FIELDS}
        told = [(key, words[:1].upper() + words[1:]) for key, words in meanings.items()]
        shown = [f"In it: {quoted(each)}." if each else "" for each in examples]
        for number, header in enumerate(headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header or f"Column {number + 1}, without a name",
                choices=NOT_USED + told,
                required=False,
                help_text=shown[number] if number < len(shown) else "",
                initial=columns.get(header, ""),
            )
            # “Not used” is an answer like the others, and three of them are needed.
            self.fields[f"column_{number}"].plain_label = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        seen: dict[str, str] = {}
        for number, header in enumerate(self.headers):
            meaning = self.cleaned_data.get(f"column_{number}", "")
            if meaning and meaning in seen:
                self.add_error(f"column_{number}", f"“{seen[meaning]}” is this already")
            elif meaning:
                seen[meaning] = header
        self.cleaned_data["columns"] = {header: meaning for meaning, header in seen.items()}
        return self.cleaned_data


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label="Which child is this?", widget=Radios())

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
