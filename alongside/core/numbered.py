"""What a child's record counts, said on its model: two records made one are counted anew by their days."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Numbered:
    """Declared by a model that numbers a pupil's rows 1, 2, 3 in the order they were made."""

    what: str  # Read at the head of a sentence: "Needs assessments".
    on: str  # The field with the day that they are numbered by.
    field: str = "number"
