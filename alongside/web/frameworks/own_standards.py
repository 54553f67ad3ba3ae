"""How soon the council says it does things: the one page they stand on, and setting one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.pathways import standards
from alongside.pathways.models import ServiceStandard
from alongside.pathways.standards import StandardFacts
from alongside.rules.numbers import number_in
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.forms import Number, Radios, Textarea, WholeField
from alongside.web.screens import Request, screen

AT = "/standards/"
CHECK = "Check before relying on it"


class StandardForm(forms.Form):
    """A figure, what it counts, and where it comes from."""

    amount = WholeField(label="How many", widget=Number(width=3))
    unit = forms.ChoiceField(
        label="Of what", choices=ServiceStandard.Unit.choices, widget=Radios(inline=True)
    )
    source = forms.CharField(
        label="Where the figure comes from", max_length=300, required=False,
        widget=Textarea(rows=2),
    )  # fmt: skip
    is_verified = forms.BooleanField(
        label="It has been checked with that source",
        help_text="Until then it is shown with “check before relying on it”.",
        required=False,
    )


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def own_standards(request: Request) -> HttpResponse:
    found = standards.in_use()
    past = standards.earlier(found)
    return render(
        request,
        "frameworks/standards.html",
        {
            "heading": "Our standards",
            "second": "Not the law’s: what the council promises, and what days are counted by",
            "standards": [_row(request.actor, one, past) for one in found],
        },
    )


@screen(needs=Permission.OWN_RULES_EDIT)
def change(request: Request, standard_key: str) -> HttpResponse:
    found = standards.get_standard(standard_key)
    initial = {name: getattr(found, name) for name in StandardForm.base_fields}
    form = form_pages.bind(request, StandardForm, initial=initial)
    seen = request.POST.get("seen", "")
    done = form_pages.attempt(
        request,
        form,
        lambda data: standards.set_standard(
            actor=request.actor,
            key=standard_key,
            facts=StandardFacts(**data),
            seen=number_in(seen),
        ),
    )
    if done:
        messages.success(request, f"{done} from today, counted from {done.counted_from}.")
        return redirect(AT)
    context = {
        "heading": found.name,
        "second": f"Counted from {found.counted_from}. What is due is counted by it from today.",
        "button": "Save",
        "decision": standards.may_set(request.actor),
        "back_url": AT,
        "back_label": "Our standards",
        "seen": found.pk,
    }
    return form_pages.show(request, "frameworks/own_rule.html", form, context)


def _row(actor: Actor, one: ServiceStandard, past: list[ServiceStandard]) -> dict[str, Any]:
    before = [
        f"{p.figure} until {day_in_words(p.ends_on)}"
        for p in past
        if p.key == one.key and p.ends_on
    ]
    return {
        "name": one.name,
        "figure": one.figure,
        "counted_from": one.counted_from,
        "used": standards.USED[one.key],
        "source": one.source,
        "check": "" if one.is_verified else CHECK,
        "before": before,
        "change_url": f"{AT}{one.key}/" if standards.may_set(actor) else "",
    }
