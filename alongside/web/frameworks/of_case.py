"""The stage a case stands at, and the graduated response up to it, as the case's page shows them."""

from datetime import date
from typing import Any

from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.pathways import policy, queries
from alongside.pathways.tried import Step
from alongside.referrals.departures import gone_on
from alongside.rules.words import day_in_words
from alongside.web.frameworks import pages


def tier(actor: Actor, case: Case) -> dict[str, Any]:
    """frameworks/tier.html: where the pupil stands on the case's framework, and what was tried."""
    steps = queries.response(case.pupil, case.framework)
    left_on = gone_on(case.pupil) if case.outcome == Case.Outcome.LEFT_AREA else None
    return {
        "title": case.framework.name,
        "now": _now(actor, steps, left_on),
        "steps": pages.response(actor, steps, left_on),
        "may_move": policy.moves(actor),
        "url": f"/pupils/{case.pupil_id}/frameworks/",
        "move_url": f"/pupils/{case.pupil_id}/frameworks/move/",
        "tried_url": f"/pupils/{case.pupil_id}/frameworks/tried/",
    }


def _now(actor: Actor, steps: list[Step], left_on: date | None) -> dict[str, str] | None:
    """The stage with its date, reason and author."""
    for step in steps:
        for standing in step.standings:
            if standing.ends_on is None:
                since = day_in_words(standing.since_on or standing.starts_on)
                return {
                    "stage": f"{step.stage.order} {step.stage.name}",
                    "when": f"from {since} to {day_in_words(left_on)}"
                    if left_on
                    else f"since {since}",
                    "reason": standing.reason if policy.read_reasons(actor) else "",
                    "by": standing.moved_by.name,
                }
    return None
