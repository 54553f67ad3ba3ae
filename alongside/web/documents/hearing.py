"""A chronology for a hearing: what goes in is chosen, read on screen, then taken as pages."""

from typing import Any

from django import forms
from django.http import HttpResponse

from alongside.core.actor import Actor
from alongside.core.decisions import require
from alongside.core.handling import InformationClass
from alongside.core.permissions import Permission
from alongside.documents import actions, policy
from alongside.documents.chronology_report import Wanted
from alongside.people.queries import open_pupil
from alongside.people.queries.chronology import Chosen
from alongside.web import form_pages
from alongside.web.documents.views import download, not_made
from alongside.web.forms import Checkboxes, DateField, Section, Text, WordsForOthers
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

IN_FIRST = ("C1", "C2", "C3", "C4")  # Ticked unless somebody says otherwise.


# Each class of information as a person would call it, and what it holds, for who chooses among them.
NAMES = {
    "C1": "About the school",
    "C2": "The pupil’s core record",
    "C3": "Casework",
    "C4": "Health and SEND",
    "C5": "Safeguarding and social care",
    "C6": "Told in confidence by the family",
    "C7": "Challenge to others",
    "C8": "About colleagues",
}
KINDS = {
    "C1": "About the school itself: its profile, advice and training.",
    "C2": "Name, year and school, plans and targets, sessions, attendance, the one-page profile.",
    "C3": "Contacts and notes, judgements, reports, meetings.",
    "C4": "Diagnoses, education, health and care plans, professionals’ reports.",
    "C5": "Concerns, child in need and child protection, risk.",
    "C6": "What the family asked not to be passed to the school.",
    "C7": "Challenge to a school or agency, and what a panel weighed.",
    "C8": "Supervision and notes about colleagues.",
}


class HearingForm(forms.Form):
    sections = (
        Section("For which hearing", ("hearing", "from_on", "to_on")),
        Section("What goes in", ("classes", "has_named", "has_presence")),
    )
    hearing = WordsForOthers(
        label="For",
        max_length=120,
        help_text="Such as: the independent review panel of 3 December.",
        widget=Text(),
    )
    from_on = DateField(label="From", required=False, help_text="Leave empty for all of it.")
    to_on = DateField(label="To", required=False)
    classes = forms.MultipleChoiceField(
        label="What kinds of record",
        widget=Checkboxes(hints=KINDS),
        help_text="Of those that you read.",
    )
    has_named = forms.BooleanField(label="Notes for named people that I may read", required=False)
    has_presence = forms.BooleanField(
        label="That there is a restricted record, and whom to ask", required=False
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        reads = [c for c in InformationClass if c in actor.reads and c.value in NAMES]
        self.fields["classes"].choices = [(c.value, NAMES[c.value]) for c in reads]  # type: ignore[attr-defined]
        self.initial.setdefault("classes", [c.value for c in reads if c.value in IN_FIRST])
        self.initial.setdefault("has_presence", True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", "The last day is before the first.")
        return data

    @property
    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            hearing=data["hearing"].strip(),
            chosen=Chosen(from_on=data["from_on"], to_on=data["to_on"]),
            classes=frozenset(InformationClass(c) for c in data["classes"]),
            has_named=data["has_named"],
            has_presence=data["has_presence"],
        )


@screen(needs=Permission.DOCUMENT_MAKE)
def hearing(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "chronology for a hearing")
    require(policy.make_chronology(actor))
    form = form_pages.bind(request, HearingForm, actor=actor)
    try:
        made = form_pages.attempt(
            request,
            form,
            lambda _: actions.make_chronology(actor=actor, pupil=pupil, wanted=form.wanted),
            about=pupil,
        )
    except actions.NotMade:
        back = f"/pupils/{pupil.pk}/chronology/print/"
        return not_made(request, "The chronology", back, "Read it on screen and print that")
    if made:
        return download(made)
    return form_pages.show(
        request,
        "documents/hearing.html",
        form,
        {
            **pupil_frame(actor, pupil, "chronology"),
            "heading": "Chronology for a hearing",
            "second": "Numbered lines on numbered pages, oldest first",
            "back_url": f"/pupils/{pupil.pk}/chronology/",
            "back_label": "Chronology",
        },
    )
