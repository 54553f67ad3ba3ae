"""What an audit line keeps beside its record, in words. The file of the trail keeps it as it is stored."""

import re
from collections.abc import Mapping
from typing import Any

from alongside.core.handling import InformationClass
from alongside.core.permissions import ROLES, Role
from alongside.rules.dates import dated, day_in
from alongside.rules.words import listed

# Names that do not say themselves; every other is read as it is written.
NAMES = {
    "class": "information class",
    "form": "taken as",
    "is_priority": "put first",
    "is_shared": "shared with the school",
    "is_told": "the next council was told",
    "keeps_place": "the place stays",
    "occasion": "when",
    "triage": "screens on weekday",
}
# Records known by their number alone: the trail names nobody.
NUMBERED = {
    "action", "contributor", "covered_by", "earlier", "handover", "into", "invitation", "lesson", "note",
    "paper", "place", "previous", "school", "staff", "target", "update",
}  # fmt: skip
CODE = re.compile(r"[A-Z]{2}[A-Z0-9_]*|[A-Za-z]+(_[A-Za-z0-9]+)+").fullmatch


def in_words(detail: Mapping[str, Any]) -> str:
    """Kind: note; information class: C3, Casework; not shared with the school."""
    said = "; ".join(_part(name, value) for name, value in detail.items())
    return said[:1].upper() + said[1:]


def _part(name: str, value: Any) -> str:
    label = NAMES.get(name) or name.removeprefix("is_").replace("_", " ")
    if isinstance(value, bool):
        return label if value else f"not {label}"
    if name in NUMBERED and isinstance(value, int):
        label = f"{label} number"
    return f"{label}: {_said(value)}"


def _said(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "none"
    if isinstance(value, Mapping):
        return listed([f"{_said(key)} {_said(one)}" for key, one in value.items()])
    if isinstance(value, list | tuple):
        return listed([_said(one) for one in value])
    return _word(str(value))


def _word(text: str) -> str:
    if text in InformationClass:
        return f"{text}, {InformationClass(text).label}"
    if text in Role:
        return ROLES[Role(text)].label
    if day := day_in(text):
        return dated(day)
    return text.replace("_", " ").lower() if CODE(text) else text
