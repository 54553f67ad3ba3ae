"""The Unique Pupil Number: its shape, its check letter and whether it is temporary.

Holds no list of authorities: codes come and go, and a council's own pupils must never be refused.
"""

import re

from stdnum.gb import upn as published

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # Neither I, O nor S: they look like figures.
SPACING = re.compile(r"[\s\-]+")
SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[\d{LETTERS}]")


def normalise(text: str) -> str:
    """Without spaces and hyphens, in capitals."""
    return SPACING.sub("", text).upper()


def check_letter(rest: str) -> str:
    """The letter that belongs before these twelve characters."""
    return published.calc_check_digit(rest)


def is_valid(text: str) -> bool:
    return not problem_with(text)


def is_temporary(text: str) -> bool:
    """A temporary number ends in a letter. It serves until the permanent one is known."""
    number = normalise(text)
    return is_valid(number) and number[-1] in LETTERS


def problem_with(text: str) -> str:
    """What is wrong with this UPN, in words; empty when it is valid."""
    number = normalise(text)
    if len(number) != 13:
        return f"“{text.strip()}” has {len(number)} characters; a UPN has 13."
    if not SHAPE.fullmatch(number):
        return (
            f"“{text.strip()}” does not have the shape of a UPN: a letter, eleven figures, then a "
            "figure (or a letter, when it is temporary). I, O and S are never used."
        )
    if number[0] != check_letter(number[1:]):
        return (
            f"“{text.strip()}” has been mistyped somewhere: its first letter does not agree with "
            "the figures after it."
        )
    return ""
