"""A pupil's years as lanes, one for each question: where, plans, suspensions, sessions, reviews, measures."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from alongside.web.charts.base import (
    Box,
    Table,
    Text,
    brief,
    days_of,
    named,
    plain,
    r,
    short,
    span,
    wide,
    with_year,
    wrap,
)
from alongside.web.charts.timeline_facts import INK, Bar, Series, TimelineFacts

WIDTH, LEFT = 1206.0, 130.0
ONE_DAY = timedelta(days=1)
MOST_LINES = 3  # Of a lane's name.
THINNEST = 3.0  # What lasted a day is seen too.
TEAL, PALE, MID, BLUE, BLUE_PALE = "#0b5d5e", "#e3efec", "#8fbdb7", "#3b6f8f", "#dbe8f0"
# How a bar looks: what has been, then what is still ahead.
FILLS = {
    "main": (TEAL, PALE),
    "other": (BLUE, BLUE_PALE),
    "past": (MID, PALE),
    "pale": (PALE, PALE),
}
WHITE_ON = {TEAL, BLUE}


@dataclass(frozen=True)
class Stroke:
    """A line to draw."""

    path: str
    colour: str
    width: float = 1
    dashes: str = "none"


@dataclass(frozen=True)
class Dot:
    """A point of a measure, or a review's diamond."""

    x: float
    y: float
    colour: str


@dataclass
class Canvas:
    """Everything drawn, in the order it is drawn."""

    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    diamonds: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """The picture as drawn."""

    id: str
    title: str
    description: str
    shades: tuple[Box, ...]
    canvas: Canvas
    today_x: float
    today: str
    table: Table
    height: float
    width: int = 1206
    top: int = 42


def shortened(name: str, width: float) -> list[str]:
    """The name in three lines at most; what does not fit ends in a mark of omission."""
    lines = wrap(name, width, 15)
    if len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    while " " in last and wide(f"{last} …", 15) > width:
        last = last.rsplit(" ", 1)[0]
    return [*lines[: MOST_LINES - 1], f"{last} …"]


