"""Repeatable rows as plain fields: target_1_text, target_2_text. Must not know what a row means."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from alongside.web.forms import name_row

EMPTY = ("", "0")  # The value of an empty choice.


def count_rows(prefix: str, names: Iterable[str]) -> int:
    """The highest number that these field names carry: 3 for target_3_goal."""
    pattern = re.compile(rf"{prefix}_(\d{{1,2}})_")
    return max((int(found[1]) for name in names if (found := pattern.match(name))), default=0)


def is_typed(field: forms.Field, value: Any) -> bool:
    """Whether somebody gave this value, rather than a row that nobody touched.

    A list without an empty choice always holds something, and so says nothing of the row.
    """
    widget = field.widget
    if widget.is_hidden or not value:
        return False
    if isinstance(widget, forms.Select):
        first = str(next(iter(widget.choices))[0])
        return first in EMPTY and value not in EMPTY
    return str(value).strip() not in ("", str(field.initial))


def say_what(row: str) -> str:
    """What a row is told that has something in it and does not say what it is."""
    return f"{row}: say what it is, or empty the row"


class RowsForm(forms.Form):
    """A form with rows. `row_fields` makes the fields of one row, `text` saying what it is.

    A row in which anything is typed is used, and told what it still misses.
    """

    def __init__(self, *args: Any, rows: Mapping[str, int] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {}
        for prefix, wanted in (rows or {}).items():
            typed = count_rows(prefix, self.data) if self.is_bound else 0
            self.rows[prefix] = max(wanted, typed)
            for number in range(1, self.rows[prefix] + 1):
                row = self.row_fields(prefix, number)
                called = str(row["text"].label).partition(":")[0]
                row["text"].error_messages["required"] = say_what(called)
                name_row(called, row.values())
                for name, field in row.items():
                    self.fields[f"{prefix}_{number}_{name}"] = field

    def row_fields(self, prefix: str, number: int) -> dict[str, forms.Field]:
        raise NotImplementedError

    def row_names(self, prefix: str) -> list[str]:
        return list(self.row_fields(prefix, 1))

    def is_used(self, prefix: str, number: int) -> bool:
        """Whether anything that a person types is typed in this row."""
        names = [f"{prefix}_{number}_{name}" for name in self.row_names(prefix)]
        return any(is_typed(self.fields[name], self._given(name)) for name in names)

    def _given(self, name: str) -> Any:
        return self.fields[name].widget.value_from_datadict(self.data, self.files, name)

    def row(self, prefix: str, number: int) -> dict[str, Any]:
        """What was typed in one row, cleaned."""
        return {
            name: self.cleaned_data.get(f"{prefix}_{number}_{name}")
            for name in self.row_names(prefix)
        }

    def used_rows(self, prefix: str) -> list[dict[str, Any]]:
        used = [n for n in range(1, self.rows.get(prefix, 0) + 1) if self.is_used(prefix, n)]
        return [self.row(prefix, number) for number in used]

    def sound_rows(self, prefix: str) -> list[tuple[int, dict[str, Any]]]:
        """Rows in use, by number, in which nothing typed is wrong."""
        return [
            (number, self.row(prefix, number))
            for number in range(1, self.rows.get(prefix, 0) + 1)
            if self.is_used(prefix, number)
            and not any(f"{prefix}_{number}_{n}" in self.errors for n in self.row_names(prefix))
        ]

    def bound_rows(self, prefix: str) -> list[dict[str, Any]]:
        """Rows as drawn: their number and each field by its name."""
        return [
            {
                "number": number,
                "fields": {
                    name: self[f"{prefix}_{number}_{name}"] for name in self.row_names(prefix)
                },
            }
            for number in range(1, self.rows.get(prefix, 0) + 1)
        ]

    def go_on_in(self, prefix: str) -> None:
        """Who added a row goes on typing in it."""
        if last := self.rows.get(prefix):
            self.fields[f"{prefix}_{last}_text"].widget.attrs["autofocus"] = True

    def full_clean(self) -> None:
        """A row left empty asks for nothing."""
        if self.is_bound:
            for prefix, total in self.rows.items():
                for number in range(1, total + 1):
                    if not self.is_used(prefix, number):
                        self._excuse(prefix, number)
        super().full_clean()

    def _excuse(self, prefix: str, number: int) -> None:
        for name in self.row_names(prefix):
            self.fields[f"{prefix}_{number}_{name}"].required = False
            if isinstance(self.fields[f"{prefix}_{number}_{name}"], forms.DecimalField):
                self.fields[f"{prefix}_{number}_{name}"].validators = []


def typed(form: forms.BaseForm, data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed so far, to show it again before it is checked."""
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, name)
    }
