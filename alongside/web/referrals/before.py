"""What came before a referral, as its screens say it, and the plans that count as tried."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef

from alongside.cases.models import CaseState
from alongside.core.actor import Actor
from alongside.people.models import Pupil
from alongside.people.queries.rows import day_from, gather, rows
from alongside.plans.queries import EACH, visible_plans
from alongside.referrals import earlier
from alongside.referrals.criteria import Cycle, Told
from alongside.referrals.models import Referral
from alongside.rules.words import day_in_words


@dataclass(frozen=True)
class Before:
    """`said` are the variables of referrals/before.html."""

    said: dict[str, Any]
    plans: list[dict[str, Any]]

    def added_to(self, told: Told) -> Told:
        """What was told, with the plans of the child's closed cases that this person may read."""
        if not self.plans:
            return told
        last = self.plans[0]
        began = day_from(last["starts_on"])
        return replace(
            told,
            earlier=[Cycle(day_from(p["starts_on"]), day_from(p["held_on"])) for p in self.plans],
            earlier_from=f"plan {last['number']} of case {last['case']}"
            + (f", from {day_in_words(began)}" if began else ""),
        )


def before(actor: Actor, pupil: Pupil, referral: Referral | None = None) -> Before:
    """All in one query."""
    plans = visible_plans(actor, of=EACH).filter(
        pupil=OuterRef("pk"), approved_at__isnull=False, case__state=CaseState.CLOSED
    )
    found = gather(
        pupil,
        **earlier.gathered(actor, referral),
        ended_plans=rows(
            plans.order_by("-starts_on", "-pk"),
            *("number", "starts_on"),
            case="case__reference",
            held_on="review__held_on",
        ),
    )
    ones = earlier.before(actor, found["referrals"], found["cases"])
    is_again = bool(ones) or bool(referral and referral.previous_id)
    return Before({"earlier_ones": ones, "is_re_referral": is_again}, found["ended_plans"])