class Drawing:
    """Places facts on the canvas, lane by lane, from the top down."""

    def __init__(self, facts: TimelineFacts) -> None:
        self.facts = facts
        self.canvas = Canvas()
        self.y = 52.0
        self.rows: list[tuple[str, str, str]] = []

    def x(self, on: date) -> float:
        """Where a day stands; days outside the picture stand at its edge."""
        whole = (self.facts.last - self.facts.first).days or 1
        share = (on - self.facts.first).days / whole
        return r(LEFT + (WIDTH - LEFT) * min(max(share, 0.0), 1.0))

    def lane(self, name: str, height: float) -> float:
        """Opens a lane and returns its top. A long name takes three lines; the table says it whole."""
        top, lines = self.y, shortened(name, LEFT - 12)
        at = top + min(height / 2, 16) + 5
        for n, words in enumerate(lines):
            self.canvas.texts.append(Text(0, r(at + 16 * n), words, weight=650))
        self.y = max(top + height, at + 16 * len(lines) - 6)
        self.canvas.strokes.append(Stroke(f"M0 {r(self.y)}H{WIDTH:g}", "#d5dbd8"))
        return top

    def bars(self, name: str, bars: Sequence[Bar]) -> None:
        """Bars packed in as few rows as they need, labels inside or to the right."""
        ends: list[float] = []
        placed = []
        for bar in sorted(bars, key=lambda b: b.start):
            x = self.x(bar.start)
            right = max(self.x(bar.end or self.facts.last), x + THINNEST)
            label = self.label(bar, x, right)
            is_after = label.anchor == "start"
            taken = max(right, label.x + wide(label.words) + 8) if is_after else right
            row = next((n for n, end in enumerate(ends) if end + 4 <= x), len(ends))
            if row == len(ends):
                ends.append(0)
            ends[row] = taken
            placed.append((bar, row, x, right))
            until = f"to {with_year(bar.end)}" if bar.end else "still"
            self.rows.append((name, bar.label, f"{with_year(bar.start)} {until}"))
        top = self.lane(name, 10 + 21 * max(len(ends), 1))
        for bar, row, x, right in placed:
            self.bar(bar, top + 5 + 21 * row, x, right)

    def bar(self, bar: Bar, y: float, x: float, right: float) -> None:
        """One bar: solid until today, pale after."""
        now = self.x(self.facts.today)
        solid, ahead = FILLS[bar.look]
        done = min(max(now, x), right)
        note = f"{bar.label}, from {with_year(bar.start)}"
        if done > x:
            self.canvas.boxes.append(Box(x, y, r(done - x), 18, solid, note))
        if right > done:
            self.canvas.boxes.append(Box(done, y, r(right - done), 18, ahead, note))
        self.canvas.texts.append(replace(self.label(bar, x, right), y=y + 13.5))

    def label(self, bar: Bar, x: float, right: float) -> Text:
        """What a bar is: inside it, else beside it, and never across the line of today."""
        solid, words = FILLS[bar.look][0], brief(bar.label)
        fits = wide(words) + 12
        done = min(max(self.x(self.facts.today), x), right)
        if fits <= done - x:
            return Text(x + 6, 0, words, tone="c-white" if solid in WHITE_ON else "")
        if fits <= right - done:
            return Text(done + 6, 0, words)
        after = self.clear_of_today(right + 6, fits - 12)
        if after + fits - 6 <= WIDTH:
            return Text(r(after), 0, words)
        return Text(x - 6, 0, words, "end")

    def suspensions(self) -> None:
        """Blocks to scale: seven of height for each day, as wide as they lasted."""
        top = self.lane("Suspensions", 44)
        for block in self.facts.suspensions:
            height = min(block.days * 7, 38.0)
            width = max(
                2.5,
                self.x(block.start + timedelta(days=int(block.days * 1.4))) - self.x(block.start),
            )
            note = f"From {with_year(block.start)}: {days_of(block.days)}"
            self.canvas.boxes.append(
                Box(self.x(block.start), r(top + 40 - height), r(width), r(height), INK, note)
            )
            self.rows.append(("Suspensions", days_of(block.days), with_year(block.start)))
        total = sum(block.days for block in self.facts.suspensions)
        self.beside(top + 16, f"{days_of(total)} in all", 700)

    def beside(self, y: float, words: str, weight: int = 400) -> None:
        """Words just after today."""
        self.canvas.texts.append(Text(r(self.x(self.facts.today) + 8), r(y), words, weight=weight))

    def sessions(self) -> None:
        """A stroke for each session, dashed red when it was missed."""
        top = self.lane("Sessions", 34)
        for tick in self.facts.sessions:
            colour, dashes = (TEAL, "none") if tick.is_held else ("#a3201a", "3 3")
            self.canvas.strokes.append(
                Stroke(f"M{self.x(tick.on)} {r(top + 7)}v20", colour, 2, dashes)
            )
        held = sum(tick.is_held for tick in self.facts.sessions)
        missed = len(self.facts.sessions) - held
        said = f"{held} held" + (f", {missed} missed (dashed)" if missed else "")
        self.beside(top + 22, said)
        self.rows.append(("Sessions", said, ""))

    def reviews(self) -> None:
        """A diamond for each, hollow while it is still to come."""
        top = self.lane("Reviews", 38)
        marks = sorted(self.facts.reviews, key=lambda m: m.on)
        for n, mark in enumerate(marks):
            x, y = self.x(mark.on), top + 19
            self.canvas.diamonds.append(
                (f"M{x} {r(y - 9)}l8 9l-8 9l-8 -9z", TEAL if mark.is_done else "#fff")
            )
            after = self.x(marks[n + 1].on) if n + 1 < len(marks) else WIDTH
            before = self.x(marks[n - 1].on) if n else LEFT
            label = mark.label if mark.is_done else f"{short(mark.on)}, {mark.label}"
            for words in (label, label.split(",")[0]):
                is_clear = self.clear_of_today(x + 12, wide(words)) == x + 12
                if is_clear and x + 12 + wide(words) < after - 10:
                    self.canvas.texts.append(Text(r(x + 12), r(y + 5), words, tone="halo"))
                    break
                if x - 12 - wide(words) > before + 10 + wide(marks[n - 1].label if n else ""):
                    self.canvas.texts.append(Text(r(x - 12), r(y + 5), words, "end", tone="halo"))
                    break
            self.rows.append(("Reviews", mark.label, with_year(mark.on)))

    def measure(self, series: Series) -> None:
        """A small line with its first and last figures."""
        top = self.lane(series.name, 50)
        values = [value for _, value in series.points] + ([series.limit[0]] if series.limit else [])
        low, high = span(values)

        def height(value: float) -> float:
            return r(top + 40 - (value - low) / (high - low) * 26)

        if series.limit:
            at, words = series.limit
            self.canvas.strokes.append(
                Stroke(f"M{LEFT:g} {height(at)}H{WIDTH:g}", "#7a4a00", 1, "2 4")
            )
            self.canvas.texts.append(
                Text(WIDTH - 2, height(at) - 4, words, "end", tone="c-soon halo")
            )
        places = [(self.x(on), height(value), value) for on, value in series.points]
        self.canvas.strokes.append(
            Stroke("M" + " L".join(f"{x} {y}" for x, y, _ in places), series.colour, 2)
        )
        self.canvas.dots += [Dot(x, y, series.colour) for x, y, _ in places]
        x, y, value = places[0]
        if len(places) > 1:
            self.canvas.texts.append(
                Text(x, r(y - 8), f"{plain(value)}{series.unit}", "middle", tone="halo")
            )
        self.last_figure(f"{plain(places[-1][2])}{series.unit}", series.note, *places[-1][:2])
        for on, value in series.points:
            self.rows.append((series.name, f"{plain(value)}{series.unit}", with_year(on)))

    def last_figure(self, figure: str, note: str, x: float, y: float) -> None:
        """The newest figure and what it means, neither of them across the line of today."""
        at = x + 10
        for words, weight, tone in ((figure, 700, "halo"), (note, 400, "c-2 halo")):
            if words:
                at = self.clear_of_today(at, wide(words))
                place, anchor = (at, "start") if at + wide(words) <= WIDTH else (x - 10, "end")
                self.canvas.texts.append(Text(r(place), r(y + 5), words, anchor, weight, tone))
            at += wide(words) + 8

    def clear_of_today(self, x: float, width: float) -> float:
        """Where words begin: here, or just after today where they would stand across its line."""
        after = self.x(self.facts.today) + 8
        return after if after - 12 - width < x < after - 4 else x

    def months(self) -> None:
        """The names of the months and years along the top."""
        facts, at = self.facts, self.facts.first.replace(day=1)
        while at < facts.last:
            if at >= facts.first:
                self.canvas.texts.append(Text(self.x(at) + 3, 36, f"{at:%b}", tone="c-2"))
            at = (at + timedelta(days=32)).replace(day=1)
        for label, start in facts.years:
            self.canvas.texts.append(Text(self.x(start) + 3, 16, label, weight=700))


