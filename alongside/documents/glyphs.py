"""What our typefaces can draw, and the words that stand for what they cannot.

PDF/UA refuses a letter without a shape, rightly: it would be an empty box to one reader and silence to
another. A child's words must print all the same, so a sign that no face has is named in square brackets.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

# Signs that show nothing and that no reader misses: byte order marks, variation selectors, the frame
# around a keycap, language tags, embeddings. Joiners and direction marks stay: they shape other letters.
NOTHING = re.compile("[\ufe00-\ufe0f\ufeff\u20e3\u2060-\u206f\u202a-\u202e\U000e0000-\U000e0fff]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SKIN = range(0x1F3FB, 0x1F400)
FLAG = range(0x1F1E6, 0x1F200)
JOINERS = "\u00ad\u200b\u200c\u200d\u200e\u200f"
MARKUP = "<>\"';"  # Of a picture: a mark after one stands upon nothing, else the picture breaks.
CALLED = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}


def drawable(text: str) -> str:
    """The same words; where a sign has no shape in any face of ours, its name in square brackets."""
    if text.isascii() and text.isprintable():
        return text
    return _worded(text, faces())


def plain(text: str) -> str:
    """The same with our own typeface alone, for the rare pair of signs of two faces that a page refuses."""
    return _worded(text, (faces_of("AtkinsonHyperlegibleNext-*.ttf"),))


def _worded(text: str, drawn_by: tuple[frozenset[int], ...]) -> str:
    text = CONTROLS.sub("", NOTHING.sub("", BREAKS.sub("\n", text)))
    clusters = groupby(_clusters(text), key=lambda cluster: _kind(cluster, drawn_by))
    return "".join(_said(kind, "".join(run)) for kind, run in clusters)


def _clusters(text: str) -> Iterator[str]:
    """Each letter with the marks upon it: a face must have them all to draw them as one."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or text[at - 1] in MARKUP or not _joins(text[at]):
            yield text[start:at]
            start = at


def _joins(sign: str) -> bool:
    """Whether it stands upon the letter before it."""
    return unicodedata.category(sign)[0] == "M" or sign in JOINERS


def _kind(cluster: str, drawn_by: tuple[frozenset[int], ...]) -> str:
    """What a run of letters is replaced by; nothing where they can be drawn."""
    if unicodedata.category(cluster.lstrip()[:1] or " ")[0] == "M":
        return "mark"  # Upon nothing: a face would draw a circle beneath it, which ours have not.
    signs = {ord(sign) for sign in cluster if sign not in JOINERS}
    if cluster in " \t\n" or any(signs <= face for face in drawn_by):
        return ""
    if cluster.isspace():
        return "space"
    if ord(cluster[0]) in FLAG:
        return "flag"
    if unicodedata.category(cluster[0])[0] in "LM":
        return unicodedata.name(cluster[0], "unknown").split()[0].split("-")[0]
    return "sign"


def _said(kind: str, run: str) -> str:
    if not kind:
        return run
    if kind == "space":
        return " "
    if kind == "flag":
        return f"[flag {''.join(chr(ord(s) - FLAG[0] + ord('A')) for s in run if ord(s) in FLAG)}]"
    if kind == "mark":
        return "".join(s if s.isspace() else f"[{_name(s)}]" for s in run if s not in JOINERS)
    if kind == "sign":
        return "".join(f"[{_name(s)}]" for s in run if s not in JOINERS and ord(s) not in SKIN)
    count = sum(unicodedata.category(s)[0] == "L" for s in run) or 1
    called = CALLED.get(kind, kind.capitalize())
    return f"[{count} {called} {'character' if count == 1 else 'characters'}]"


def _name(sign: str) -> str:
    return unicodedata.name(sign, "").lower() or f"sign U+{ord(sign):04X}"


@cache
def faces() -> tuple[frozenset[int], ...]:
    """The letters each typeface has."""
    return tuple(_letters(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf")))


@cache
def faces_of(pattern: str) -> frozenset[int]:
    """The letters that every one of these typefaces has."""
    return frozenset.intersection(*(_letters(path.read_bytes()) for path in FONTS.glob(pattern)))


def _letters(font: bytes) -> frozenset[int]:
    """Read from the font's own table of letters: groups of first, last and shape (format 12),
    or segments that end, begin, shift and point (format 4)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = [struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables)]
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    starts = {cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)[2] for n in range(count)}
    found: set[int] = set()
    for start in starts:
        form = struct.unpack_from(">H", font, start)[0]
        if form == 12:
            groups = struct.unpack_from(">I", font, start + 12)[0]
            for n in range(groups):
                first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * n)
                found.update(range(first, last + 1))
        elif form == 4:
            double = struct.unpack_from(">H", font, start + 6)[0]
            ends = struct.unpack_from(f">{double // 2}H", font, start + 14)
            begins = struct.unpack_from(f">{double // 2}H", font, start + 16 + double)
            for first, last in zip(begins, ends, strict=True):
                found.update(range(first, last + 1))
    return frozenset(found - {0xFFFF})
