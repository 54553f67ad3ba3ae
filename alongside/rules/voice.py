"""Asking a child by means that fit their age: which tool is offered first, and what may be asked.

The questions are our own, plain and open; a worker may ask any other. Any tool may be chosen at any
age: a child who does not speak may point at a face at fifteen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# A face as a number of ten, so that a child's answers make one line when they grow out of faces:
# five faces lie evenly between the ends. Nothing more is read into them.
FACES_OF_TEN: Mapping[int, Decimal] = {
    1: Decimal(0),
    2: Decimal("2.5"),
    3: Decimal(5),
    4: Decimal("7.5"),
    5: Decimal(10),
}


class Means(StrEnum):
    """How a child answers."""

    FACES = "FACES"
    SCALE = "SCALE"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is offered first at an age."""

    up_to: int  # Years, included.
    means: Means
    belonging: str
    participation: str
    questions: tuple[str, ...]


ASKING = (
    Asking(
        7,
        Means.FACES,
        "How does it feel to be in your class?",
        "How does it feel when the class does things together?",
        (
            "What do you like best at school?",
            "Who helps you when you are sad?",
            "What would you change with a magic wand?",
        ),
    ),
    Asking(
        11,
        Means.FACES,
        "How much do you feel part of your class?",
        "How much do you join in with lessons, clubs and games?",
        (
            "What makes a good day at school?",
            "What makes a hard day, and what helps then?",
            "Who listens to you here?",
        ),
    ),
    Asking(
        99,
        Means.SCALE,
        "How much do you feel that you belong at this school?",
        "How much do you take part in lessons and what goes on here?",
        (
            "What is going well for you?",
            "What gets in the way, and what have adults done that helped?",
            "What would you change first?",
        ),
    ),
)


def asking_at(age: int) -> Asking:
    """What is offered to a child of this age."""
    return next(asking for asking in ASKING if age <= asking.up_to)
