"""A policy's answer, with its reason in words, and the refusals that actions raise."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """Truthy when allowed; otherwise `reason` says what is so, for a person to read."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def refuse(reason: str) -> Decision:
    return Decision(False, reason)


class Refused(Exception):
    """The action may not be done now. Its text is shown to a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotFound(Exception):
    """Absent, or not this actor's to see: the two are never told apart."""


class Problem(Exception):
    """What was entered cannot stand; `field` names the form field it belongs to, if one does."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(Exception):
    """Somebody else saved this record first. Both versions are kept; a person chooses."""

    def __init__(self, current: object) -> None:
        super().__init__("Somebody else changed this while you were writing.")
        self.current = current


def require(decision: Decision) -> None:
    if not decision:
        raise Refused(decision.reason)
