"""One case among a team: given to somebody else, shared with a colleague, commented on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases import policy, queries, team, team_queries
from alongside.cases.models import Allocation, Case
from alongside.core.decisions import Problem
from alongside.core.permissions import Permission
from alongside.duties import handing_over
from alongside.people.models import Capacity
from alongside.web import form_pages
from alongside.web.forms.renderer import mistakes
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen
from alongside.web.team.forms import ColleagueForm, CommentForm, ReassignForm


@screen(needs=Permission.CASE_ALLOCATE)
def reassign(request: Request, case_id: int) -> HttpResponse:
    """Who fits, best first, each a button: two clicks from the board to a new lead."""
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "reassign")
    fits = team_queries.fits(actor, found)
    by_id = {str(fit.staff.pk): fit for fit in fits}
    form = form_pages.bind(request, ReassignForm, people=[(pk, pk) for pk in by_id])

    def give(data: dict[str, Any]) -> Allocation:
        fit = by_id[data["staff"]]
        if fit.is_lead:
            raise Problem(f"{fit.staff.name} leads this case already.", "")
        return handing_over.allocate(
            actor=actor,
            case=found,
            staff=fit.staff,
            capacity=Capacity.LEAD,
            starts_on=max(actor.today, found.opened_on),
            reason=", ".join(fit.reasons)[:200],
            despite=data["despite"],
            seen_lead_id=data["led_by"],
        )

    done = form_pages.attempt(request, form, give)
    if done:
        messages.success(
            request, f"{done.staff.name} leads case {found.reference} and has been told."
        )
        return redirect(f"/cases/{found.pk}/")
    context = {
        "fits": fits,
        "asks_why": any(fit.is_against and not fit.is_lead for fit in fits),
        "lead_id": team_queries.lead_id(found),
        "mistakes": mistakes(form),
        "decision": policy.allocate(actor, found),
    }
    return _page(request, found, form, "team/reassign.html", "Who leads this case", **context)


@screen(needs=Permission.CASE_WORK)
def add_colleague(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "colleague")
    people = {str(p.pk): p for p in team_queries.colleagues(actor, found)}
    form = form_pages.bind(
        request,
        ColleagueForm,
        people=[(pk, p.name) for pk, p in people.items()],
        initial={"starts_on": actor.today},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: team.add_colleague(
            actor=actor, case=found, **(data | {"staff": people[data["staff"]]})
        ),
    )
    if done:
        messages.success(request, f"{done.staff.name} works beside the lead, and has been told.")
        return redirect(f"/cases/{found.pk}/")
    return _page(
        request,
        found,
        form,
        "cases/form.html",
        "Add a colleague",
        button="Add them",
        decision=policy.add_colleague(actor, found),
        notes=["They read the case and record work on it. The lead still answers for it."],
    )


@screen(needs=Permission.CASE_WORK)
def comment(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "comment")
    form = form_pages.bind(request, CommentForm)
    done = form_pages.attempt(
        request, form, lambda data: team.comment(actor=actor, case=found, **data)
    )
    if done:
        messages.success(request, "Whoever works the case has been told.")
        return redirect(f"/cases/{found.pk}/#comments")
    return _page(
        request,
        found,
        form,
        "cases/form.html",
        "Comment on this case",
        button="Comment",
        decision=policy.comment(actor, found),
    )


def _page(
    request: Request, found: Case, form: Any, template: str, heading: str, **context: Any
) -> HttpResponse:
    return form_pages.show(
        request,
        template,
        form,
        {
            **pupil_frame(request.actor, found.pupil),
            "heading": heading,
            "second": f"Case {found.reference}",
            "back_url": f"/cases/{found.pk}/",
            "back_label": f"Case {found.reference}",
            "case": found,
            **context,
        },
    )
