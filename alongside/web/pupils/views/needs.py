"""Pathways with their dates, and diagnoses and suspected needs with who named them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.permissions import Permission
from alongside.people import policy, queries
from alongside.people.actions import needs as actions
from alongside.people.models import Condition, PathwaySpell, Pupil
from alongside.people.queries.needs import get_condition, get_spell
from alongside.web import form_pages
from alongside.web.pupils.frame import pupil_frame
from alongside.web.pupils.needs_forms import NAMES, ConditionForm, EndPathwayForm, PathwayForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.PUPIL_EDIT)
def start_pathway(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "start pathway")
    form = form_pages.bind(request, PathwayForm, initial={"starts_on": actor.today})

    def start(data: dict[str, Any]) -> PathwaySpell:
        pathway = PathwaySpell.Pathway(data.pop("pathway"))
        return actions.start_pathway(actor=actor, pupil=pupil, pathway=pathway, **data)

    return _answer(request, pupil, form, "Start a pathway", start)


@screen(needs=Permission.PUPIL_EDIT)
def end_pathway(request: Request, pupil_id: int, spell_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "end pathway")
    spell = get_spell(pupil, spell_id)
    form = form_pages.bind(request, EndPathwayForm, initial={"ends_on": actor.today})
    return _answer(
        request,
        pupil,
        form,
        f"End the {spell.get_pathway_display().lower()} pathway",
        lambda data: actions.end_pathway(actor=actor, spell=spell, **data),
        decision=policy.end_pathway(actor, spell),
    )


@screen(needs=Permission.PUPIL_EDIT)
def record_condition(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "record condition")
    form = form_pages.bind(request, ConditionForm, actor=actor)

    def record(data: dict[str, Any]) -> Condition:
        state = Condition.State(data.pop("state"))
        return actions.record_condition(actor=actor, pupil=pupil, state=state, **data)

    return _answer(
        request,
        pupil,
        form,
        "Record a diagnosis or suspected need",
        record,
        decision=policy.record_condition(actor),
    )


@screen(needs=Permission.PUPIL_EDIT)
def follow_condition(request: Request, pupil_id: int, condition_id: int) -> HttpResponse:
    """What came of it: diagnosed, still suspected by somebody else, or ruled out."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "follow condition")
    before = get_condition(actor, pupil, condition_id)
    form = form_pages.bind(request, ConditionForm, actor=actor, of=before)

    def record(data: dict[str, Any]) -> Condition:
        state = Condition.State(data.pop("state"))
        return actions.record_condition(
            actor=actor, pupil=pupil, name=before.name, state=state, replaces=before, **data
        )

    return _answer(
        request,
        pupil,
        form,
        f"What came of it: {before.name}",
        record,
        decision=policy.record_condition(actor),
    )


def _answer(
    request: Request,
    pupil: Pupil,
    form: Any,
    heading: str,
    action: Any,
    *,
    decision: object = True,
) -> HttpResponse:
    if form_pages.attempt(request, form, action, about=pupil):
        messages.success(request, "Saved.")
        return redirect("pupil-people", pupil_id=pupil.pk)
    return form_pages.show(
        request,
        "pupils/need_form.html",
        form,
        {
            **pupil_frame(request.actor, pupil, "people"),
            "heading": heading,
            "names": NAMES,
            "decision": decision,
            "back_url": f"/pupils/{pupil.pk}/people/",
            "back_label": "Family and people",
        },
    )
