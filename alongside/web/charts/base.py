"""What every picture shares: its table, its days in words, and how wide words are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

# The mean width of a letter against its size, measured on the typeface.
LETTER = 0.48


@dataclass(frozen=True)
class Table:
    """The same facts as the picture, to read or to hear."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Text:
    """Words at a place."""

    x: float
    y: float
    words: str
    anchor: str = "start"
    weight: int = 400
    tone: str = ""


@dataclass(frozen=True)
class Box:
    """A filled rectangle, with what it means on hover."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    note: str = ""
    edge: str = "none"


def short(on: date) -> str:
    """27 Nov."""
    return f"{on.day} {on:%b}"


def with_year(on: date) -> str:
    """27 Nov 2026."""
    return f"{on.day} {on:%b} {on.year}"


def plain(value: float) -> str:
    """12.5, but 12 rather than 12.0."""
    return f"{value:g}"


def days_of(count: float) -> str:
    """1 day, 0.5 days."""
    return f"{plain(count)} day{'' if count == 1 else 's'}"


def wide(words: str, size: int = 14) -> float:
    """About how wide these words are."""
    return len(words) * size * LETTER


def brief(words: str, most: int = 48) -> str:
    """As much as a picture has room for, cut between words; its table says the whole."""
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def wrap(words: str, width: float, size: int = 14) -> list[str]:
    """The words in lines no wider than this."""
    lines: list[str] = []
    for word in words.split():
        if lines and wide(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def named(title: str, *more: str) -> str:
    """An id for a picture's title and description."""
    return "-".join(["c", slugify(" ".join((title, *more)))[:60]])


def span(values: Sequence[float]) -> tuple[float, float]:
    """The least and most, kept apart when they are the same."""
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 1, high + 1)


def r(value: float) -> float:
    """Short enough to print: a tenth of a pixel is not seen."""
    return round(value, 1)
