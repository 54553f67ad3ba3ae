"""Is a target specific, measurable and dated? Kind words for the writer. Must not touch the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

MOST_TARGETS = 12
SHORTEST = 12  # Characters: less cannot say who does what.
LONGEST_AHEAD = timedelta(days=366)

# Wishes that no two people would count alike, and what asks for something to see or hear instead.
VAGUE = (
    "behave better",
    "better behaviour",
    "improve behaviour",
    "improve his behaviour",
    "improve her behaviour",
    "improve their behaviour",
    "be good",
    "be better",
    "good choices",
    "try harder",
    "make progress",
    "more appropriate",
    "calm down",
    "be respectful",
    "improve attitude",
    "better attitude",
    "engage more",
    "more engaged",
)

INSTEAD = "Say what you would see or hear, like “Uses the exit card and is back within 10 minutes”."


class Countable(Protocol):
    """What a target says, saved or still being written."""

    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def lowest(self) -> Decimal: ...
    @property
    def highest(self) -> Decimal: ...
    @property
    def baseline(self) -> Decimal: ...
    @property
    def goal(self) -> Decimal: ...
    @property
    def due_on(self) -> date: ...
    @property
    def owner(self) -> str: ...


class Traced(Protocol):
    """A target that may name the need it answers."""

    @property
    def need_id(self) -> int | None: ...


class Serving(Protocol):
    """An action that may name the target it serves."""

    @property
    def target_number(self) -> int: ...


@dataclass(frozen=True)
class Note:
    """What one target still needs. `part` is the field it is about."""

    number: int
    part: str
    text: str

    @property
    def said(self) -> str:
        return f"Target {self.number}: {self.text}"


def figure(value: Decimal | float) -> str:
    """4, 2.5: no nought after the point."""
    return f"{float(value):g}"


def unsound(number: int, target: Countable, starts_on: date) -> list[Note]:
    """Figures and dates that cannot stand, even in a draft."""
    found = []
    low, high = figure(target.lowest), figure(target.highest)
    if target.highest <= target.lowest:
        found.append(("highest", f"the scale must end above {low}, where it starts."))
    elif not target.lowest <= target.baseline <= target.highest:
        found.append(("baseline", f"the start must lie on its scale, from {low} to {high}."))
    elif not target.lowest <= target.goal <= target.highest:
        found.append(("goal", f"the goal must lie on its scale, from {low} to {high}."))
    elif target.goal == target.baseline:
        found.append(
            (
                "goal",
                f"the goal is where it starts, {figure(target.goal)}. Say what will be different.",
            )
        )
    if target.due_on < starts_on:
        found.append(("due_on", "the day to reach it is before the plan starts."))
    return [Note(number, part, text) for part, text in found]


def advice(number: int, target: Countable, starts_on: date) -> list[Note]:
    """What keeps a target from being specific, measurable and dated. A draft may wait with it."""
    words = " ".join(target.text.casefold().split())
    found = []
    if len(words) < SHORTEST:
        found.append(("text", "say who does what, and when, in a few more words."))
    if vague := next((phrase for phrase in VAGUE if phrase in words), ""):
        found.append(
            (
                "text",
                f"“{vague}” means different things to different people. {INSTEAD}",
            )
        )
    if not target.unit.strip():
        found.append(("unit", "say what is counted, like “of 10 times” or “days a week”."))
    if not target.owner.strip():
        found.append(("owner", "say who leads on it."))
    if target.due_on > starts_on + LONGEST_AHEAD:
        found.append(("due_on", "more than a year ahead is too far to steer by."))
    return [Note(number, part, text) for part, text in found]


def unready(targets: Sequence[Countable], starts_on: date, *, has_actions: bool) -> list[str]:
    """What must be settled before a plan is approved, in words. Empty when it is ready."""
    if not targets:
        return ["It has no target yet."]
    notes = [
        note
        for number, target in enumerate(targets, 1)
        for note in (*unsound(number, target, starts_on), *advice(number, target, starts_on))
    ]
    said = [note.said for note in notes]
    return said if has_actions else [*said, "Nobody has an action yet: say who does what."]


def untraced(
    targets: Sequence[Traced], actions: Sequence[Serving], *, has_needs: bool
) -> list[str]:
    """Where the line from need to target to action is broken, in words.

    Where no need is there to be named, as for a school that was told of none, it begins at the target.
    """
    said = [
        f"Target {number}: say which need it answers."
        for number, target in enumerate(targets, 1)
        if has_needs and not target.need_id
    ]
    said += [
        f"Action {number}: say which target it serves."
        for number, action in enumerate(actions, 1)
        if not action.target_number
    ]
    served = {action.target_number for action in actions}
    said += [
        f"Target {number}: nobody does anything towards it yet."
        for number in range(1, len(targets) + 1)
        if number not in served
    ]
    return said


def ends_with_case(number: int, *, is_approved: bool) -> str:
    """What closing the case does to a plan, said beforehand."""
    if is_approved:
        return f"Plan {number} ends on the last day of the work, and stays as it is."
    return f"Plan {number} was never approved. It is set aside: it can be read, but not carried on."


def is_met(baseline: Decimal, goal: Decimal, latest: Decimal | None) -> bool:
    """Reached or passed, whichever way is better for this target."""
    if latest is None:
        return False
    return latest >= goal if goal > baseline else latest <= goal


def way(baseline: Decimal, goal: Decimal, latest: Decimal | None) -> str:
    """Where a target stands, in words that claim no more than the figures do."""
    if latest is None:
        return "Not measured yet"
    if is_met(baseline, goal, latest):
        return "Met"
    if latest == baseline:
        return "Where it started"
    return "Part of the way" if (latest > baseline) == (goal > baseline) else "Further away"
