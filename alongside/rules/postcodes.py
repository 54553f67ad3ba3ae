"""Postcodes in their written form. Knows the shape of one, not whether it exists."""

import re

# Royal Mail, Programmers' guide to PAF: outward code, then a digit and two letters of which
# none is C, I, K, M, O or V. Girobank's GIR 0AA is the one exception.
SHAPE = re.compile(
    r"(?:GIR0AA|(?:[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r")\d[ABD-HJLNP-UW-Z]{2})"
)


def normalise(text: str) -> str:
    """`sw1a1aa` as `SW1A 1AA`; text that is no postcode comes back tidied, nothing more."""
    tidy = re.sub(r"[\s.\-]+", "", text).upper()
    return f"{tidy[:-3]} {tidy[-3:]}" if SHAPE.fullmatch(tidy) else " ".join(text.split()).upper()


def is_valid(text: str) -> bool:
    return SHAPE.fullmatch(normalise(text).replace(" ", "")) is not None


def problem_with(text: str) -> str:
    """Why this is no postcode, in words; empty when it has the shape of one."""
    if is_valid(text):
        return ""
    return f"“{text.strip()}” is not a full United Kingdom postcode such as SW1A 1AA."


def outward(text: str) -> str:
    """SW1A of SW1A 1AA: the part that may be shown when an address may not. Empty if invalid."""
    return normalise(text)[:-4] if is_valid(text) else ""
