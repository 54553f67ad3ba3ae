"""The stage a case stands at, and the graduated response up to it, as the case's page shows them."""

from typing import Any

from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.pathways import policy, queries
from alongside.pathways.tried import Step
from alongside.rules.words import day_in_words
from alongside.web.frameworks import pages


def tier(actor: Actor, case: Case) -> dict[str, Any]:
    """frameworks/tier.html: where the pupil stands on the case's framework, and what was tried."""
    steps = queries.response(case.pupil, case.framework)
    return {
        "title": case.framework.name,
        "now": _now(actor, steps),
        "steps": pages.response(actor, steps),
        "may_move": policy.moves(actor),
        "url": f"/pupils/{case.pupil_id}/frameworks/",
        "move_url": f"/pupils/{case.pupil_id}/frameworks/move/",
        "tried_url": f"/pupils/{case.pupil_id}/frameworks/tried/",
    }


def _now(actor: Actor, steps: list[Step]) -> dict[str, str] | None:
    """The stage with its date, reason and author."""
    for step in steps:
        for standing in step.standings:
            if standing.ends_on is None:
                return {
                    "stage": f"{step.stage.order} {step.stage.name}",
                    "since": day_in_words(standing.since_on or standing.starts_on),
                    "reason": standing.reason if policy.read_reasons(actor) else "",
                    "by": standing.moved_by.name,
                }
    return None
