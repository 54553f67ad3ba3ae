"""Before and after as an SVG: one slope a measure, side by side. Facts in, a picture out."""

from dataclasses import dataclass
from html import escape
from textwrap import wrap

INK, SOFT, TEAL, LINE = "#14222e", "#4a5963", "#0b5d5e", "#d5dbd8"
WIDTH, HEIGHT, TOP, BOTTOM = 230, 228, 80, 178
NAME = 31  # Characters of a measure's name to a line; it has two lines.
FONT = 'font-family="Atkinson Hyperlegible Next, sans-serif"'
MOST = 6


@dataclass(frozen=True)
class Slope:
    """One measure at two times. Without an `after` only the start is drawn, and that is said."""

    name: str
    who: str
    low: float
    high: float
    before: float
    after: float | None
    before_on: str
    after_on: str
    better: str  # "Lower is better"


def before_and_after(slopes: list[Slope], title: str) -> tuple[str, str]:
    """The SVG, and what it shows in words."""
    shown = slopes[:MOST]
    columns = min(len(shown), 3) or 1
    rows = (len(shown) + columns - 1) // columns
    width, height = columns * WIDTH, rows * HEIGHT
    alt = " ".join(in_words(slope) for slope in shown)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'width="{width}" height="{height}" aria-labelledby="ba-t ba-d"><title id="ba-t">{escape(title)}</title>'
        f'<desc id="ba-d">{escape(alt)}</desc>'
    )
    parts = [head]
    for n, slope in enumerate(shown):
        x, y = (n % columns) * WIDTH, (n // columns) * HEIGHT
        parts.append(f'<g transform="translate({x} {y})">{_drawn(slope)}</g>')
    return "".join([*parts, "</svg>"]), alt


def in_words(slope: Slope) -> str:
    start = f"{slope.name}, {slope.who}: {slope.before:g} on {slope.before_on}"
    if slope.after is None:
        return f"{start}, not measured again."
    return f"{start}, {slope.after:g} on {slope.after_on}. {slope.better}."


def _drawn(slope: Slope) -> str:
    def at(value: float) -> float:
        share = (value - slope.low) / ((slope.high - slope.low) or 1)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)

    first = at(slope.before)
    name = wrap(slope.name, NAME, max_lines=2, placeholder=" …")
    lines = [
        *(_text(14, 18 + 18 * n, words, 13, weight=700) for n, words in enumerate(name)),
        _text(14, 18 + 18 * len(name), f"{slope.who}. {slope.better}.", 12, SOFT),
        f'<path d="M60 {TOP}V{BOTTOM}M170 {TOP}V{BOTTOM}" stroke="{LINE}"/>',
        _text(60, BOTTOM + 22, slope.before_on, 12, SOFT, "middle"),
        _text(170, BOTTOM + 22, slope.after_on or "not measured", 12, SOFT, "middle"),
    ]
    if slope.after is not None:
        last = at(slope.after)
        lines += [
            f'<path d="M60 {first}L170 {last}" stroke="{TEAL}" stroke-width="3"/>',
            f'<circle cx="170" cy="{last}" r="7" fill="{TEAL}"/>',
            _text(184, last + 6, f"{slope.after:g}", 18, weight=700),
        ]
    lines += [
        f'<circle cx="60" cy="{first}" r="6" fill="#ffffff" stroke="{TEAL}" stroke-width="3"/>',
        _text(46, first + 6, f"{slope.before:g}", 18, anchor="end", weight=700),
    ]
    return "".join(lines)


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    fill: str = INK,
    anchor: str = "start",
    weight: int = 400,
) -> str:
    return (
        f'<text x="{x}" y="{y}" {FONT} font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
