"""Narrowing any list of pupils to those who follow one pathway of the curriculum today."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from alongside.people.models import PathwaySpell


def pathway_asked(query: QueryDict) -> str:
    asked = query.get("pathway", "")
    return asked if asked in PathwaySpell.Pathway else ""


def pathway_group(chosen: str) -> dict[str, Any]:
    """A group of components/filter.html."""
    return {
        "legend": "Pathway",
        "name": "pathway",
        "kind": "radio",
        "options": [
            {"value": value, "label": label, "is_chosen": value == chosen}
            for value, label in [("", "Any"), *PathwaySpell.Pathway.choices]
        ],
    }


def pathway_name(chosen: str) -> str:
    return str(PathwaySpell.Pathway(chosen).label) if chosen else ""


def pathway_filter(chosen: str, keep: Mapping[str, Any]) -> dict[str, Any]:
    """components/filter.html for a list that is filtered by nothing else."""
    without = f"?{urlencode(keep)}"
    selected = [{"label": pathway_name(chosen), "remove_url": without}] if chosen else []
    return {
        "groups": [pathway_group(chosen)],
        "selected": selected,
        "clear_url": without,
        "keep": keep,
    }
