"""How soon the council says it does things: the one page they stand on, and setting one."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties import shortened
from alongside.pathways import standards
from alongside.pathways.models import ServiceStandard
from alongside.pathways.standards import StandardFacts
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.doubts import Doubt
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

    def __init__(
        self, *args: Any, now: ServiceStandard, overdue_by: Callable[[int], int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.now, self.overdue_by = now, overdue_by

    def own_doubts(self) -> Iterator[Doubt]:
        """A shorter figure holds for what is open already: how much is late by it at once."""
        amount, unit = self.cleaned_data["amount"], self.cleaned_data["unit"]
        days = standards.days_in(amount, unit)
        before = standards.days_in(self.now.amount, self.now.unit)
        if not 1 <= days < before:
            return
        late, already = self.overdue_by(days), self.overdue_by(before)
        if late > already:
            new = ServiceStandard(amount=amount, unit=unit)
            what = shortened.WHAT.get(self.now.key, "open case")
            text = (
                f"By {new.figure}, {count_of(late, what)} of the council would be overdue at once. "
                f"By {self.now.figure}, {already or 'none'} {'is' if already == 1 else 'are'}."
            )
            yield Doubt("amount", f"{amount}+{unit}", text, f"Set {new.figure} all the same")


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
    form = form_pages.bind(
        request,
        StandardForm,
        initial=initial,
        now=found,
        overdue_by=partial(shortened.overdue_by, request.actor, standard_key),
    )
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
