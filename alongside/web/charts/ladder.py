"""A framework's stages as stairs: done, here, next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.web.charts.base import Table, Text, named, r, wide, wrap
from alongside.web.dates import short_day

GAP, STEP, LOW, FLOOR = 3.5, 12.0, 38.0, 83.0
FEW = 5


@dataclass(frozen=True)
class Stage:
    """One stage of a framework."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class Stair:
    """One stage as drawn."""

    x: float
    y: float
    width: float
    height: float
    state: str
    texts: tuple[Text, ...]
    pointer: str = ""


@dataclass(frozen=True)
class Ladder:
    """The stairs as drawn."""

    id: str
    title: str
    description: str
    stairs: tuple[Stair, ...]
    caption: str
    table: Table
    width: int
    height: float


def ladder(
    *,
    framework: str,
    stages: Sequence[Stage],
    here: int,
    since: date | None = None,
    until: date | None = None,
    left: Collection[int] = (),
) -> Ladder:
    """`here` counts from 1; 0 is before the first stage. `left` are those above that were stood at before.

    `until` is the last day of who stands there no more, because they left the council.
    """
    width = 370.0
    each = (width - 2 - GAP * (len(stages) - 1)) / len(stages)
    step = STEP if len(stages) <= FEW else 8.0
    top = LOW + step * (len(stages) - 1)
    floor = top + 12
    said = _said(since, until)
    stairs = []
    for place, stage in enumerate(stages, 1):
        state = "done" if place < here else "here" if place == here else "next"
        height = LOW + step * (place - 1)
        x, y = 1 + (place - 1) * (each + GAP), floor - height
        stairs.append(
            Stair(
                x=r(x),
                y=r(y),
                width=r(each),
                height=r(height),
                state=state,
                texts=words(place, stage, state, said, x, y, each, len(stages) <= FEW, height),
                pointer=pointer(x + each / 2, y) if state == "here" else "",
            )
        )
    now = stages[here - 1].name if here else "not on it yet"
    drawn = {text.words for stair in stairs for text in stair.texts}
    in_words = f"Stage {here}: {now}{', ' + said if said else ''}"
    return Ladder(
        id=named("ladder", framework, str(here)),
        title=framework,
        description=f"Stage {here} of {len(stages)}: {now}{', ' + said if said else ''}.",
        stairs=tuple(stairs),
        caption=in_words if len(stages) > FEW or (said and said not in drawn) else "",
        table=Table(
            ("Stage", "Name", "State"),
            tuple(
                (
                    str(n),
                    s.name,
                    "Passed"
                    if n < here
                    else f"Here {said}".strip()
                    if n == here
                    else "Left"
                    if n in left
                    else "Not reached",
                )
                for n, s in enumerate(stages, 1)
            ),
        ),
        width=370,
        height=floor + 1,
    )


def _said(since: date | None, until: date | None) -> str:
    if since and until:
        return f"from {short_day(since)} to {short_day(until)}"
    return f"since {short_day(since)}" if since else ""


def words(
    place: int,
    stage: Stage,
    state: str,
    said: str,
    x: float,
    y: float,
    each: float,
    is_few: bool,
    height: float,
) -> tuple[Text, ...]:
    """The number and name in the stair; only the number where stairs are narrow."""
    tone = "c-white" if state == "here" else ""
    if not is_few:
        return (Text(r(x + each / 2), r(y + 18), str(place), "middle", 650, tone),)
    lines = wrap(f"{place} {stage.name}", each - 9)
    if state == "here" and said and wide(said) <= each - 7:
        lines.append(said)  # Where it is too long, the words beneath the picture say it.
    room = max(1, int((height - 3) // 15))
    return tuple(
        Text(r(x + 6), r(y + 16 + n * 15), line, weight=650 if n == 0 else 400, tone=tone)
        for n, line in enumerate(lines[:room])
    )


def pointer(x: float, y: float) -> str:
    """A small arrow above the stair where the pupil stands."""
    return f"M{r(x - 7)} {r(y - 12)}h14l-7 9z"
