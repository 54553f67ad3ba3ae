"""What a person is told when a field cannot take what was typed. A field's own words come first.

Django's messages are replaced by these, by their code; what is general is said after the field's name.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from alongside.rules.words import count_of
from alongside.web.forms.widgets import DateInput, TypeAhead

type Params = dict[str, Any]

# How words begin that could be of any box: what is too long names it, in a list of mistakes as well.
# So does what is not on a list, or is no time.
OF_ANY_BOX = (
    "Keep this ",
    "Keep each ",
    "Use at most ",
    "This is about ",
    "Choose one from the list",
    "Enter the time like ",
)


def said(field: forms.Field, mistake: ValidationError) -> str:
    """A mistake in words that read well wherever they stand."""
    if not isinstance(mistake.message, Promise):
        words = mistake.messages[0]
        return after_name(field, words) if words.startswith(OF_ANY_BOX) else words
    general = GENERAL.get(mistake.code or "")
    if general is None:
        return mistake.messages[0]
    return after_name(field, general(field, mistake.params or {}))


def after_name(field: forms.Field, words: str) -> str:
    """Main worry: choose one of these. Do they agree? Choose one of these."""
    name = str(getattr(field, "full_label", "") or field.label or "").removesuffix(" (optional)")
    if not name:
        return words
    if name.endswith("?"):
        return f"{name} {words}"
    return f"{name.rstrip('.:')}: {words[:1].lower()}{words[1:]}"


def _required(field: forms.Field, _: Params) -> str:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "Tick this to go on"
    if isinstance(widget, forms.FileInput):
        return "Choose a file"
    if isinstance(widget, DateInput):
        return "Enter a day"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "Choose one or more of these"
    if isinstance(widget, forms.Select | forms.RadioSelect | TypeAhead):
        return "Choose one of these"
    return "Enter an answer"


def _invalid(field: forms.Field, _: Params) -> str:
    match field:
        case forms.FileField():
            return "Choose a file"
        case forms.EmailField():
            return "Enter an e-mail address, like name@example.org"
        case forms.FloatField() | forms.DecimalField():
            return "Type a number such as 10 or 2.5"
        case forms.IntegerField():
            return "Type a whole number such as 10"
        case forms.TimeField():
            return "Enter a time, like 14:30"
    return "Enter this in another way"


def _longest(_: forms.Field, p: Params) -> str:
    limit = p.get("limit_value", p.get("max", 0))
    return f"Use at most {limit:,} characters; this has {p.get('show_value', p.get('length')):,}."


def _shortest(_: forms.Field, p: Params) -> str:
    return f"Use at least {p['limit_value']:,} characters; this has {p['show_value']:,}."


GENERAL: dict[str, Callable[[forms.Field, Params], str]] = {
    "required": _required,
    "invalid": _invalid,
    "invalid_choice": lambda field, _: (
        "Choose one or more of these"
        if isinstance(field, forms.MultipleChoiceField)
        else "Choose one of these"
    ),
    "invalid_list": lambda *_: "Choose one or more of these",
    "max_length": _longest,
    "min_length": _shortest,
    "max_value": lambda _, p: f"Enter {p['limit_value']} or less",
    "min_value": lambda _, p: f"Enter {p['limit_value']} or more",
    "step_size": lambda _, p: f"Enter a multiple of {p['limit_value']}",
    "max_digits": lambda _, p: f"Use at most {count_of(p['max'], 'figure')}",
    "max_whole_digits": lambda _, p: f"Use at most {count_of(p['max'], 'figure')} before the point",
    "max_decimal_places": lambda _, p: (
        f"Use at most {count_of(p['max'], 'figure')} after the point"
    ),
    "missing": lambda *_: "Choose a file",
    "empty": lambda *_: "This file is empty: choose another",
    "contradiction": lambda *_: "Choose a file, or tick the box, not both",
    "incomplete": lambda *_: "Enter every part of this",
    "overflow": lambda *_: "Enter something shorter",
    "null_characters_not_allowed": lambda *_: "Enter this in another way",
}
