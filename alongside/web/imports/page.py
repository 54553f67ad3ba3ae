"""What the page of one list says: its outcomes, its lines and what each would change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from alongside.core.actor import Actor
from alongside.exchange.class_list import Mapping
from alongside.people import list_policy
from alongside.people.models import ListRow, Pupil, PupilList
from alongside.people.queries.known import Known, differences, load, of_identity
from alongside.rules.words import day_in_words, listed, quoted
from alongside.schools.models import School

State = PupilList.State
# Outcome: its word, the state whose shape it carries, what it means.
OUTCOMES = {
    "CREATE": ("New", "info", "A record is made"),
    "CHANGE": ("Changed", "soon", "Known; something changes"),
    "SAME": ("The same", "met", "Known; nothing changes"),
    "DOUBT": ("Doubtful", "waiting", "You decide"),
    "REFUSE": ("Refused", "overdue", "Cannot be read"),
    "MISSING": ("Not on this list", "waiting", "On roll, but not named; nothing is ended"),
}
STATES = {
    State.READ: ("waiting", "Not applied"),
    State.APPLYING: ("soon", "Being applied"),
    State.APPLIED: ("met", "Applied"),
    State.LEFT: ("declined", "Left"),
}


def chosen(asked: str, found: PupilList) -> str:
    """The outcome to look at: what needs a person comes first."""
    if asked in OUTCOMES:
        return asked
    order = ("DOUBT", "REFUSE", "CHANGE", "CREATE", "SAME")
    return next((each for each in order if found.counts.get(each)), "CREATE")


def views(found: PupilList, current: str) -> list[dict[str, object]]:
    return [
        {
            "label": word,
            "count": f"{found.counts.get(outcome, 0):,}",
            "url": f"?outcome={outcome}",
            "is_current": outcome == current,
        }
        for outcome, (word, _, _) in OUTCOMES.items()
    ]


def not_used(found: PupilList) -> str:
    """Columns that nothing was read from: a value must not go missing without a word."""
    names = Mapping.from_dict(found.columns).ignored
    return f"Columns that are not used: {quoted(names)}." if names else ""


def table(found: PupilList, outcome: str, rows: Iterable[ListRow]) -> dict[str, object]:
    heads = {
        "REFUSE": ("Line", "Column", "What is wrong", "What to do"),
        "DOUBT": ("Line", "On the list", "Why in doubt", "Decision"),
        "CHANGE": ("Line", "Pupil", "What changes", "Why the same child"),
    }.get(outcome, ("Line", "On the list", "Born", "Why"))
    make = {"REFUSE": _refused, "DOUBT": _doubt, "CHANGE": _changed}.get(outcome, _plain)
    return {
        "caption": OUTCOMES[outcome][0],
        "columns": [{"label": head} for head in heads],
        "rows": [{"cells": cells} for row in rows for cells in make(found, row)],
    }


def missing_table(pupils: Iterable[Pupil]) -> dict[str, object]:
    return {
        "caption": "On roll, but not on this list",
        "columns": [{"label": "Pupil"}, {"label": "Born"}, {"label": "UPN"}],
        "rows": [
            {
                "cells": [
                    {"text": pupil.name, "url": f"/pupils/{pupil.pk}/"},
                    {"text": day_in_words(pupil.born_on)},
                    {"text": pupil.upn or "–"},
                ]
            }
            for pupil in pupils
        ],
    }


def _plain(_found: PupilList, row: ListRow) -> Iterable[list[dict[str, object]]]:
    yield [
        {"text": str(row.line)},
        {"text": called(row.incoming)},
        {"text": born(row.incoming)},
        {"text": " ".join(map(str, row.reasons)) or "–"},
    ]


def _changed(_found: PupilList, row: ListRow) -> Iterable[list[dict[str, object]]]:
    name = row.pupil.name if row.pupil else called(row.incoming)
    yield [
        {"text": str(row.line)},
        {"text": name, "second": born(row.incoming)},
        {"text": "", "reasons": [{"state": "info", "text": told(d)} for d in row.differences]},
        {"text": " ".join(map(str, row.reasons)) or _agreed(row.incoming)},
    ]


def _agreed(incoming: dict[str, Any]) -> str:
    number = "UPN, name" if incoming.get("upn") else "Name"
    return f"{number} and date of birth agree."


def _doubt(found: PupilList, row: ListRow) -> Iterable[list[dict[str, object]]]:
    link = f"/schools/{found.school_id}/lists/{found.pk}/lines/{row.pk}/"
    yield [
        {"text": str(row.line)},
        {"text": called(row.incoming), "second": born(row.incoming)},
        {"text": " ".join(map(str, row.reasons))},
        {"text": DECIDED.get(row.decision, "Decide"), "url": "" if row.applied_at else link},
    ]


def _refused(_found: PupilList, row: ListRow) -> Iterable[list[dict[str, object]]]:
    for problem in row.reasons:
        yield [
            {"text": str(row.line) if row.line else "File"},
            {"text": problem["column"] or "–"},
            {"text": problem["problem"]},
            {"text": problem["remedy"] or "–"},
        ]


DECIDED = {
    "same": "The same child",
    "keep": "The same child, name and birthday kept",
    "move": "Moved here",
    "main": "Both schools, main here",
    "sub": "Both schools, main there",
    "new": "Another child: new record",
    "leave": "Left",
}


def told(difference: dict[str, str]) -> str:
    """Year group: 7 becomes 8."""
    before, after = _shown(difference, "before"), _shown(difference, "after")
    if not before:
        return f"{difference['label']}: {after}"
    return f"{difference['label']}: {before} becomes {after}"


def _shown(difference: dict[str, str], side: str) -> str:
    value = difference[side]
    if difference["field"] == "born_on" and value:
        return day_in_words(date.fromisoformat(value))
    return value


def called(incoming: dict[str, Any]) -> str:
    preferred = incoming.get("preferred_forename", "")
    known_as = f" ({preferred})" if preferred else ""
    return f"{incoming['legal_forename']}{known_as} {incoming['legal_surname']}"


def born(incoming: dict[str, Any]) -> str:
    return f"born {day_in_words(date.fromisoformat(incoming['born_on']))}"


# One doubtful line


def contenders(actor: Actor, row: ListRow) -> list[Known]:
    found = load(actor, Pupil.objects.filter(pk__in=row.incoming.get("contenders", ())))
    return list(found.values())


def choices(
    actor: Actor, school: School, row: ListRow, found: list[Known], seen: dict[int, Pupil]
) -> tuple[list[tuple[str, str]], list[str]]:
    """What may be decided, and in words why some of it may not."""
    options, refused = [], []
    for known in found:
        decision = list_policy.join_seen(actor, is_seen=known.pk in seen)
        if decision:
            options += _ways(known, row, seen[known.pk].name, school)
        else:
            refused.append(decision.reason)
    options.append(("new", "Another child: make a new record"))
    options.append(("leave", "Leave this line for now"))
    return options, list(dict.fromkeys(refused))


def _ways(known: Known, row: ListRow, name: str, school: School) -> list[tuple[str, str]]:
    elsewhere = listed([roll.school_name for roll in known.elsewhere(school.place_id)])
    if known.here(school.place_id) or not elsewhere:
        if changed := of_identity(differences(known, row.incoming, school)):
            kept = listed([each["label"].lower() for each in changed])
            return [
                (f"same-{known.pk}", f"{name}: the same child. {'. '.join(map(told, changed))}"),
                (f"keep-{known.pk}", f"{name}: the same child. Keep the {kept} recorded"),
            ]
        return [(f"same-{known.pk}", f"{name}: the same child")]
    return [
        (f"move-{known.pk}", f"{name}, who has left {elsewhere} for {school.name}"),
        (f"main-{known.pk}", f"{name}, on both registers; {school.name} is the main school"),
        (f"sub-{known.pk}", f"{name}, on both registers; {elsewhere} is the main school"),
    ]


def seen_among(actor: Actor, found: list[Known]) -> dict[int, Pupil]:
    return Pupil.objects.visible_to(actor).in_bulk([known.pk for known in found])


def side_by_side(row: ListRow, found: list[Known], seen: dict[int, Pupil]) -> dict[str, object]:
    """The line beside every child it could be; of a child out of sight only that there is one."""
    shown = [known for known in found if known.pk in seen]
    facts = (
        ("Legal name", lambda v: f"{v['legal_forename']} {v['legal_surname']}"),
        ("Known as", _preferred),
        ("Born", lambda v: day_in_words(_day(v["born_on"]))),
        ("UPN", lambda v: v.get("upn", "")),
        ("Year group", lambda v: v.get("year_group", "")),
        ("Sex", lambda v: v.get("sex", "")),
    )
    rows = [
        {
            "cells": [
                {"text": label},
                {"text": fact(row.incoming) or "–"},
                *({"text": fact(known.values) or "–"} for known in shown),
            ]
        }
        for label, fact in facts
    ]
    rolls = [", ".join(roll.school_name for roll in known.rolls) or "–" for known in shown]
    rows.append(
        {"cells": [{"text": "On roll"}, {"text": "this list"}, *({"text": r} for r in rolls)]}
    )
    heads = ["", "On the list", *(f"Record {n}" for n, _ in enumerate(shown, 1))]
    return {
        "caption": "Side by side",
        "columns": [{"label": head or "What", "is_hidden": not head} for head in heads],
        "rows": rows,
        "pupil_ids": [known.pk for known in shown],
    }


def _preferred(values: dict[str, Any]) -> str:
    parts = (values.get("preferred_forename"), values.get("preferred_surname"))
    return " ".join(part for part in parts if part)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
