"""Professional judgements of a case: the list, one as it was written, and a new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import judgements, policy, queries
from alongside.cases.judgements import Reasoning
from alongside.cases.models import Case, Judgement
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.core.handling import InformationClass
from alongside.core.permissions import Permission
from alongside.rules.numbers import number_in
from alongside.web import form_pages
from alongside.web.forms import Radios, Text, Textarea
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

LONGEST = 20_000
PARTS = (
    ("facts", "The facts"),
    ("options", "What could be done"),
    ("decision", "What was decided"),
    ("rationale", "Why"),
    ("consulted", "Who was consulted"),
)


class JudgementForm(forms.Form):
    facts = forms.CharField(
        label="The facts",
        help_text="What you know, and how you know it.",
        max_length=LONGEST,
        widget=Textarea(rows=5),
    )
    options = forms.CharField(
        label="What could be done",
        help_text="Each way open to you, and what speaks for and against it.",
        max_length=LONGEST,
        widget=Textarea(rows=5),
    )
    decision = forms.CharField(
        label="What you decided", max_length=LONGEST, widget=Textarea(rows=3)
    )
    rationale = forms.CharField(
        label="Why",
        help_text="Where guidance was not enough, and what tipped it.",
        max_length=LONGEST,
        widget=Textarea(rows=4),
    )
    consulted = forms.CharField(
        label="Who was consulted",
        help_text="Names and roles. Write “nobody” if so, and why in the box above.",
        max_length=500,
        widget=Text(),
    )
    information_class = forms.ChoiceField(
        label="Who may read it",
        choices=[
            ("C3", "The service: casework"),
            ("C5", "Only who is cleared for safeguarding, and you"),
        ],
        initial="C3",
        widget=Radios(),
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def listed(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "judgements")
    return render(
        request,
        "cases/judgements.html",
        {
            **_frame(request, found, "Professional judgements"),
            "judgements": judgements.judgements_of(actor, found),
            "may_record": policy.work(actor, found),
            "new_url": f"/cases/{found.pk}/judgements/new/",
        },
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def one(request: Request, case_id: int, judgement_id: int) -> HttpResponse:
    """As it was written. There is no way to change it; what was learnt later is added."""
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "judgement")
    judgement = judgements.get_judgement(actor, found, judgement_id)
    return render(
        request,
        "cases/judgement.html",
        {
            **_frame(request, found, "Professional judgement"),
            "judgement": judgement,
            "rows": [{"label": label, "value": getattr(judgement, part)} for part, label in PARTS],
            "is_restricted": judgement.information_class == InformationClass.SAFEGUARDING,
            "add_url": f"/cases/{found.pk}/judgements/new/?to={judgement.pk}",
            "may_record": policy.work(actor, found),
        },
    )


@screen(needs=Permission.CASE_VIEW)
def record(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "judgement")
    former = _former(request, actor, found)
    initial = {"information_class": former.information_class} if former else {}
    form = form_pages.bind(request, JudgementForm, key=request.get_full_path(), initial=initial)

    def write(data: dict[str, Any]) -> Judgement:
        return judgements.record_judgement(
            actor=actor,
            case=found,
            reasoning=Reasoning(**{part: data[part] for part, _ in PARTS}),
            information_class=InformationClass(data["information_class"]),
            adds_to=former,
        )

    done = form_pages.attempt(request, form, write)
    if done:
        messages.success(request, "Recorded and locked. Nobody can change it now.")
        return redirect(f"/cases/{found.pk}/judgements/{done.pk}/")
    return form_pages.show(
        request,
        "cases/form.html",
        form,
        {
            **_frame(request, found, "Add to a judgement" if former else "Professional judgement"),
            "button": "Record and lock",
            "decision": _may(actor, found),
            "notes": ["Once recorded it cannot be changed. What you learn later is added to it."],
        },
    )


def _may(actor: Actor, found: Case) -> Decision:
    return policy.judge(actor, found, InformationClass.CASEWORK)


def _former(request: Request, actor: Actor, found: Case) -> Judgement | None:
    asked = number_in(request.GET.get("to", ""))
    return None if asked is None else judgements.get_judgement(actor, found, asked)


def _frame(request: Request, found: Case, heading: str) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, found.pupil),
        "heading": heading,
        "second": f"Case {found.reference}",
        "back_url": f"/cases/{found.pk}/",
        "back_label": f"Case {found.reference}",
    }