def timeline(facts: TimelineFacts) -> Timeline:
    """The whole picture; a lane without facts is left out."""
    drawing = Drawing(facts)
    drawing.months()
    if facts.places:
        drawing.bars("Where", facts.places)
    if facts.workers:
        drawing.bars("Workers", facts.workers)
    if facts.support:
        drawing.bars("Support", facts.support)
    if facts.plans:
        drawing.bars("Plans", facts.plans)
    if facts.gaps:
        drawing.bars("Nobody seen", facts.gaps)
    if facts.suspensions:
        drawing.suspensions()
    if facts.sessions:
        drawing.sessions()
    if facts.reviews:
        drawing.reviews()
    for series in facts.measures:
        if series.points:
            drawing.measure(series)
    bottom = drawing.y
    for _, start in list(facts.years)[1:]:
        drawing.canvas.strokes.append(Stroke(f"M{drawing.x(start)} 4V{r(bottom)}", INK, 1.5))
    lanes = {lane for lane, _, _ in drawing.rows}
    return Timeline(
        id=named("timeline", facts.name),
        title=f"{facts.name}: {with_year(facts.first)} to {with_year(facts.last)}",
        description=f"Lanes for {', '.join(sorted(lanes)).lower() or 'nothing yet'}."
        f"{_suspended(facts)}"
        " The same facts are in the table beneath.",
        shades=tuple(
            Box(drawing.x(a), 42, r(drawing.x(b + ONE_DAY) - drawing.x(a)), r(bottom - 42), "")
            for a, b in facts.holidays
        ),
        canvas=drawing.canvas,
        today_x=drawing.x(facts.today),
        today=f"Today, {short(facts.today)}",
        table=Table(("Lane", "What", "When"), tuple(drawing.rows)),
        height=r(bottom + 22),
    )


def _suspended(facts: TimelineFacts) -> str:
    """A picture of who works with a child says nothing of suspensions."""
    if facts.workers or facts.support:
        return ""
    return f" {_days(sum(b.days for b in facts.suspensions))} suspended in all."


def _days(days: float) -> str:
    return f"{days:g} {'day' if days == 1 else 'days'}"
