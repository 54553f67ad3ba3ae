"""Allocating a case: who fits, best first; when another lead was chosen meanwhile, both to compare."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases import policy, queries, team_queries
from alongside.cases.leading import LeadChanged
from alongside.cases.models import Allocation, Case
from alongside.core import drafts
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.history import LastSaved
from alongside.core.permissions import Permission
from alongside.duties import handing_over
from alongside.people.models import Capacity
from alongside.web import form_pages
from alongside.web.cases import forms
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.CASE_ALLOCATE)
def allocate(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "allocate")
    fits = team_queries.fits(actor, found)
    people = {str(fit.staff.pk): fit for fit in fits}
    form = form_pages.bind(
        request,
        forms.AllocateForm,
        people=[(pk, ", ".join([fit.staff.name, *fit.reasons])) for pk, fit in people.items()],
        initial={"starts_on": actor.today, "capacity": Capacity.LEAD},
    )
    # Who led when the page was shown: one choice never undoes another that was made meanwhile.
    lead_id = team_queries.lead_id(found)
    form.instance_version = form_pages.version_shown(request, lead_id)  # type: ignore[attr-defined]
    if _keeps_theirs(request, lead_id):
        drafts.discard_draft(actor=actor, key=request.path)
        messages.info(request, "The lead stays as it was allocated. Nothing was changed.")
        return redirect(f"/cases/{found.pk}/")

    def give(data: dict[str, Any]) -> Allocation:
        told = {**data, "staff": people[data["staff"]].staff}
        told["capacity"] = Capacity(data["capacity"])
        return _give(actor, found, form_pages.posted_version(request), told)

    try:
        done = form_pages.attempt(request, form, give, about=found.pupil)
    except Conflict as conflict:
        return _two_leads(request, found, form, cast(Allocation, conflict.current))
    if done:
        messages.success(request, f"{done.staff.name} has been told.")
        return redirect(f"/cases/{found.pk}/")
    context = {
        **_frame(request, found),
        "second": f"Case {found.reference}",
        "back_url": f"/cases/{found.pk}/",
        "back_label": f"Case {found.reference}",
        "button": "Allocate",
        "decision": policy.allocate(actor, found),
    }
    return form_pages.show(request, "cases/form.html", form, context)


def _give(actor: Actor, found: Case, seen_lead_id: int, told: dict[str, Any]) -> Allocation:
    try:
        return handing_over.allocate(actor=actor, case=found, seen_lead_id=seen_lead_id, **told)
    except LeadChanged as changed:
        if changed.lead:
            raise Conflict(changed.lead) from None
    # Nobody leads any more: there is no choice of anybody's to undo.
    return handing_over.allocate(actor=actor, case=found, seen_lead_id=0, **told)


def _keeps_theirs(request: Request, lead_id: int) -> bool:
    """Of the two versions, the lead whom somebody else chose was kept."""
    is_theirs = request.POST.get("keep-staff") == "theirs" and "resolving" in request.POST
    return is_theirs and form_pages.posted_version(request) == lead_id


def _two_leads(
    request: Request, found: Case, form: forms.AllocateForm, lead: Allocation
) -> HttpResponse:
    return form_pages.show_conflict(
        request,
        form,
        record=lead,
        theirs={
            "staff": str(lead.staff_id),
            "capacity": lead.capacity,
            "starts_on": lead.starts_on,
            "reason": lead.reason,
        },
        version=lead.staff_id,
        context=_frame(request, found),
        saved=LastSaved(lead.allocated_by.name, lead.created_at, lead.allocated_by_id),
    )


def _frame(request: Request, found: Case) -> dict[str, Any]:
    return {**pupil_frame(request.actor, found.pupil), "heading": "Allocate this case"}
