"""Where a target started, stands and should reach: a ring, a disc and a post on one line."""

from dataclasses import dataclass

from alongside.web.charts.base import Table, Text, named, plain, r, wide

LEFT, RIGHT = 10.0, 360.0


@dataclass(frozen=True)
class TargetLine:
    """A target as drawn, 370 by 32."""

    id: str
    title: str
    description: str
    start_x: float
    now_x: float
    goal_x: float
    labels: tuple[Text, ...]
    table: Table
    is_reached: bool
    width: int = 370
    height: int = 32


def target_line(
    *, name: str, start: float, now: float | None, goal: float, least: float, most: float
) -> TargetLine:
    """`least` and `most` are the ends of the scale; goals may lie below the start."""

    def at(value: float) -> float:
        share = (value - least) / ((most - least) or 1)
        return r(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0))

    stands = start if now is None else now
    said_now = "not yet measured" if now is None else f"now {plain(now)}"
    reached = now is not None and (now >= goal if goal >= start else now <= goal)
    return TargetLine(
        id=named("target", name),
        title=name,
        description=f"Started at {plain(start)}, {said_now}, goal {plain(goal)},"
        f" on a scale from {plain(least)} to {plain(most)}.",
        start_x=at(start),
        now_x=at(stands),
        goal_x=at(goal),
        labels=spread(
            [
                Text(at(start), 29, f"start {plain(start)}", "middle", tone="c-2"),
                Text(at(stands), 29, said_now, "middle", 650),
                Text(at(goal), 29, f"goal {plain(goal)}", "middle", tone="c-2"),
            ]
            if now is not None
            else [
                Text(at(start), 29, f"start {plain(start)}", "middle", 650),
                Text(at(goal), 29, f"goal {plain(goal)}", "middle", tone="c-2"),
            ]
        ),
        table=Table(
            ("Start", "Now", "Goal"),
            ((plain(start), "–" if now is None else plain(now), plain(goal)),),
        ),
        is_reached=reached,
    )


def spread(labels: list[Text]) -> tuple[Text, ...]:
    """Labels in order along the line, moved apart until none covers another."""
    placed: list[tuple[float, Text]] = []
    edge = 2.0
    ordered = sorted(labels, key=lambda label: label.x)
    for label in ordered:
        left = max(edge, label.x - wide(label.words) / 2)
        placed.append((left, label))
        edge = left + wide(label.words) + 8
    limit = 368.0
    settled: list[Text] = []
    for left, label in reversed(placed):
        left = min(left, limit - wide(label.words))
        limit = left - 8
        settled.append(Text(r(left), label.y, label.words, "start", label.weight, label.tone))
    return tuple(reversed(settled))
