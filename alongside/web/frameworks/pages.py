"""What framework screens print: ladders, stages with their figures, and pupils by school."""

from collections.abc import Iterable
from typing import Any

from alongside.pathways import queries
from alongside.pathways.models import Framework, Stage, Standing
from alongside.rules.words import count_of, day_in_words
from alongside.web import charts

CHECK = "Check before relying on it"


def chart(data: queries.LadderData) -> charts.Ladder:
    return charts.ladder(
        framework=data.framework,
        stages=[charts.Stage(stage.name) for stage in data.stages],
        here=data.here,
        since=data.since,
    )


def second(framework: Framework) -> str:
    return (
        f"{framework.owner.name}. Version {framework.version}, "
        f"from {day_in_words(framework.starts_on)}. "
        f"Reviewed every {count_of(framework.review_weeks, 'week')}"
    )


def card(framework: Framework) -> dict[str, Any]:
    """A framework in the list."""
    return {
        "name": framework.name,
        "url": f"/frameworks/{framework.pk}/",
        "second": second(framework),
        "text": framework.description,
        "chart": chart(queries.ladder(framework)),
        "note": note(framework),
    }


def note(framework: Framework) -> str:
    """Where its figures come from, and whether anybody checked them."""
    source = f"Source: {framework.source}." if framework.source else ""
    return source if framework.is_verified else f"{CHECK}. {source}".strip()


def stages(
    framework: Framework, counted: dict[int, int], sees_pupils: bool
) -> list[dict[str, Any]]:
    """Each stage with what brings a pupil on and off it, and how many stand there."""
    return [
        {
            "name": f"{stage.order} {stage.name}",
            "text": stage.description,
            "pupils": counted.get(stage.order, 0) if sees_pupils else None,
            "rows": _facts(stage),
        }
        for stage in queries.ladder(framework).stages
    ]


def _facts(stage: Stage) -> list[dict[str, str]]:
    limit = ""
    if stage.weeks_limit:
        limit = count_of(stage.weeks_limit, "week")
        limit += "" if stage.limit_is_verified else f". {CHECK}"
    said = [
        ("Who", stage.provider),
        ("On to it", stage.entry),
        ("Off it", stage.exit),
        ("At most", limit),
    ]
    return [{"label": label, "value": value} for label, value in said if value]


def by_school(framework: Framework, schools: list[tuple[str, dict[int, int]]]) -> dict[str, Any]:
    """Pupils by school and stage: components/table.html."""
    steps = queries.ladder(framework).stages
    return {
        "caption": f"Pupils at each stage of {framework.name}, by school",
        "columns": [
            {"label": "School"},
            *({"label": f"{s.order} {s.name}", "is_number": True} for s in steps),
        ],
        "rows": [
            {
                "cells": [
                    {"text": school},
                    *({"text": counts.get(s.order, 0) or "–"} for s in steps),
                ]
            }
            for school, counts in schools
        ],
    }


def ladders(movements: Iterable[Standing]) -> list[dict[str, Any]]:
    """One ladder a framework, where the pupil is or last was on it, with every movement."""
    grouped: dict[str, list[Standing]] = {}
    for standing in movements:
        grouped.setdefault(standing.stage.framework.key, []).append(standing)
    return [_ladder(standings) for standings in grouped.values()]


def _ladder(standings: list[Standing]) -> dict[str, Any]:
    latest = standings[0]
    here = latest.stage if latest.ends_on is None else None
    data = queries.ladder(latest.stage.framework, here, latest.starts_on)
    return {
        "title": f"{data.framework}: {data.here} of {len(data.stages)}",
        "url": f"/frameworks/{latest.stage.framework_id}/",
        "chart": chart(data),
        "following": _following(data),
        "rungs": [_rung(standing) for standing in standings],
    }


def _following(data: queries.LadderData) -> str:
    stage = data.following
    if stage is None:
        return "This is the last stage."
    by = f", with {stage.provider}" if stage.provider else ""
    when = f" When: {stage.entry}" if stage.entry else ""
    return f"Next: {stage.order} {stage.name}{by}.{when}"


def _rung(standing: Standing) -> dict[str, Any]:
    until = day_in_words(standing.ends_on) if standing.ends_on else "now"
    return {
        "name": f"{standing.stage.order} {standing.stage.name}",
        "dates": f"{day_in_words(standing.starts_on)} to {until}",
        "reason": standing.reason,
        "by": standing.moved_by.name,
        "evidence": standing.evidence,
    }
