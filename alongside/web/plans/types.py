"""The kinds of plan a council uses: what each holds, who agrees to it, whether it is offered."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import audit
from alongside.core.permissions import ROLES, Permission, Role
from alongside.pathways import plan_types
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import KindFacts, KindParts
from alongside.pathways.queries.versions import fingerprint
from alongside.plans.actions import add_kind, change_kind
from alongside.plans.kinds import approvers_in_words
from alongside.plans.models import Party, Plan, PlanState
from alongside.plans.queries import count_under_way, under_way
from alongside.rules.words import count_of, day_in_words, listed
from alongside.web import form_pages
from alongside.web.forms import Checkboxes, Number, Text, Textarea, WholeField
from alongside.web.screens import Request, screen

NAMED = 50
HOLDS = (
    ("has_timetable", "A timetable of the week: a plan without it is not sent in"),
    ("is_signed", "Lines to sign on, when it is printed"),
    ("is_traced", "The need behind each target: a plan without it is not sent in"),
)


class KindForm(forms.Form):
    """What a manager sets of a kind of plan. `parts` are what only a kind of the council's own asks."""

    name = forms.CharField(label="Name", max_length=60, widget=Text())
    description = forms.CharField(
        label="What it is for", max_length=300, required=False, widget=Textarea(rows=3)
    )
    holds = forms.MultipleChoiceField(
        label="What it holds beside its targets and actions",
        choices=HOLDS,
        required=False,
        widget=Checkboxes(),
    )
    agreeing = forms.MultipleChoiceField(
        label="Whose agreement brings it into use",
        help_text="The family’s always: support rests on it, and it may withdraw while a plan is in "
        "use. A pupil who is not asked may withdraw all the same.",
        choices=[(key, Party(key).label) for key in plan_types.PARTIES],
        error_messages={"required": "Say whose agreement brings it into use: one at least"},
        widget=Checkboxes(),
    )
    approving = forms.MultipleChoiceField(
        label="Who approves it",
        help_text="None ticked: whoever approves plans here. A school approves what it holds itself.",
        required=False,
        widget=Checkboxes(),
    )
    review_weeks = WholeField(
        label="Weeks between reviews",
        help_text="Left empty, such a plan is reviewed as often as its framework says.",
        required=False,
        widget=Number(suffix="weeks", width=3),
    )
    source = forms.CharField(
        label="Where that comes from", max_length=300, required=False, widget=Textarea(rows=2)
    )
    is_verified = forms.BooleanField(
        label="It has been checked with that source",
        help_text="Until then it is shown with “check before relying on it”.",
        required=False,
    )

    def __init__(self, *args: Any, roles: Sequence[Role], has_parts: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["approving"].choices = [(r.value, ROLES[r].label) for r in roles]  # type: ignore[attr-defined]
        if not has_parts:
            for name in ("holds", "agreeing"):
                del self.fields[name]

    @property
    def facts(self) -> KindFacts:
        return KindFacts(**{name: self.cleaned_data[name] for name in plan_types.SET_HERE})

    @property
    def parts(self) -> KindParts:
        holds = {name: name in self.cleaned_data["holds"] for name, _ in HOLDS}
        return KindParts(agreeing=self.cleaned_data["agreeing"], **holds)


CHECK = "Check before relying on it"


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def types(request: Request) -> HttpResponse:
    rows = [_row(request, one) for one in plan_types.plan_types()]
    context = {
        "heading": "Kinds of plan",
        "second": f"One engine draws them all; {request.actor.council_name} says what each holds",
        "types": rows,
        "may_add": plan_types.may_change(request.actor),
        "who_switches": plan_types.may_switch(request.actor).reason
        if plan_types.may_change(request.actor)
        else "",
    }
    return render(request, "plans/types.html", context)


@screen(needs=Permission.PLAN_TYPE_SWITCH, methods=("POST",))
def switch(request: Request, type_key: str) -> HttpResponse:
    is_on = request.POST.get("is_on") == "yes"
    one = plan_types.switch(actor=request.actor, key=type_key, is_on=is_on)
    said = "is offered from now on" if is_on else "is offered no longer; plans of it stay"
    messages.success(request, f"{one.name} {said}.")
    return redirect("/plan-types/")


@screen(needs=Permission.OWN_RULES_EDIT)
def add(request: Request) -> HttpResponse:
    """A kind of the council's own, offered to everybody who writes plans."""
    form = form_pages.bind(
        request,
        KindForm,
        **_asked(request, has_parts=True),
        initial={"agreeing": plan_types.PARTIES},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda _: add_kind(actor=request.actor, facts=form.facts, parts=form.parts),
    )
    if done:
        messages.success(request, f"{done.name} is offered from now on, when a plan is begun.")
        return redirect("/plan-types/")
    context = {
        "heading": "Add a kind of plan",
        "second": "Of your council’s own: the same engine draws it, and no pack changes it.",
        "button": "Add it",
        "decision": plan_types.may_change(request.actor),
        "back_url": "/plan-types/",
        "back_label": "Kinds of plan",
        "affects": ["No plan is of it yet. Whoever begins a plan from now on may choose it."],
    }
    return form_pages.show(request, "plans/kind_form.html", form, context)


@screen(needs=Permission.OWN_RULES_EDIT)
def change(request: Request, type_key: str) -> HttpResponse:
    """Its name, its rhythm and who approves it; of one added here what it holds, too."""
    found = plan_types.get_plan_type(type_key)
    initial = {name: getattr(found, name) for name in (*plan_types.SET_HERE, "agreeing")}
    initial["holds"] = [name for name, _ in HOLDS if getattr(found, name)]
    asked = _asked(request, has_parts=found.is_added)
    form = form_pages.bind(request, KindForm, **asked, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda _: change_kind(
            actor=request.actor,
            key=type_key,
            facts=form.facts,
            parts=form.parts if found.is_added else None,
            seen=request.POST.get("seen", ""),
        ),
    )
    if done:
        messages.success(request, f"{done.name} is changed. Plans already written keep their day.")
        return redirect("/plan-types/")
    plans = under_way(request.actor, type_key)
    if plans:
        ids = {plan.pupil_id for plan in plans}
        audit.record(actor=request.actor, kind="pupils.listed", subject=request.path, pupil_ids=ids)
    context = {
        "heading": f"Change {found.name}",
        "second": "The plan form proposes this rhythm from now on. Plans already written keep the day "
        "they are reviewed on, and are called by the new name.",
        "button": "Save",
        "decision": plan_types.may_change(request.actor),
        "back_url": "/plan-types/",
        "back_label": "Kinds of plan",
        "seen": fingerprint(found),
        "affects": _affects(plans, found.is_added, count_under_way(type_key) - len(plans)),
        "plans": [
            {
                "url": f"/plans/{plan.pk}/",
                "name": plan.pupil.name,
                "text": f"Plan {plan.number}. {plan.state_word}",
            }
            for plan in plans[:NAMED]
        ],
        "more": max(len(plans) - NAMED, 0),
    }
    return form_pages.show(request, "plans/kind_form.html", form, context)


def _asked(request: Request, *, has_parts: bool) -> dict[str, Any]:
    return {"roles": plan_types.approving_roles(request.actor.today), "has_parts": has_parts}


def _affects(plans: Sequence[Plan], is_added: bool, unseen: int) -> list[str]:
    """What becomes of the plans of a kind when it is changed, by how far they are. `unseen` are of
    others: it holds for them as well, and their managers are told."""
    counted = Counter(plan.state for plan in plans)
    written = counted[PlanState.DRAFT] + counted[PlanState.RETURNED]
    holds = "holds from now on what you say, and is " if is_added else ""
    said = [
        (written, "being written", f"{holds}approved by whom you name"),
        (counted[PlanState.WAITING_APPROVAL], "waiting for approval", "approved by whom you name"),
        (counted[PlanState.APPROVED], "being agreed", "the same people are asked"),
        (
            counted[PlanState.AGREED] + counted[PlanState.REVIEWED],
            "in use",
            "what was agreed and the day of review stand; the next cycle follows the new rhythm",
        ),
    ]
    lines = [f"{count_of(n, 'plan')} {state}: {what}." for n, state, what in said if n]
    if unseen:
        lines.append(
            f"{count_of(unseen, 'plan')} of this kind that you do not see: the same holds for "
            f"{'it' if unseen == 1 else 'them'}. Whoever manages a service is told of the change."
        )
    return lines or ["No plan is of it and under way."]


def _row(request: Request, one: PlanType) -> dict[str, Any]:
    may_start = plan_types.switched(one, request.actor.today)
    return {
        "name": one.name,
        "text": one.description,
        "state": "met" if may_start else "waiting",
        "word": "Offered" if may_start else "Switched off" if not one.is_on else "Not yet",
        "facts": _facts(one),
        "may_switch": plan_types.may_switch(request.actor),
        "url": f"/plan-types/{one.key}/switch/",
        "is_on": one.is_on,
        "change_url": f"/plan-types/{one.key}/change/"
        if plan_types.may_change(request.actor)
        else "",
    }


def _facts(one: PlanType) -> list[dict[str, str]]:
    agreeing = listed([Party(party).label.lower() for party in one.agreeing])
    weeks = (
        f"Every {count_of(one.review_weeks, 'week')}" if one.review_weeks else "As its framework"
    )
    holds = ["targets", "actions"]
    holds += ["a timetable"] if one.has_timetable else []
    holds += ["lines to sign on"] if one.is_signed else []
    if one.is_traced:
        holds.append("the need behind each target")
    source = one.source if one.is_verified else f"{CHECK}. {one.source}"
    rows = [
        ("Approved by", approvers_in_words(one)),
        ("Agreed by", agreeing),
        ("Reviewed", weeks),
        ("Holds", listed(holds)),
        ("From", day_in_words(one.starts_on) if one.starts_on else ""),
        ("Source", source if one.source or not one.is_added else ""),
        ("Whose", "Added here: no pack has it" if one.is_added else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
