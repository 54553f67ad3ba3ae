"""What a school is told, as it refers, of how soon it will hear: the council's own standards."""

from collections.abc import Mapping

from alongside.pathways.models import ServiceStandard


def what_happens_next(standards: Mapping[str, ServiceStandard]) -> list[dict[str, str]]:
    """The council's own standards, in order, each with the day it is counted from: those that the
    page of waiting times is held to."""
    plan = "referral-to-plan" if "referral-to-plan" in standards else "plan-agreed"
    return [
        _promise(standards[key])
        for key in ("referral-read", "referral-answer", plan)
        if key in standards
    ]


def _promise(standard: ServiceStandard) -> dict[str, str]:
    check = "" if standard.is_verified else " Check before relying on it."
    return {
        "figure": standard.figure,
        "text": standard.name[:1].lower() + standard.name[1:],
        "note": f"From {standard.counted_from}.{check}",
    }
