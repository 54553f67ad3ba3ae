"""Fields whose mistakes are told in words that help. Must check what was typed, not what is allowed."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from alongside.rules.numbers import number_in
from alongside.web.forms.widgets import (
    FACES,
    Chosen,
    DateInput,
    DateParts,
    Faces,
    Files,
    Number,
    TypeAhead,
)

FIGURES = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
LONGEST_SAID = 60  # Of what was typed, said back in a message: a page may have been pasted.
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def month_number(typed: str) -> int:
    """11, 11th, nov or November. 0 when it is none of these."""
    words = typed.strip().lower().rstrip(".")
    number = number_in(words)
    if number is not None:
        return number
    if len(words) < 3:
        return 0
    if words == "sept":
        return 9
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(words)), 0)


def as_number(typed: str) -> int:
    """The number in 1, 01 or 1st. 0 when there is none."""
    digits = (
        typed.lower().removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    )
    return number_in(digits) or 0


FIRST_YEAR, LAST_YEAR = 1900, 2099  # Outside them a year is a slip of the fingers.


class DateField(forms.Field):
    """A day typed in three boxes. The mistake names the part that is missing or wrong.

    `is_at_school`: something is to happen there on that day, or `has_happened`. When the school is
    closed, we ask.
    """

    widget = DateInput

    def __init__(
        self,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        called: str = "",
        is_at_school: bool = False,
        has_happened: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.own_name = called
        self.is_at_school = is_at_school
        self.has_happened = has_happened
        self.earliest = earliest
        self.latest = latest

    @property
    def called(self) -> str:
        """The field's name as the start of a sentence."""
        return self.own_name or str(self.label or "The date").rstrip("?")

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        parts = value if isinstance(value, DateParts) else DateParts()
        if not parts:
            return None
        missing = [part for part in DateParts._fields if not getattr(parts, part)]
        if missing:
            raise ValidationError(
                f"{self.called} must include a {' and a '.join(missing)}", code=" ".join(missing)
            )
        return self.whole(parts)

    def whole(self, parts: DateParts) -> date:
        """A real day from three typed parts."""
        day, month, year = as_number(parts.day), month_number(parts.month), as_number(parts.year)
        if not 1 <= month <= 12:
            raise ValidationError(
                f"{self.called}: the month must be 1 to 12, or a name like March", code="month"
            )
        if len(parts.year) != 4 or not year:
            raise ValidationError(
                f"{self.called}: the year must be 4 numbers, like 2026", code="year"
            )
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(
                f"{self.called}: the year must be from {FIRST_YEAR} to {LAST_YEAR}", code="year"
            )
        if not 1 <= day <= 31:
            raise ValidationError(f"{self.called}: the day must be 1 to 31", code="day")
        try:
            return date(year, month, day)
        except ValueError:
            name = MONTHS[month - 1].capitalize()
            raise ValidationError(
                f"{self.called} must be a real date: there is no {day} {name} {year}",
                code="day month year",
            ) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(
                f"{self.called} must be {shown(self.earliest)} or later", code="early"
            )
        if value and self.latest and value > self.latest:
            raise ValidationError(
                f"{self.called} must be {shown(self.latest)} or earlier", code="late"
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


def shown(on: date) -> str:
    """27 November 2026."""
    return f"{on.day} {on:%B} {on.year}"


NAME_NO_OTHER = "Name no other child."


class WordsForOthers(forms.CharField):
    """Words that a school or a team will read. A child's full name in them is asked about.

    `is_said` is False where the page says it once for all its boxes.
    """

    names_no_child = True

    def __init__(self, *, help_text: str = "", is_said: bool = True, **options: Any) -> None:
        if is_said and "Name no" not in help_text:
            help_text = f"{help_text} {NAME_NO_OTHER}".strip()
        super().__init__(help_text=help_text, **options)


class NameOfGrownUp(forms.CharField):
    """Who answers for a child. Whether it is somebody not to be contacted is asked about."""

    is_of_a_grown_up = True


class _Figures(forms.Field):
    """A number as people write one. Python would also read 1e1, 1_0, ١٠ and nan."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and not FIGURES.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class NumberField(_Figures, forms.DecimalField):
    """A number that may have a point in it."""


class WholeField(_Figures, forms.IntegerField):
    """A whole number."""


class MoneyField(NumberField):
    """Pounds, with or without the sign and commas."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", Number(whole=False, width=5, prefix="£"))
        options.setdefault("max_digits", 10)
        options.setdefault("decimal_places", 2)
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.replace("£", "").replace(",", "").strip()
        return super().to_python(value)


class FaceField(forms.TypedChoiceField):
    """1, very hard, to 5, great; each with its word."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", Faces)
        super().__init__(choices=FACES, coerce=int, empty_value=None, **options)


class TypeAheadField(forms.Field):
    """One of many, found by typing.

    `search(words)` gives (value, label) pairs; `find(value)` gives the thing itself or None.
    A form that depends on who asks sets both on the field in its __init__; one that begins with
    something chosen sets `shown` to it.
    """

    shown: Chosen = Chosen()

    def __init__(
        self,
        *,
        url: str = "",
        search: Callable[[str], Iterable[tuple[Any, str]]] | None = None,
        find: Callable[[str], Any] | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("widget", TypeAhead(url=url))
        super().__init__(**options)
        self.search = search
        self.find = find

    def clean(self, value: Any) -> Any:
        chosen = value if isinstance(value, Chosen) else Chosen()
        if chosen.value and chosen.value == self.shown.value and chosen.words != self.shown.words:
            chosen = Chosen(words=chosen.words)  # Without script the words alone were changed.
        if not chosen:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.one(chosen.value or self.only_match(chosen.words))

    def only_match(self, words: str) -> str:
        """The one thing these words name; else the choose step."""
        said = words if len(words) <= LONGEST_SAID else f"{words[:LONGEST_SAID]}…"
        matches = [(str(v), label) for v, label in (self.search(words) if self.search else ())][:20]
        if len(matches) == 1:
            return matches[0][0]
        self.widget.matches = matches
        if matches:
            raise ValidationError(f"{len(matches)} match “{said}”. Choose one", code="choose")
        raise ValidationError(f"Nothing matches “{said}”. Try part of the name", code="nothing")

    def one(self, value: str) -> Any:
        """The thing chosen."""
        if not self.find:
            return value
        if (found := self.find(value)) is None:
            raise ValidationError("Choose one from the list", code="unknown")
        return found


class FilesField(forms.FileField):
    """Any number of files, each checked alone."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(file, initial) for file in files if file]
