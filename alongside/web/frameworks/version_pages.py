"""What the screens of a new version print: its parts, what it changes, whom it affects."""

from collections.abc import Sequence
from typing import Any

from alongside.cases.version_news import landing_deciders
from alongside.core.actor import Actor
from alongside.pathways import queries
from alongside.pathways.models import Framework, Stage
from alongside.pathways.models.framework import THE_SERVICE
from alongside.rules.words import count_of, day_in_words
from alongside.web.frameworks.pages import facts_of


def begun(draft: Framework) -> str:
    by = f" Last changed by {draft.changed_by.name}." if draft.changed_by else ""
    return f"Being written since {day_in_words(draft.created_at.date())}. Not in force.{by}"


def stages(draft: Framework) -> list[dict[str, Any]]:
    at = f"/frameworks/drafts/{draft.pk}/stages/"
    return [
        {
            "name": f"{stage.order} {stage.name}",
            "text": stage.description,
            "rows": facts_of(stage),
            "url": f"{at}{stage.pk}/",
            "drop_url": f"{at}{stage.pk}/drop/",
        }
        for stage in queries.ladder(draft).stages
    ]


def criteria(draft: Framework) -> list[dict[str, Any]]:
    at = f"/frameworks/drafts/{draft.pk}/criteria/"
    return [
        {
            "text": criterion.text,
            "guidance": criterion.guidance,
            "is_required": criterion.is_required,
            "url": f"{at}{criterion.pk}/",
            "drop_url": f"{at}{criterion.pk}/drop/",
        }
        for criterion in sorted(draft.criteria.all(), key=lambda c: c.order)
    ]


def changes(older: Framework | None, newer: Framework) -> dict[str, Any] | None:
    """components/table.html; None where nothing is changed."""
    found = queries.changes(older, newer) if older else []
    if not found or older is None:
        return None
    return {
        "caption": f"What version {newer.version} changes of version {older.version}",
        "columns": [{"label": label} for label in ("Where", "What", "Before", "From now on")],
        "rows": [
            {"cells": [{"text": t or "–"} for t in (c.where, c.what, c.before, c.after)]}
            for c in found
        ],
    }


def affected(found: Sequence[queries.Affected]) -> list[dict[str, str]]:
    """summary_list rows: how many stand at each stage of an older version."""
    return [
        {
            "label": f"{a.stage.order} {a.stage.name}, version {a.stage.framework.version}",
            "value": count_of(a.pupils, "pupil")
            + ("" if a.is_kept else ". This stage is taken out: say where they go"),
        }
        for a in found
    ]


def landings(actor: Actor, framework: Framework) -> list[dict[str, str]]:
    """summary_list rows: the stages on which somebody decides, who, and whether they are told."""
    return [
        {
            "label": f"{stage.order} {stage.name}",
            "value": f"{stage.decided_by}. {_told(actor, stage)}",
        }
        for stage in queries.ladder(framework).stages
        if stage.decided_by
    ]


def _told(actor: Actor, stage: Stage) -> str:
    if stage.decided_by_role == THE_SERVICE:
        return "It decides by moving them"
    told = len(landing_deciders(actor, stage))
    if not told:
        return "Nobody is told: ask them yourself"
    return f"{count_of(told, 'person', 'people')} {'is' if told == 1 else 'are'} told"


def versions(framework: Framework, found: Sequence[Framework]) -> list[dict[str, Any]]:
    """Every version of a framework with its days and why it came."""
    return [
        {
            "name": f"Version {each.version}",
            "url": f"/frameworks/{each.pk}/" if each.pk != framework.pk else "",
            "dates": _dates(each),
            "why": each.changed_because,
            "by": each.changed_by.name if each.changed_by else "",
        }
        for each in found
    ]


def _dates(each: Framework) -> str:
    until = f" to {day_in_words(each.ends_on)}" if each.ends_on else ""
    return (
        f"{day_in_words(each.starts_on)}{until}"
        if until
        else f"from {day_in_words(each.starts_on)}"
    )
