"""What framework screens print: ladders, stages with their figures, and pupils by school."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from alongside.core.actor import Actor
from alongside.pathways import policy, queries
from alongside.pathways.models import Framework, Stage, Standing
from alongside.pathways.tried import Step, graduated, left_out, stays, untried_in_words
from alongside.rules.words import count_of, day_in_words
from alongside.web import charts
from alongside.web.dates import short_day
from alongside.web.frameworks import spans

CHECK = "Check before relying on it"


def chart(
    data: queries.LadderData, left: Sequence[int] = (), until: date | None = None
) -> charts.Ladder:
    """`left` are the stages above the present one, counted from 1, on which the pupil stood before."""
    return charts.ladder(
        framework=data.framework,
        stages=[charts.Stage(stage.name) for stage in data.stages],
        here=data.here,
        since=data.since,
        until=until,
        left=left,
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
            "url": f"/frameworks/{framework.pk}/pupils/?stage={stage.order}",
            "text": stage.description,
            "pupils": counted.get(stage.order, 0) if sees_pupils else None,
            "rows": facts_of(stage),
        }
        for stage in queries.ladder(framework).stages
    ]


def facts_of(stage: Stage) -> list[dict[str, str]]:
    limit = ""
    if stage.weeks_limit:
        limit = count_of(stage.weeks_limit, "week")
        limit += "" if stage.limit_is_verified else f". {CHECK}"
    said = [
        ("Who", stage.provider),
        ("On to it", stage.entry),
        ("To show", stage.evidence),
        ("Who decides", stage.decided_by),
        ("What it offers", "; ".join(stage.offers)),
        ("Off it", stage.exit),
        ("At most", limit),
        ("Tried first", "Before any later stage" if stage.is_tried_first else ""),
    ]
    return [{"label": label, "value": value} for label, value in said if value]


def by_school(framework: Framework, schools: list[tuple[str, dict[int, int]]]) -> dict[str, Any]:
    """Pupils by school and stage: components/table.html."""
    steps = _steps(framework, (counts for _, counts in schools))
    return {
        "caption": f"Pupils at each stage of {framework.name}, by school",
        "columns": [
            {"label": "School"},
            *({"label": label, "is_number": True} for _, label in steps),
        ],
        "rows": [
            {
                "cells": [
                    {"text": school},
                    *({"text": counts.get(order, 0) or "–"} for order, _ in steps),
                ]
            }
            for school, counts in schools
        ],
    }


def following(query: QueryDict, schools: list[tuple[str, dict[int, int]]]) -> dict[str, Any] | None:
    """The first and the next page of schools: components/pagination.html."""
    query = query.copy()
    is_later = bool(query.pop("after", None))
    first_url = f"?{query.urlencode()}" if is_later else ""
    if len(schools) <= queries.PAGE and not is_later:
        return None
    next_url = ""
    if len(schools) > queries.PAGE:
        query["after"] = schools[queries.PAGE - 1][0]
        next_url = f"?{query.urlencode()}"
    shown = count_of(min(len(schools), queries.PAGE), "school")
    return {"summary": f"{shown} shown", "first_url": first_url, "next_url": next_url}


def moved(
    framework: Framework, movement: dict[int, queries.Movement], span: spans.Span
) -> dict[str, Any]:
    """Movement by stage in a span: components/table.html."""
    return {
        "caption": f"Movement on {framework.name}: {span.label.lower()}, from {short_day(span.first)}",
        "columns": [
            {"label": "Stage"},
            *(
                {"label": label, "is_number": True}
                for label in ("Started", "Stepped up to it", "Stepped down to it", "Left from it")
            ),
        ],
        "rows": [
            {"cells": [{"text": label}, *({"text": n or "–"} for n in _numbers(movement[order]))]}
            for order, label in _steps(framework, [movement])
            if order in movement
        ],
    }


def _numbers(at: queries.Movement) -> tuple[int, int, int, int]:
    return at.came_new, at.stepped_up, at.stepped_down, at.left


def _steps(framework: Framework, counted: Iterable[Mapping[int, object]]) -> list[tuple[int, str]]:
    """Each stage by its order; last what only an older version had, when anybody stands there."""
    steps = [(s.order, f"{s.order} {s.name}") for s in queries.ladder(framework).stages]
    is_gone = any(queries.GONE in counts for counts in counted)
    return [*steps, (queries.GONE, "A stage of an older version")] if is_gone else steps


def own_first(stages: Iterable[Stage], movements: Iterable[Standing]) -> list[Stage]:
    """The stages of the frameworks on which the pupil stands, then the others."""
    held = _held(movements)
    return sorted(stages, key=lambda stage: stage.framework_id not in held)


def first_of_others(stages: Iterable[Stage], movements: Iterable[Standing]) -> int | None:
    """Where the others begin, when the pupil stands on any."""
    held = _held(movements)
    return next((s.pk for s in stages if held and s.framework_id not in held), None)


def _held(movements: Iterable[Standing]) -> set[int]:
    return {one.stage.framework_id for one in movements if one.ends_on is None}


def move_hints(
    stages: Iterable[Stage], movements: Sequence[Standing], elsewhere: Mapping[int, str]
) -> dict[str, str]:
    """What to know of each stage before choosing it: entry, evidence, what was not tried yet, and who
    decides where others do."""
    grouped: dict[int, list[Stage]] = {}
    for stage in stages:
        grouped.setdefault(stage.framework_id, []).append(stage)
    return {
        str(stage.pk): said
        for ladder in grouped.values()
        for stage in ladder
        if (
            said := _hint(
                ladder, movements, stage, stage.who_decides if stage.pk in elsewhere else ""
            )
        )
    }


def decided_elsewhere(actor: Actor, stages: Iterable[Stage]) -> dict[int, str]:
    """Each stage that is not for this person to give, and who decides on it."""
    asked = ((stage.pk, policy.decides(actor, stage)) for stage in stages)
    return {pk: one.reason for pk, one in asked if not one}


def _hint(
    ladder: Sequence[Stage], movements: Sequence[Standing], stage: Stage, who_decides: str
) -> str:
    own = [m for m in movements if m.stage.framework.key == stage.framework.key]
    left = left_out(ladder, own, stage)
    parts = [
        stage.entry,
        stage.evidence and f"To show: {stage.evidence}",
        who_decides and f"Who decides: {who_decides}.",
    ]
    return " ".join([*filter(None, parts), untried_in_words(left) if left else ""]).strip()


def ladders(
    actor: Actor, movements: Iterable[Standing], gone_on: date | None = None
) -> list[dict[str, Any]]:
    """One ladder a framework, where the pupil is or last was on it, with every movement.

    `gone_on` is the last day here of who left the council: since then they stand nowhere.
    """
    grouped: dict[str, list[Standing]] = {}
    for standing in movements:
        grouped.setdefault(standing.stage.framework.key, []).append(standing)
    return [_ladder(actor, standings, gone_on) for standings in grouped.values()]


def _ladder(actor: Actor, standings: list[Standing], gone_on: date | None) -> dict[str, Any]:
    """`standings` are latest first; one that is told afterwards is never where the pupil is."""
    latest = next((s for s in standings if s.ends_on is None), standings[0])
    here = latest.stage if latest.ends_on is None else None
    framework = latest.stage.framework
    data = queries.ladder(framework, here, latest.since_on or latest.starts_on)
    stood = {standing.stage.identity for standing in standings}
    left = [n for n, s in enumerate(data.stages, 1) if n > data.here and s.identity in stood]
    return {
        "title": f"{data.framework}: {data.here} of {len(data.stages)}",
        "url": f"/frameworks/{latest.stage.framework_id}/",
        "version": f"Version {framework.version}",
        "chart": chart(data, left, gone_on),
        **_what_next(actor, data, latest, gone_on),
        "steps": response(actor, graduated(data.stages, standings), gone_on),
        "rungs": [_rung(actor, stay, gone_on) for stay in reversed(stays(standings))],
    }


def _what_next(
    actor: Actor, data: queries.LadderData, latest: Standing, gone_on: date | None
) -> dict[str, Any]:
    """Of who stands on it, where they go next; of who does not, since when."""
    if latest.ends_on is None and gone_on is None:
        return {
            "following": _following(data),
            "when": data.following.entry if data.following else "",
            "facts": _now(latest, actor.today),
            "leave_url": f"/pupils/{latest.pupil_id}/frameworks/{latest.pk}/leave/",
        }
    if latest.ends_on is None and gone_on:
        return {"following": f"Left the council on {day_in_words(gone_on)}."}
    return {"following": _left(actor, latest)}


def _left(actor: Actor, latest: Standing) -> str:
    ended = day_in_words(latest.ends_on) if latest.ends_on else ""
    is_told = latest.left_because and policy.read_reasons(actor)
    why = f": {latest.left_because}" if is_told else ""
    return f"No longer on it, since {ended}{why}"


def _now(standing: Standing, today: date) -> list[dict[str, str]]:
    """What is planned of where they stand: facts.html."""
    limit = queries.limit_day(standing.since_on or standing.starts_on, standing.stage.weeks_limit)
    check = "" if standing.stage.limit_is_verified else f". {CHECK}"
    days = (
        ("At most until", limit, check),
        ("Planned last day", standing.planned_exit_on, ""),
        ("Reviewed on", standing.review_on, ""),
    )
    return [
        {
            "label": label,
            "value": f"{day_in_words(day)}{', passed' if day < today else ''}{note}",
            "state": "overdue" if day < today else "",
        }
        for label, day, note in days
        if day
    ]


def response(
    actor: Actor, steps: Iterable[Step], gone_on: date | None = None
) -> list[dict[str, Any]]:
    """The graduated response as rows: components/tasks.html, with what shows each."""
    tells = policy.read_reasons(actor)
    found = list(steps)
    here = max((step.stage.order for step in found if step.is_here), default=0)
    return [_step(step, here, bool(tells), gone_on) for step in found]


def _step(step: Step, here: int, tells: bool, gone_on: date | None) -> dict[str, Any]:
    """Said as the ladder says it: what lies below where they stand is passed, tried or not."""
    spans_of = [_span(stay, gone_on) for stay in stays(step.standings)]
    passed = [s.passed_over_because for s in step.standings if s.passed_over_because]
    note = "; ".join(spans_of)
    if passed and tells:
        note += f". Earlier stages passed over: {passed[-1]}"
    state, word = "waiting", "Not tried"
    if step.is_here and not gone_on:
        state, word = "info", "Here now"
    elif step.is_tried or step.is_here:
        state, word = "met", "Tried"
    elif step.stage.order < here:
        word = "Passed, not tried"
    elif not step.stage.is_tried_first or here:
        word = "Not reached"
    what = f"{step.stage.order} {step.stage.name}"
    return {
        "what": f"{step.stage.name}, a stage of an older version" if step.is_gone else what,
        "note": note,
        "state": state,
        "word": word,
        "evidence": "\n".join(step.evidence) if tells else "",
        "bare": _bare(step) if tells and word == "Tried" and not step.evidence else "",
    }


def _bare(step: Step) -> str:
    """Where a version took the stage out, no movement away from it was there to be written about."""
    if step.is_gone:
        return "This stage is no longer in the framework."
    return "Nothing written shows it."


def _span(stay: Sequence[Standing], gone_on: date | None) -> str:
    first, last = stay[0], stay[-1]
    ended = last.ends_on or gone_on
    until = day_in_words(ended) if ended else "now"
    told = ", told afterwards" if first.is_told else ""
    return f"{day_in_words(first.starts_on)} to {until}{told}"


def _following(data: queries.LadderData) -> str:
    stage = data.following
    if stage is None:
        return "This is the last stage."
    by = f", with {stage.provider}" if stage.provider else ""
    return f"Next: {stage.order} {stage.name}{by}."


def _rung(actor: Actor, stay: Sequence[Standing], gone_on: date | None) -> dict[str, Any]:
    """Why they came, and each time a newer version took them over."""
    tells = policy.read_reasons(actor)
    last = stay[-1]
    return {
        "name": f"{last.stage.order} {last.stage.name}",
        "dates": _span(stay, gone_on),
        "reason": stay[0].reason if tells else "",
        "by": stay[0].moved_by.name,
        "decided": _decided(stay),
        "taken": [
            {
                "on": f"By version {one.stage.framework.version} since {day_in_words(one.starts_on)}",
                "reason": one.reason if tells else "",
                "by": one.moved_by.name,
            }
            for one in stay[1:]
        ],
        "left": last.left_because if tells else "",
    }


def _decided(stay: Sequence[Standing]) -> str:
    """Who decided on the stage, where others did."""
    found = (s for s in stay if s.decided_on)
    return " ".join(
        f"Decided by {s.decided_by} on {day_in_words(s.decided_on)}." for s in found if s.decided_on
    )
