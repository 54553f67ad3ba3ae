"""The directory of local services: searched by everybody, kept by who leads a service."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from alongside.core.permissions import Permission
from alongside.pathways import actions, policy, queries
from alongside.pathways.models import Listing, Phase
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.frameworks.pages import CHECK
from alongside.web.partners.forms import ListingForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def directory(request: Request) -> HttpResponse:
    actor = request.actor
    words = request.GET.get("q", "").strip()[:100]
    stages = queries.stage_choices(actor)
    stage = next((s for s in stages if s.value == request.GET.get("stage")), None)
    phase = request.GET.get("phase", "")
    phase = phase if phase in Phase.values else ""
    found = queries.find_listings(actor, words, stage.value if stage else "", phase)
    labels = {s.value: s.label for s in stages}
    may_change = policy.change_listing(actor)
    return TemplateResponse(
        request,
        "partners/directory.html",
        {
            "heading": "Directory of local services",
            "second": count_of(len(found), "service") if found else "No service here",
            "filter": _filter(words, stages, stage.value if stage else "", phase),
            "rows": [_row(one, labels, bool(may_change)) for one in found],
            "may_change": may_change,
        },
    )


def _row(one: Listing, labels: dict[str, str], may_change: bool) -> dict[str, Any]:
    stages = [labels[value] for value in one.stages if value in labels]
    checked = f"Checked {day_in_words(one.checked_on)}" if one.checked_on else CHECK
    facts = [
        ("For whom", one.criteria),
        ("At which stage", "; ".join(stages) or "Any stage"),
        ("Pupils", one.get_for_phase_display() or "Every phase"),
        ("How to refer", one.how_to_refer),
        ("Telephone or e-mail", one.contact),
    ]
    return {
        "name": one.name,
        "text": one.text,
        "website": one.website,
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "note": f"{checked}. {one.source}".strip(),
        "url": f"/directory/{one.pk}/" if may_change else "",
    }


def _filter(
    words: str, stages: list[queries.StageChoice], stage: str, phase: str
) -> dict[str, Any]:
    return {
        "groups": [
            {"legend": "Words", "name": "q", "kind": "search", "value": words},
            {
                "legend": "Stage",
                "name": "stage",
                "kind": "select",
                "options": [
                    {"value": "", "label": "Any stage", "is_chosen": not stage},
                    *(
                        {"value": s.value, "label": s.label, "is_chosen": s.value == stage}
                        for s in stages
                    ),
                ],
            },
            {
                "legend": "Pupils",
                "name": "phase",
                "kind": "radio",
                "options": [
                    {"value": value, "label": label, "is_chosen": value == phase}
                    for value, label in [("", "Every phase"), *Phase.choices]
                ],
            },
        ],
        "selected": [],
        "clear_url": "/directory/",
        "keep": {},
    }


@screen(needs=Permission.FRAMEWORK_EDIT)
def new(request: Request) -> HttpResponse:
    return _put(request, None, "Add a service", {})


@screen(needs=Permission.FRAMEWORK_EDIT)
def change(request: Request, listing_id: int) -> HttpResponse:
    one = queries.get_listing(request.actor, listing_id)
    initial = {name: getattr(one, name) for name in ListingForm.base_fields}
    return _put(request, one, one.name, initial)


def _put(
    request: Request, one: Listing | None, heading: str, initial: dict[str, Any]
) -> HttpResponse:
    actor = request.actor
    form = form_pages.bind(
        request,
        ListingForm,
        initial=initial,
        stages=queries.stage_choices(actor),
        today=actor.today,
    )
    done = form_pages.attempt(
        request,
        form,
        lambda _data: actions.put_listing(actor=actor, facts=form.facts(), listing=one),
    )
    if done:
        messages.success(request, f"{done.name} is in the directory.")
        return redirect("/directory/")
    context = {
        "heading": heading,
        "second": "Read by everybody who sees frameworks",
        "button": "Save",
        "decision": policy.change_listing(actor),
        "back_url": "/directory/",
        "back_label": "Directory",
        "end_url": f"/directory/{one.pk}/end/" if one else "",
    }
    return form_pages.show(request, "partners/listing.html", form, context)


@screen(needs=Permission.FRAMEWORK_EDIT, methods=("POST",))
def end(request: Request, listing_id: int) -> HttpResponse:
    one = queries.get_listing(request.actor, listing_id)
    actions.end_listing(actor=request.actor, listing=one)
    messages.success(request, f"{one.name} is taken out of the directory.")
    return redirect("/directory/")
