"""What must be in place before support begins, looked up and not ticked; and whether it may begin."""

from dataclasses import dataclass

from alongside.cases import policy as cases
from alongside.cases.models import Case, CaseState, ChecklistItem
from alongside.core.actor import Actor
from alongside.core.decisions import Decision, refuse
from alongside.plans.models import Plan, PlanState
from alongside.referrals.models import Referral, SupportStart
from alongside.rules.words import day_in_words, listed

# Items of the start checklist without which support does not begin, each as people say it.
CONSENT, BASIS = "agreement", "lawful-basis"
NO_MORE_IN_USE = (PlanState.DRAFT, PlanState.ENDED)


@dataclass(frozen=True)
class Needed:
    """One thing that must be in place: what it is, how it stands in words, where to settle it."""

    what: str
    is_met: bool
    note: str
    url: str


def needed(case: Case) -> list[Needed]:
    """Consent, information, referral, plan and approval, in the order of the work."""
    referral = Referral.objects.filter(case=case).first()
    items = {
        item.key: item for item in ChecklistItem.objects.filter(case=case, key__in=[CONSENT, BASIS])
    }
    found = Plan.objects.filter(case=case).exclude(state__in=NO_MORE_IN_USE)
    plan = found.order_by("-number").first()
    return [
        _referral(case, referral),
        _item(case, "Parental consent to support", items.get(CONSENT)),
        _item(case, "Lawful basis for using data", items.get(BASIS)),
        _plan(case, plan),
        _approval(case, plan),
    ]


def start_support(actor: Actor, case: Case, found: list[Needed] | None = None) -> Decision:
    """Once, by who works the case, when nothing is missing. The reason names what is."""
    allowed = cases.work(actor, case)
    if not allowed:
        return allowed
    if case.state == CaseState.WAITING:
        return refuse("This case has no lead worker yet. Allocate it first.")
    if start := start_of(case):
        return refuse(f"Support began on {day_in_words(start.starts_on)}.")
    missing = [one.what.lower() for one in found or needed(case) if not one.is_met]
    if missing:
        return refuse(f"Not in place yet: {listed(missing)}.")
    return allowed


def start_of(case: Case) -> SupportStart | None:
    return SupportStart.objects.filter(case=case).select_related("started_by").first()


def _referral(case: Case, referral: Referral | None) -> Needed:
    if referral is None:
        return Needed("Referral", True, "Opened by the service itself", f"/cases/{case.pk}/")
    is_met = referral.state == "ACCEPTED"
    note = f"{referral.reference}: {referral.get_state_display().lower()}"
    return Needed("Referral", is_met, note, f"/referrals/{referral.pk}/")


def _item(case: Case, what: str, item: ChecklistItem | None) -> Needed:
    """Done, or said not to apply and why: a refusal does not block what the law asks for."""
    if item is None:
        return Needed(what, False, "Not on this case’s checklist", f"/cases/{case.pk}/")
    url = f"/cases/{case.pk}/checklist/{item.pk}/"
    if item.done_on:
        return Needed(what, True, f"{day_in_words(item.done_on)}. {item.note}".strip(), url)
    if item.not_applicable_because:
        return Needed(what, True, f"Does not apply: {item.not_applicable_because}", url)
    return Needed(what, False, "To do", url)


def _plan(case: Case, plan: Plan | None) -> Needed:
    if plan is None:
        return Needed("Plan", False, "None is finished yet", f"/pupils/{case.pupil_id}/plan/")
    note = f"Plan {plan.number}: {plan.get_state_display().lower()}"
    return Needed("Plan", True, note, f"/plans/{plan.pk}/")


def _approval(case: Case, plan: Plan | None) -> Needed:
    what = "Approval of the plan"
    if plan is None:
        return Needed(what, False, "No plan to approve yet", f"/pupils/{case.pupil_id}/plan/")
    url = f"/plans/{plan.pk}/"
    if plan.approved_at is None or plan.state in (PlanState.WAITING_APPROVAL, PlanState.RETURNED):
        return Needed(what, False, plan.get_state_display(), url)
    return Needed(what, True, f"Plan {plan.number} was approved", url)
