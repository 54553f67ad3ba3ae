"""Before and after: one measure as a slope with how sure we are at each end; never a bare arrow."""

from dataclasses import dataclass
from datetime import date

from alongside.web.charts.base import Table, Text, named, plain, r, span, with_year

LEFT, RIGHT, TOP, BOTTOM = 88.0, 272.0, 42.0, 182.0


@dataclass(frozen=True)
class End:
    """One end of the slope, with its interval."""

    x: float
    y: float
    low_y: float
    high_y: float
    figure: Text
    when: Text


@dataclass(frozen=True)
class Slope:
    """A measure before and after, as drawn, 360 by 216."""

    id: str
    title: str
    description: str
    before: End
    after: End
    verdict: str
    state: str
    note: Text
    has_interval: bool
    table: Table
    width: int = 360
    height: int = 216


def slope(
    *,
    measure: str,
    before: float,
    after: float,
    before_on: date,
    after_on: date,
    margin: float = 0.0,
    lower_is_better: bool = False,
    unit: str = "",
    who: str = "",
) -> Slope:
    """`margin` is half the interval of one score: what it may move by without anything having changed."""
    low, high = span([before - margin, before + margin, after - margin, after + margin])

    def height(value: float) -> float:
        return r(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP))

    def end(x: float, value: float, on: date, anchor: str) -> End:
        beside = x - 16 if anchor == "end" else x + 16
        return End(
            x=x,
            y=height(value),
            low_y=height(value - margin),
            high_y=height(value + margin),
            figure=Text(beside, height(value) + 8, plain(value), anchor, 750),
            when=Text(x, 22, with_year(on), "middle", tone="c-2"),
        )

    verdict, state = judge(after - before, margin, lower_is_better)
    better = "Lower is better." if lower_is_better else "Higher is better."
    return Slope(
        id=named("slope", measure, with_year(after_on)),
        title=f"{measure}: before and after",
        description=f"{measure} was {plain(before)}{unit} on {with_year(before_on)} and"
        f" {plain(after)}{unit} on {with_year(after_on)}. {better} {verdict}",
        before=end(LEFT, before, before_on, "end"),
        after=end(RIGHT, after, after_on, "start"),
        verdict=verdict,
        state=state,
        note=Text(180, 208, f"{better}{' ' + who if who else ''}", "middle", tone="c-2"),
        has_interval=margin > 0,
        table=Table(
            ("When", measure, "May lie between"),
            tuple(
                (
                    with_year(on),
                    f"{plain(value)}{unit}",
                    f"{plain(value - margin)} and {plain(value + margin)}"
                    if margin
                    else "not known",
                )
                for on, value in ((before_on, before), (after_on, after))
            ),
        ),
    )


def judge(change: float, margin: float, lower_is_better: bool) -> tuple[str, str]:
    """What the difference may be said to mean."""
    if change == 0:
        return "No change.", "waiting"
    way = "Down" if change < 0 else "Up"
    size = plain(abs(change))
    if margin and abs(change) <= margin * 2**0.5:
        return f"{way} {size}: it could be ordinary variation.", "waiting"
    sure = ", more than ordinary variation" if margin else ""
    if (change < 0) == lower_is_better:
        return f"{way} {size}: better{sure}.", "met"
    return f"{way} {size}: worse{sure}.", "overdue"
