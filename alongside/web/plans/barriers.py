"""Choosing which barriers of the needs assessment a plan works on, and what is tried against each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.assessments.models import Need
from alongside.assessments.queries import gaps_of, own_barriers, standing_barriers
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
        label="Which barriers does this plan work on?",
        help_text="Those that a needs assessment found and that stand today.",
        required=False,
        widget=Checkboxes(),
    )
    strategies = forms.MultipleChoiceField(
        label="Which strategies does the school try?",
        help_text="Each one ticked is added to the school’s actions, by the review.",
        required=False,
        widget=Checkboxes(),
    )

    gaps = forms.MultipleChoiceField(
        label="Which learning gaps become targets?",
        help_text="From nothing to 4 tries of 5 by the review; change the figures in the plan.",
        required=False,
        widget=Checkboxes(),
    )

    def __init__(
        self, *args: Any, needs: Sequence[Need], gaps: Sequence[Need], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        chosen, tried = self.fields["needs"], self.fields["strategies"]
        chosen.choices = [(str(n.pk), n.text) for n in needs]  # type: ignore[attr-defined]
        chosen.widget.hints = {str(n.pk): n.area for n in needs}  # type: ignore[attr-defined]
        helps = {s: n.text for n in needs if n.barrier for s in n.barrier.strategies}
        tried.choices = [(s, s) for s in helps]  # type: ignore[attr-defined]
        tried.widget.hints = {s: f"For: {text}" for s, text in helps.items()}  # type: ignore[attr-defined]
        learnt = self.fields["gaps"]
        learnt.choices = [(str(g.pk), g.text) for g in gaps]  # type: ignore[attr-defined]
        learnt.widget.hints = {str(g.pk): g.area for g in gaps}  # type: ignore[attr-defined]
        for name in ("needs", "strategies", "gaps"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]


@screen(needs=Permission.PLAN_WRITE)
def choose(request: Request, plan_id: int) -> HttpResponse:
    plan = queries.open_plan_page(request.actor, plan_id, "barriers of a plan")
    decision = policy.edit(request.actor, plan)
    if not decision:
        return instead(request, plan, decision)
    needs = standing_barriers(plan.pupil)
    taken = [str(need.need_id) for need in queries.barriers_of(request.actor, plan)]
    gaps = [gap for gap in gaps_of(request.actor, plan.pupil) if not gap.ended_on]
    form = form_pages.bind(request, BarriersForm, needs=needs, gaps=gaps, initial={"needs": taken})

    def take(data: dict[str, Any]) -> Any:
        return actions.take_barriers(
            actor=request.actor,
            plan=plan,
            needs=[need for need in needs if str(need.pk) in data.get("needs", ())],
            strategies=data.get("strategies", ()),
            gaps=[gap for gap in gaps if str(gap.pk) in data.get("gaps", ())],
        )

    if form_pages.attempt(request, form, take):
        n = len(form.cleaned_data.get("needs", ()))
        messages.success(request, f"The plan works on {count_of(n, 'barrier')}.")
        return redirect(f"/plans/{plan.pk}/")
    return form_pages.show(
        request,
        "plans/choose_barriers.html",
        form,
        {
            **around(request, plan),
            "heading": "Barriers, strategies and learning",
            "second": f"Plan {plan.number}. From the needs assessment.",
            "has_needs": bool(needs or gaps),
            # Two kinds of barrier: of the council's list, found by an assessment; and typed.
            "in_own_words": [one.text for one in own_barriers(request.actor, plan.pupil)],
            "written_url": f"/pupils/{plan.pupil_id}/assessment/#needs",
            "edit_url": f"/plans/{plan.pk}/edit/",
            "assess_url": f"/pupils/{plan.pupil_id}/assessment/assess/",
        },
    )
