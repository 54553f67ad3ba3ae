"""What others say to a plan: approval, agreement, withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.decisions import NotFound, Problem, require
from alongside.core.permissions import Permission
from alongside.plans import actions, policy, queries
from alongside.plans.models import Party, Plan, PlanState
from alongside.plans.people import approvers
from alongside.web import form_pages
from alongside.web.plans import page
from alongside.web.plans.answer_forms import (
    AgreementForm,
    DecisionForm,
    OwnAgreementForm,
    SchoolDecisionForm,
    WithdrawalForm,
)
from alongside.web.plans.around import around, instead
from alongside.web.screens import Request, screen


@screen(needs=Permission.PLAN_VIEW, methods=("POST",))
def submit(request: Request, plan_id: int) -> HttpResponse:
    found = queries.get_plan(request.actor, plan_id)
    sent = actions.submit(actor=request.actor, plan=found)
    if approvers(sent, request.actor.today):
        messages.success(request, "Sent. Whoever may approve it has been told.")
    else:
        messages.warning(
            request,
            "Sent, and nobody has been told: nobody else may approve plans of this service. Ask its "
            "manager to name somebody.",
        )
    return redirect(f"/plans/{plan_id}/")


@screen(needs=Permission.PLAN_VIEW)
def decide(request: Request, plan_id: int) -> HttpResponse:
    """The manager reads the whole plan and answers beneath it."""
    found = queries.open_plan_page(request.actor, plan_id, "approve a plan")
    if request.method == "GET" and not (may := policy.decide(request.actor, found)):
        return instead(request, found, may)
    form = _decision_form(request, found)
    done = form_pages.attempt(
        request, form, lambda data: _decide(request, found, data), about=found.pupil
    )
    if done:
        is_approved = done.state == PlanState.APPROVED
        messages.success(request, "Approved." if is_approved else "Returned to its writer.")
        return redirect(f"/plans/{plan_id}/")
    context = page.context(request.actor, found, [])
    return form_pages.show(request, "plans/decide.html", form, around(request, found) | context)


@screen(needs=Permission.PLAN_VIEW)
def agree(request: Request, plan_id: int, party: str) -> HttpResponse:
    """One party's answer. The school answers on this screen; a worker writes down the others'."""
    found = queries.open_plan_page(request.actor, plan_id, "agree a plan")
    who = _party(found, party)
    if request.method == "GET" and not (may := policy.agree(request.actor, found, who)):
        return instead(request, found, may)
    is_own = who == Party.SCHOOL and policy.is_of_the_school(request.actor, found.case)
    form_class = OwnAgreementForm if is_own else AgreementForm
    form = form_pages.bind(request, form_class, initial=_answers(request, found, who))
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_agreement(
            actor=request.actor,
            plan=found,
            party=who,
            name=data["name"],
            is_agreed=data["answer"] == "yes",
            how=data["how"],
            words=data["words"],
            agreed_on=data["agreed_on"],
        ),
        about=found.pupil,
    )
    if done:
        messages.success(request, _told(done, is_agreed=form.cleaned_data["answer"] == "yes"))
        return redirect(f"/plans/{plan_id}/")
    heading = f"{who.label}: do they agree to plan {found.number}?"
    if is_own:
        heading = f"Does {found.case.school.name} agree to plan {found.number}?"
    context = page.context(request.actor, found, []) | {"heading": heading}
    return form_pages.show(request, "plans/agree.html", form, around(request, found) | context)


@screen(needs=Permission.PLAN_VIEW)
def withdraw(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "agreement withdrawn")
    asked = queries.may_withdraw(found)
    allowed = [policy.withdraw(request.actor, found, party) for party in asked]
    if request.method == "GET" and not any(allowed):
        return instead(request, found, allowed[0])
    initial = {"withdrawn_on": request.actor.today}
    form = form_pages.bind(request, WithdrawalForm, parties=asked, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.withdraw_agreement(
            actor=request.actor,
            plan=found,
            party=Party(data["party"]),
            words=data["words"],
            withdrawn_on=data["withdrawn_on"],
        ),
        about=found.pupil,
    )
    if done:
        messages.warning(request, "Recorded. The plan says what to do next.")
        return redirect(f"/plans/{plan_id}/")
    context = around(request, found) | {
        "heading": f"Agreement to plan {found.number} is withdrawn",
        "second": "The plan stays in use until a review or a next version replaces it.",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


@screen(needs=Permission.PLAN_VIEW, methods=("POST",))
def redraft(request: Request, plan_id: int) -> HttpResponse:
    found = queries.get_plan(request.actor, plan_id)
    following = actions.redraft(actor=request.actor, plan=found)
    messages.success(request, f"Plan {following.number} starts as a copy. Change what they want.")
    return redirect(f"/plans/{following.pk}/edit/")


def _decision_form(request: Request, found: Plan) -> DecisionForm:
    if policy.agrees_by_approving(request.actor, found):
        return form_pages.bind(request, SchoolDecisionForm, school=found.case.school.name)
    return form_pages.bind(request, DecisionForm)


def _decide(request: Request, found: Plan, data: dict[str, Any]) -> Plan:
    require(policy.decide(request.actor, found))
    if data["answer"] == "approve":
        decision = policy.approve(request.actor, found)
        if not decision:
            raise Problem(f"{decision.reason} Return it, so that its writer can settle this.")
        return actions.approve(actor=request.actor, plan=found, comment=data["comment"])
    return actions.return_plan(actor=request.actor, plan=found, reason=data["reason"])


def _party(found: Plan, slug: str) -> Party:
    try:
        party = Party(slug.upper())
    except ValueError:
        raise NotFound from None
    if party not in queries.answering(found):
        raise NotFound
    return party


def _answers(request: Request, found: Plan, who: Party) -> dict[str, Any]:
    """What the form can know before it is asked."""
    initial: dict[str, Any] = {"agreed_on": request.actor.today}
    if who == Party.SCHOOL and policy.is_of_the_school(request.actor, found.case):
        initial |= {"name": request.actor.name, "how": "on this screen"}
    if who == Party.PUPIL:
        initial["name"] = found.pupil.name
    return initial


def _told(done: Plan, *, is_agreed: bool) -> str:
    if done.state == PlanState.AGREED:
        return "Everybody agrees. The plan is in use."
    return "Thank you, that is recorded." if is_agreed else "Recorded. The plan says what is next."
