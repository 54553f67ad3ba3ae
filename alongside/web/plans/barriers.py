"""Choosing which barriers of the needs assessment a plan works on, and what is tried against each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments.models import Need
from alongside.assessments.queries import standing_barriers
from alongside.core.permissions import Permission
from alongside.plans import actions, policy, queries
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.forms import Checkboxes
from alongside.web.plans.around import around, instead
from alongside.web.screens import Request, screen


class BarriersForm(forms.Form):
    """The barriers that stand today, and beneath them what often helps with each."""

    needs = forms.MultipleChoiceField(
        label="Which barriers does this plan work on?", required=False, widget=Checkboxes()
    )
    strategies = forms.MultipleChoiceField(
        label="Which strategies does the school try?",
        help_text="Each one ticked is added to the school’s actions, by the review.",
        required=False,
        widget=Checkboxes(),
    )

    def __init__(self, *args: Any, needs: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen, tried = self.fields["needs"], self.fields["strategies"]
        chosen.choices = [(str(n.pk), n.text) for n in needs]  # type: ignore[attr-defined]
        chosen.widget.hints = {str(n.pk): n.area for n in needs}  # type: ignore[attr-defined]
        helps = {s: n.text for n in needs if n.barrier for s in n.barrier.strategies}
        tried.choices = [(s, s) for s in helps]  # type: ignore[attr-defined]
        tried.widget.hints = {s: f"For: {text}" for s, text in helps.items()}  # type: ignore[attr-defined]


@screen(needs=Permission.PLAN_WRITE)
def choose(request: Request, plan_id: int) -> HttpResponse:
    plan = queries.open_plan_page(request.actor, plan_id, "barriers of a plan")
    decision = policy.edit(request.actor, plan)
    if not decision:
        return instead(request, plan, decision)
    needs = standing_barriers(plan.pupil)
    taken = [str(need.need_id) for need in queries.barriers_of(request.actor, plan)]
    form = form_pages.bind(request, BarriersForm, needs=needs, initial={"needs": taken})

    def take(data: dict[str, Any]) -> Any:
        chosen = [need for need in needs if str(need.pk) in data["needs"]]
        return actions.take_barriers(
            actor=request.actor, plan=plan, needs=chosen, strategies=data["strategies"]
        )

    if form_pages.attempt(request, form, take):
        n = len(form.cleaned_data["needs"])
        messages.success(request, f"The plan works on {count_of(n, 'barrier')}.")
        return redirect(f"/plans/{plan.pk}/")
    return form_pages.show(
        request,
        "plans/choose_barriers.html",
        form,
        {
            **around(request, plan),
            "heading": "Barriers and strategies",
            "second": f"Plan {plan.number}. From the needs assessment.",
            "has_needs": bool(needs),
            "assess_url": f"/pupils/{plan.pupil_id}/assessment/assess/",
        },
    )
