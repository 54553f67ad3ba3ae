"""What the list of schools shows: its filters, its columns and where its pages are."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from alongside.core.models import Place
from alongside.rules.numbers import number_in
from alongside.schools.models import School, SchoolStatus
from alongside.schools.queries import Wanted

PHASES = (
    "Nursery", "Primary", "Middle deemed primary", "Middle deemed secondary", "Secondary",
    "All-through", "16 plus", "-",
)  # fmt: skip
COLUMNS = (("name", "School"), ("phase", "Phase"), ("town", "Town"), ("pupils", "Pupils"))
STATES = {
    SchoolStatus.OPEN: ("met", ""),
    SchoolStatus.CLOSING: ("soon", "Closing"),
    SchoolStatus.PROPOSED: ("waiting", "Proposed"),
    SchoolStatus.CLOSED: ("declined", "Closed"),
}


def wanted(asked: QueryDict) -> Wanted:
    return Wanted(
        words=asked.get("q", "")[:100].replace("\0", ""),
        phases=tuple(p for p in asked.getlist("phase") if p in PHASES),
        statuses=tuple(s for s in asked.getlist("status") if s in SchoolStatus.values),
        neighbourhoods=tuple(n for n in asked.getlist("area") if number_in(n) is not None),
        order=asked.get("sort", "name"),
        is_backward=asked.get("dir") == "down",
    )


def address(asked: QueryDict, *, start: str = "/schools/", **changed: str | None) -> str:
    """This list with something changed. A page is left when the order or the filter changes."""
    kept = [(name, value) for name, values in asked.lists() for value in values]
    kept = [(name, value) for name, value in kept if name not in {"after", *changed} and value]
    kept += [(name, value) for name, value in changed.items() if value]
    return f"{start}?{urlencode(kept)}" if kept else start


def filters(asked: QueryDict, want: Wanted, areas: Iterable[Place]) -> dict[str, object]:
    names = {str(area.pk): area.name for area in areas}
    groups: list[dict[str, object]] = [
        {"legend": "Name, town or URN", "name": "q", "kind": "search", "value": want.words},
        _group("Phase", "phase", {p: p if p != "-" else "Not stated" for p in PHASES}, want.phases),
        _group("Status", "status", dict(SchoolStatus.choices), want.statuses),
    ]
    if names:
        groups.append(_group("Neighbourhood", "area", names, want.neighbourhoods))
    selected = [
        {"label": option["label"], "remove_url": _without(asked, str(g["name"]), option["value"])}
        for g in groups
        if g["kind"] == "checkbox"
        for option in g["options"]  # type: ignore[attr-defined]
        if option["is_chosen"]
    ]
    if want.words:
        selected.insert(0, {"label": f"“{want.words}”", "remove_url": address(asked, q=None)})
    keep = {name: asked[name] for name in ("sort", "dir") if asked.get(name)}
    return {"groups": groups, "selected": selected, "clear_url": "/schools/", "keep": keep}


def in_words(asked: QueryDict, want: Wanted, areas: Iterable[Place]) -> list[str]:
    """What was chosen, as a file or a printed list says it."""
    tags: Any = filters(asked, want, areas)["selected"]
    return [tag["label"] for tag in tags]


def _group(
    legend: str, name: str, options: dict[str, str], chosen: tuple[str, ...]
) -> dict[str, object]:
    return {
        "legend": legend,
        "name": name,
        "kind": "checkbox",
        "options": [
            {"value": value, "label": label, "is_chosen": value in chosen}
            for value, label in options.items()
        ],
    }


def _without(asked: QueryDict, name: str, value: str) -> str:
    left = asked.copy()
    left.setlist(name, [v for v in asked.getlist(name) if v != value])
    return address(left)


def table(asked: QueryDict, want: Wanted, schools: Iterable[Any]) -> dict[str, object]:
    columns: list[dict[str, object]] = []
    for key, label in COLUMNS:
        is_on = want.order == key
        turn = "down" if is_on and not want.is_backward else None
        columns.append(
            {
                "label": label,
                "sort_url": address(asked, sort=key, dir=turn),
                "direction": ("descending" if want.is_backward else "ascending") if is_on else "",
                "is_number": key == "pupils",
            }
        )
    columns[2:2] = [{"label": "Neighbourhood"}]
    columns.append({"label": "Named worker"})
    return {"caption": "Schools", "columns": columns, "rows": [_row(s) for s in schools]}


def _row(school: Any) -> dict[str, object]:
    state, word = STATES[SchoolStatus(school.status)]
    name: dict[str, object] = {
        "text": school.name,
        "url": f"/schools/{school.pk}/",
        "second": f"URN {school.urn}",
    }
    if word:
        name["reasons"] = [{"state": state, "text": word}]
    return {
        "cells": [
            name,
            {"text": school.phase or "–"},
            {"text": area_of(school) or "–"},
            {"text": school.town or "–"},
            {"text": "–" if school.pupils_on_roll is None else f"{school.pupils_on_roll:,}"},
            {"text": ", ".join(w.staff.name for w in school.workers_now) or "–"},
        ]
    }


def area_of(school: School) -> str:
    parent = school.place.parent
    return parent.name if parent and parent.kind == "NEIGHBOURHOOD" else ""
