"""What came before a referral: those decided, and the cases that were closed. Always within scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from alongside.cases.models import Case, CaseState
from alongside.cases.queries import visible_cases
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.permissions import Permission
from alongside.people.queries.rows import day_from, moment_from, rows
from alongside.referrals import policy
from alongside.referrals.models import Referral, ReferralState
from alongside.referrals.queries import visible_referrals

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ClosedCase:
    """A case that is over. How it ended is empty for who does not read casework."""

    reference: str
    url: str
    service: str
    opened_on: date | None
    closed_on: date | None
    outcome: str


@dataclass(frozen=True)
class Earlier:
    """A referral that was decided, a case that was closed, or the two together."""

    on: date
    reference: str = ""
    url: str = ""
    decision: str = ""
    reason: str = ""
    case: ClosedCase | None = None


def gathered(actor: Actor, than: Referral | None = None) -> dict[str, ArraySubquery]:
    """For a query of one pupil: all that came before this referral, or before one to be written."""
    decided = visible_referrals(actor).filter(pupil=OuterRef("pk")).exclude(state__in=policy.LIVE)
    decided = decided.filter(Q(case=None) | Q(case__state=CaseState.CLOSED))
    closed = visible_cases(actor).filter(
        pupil=OuterRef("pk"), state=CaseState.CLOSED, referral=None
    )
    if than:
        decided = decided.filter(pk__lt=than.pk)
        closed = closed.filter(closed_on__lte=day_of(than.sent_at))
    case = ("reference", "opened_on", "closed_on", "outcome")
    return {
        "referrals": rows(
            decided.order_by("-pk"),
            *("id", "reference", "sent_at", "state", "decision_reason", "case_id"),
            place_id="school__place_id",
            service="case__service__name",
            **{f"case_{name}": f"case__{name}" for name in case},
        ),
        "cases": rows(
            closed.order_by("-closed_on", "-pk"),
            case_id="pk",
            service="service__name",
            **{f"case_{name}": name for name in case},
        ),
    }


def before(actor: Actor, referrals: Sequence[Row], cases: Sequence[Row]) -> list[Earlier]:
    """What `gathered` brought, as this person may read it, newest first."""
    found = [_of_referral(actor, row) for row in referrals]
    for row in cases:  # Those that began some other way than by a referral.
        case = _closed(actor, row)
        found.append(Earlier(on=case.opened_on or actor.today, case=case))
    return sorted(found, key=lambda each: each.on, reverse=True)


def _of_referral(actor: Actor, row: Row) -> Earlier:
    may_read = policy.read_what_was_told_at(actor, row["place_id"])
    return Earlier(
        on=day_of(moment_from(row["sent_at"])),
        reference=row["reference"],
        url=f"/referrals/{row['id']}/",
        decision=str(ReferralState(row["state"]).label),
        reason=row["decision_reason"] if may_read else "",
        case=_closed(actor, row) if row["case_id"] else None,
    )


def _closed(actor: Actor, row: Row) -> ClosedCase:
    outcome = row["case_outcome"]
    return ClosedCase(
        reference=row["case_reference"],
        url=f"/cases/{row['case_id']}/" if actor.may(Permission.CASE_VIEW) else "",
        service=row["service"],
        opened_on=day_from(row["case_opened_on"]),
        closed_on=day_from(row["case_closed_on"]),
        outcome=str(Case.Outcome(outcome).label) if outcome and actor.reads_casework else "",
    )
