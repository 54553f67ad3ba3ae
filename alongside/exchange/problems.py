"""What is wrong in a file, where, and what to do about it. Holds nothing about any format."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the line as an editor numbers it (None for the whole file) and the column's name."""

    line: int | None
    column: str
    problem: str
    remedy: str

    def as_dict(self) -> dict[str, int | str | None]:
        return asdict(self)

    def __str__(self) -> str:
        place = [f"line {self.line}"] if self.line else []
        place += [self.column] if self.column else []
        start = ", ".join(place)
        return f"{start[:1].upper()}{start[1:]}: {self.problem} {self.remedy}".removeprefix(": ")


class Unreadable(ValueError):
    """The file as a whole cannot be read."""

    def __init__(self, problem: str, remedy: str, column: str = "") -> None:
        self.problem = Problem(None, column, problem, remedy)
        super().__init__(str(self.problem))
