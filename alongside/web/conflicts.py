"""Two versions of one form, as a person compares them: only what differs, in words, by its name."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zlib import crc32

from django import forms
from django.http import QueryDict
from django.utils import timezone

from alongside.core.days import day_of
from alongside.core.history import LastSaved
from alongside.rules.words import day_in_words, listed
from alongside.web.dates import clock_time
from alongside.web.forms.widgets import DateInput, DateParts, TypeAhead

type Posted = dict[str, list[str]]

SEEN = "seen"  # The hidden box of shapes/form.html.


def compare(form: forms.BaseForm, theirs: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """What differs, to choose from, and what is the same. `theirs` is the saved value of each field.

    What only the other person changed is theirs unless it is chosen otherwise: nobody undoes it unseen.
    """
    differing: list[Any] = []
    same: list[Any] = []
    begun_from = _read(form.data.get(SEEN, ""))
    for bound in form:
        mine, saved = typed_value(bound), theirs.get(bound.name)
        written = in_words(bound, mine)
        row = {
            "name": bound.name,
            "label": getattr(bound.field, "full_label", bound.label),
            "mine": written,
            "theirs": in_words(bound, saved),
            "is_mine": not begun_from or begun_from.get(bound.name, NOTHING) != _mark(written),
            "mine_values": as_sent(bound),
            "theirs_values": as_posted(bound, saved),
        }
        is_same = bound.is_hidden or written == row["theirs"]
        (same if is_same else differing).append(row)
    return differing, same


def seen(form: forms.BaseForm) -> str:
    """What each box held when its page was shown, as a mark of a few letters: goes along with the form.

    What was sent, or stands in a draft, says what it was begun from itself.
    """
    if form.is_bound:
        return str(form.data.get(SEEN, ""))
    if (kept := getattr(form, "begun_from", None)) is not None:
        return str(kept)
    boxes = (bound for bound in form if not bound.is_hidden)
    return " ".join(f"{b.name}:{_mark(in_words(b, b.initial))}" for b in boxes)


def _read(text: str) -> dict[str, str]:
    return dict(part.rsplit(":", 1) for part in text.split() if ":" in part)


def _mark(words: str) -> str:
    return f"{crc32(words.encode()):x}"


NOTHING = _mark("")  # A row that was not there yet held nothing.


def who_and_when(saved: LastSaved, today: date, what: str = "this") -> str:
    """Dana Mockridge saved this at 2:02pm; on another day, which."""
    if saved.at is None:
        return f"{saved.by} saved {what}"
    on = day_of(saved.at)
    day = "" if on == today else f" on {day_in_words(on)}"
    return f"{saved.by} saved {what}{day} at {clock_time(timezone.localtime(saved.at))}"


def typed_value(bound: forms.BoundField) -> Any:
    """What was sent for one field, as its widget reads it."""
    return bound.field.widget.value_from_datadict(bound.form.data, {}, bound.html_name)


def in_words(bound: forms.BoundField, value: Any) -> str:
    """A value, typed or saved, as a person reads it: the same words for the same thing."""
    widget = bound.field.widget
    if isinstance(widget, DateInput):
        return _day(widget.decompress(value))
    if isinstance(widget, TypeAhead):
        chosen = widget.format_value(value)
        return chosen.words or chosen.value
    if isinstance(widget, forms.CheckboxInput):
        return "Yes" if value else "No"
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _chosen(bound, value)
    if isinstance(bound.field, forms.IntegerField | forms.DecimalField):
        return _figure(value)
    return "" if value is None else "\n".join(str(value).strip().splitlines())


def as_sent(bound: forms.BoundField) -> Posted:
    """Every posted value of one field: a date is three boxes, NAME_0 to NAME_2."""
    data, name = bound.form.data, bound.html_name
    posted = data if isinstance(data, QueryDict) else QueryDict()
    names = (name, f"{name}_0", f"{name}_1", f"{name}_2", f"{name}-words")
    return {key: posted.getlist(key) for key in names if key in posted}


def as_posted(bound: forms.BoundField, value: Any) -> Posted:
    """The saved value of a field as its own widget would post it."""
    name, widget = bound.html_name, bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        return {f"{name}_{n}": [str(part)] for n, part in enumerate(widget.decompress(value) or ())}
    if isinstance(widget, TypeAhead):
        chosen = widget.format_value(value)
        return {name: [chosen.value], f"{name}-words": [chosen.words]}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if value else {}
    if isinstance(value, list | tuple):
        return {name: [str(item) for item in value]}
    return {name: ["" if value is None else str(value)]}


def _day(parts: DateParts) -> str:
    try:
        return day_in_words(date(int(parts.year), int(parts.month), int(parts.day)))
    except ValueError:
        return " ".join(part for part in parts if part)


def _chosen(bound: forms.BoundField, value: Any) -> str:
    labels = {str(v): str(label) for v, label in getattr(bound.field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return listed([labels.get(str(v), str(v)) for v in values if v not in (None, "")])


def _figure(value: Any) -> str:
    """8 and 8.0 are the same figure."""
    try:
        return f"{Decimal(str(value).strip()).normalize():f}"
    except InvalidOperation:
        return "" if value is None else str(value).strip()
