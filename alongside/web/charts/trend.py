"""One measure through time: every score on its day, on the measure's own scale; no line beyond them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.web.charts.base import Table, Text, named, plain, r, with_year
from alongside.web.charts.slope import judge

LEFT, RIGHT, TOP, BOTTOM = 30.0, 330.0, 34.0, 168.0


@dataclass(frozen=True)
class Point:
    """One score as drawn."""

    x: float
    y: float
    figure: Text
    is_last: bool


@dataclass(frozen=True)
class Trend:
    """Scores through time as drawn, 360 by 216."""

    id: str
    title: str
    description: str
    points: tuple[Point, ...]
    path: str
    dates: tuple[Text, ...]
    ends: tuple[Text, Text]
    note: Text
    verdict: str
    state: str
    table: Table
    width: int = 360
    height: int = 216


def trend(
    *,
    measure: str,
    scores: Sequence[tuple[date, float, str]],
    lowest: float,
    highest: float,
    lower_is_better: bool = False,
) -> Trend:
    """`scores` are (day, value, occasion) in order of time, two at the least."""
    first, last = scores[0], scores[-1]
    days = (last[0] - first[0]).days or 1

    def at(on: date) -> float:
        return r(LEFT + (on - first[0]).days / days * (RIGHT - LEFT))

    def height(value: float) -> float:
        return r(BOTTOM - (value - lowest) / ((highest - lowest) or 1) * (BOTTOM - TOP))

    points = tuple(
        Point(
            x=at(on),
            y=height(value),
            figure=Text(at(on), height(value) - 13, plain(value), "middle", 700),
            is_last=n == len(scores) - 1,
        )
        for n, (on, value, _) in enumerate(scores)
    )
    verdict, state = judge(last[1] - first[1], 0, lower_is_better)
    better = "Lower is better." if lower_is_better else "Higher is better."
    said = ", then ".join(f"{plain(value)} on {with_year(on)}" for on, value, _ in scores)
    return Trend(
        id=named("trend", measure, with_year(last[0])),
        title=f"{measure} through time",
        description=f"{measure}: {said}. {better} {verdict}",
        points=points,
        path="M" + "L".join(f"{point.x} {point.y}" for point in points),
        dates=_dates(scores, points),
        ends=(
            Text(2, height(highest) + 5, plain(highest), "start", tone="c-2"),
            Text(2, height(lowest) + 5, plain(lowest), "start", tone="c-2"),
        ),
        note=Text(180, 212, better, "middle", tone="c-2"),
        verdict=verdict,
        state=state,
        table=Table(
            ("When", measure, "In the work"),
            tuple((with_year(on), plain(value), occasion) for on, value, occasion in scores),
        ),
    )


def _dates(scores: Sequence[tuple[date, float, str]], points: Sequence[Point]) -> tuple[Text, ...]:
    """The first and the last day; days between stand in the table."""
    return (
        Text(points[0].x - 4, 192, with_year(scores[0][0]), "start", tone="c-2"),
        Text(points[-1].x + 4, 192, with_year(scores[-1][0]), "end", tone="c-2"),
    )
