"""How a case stands and how pressing it is: the facts behind its place, and a person's own view."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases import policy, priorities, queries
from alongside.cases.models import Case
from alongside.cases.priorities import Marks
from alongside.core.decisions import Conflict, require
from alongside.core.history import LastSaved
from alongside.core.permissions import Permission
from alongside.duties import priority
from alongside.duties.caseload import knows_safety
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.cases.caseload_rows import LOOKS
from alongside.web.cases.priority_forms import MarksForm, PriorityForm, weeks_from
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.CASE_VIEW)
def place(request: Request, case_id: int) -> HttpResponse:
    """Why the case stands where it does, and a form to say otherwise."""
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "priority")
    require(policy.see_priority(actor))
    standing = _standing(request, found)
    form = form_pages.bind(
        request,
        PriorityForm,
        initial={"priority": standing.priority, "until": weeks_from(actor.today)},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: priorities.set_priority(actor=actor, case=found, **data),
    )
    if done:
        label = done.get_priority_display().lower()
        messages.success(request, f"Priority {label} until {done.until:%-d %B %Y}.")
        return redirect(f"/priority/{found.pk}/")
    return form_pages.show(
        request,
        "cases/priority.html",
        form,
        {
            **_frame(request, found, "How pressing it is"),
            "standing": standing,
            "until": day_in_words(date.fromisoformat(standing.override["until"]))
            if standing.override
            else "",
            "look": LOOKS[standing.priority],
            "heaviest": max((fact.weight for fact in standing.facts), default=0) or 1,
            "to_move_down": priority.to_move_down(standing),
            "is_lower_by_facts": standing.by_facts.label.lower(),
            "decision": policy.set_priority(actor, found),
            "bands": _bands(),
            "case": found,
        },
    )


@screen(needs=Permission.CASE_VIEW, methods=("POST",))
def let_facts_decide(request: Request, case_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "priority")
    priorities.end_priority(actor=request.actor, case=found)
    messages.success(request, "The facts decide again.")
    return redirect(f"/priority/{found.pk}/")


@screen(needs=Permission.CASE_VIEW)
def marks(request: Request, case_id: int) -> HttpResponse:
    """How the case stands now: risk, need, complexity, contention."""
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "marks")
    require(policy.see_priority(actor))
    form = form_pages.bind(request, MarksForm, initial=_values(found))
    form.instance_version = form_pages.version_shown(request, found.version)  # type: ignore[attr-defined]
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda data: priorities.mark_case(
                actor=actor,
                case=found,
                marks=Marks(**data),
                version=form_pages.posted_version(request),
            ),
        )
    except Conflict:
        return _two_versions(request, form, case_id)
    if done:
        messages.success(request, "Saved. The caseload shows it.")
        return redirect(f"/cases/{found.pk}/")
    return form_pages.show(
        request,
        "cases/form.html",
        form,
        {
            **_frame(request, found, "How this case stands"),
            "button": "Save",
            "decision": policy.mark(actor, found),
        },
    )


def _two_versions(request: Request, form: MarksForm, case_id: int) -> HttpResponse:
    current = queries.get_case(request.actor, case_id)
    changed = queries.last_marked(current)
    return form_pages.show_conflict(
        request,
        form,
        theirs=_values(current),
        record=current,
        saved=LastSaved(changed["by"], changed["at"]),
        version=current.version,
        context=_frame(request, current, "How this case stands"),
    )


def _standing(request: Request, found: Case) -> priority.Standing:
    actor = request.actor
    return priority.standing_of(
        priority.told(knows_safety(actor), case_id=found.pk, today=actor.today)[0]
    )


def _bands() -> list[dict[str, Any]]:
    return [{"label": band.label, "least": least} for least, band in priority.BANDS]


def _values(found: Case) -> dict[str, Any]:
    return {name: getattr(found, name) for name in priorities.MARKS}


def _frame(request: Request, found: Case, heading: str) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, found.pupil),
        "heading": heading,
        "second": f"Case {found.reference}",
        "back_url": f"/cases/{found.pk}/",
        "back_label": f"Case {found.reference}",
    }
