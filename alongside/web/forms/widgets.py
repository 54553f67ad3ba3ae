"""Widgets: what is typed into. Must only hold layout and read what was posted, never check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms

FACES = ((1, "Very hard"), (2, "Hard"), (3, "OK"), (4, "Good"), (5, "Great"))


class Text(forms.TextInput):
    """One line. `width` is in characters (2, 3, 4, 5, 10, 20, 30); prefix and suffix stand in the box."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
    ) -> None:
        super().__init__(attrs)
        self.width = width
        self.prefix = prefix
        self.suffix = suffix


class Number(Text):
    """A number typed as text: no spinner to nudge by accident with a mouse wheel."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, whole: bool = True, **layout: Any
    ) -> None:
        layout.setdefault("width", 4)
        super().__init__({"inputmode": "numeric" if whole else "decimal"} | (attrs or {}), **layout)


class Textarea(forms.Textarea):
    """Several lines; `count` shows how many characters are left."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, rows: int = 4, count: int | None = None
    ) -> None:
        super().__init__({"rows": rows, "cols": False} | (attrs or {}))
        self.count = count


class ChoiceLayout:
    """How radios and checkboxes stand, what each choice needs explained, and what each reveals."""

    def lay_out(
        self,
        *,
        inline: bool,
        small: bool,
        columns: int,
        hints: Mapping[str, str] | None,
        reveal: Mapping[str, str] | None,
        divider_before: str | None,
    ) -> None:
        self.inline = inline
        self.small = small
        self.columns = columns
        self.hints = dict(hints or {})
        self.reveal = dict(reveal or {})
        self.divider_before = divider_before


class Radios(ChoiceLayout, forms.RadioSelect):
    """One of a few. `reveal` maps a choice to the name of the field it opens."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        inline: bool = False,
        small: bool = True,
        columns: int = 1,
        hints: Mapping[str, str] | None = None,
        reveal: Mapping[str, str] | None = None,
        divider_before: str | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.lay_out(
            inline=inline,
            small=small,
            columns=columns,
            hints=hints,
            reveal=reveal,
            divider_before=divider_before,
        )


class Checkboxes(ChoiceLayout, forms.CheckboxSelectMultiple):
    """Any of a few. `reveal` maps a choice to the name of the field it opens."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        small: bool = True,
        columns: int = 1,
        hints: Mapping[str, str] | None = None,
        reveal: Mapping[str, str] | None = None,
        divider_before: str | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.lay_out(
            inline=False,
            small=small,
            columns=columns,
            hints=hints,
            reveal=reveal,
            divider_before=divider_before,
        )


class Faces(forms.RadioSelect):
    """Five faces, each with its word, for a child to choose from."""

    faces = True


class DateParts(NamedTuple):
    """A date as it was typed, whatever it was."""

    day: str = ""
    month: str = ""
    year: str = ""

    def __bool__(self) -> bool:
        return any(self)


@dataclass(frozen=True)
class DateBox:
    """One of the three boxes of a date."""

    part: str
    label: str
    id: str
    name: str
    value: str
    width: int
    autocomplete: str
    is_wrong: bool = False


class DateInput(forms.MultiWidget):
    """Day, month and year in three boxes, posted as NAME_0, NAME_1 and NAME_2."""

    template_name = "forms/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, is_birthday: bool = False) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()], attrs)
        self.is_birthday = is_birthday

    def decompress(self, value: Any) -> DateParts:
        if isinstance(value, date):
            return DateParts(str(value.day), str(value.month), str(value.year))
        if isinstance(value, str):
            year, _, rest = value.strip().partition("-")
            month, _, day = rest.partition("-")
            return DateParts(day, month, year)
        return value if isinstance(value, DateParts) else DateParts()

    def value_from_datadict(  # type: ignore[override]
        self, data: Any, files: Any, name: str
    ) -> DateParts:
        if (whole := data.get(name)) and f"{name}_0" not in data:
            return self.decompress(whole)
        return DateParts(*(str(data.get(f"{name}_{n}", "")).strip() for n in range(3)))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and all(f"{name}_{n}" not in data for n in range(3))

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}-day" if id_ else ""

    def boxes(
        self, name: str, value: Any, auto_id: str, wrong: tuple[str, ...] = ()
    ) -> list[DateBox]:
        """The three boxes, with those that hold the mistake marked."""
        parts = self.decompress(value)
        # Room for a month typed as a word.
        sizes = {"day": 2, "month": 4, "year": 4}
        return [
            DateBox(
                part=part,
                label=part.capitalize(),
                id=f"{auto_id}-{part}",
                name=f"{name}_{n}",
                value=parts[n],
                width=sizes[part],
                autocomplete=f"bday-{part}" if self.is_birthday else "",
                is_wrong=part in wrong,
            )
            for n, part in enumerate(DateParts._fields)
        ]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, self.decompress(value), attrs)
        auto_id = context["widget"]["attrs"].get("id", name)
        return context | {"boxes": self.boxes(name, value, auto_id), "auto_id": auto_id}


class Chosen(NamedTuple):
    """What a type-ahead box holds: the value chosen, and the words typed."""

    value: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.value or self.words)


class TypeAhead(forms.Widget):
    """A box that suggests as one types. Without script it searches on submit and asks to choose."""

    template_name = "forms/type_ahead.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, url: str = "", min_length: int = 2
    ) -> None:
        super().__init__(attrs)
        self.url = url
        self.min_length = min_length
        # Set by the field when words matched several things: the choose step.
        self.matches: list[tuple[str, str]] = []

    def format_value(self, value: Any) -> Chosen:
        if isinstance(value, Chosen):
            return value
        if isinstance(value, tuple) and len(value) == 2:
            return Chosen(str(value[0]), str(value[1]))
        return Chosen(str(value), str(value)) if value not in (None, "") else Chosen()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        return Chosen(str(data.get(name, "")).strip(), str(data.get(f"{name}-words", "")).strip())

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-words" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        return context | {
            "name": name,
            "chosen": self.format_value(value),
            "url": self.url,
            "min_length": self.min_length,
            "matches": self.matches,
        }


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)
