"""One case: who works it, its checklist, what comes next, closing it and asking whether it lasted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments.models import MeasureResult
from alongside.cases import actions, closing, policy, queries, team_queries
from alongside.cases.called_off import has_begun
from alongside.cases.leading import led_from
from alongside.cases.models import Allocation, Case, CaseState, ChecklistItem, Task
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.documents.policy import read_school_copy
from alongside.duties.calendars import Calendars
from alongside.duties.closing import close_case
from alongside.people.models import Capacity
from alongside.plans import wording
from alongside.plans.queries import plans_left_open
from alongside.rules.dates import dated
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.cases import forms
from alongside.web.cases.steps import next_steps
from alongside.web.dates import short_day
from alongside.web.frameworks.of_case import tier
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def case(request: Request, case_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "case")
    actor = request.actor
    knows_casework = actor.reads_casework
    checklist_rows = _checklist(actor, found) if knows_casework else []
    return render(
        request,
        "cases/case.html",
        {
            **pupil_frame(request.actor, found.pupil),
            "heading": f"Case {found.reference}",
            "second": _second(found, actor.today),
            "case": found,
            "facts": _facts(found, knows_casework),
            "knows_casework": knows_casework,
            "steps": next_steps(actor, found, Calendars(actor)),
            "checklist": checklist_rows,
            "checklist_url": _checklist_url(actor, found, checklist_rows),
            "checklist_link": "Settle what is open",
            "checks": _checks(actor, found) if found.closed_by_id else [],
            "today": actor.today,
            "allocations": queries.allocations_of(found),
            "comments": team_queries.comments_of(actor, found),
            "may_comment": policy.comment(actor, found),
            "may_add_colleague": policy.add_colleague(actor, found),
            "is_lead": policy.leads(actor, found),
            "may_allocate": policy.allocate(actor, found),
            "allocate_url": f"/cases/{found.pk}/allocate/",
            "may_close": policy.close(actor, found),
            "may_report": read_school_copy(actor, found),
            "may_reopen": policy.reopen(actor, found),
            "may_correct": policy.correct_closing(actor, found),
            "may_work": policy.work(actor, found),
            "is_closed": found.state == CaseState.CLOSED,
            "tier": tier(actor, found),
        },
    )


def _checks(actor: Actor, found: Case) -> list[dict[str, Any]]:
    """Each check; one still to come with the working of its day."""
    return [
        {
            "check": check,
            "working": "" if check.done_on else queries.working_of(actor, found, check),
        }
        for check in queries.checks_of(found)
    ]


def _second(found: Case, today: date) -> str:
    where = found.area or found.service
    opened = f"{found.opened_on:%-d %B %Y}"
    if found.closed_on:
        return f"{where.name}, {opened} to {found.closed_on:%-d %B %Y}"
    if first_day := led_from(found, today):
        return f"{where.name}, since {opened}. Allocated from {day_in_words(first_day)}"
    return f"{where.name}, since {opened}. {found.get_state_display()}"


def _facts(found: Case, knows_casework: bool) -> list[dict[str, str]]:
    """Who is shown only what is shared reads the rest in the plan, the reviews and the report."""
    rows = [
        ("School", found.school.name),
        ("Framework", f"{found.framework.name}, version {found.framework.version}"),
        ("What changed, and what is left", found.closing_summary),
    ]
    casework = [
        ("Why it was opened", found.reason),
        ("Mostly about", found.get_primary_need_display()),
        ("Risk of exclusion now", found.get_risk_now_display() if not found.closed_on else ""),
        ("How complex", _complexity(found)),
        ("Risk of exclusion at the start", found.get_risk_at_start_display()),
        ("Risk of exclusion at the end", found.get_risk_at_end_display()),
        ("How it ended", found.get_outcome_display()),
        ("Notes for the service", found.closing_notes),
    ]
    shown = [*rows, *casework] if knows_casework else rows
    return [{"label": label, "value": value} for label, value in shown if value]


def _complexity(found: Case) -> str:
    words = [found.get_complexity_display(), "contentious" if found.is_contentious else ""]
    said = ", ".join(word for word in words if word)
    return f"{said}. {found.marked_because}" if found.marked_because else said


def _checklist_url(actor: Actor, found: Case, rows: list[dict[str, str]]) -> str:
    """Where what is open is settled in one go, while there is anything and one may."""
    is_open = any(row["state"] == "waiting" for row in rows)
    may = is_open and policy.settle_checklist(actor, found)
    return f"/cases/{found.pk}/checklist/" if may else ""


def _checklist(actor: Actor, found: Case) -> list[dict[str, str]]:
    return [_checklist_row(found, item) for item in queries.checklist_of(actor, found)]


def _checklist_row(found: Case, item: ChecklistItem) -> dict[str, str]:
    row = {"what": item.label, "url": f"/cases/{found.pk}/checklist/{item.pk}/", "note": item.note}
    if item.done_on:
        by = f" by {item.done_by.name}" if item.done_by else ""
        return row | {
            "state": "met",
            "word": "Done",
            "note": f"{short_day(item.done_on)}{by}. {item.note}".strip(),
        }
    if item.not_applicable_because:
        return row | {
            "state": "met",
            "word": "Does not apply",
            "note": item.not_applicable_because,
        }
    return row | {"state": "waiting", "word": "To do"}


@screen(needs=Permission.CASE_WORK)
def end_allocation(request: Request, case_id: int, allocation_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "allocation")
    allocation = queries.get_allocation(found, allocation_id)
    name, today = allocation.staff.name, request.actor.today
    is_begun = has_begun(request.actor, allocation)
    form = form_pages.bind(
        request,
        forms.EndAllocationForm if is_begun else forms.CallOffForm,
        initial={"ends_on": today},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.end_allocation(
            actor=request.actor, allocation=allocation, **{"ends_on": today} | data
        ),
    )
    if done:
        said = "no longer works on this case" if is_begun else "was told that it is called off"
        messages.success(request, f"{name} {said}.")
        return redirect(f"/cases/{found.pk}/")

    def may_end(actor: Actor, _case: Case) -> Decision:
        return policy.end_allocation(actor, allocation)

    if is_begun:
        return _form(request, found, form, f"End {name}’s work on this case", "End it", may_end)
    first_day = day_in_words(allocation.starts_on)
    return _form(
        request,
        found,
        form,
        f"Call off {name}’s work on this case",
        "Call it off",
        may_end,
        notes=[_called_off(allocation, first_day)],
    )


def _called_off(allocation: Allocation, first_day: str) -> str:
    said = (
        f"It was to begin on {first_day}. The chronology says that it was planned and called off."
    )
    if allocation.capacity == Capacity.LEAD:
        return f"{said} The case waits to be allocated again."
    return said


@screen(needs=Permission.CASE_VIEW)
def checklist_all(request: Request, case_id: int) -> HttpResponse:
    """Everything of the start checklist that is open, settled in one go."""
    found = queries.open_case_page(request.actor, case_id, "checklist")
    items = queries.open_items_of(request.actor, found)
    if not items:
        messages.info(request, "Every item of the start checklist is settled.")
        return redirect(f"/cases/{found.pk}/#checklist")
    today = request.actor.today
    form = form_pages.bind(request, forms.ChecklistAllForm, items=items, initial={"done_on": today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.settle_checklist(
            actor=request.actor, case=found, settled=form.settled(), done_on=data["done_on"]
        ),
        about=found.pupil,
    )
    if done:
        messages.success(request, f"{len(done)} of {len(items)} settled.")
        return redirect(f"/cases/{found.pk}/#checklist")
    return _form(request, found, form, "Start checklist", "Save", policy.settle_checklist)


@screen(needs=Permission.CASE_VIEW)
def checklist(request: Request, case_id: int, item_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "checklist")
    item = queries.get_checklist_item(request.actor, found, item_id)
    form = form_pages.bind(
        request,
        forms.ChecklistForm,
        initial={
            "answer": "done" if item.done_on else "na" if item.not_applicable_because else "",
            "done_on": item.done_on or request.actor.today,
            "note": item.note,
            "not_applicable_because": item.not_applicable_because,
        },
    )

    def settle(data: dict[str, Any]) -> ChecklistItem:
        return actions.settle_checklist_item(
            actor=request.actor,
            item=item,
            note=data["note"],
            done_on=data["done_on"] if data["answer"] == "done" else None,
            not_applicable_because=data["not_applicable_because"] if data["answer"] == "na" else "",
        )

    if form_pages.attempt(request, form, settle, about=found.pupil):
        messages.success(request, f"{item.label}: saved.")
        return redirect(f"/cases/{found.pk}/#checklist")
    return _form(request, found, form, item.label, "Save", policy.settle_checklist)


@screen(needs=Permission.CASE_VIEW)
def close(request: Request, case_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "close")
    missing = policy.not_measured_again(found)
    form = form_pages.bind(
        request,
        forms.CloseForm,
        is_missing=bool(missing),
        initial={"closed_on": request.actor.today},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: close_case(actor=request.actor, case=found, **data),
        about=found.pupil,
    )
    if done:
        messages.success(
            request, "The case is closed. Three checks are on the list: 6, 12 and 24 weeks."
        )
        return redirect(f"/cases/{found.pk}/")
    return _form(
        request,
        found,
        form,
        "Close this case",
        "Close the case",
        policy.close,
        missing=[_measure_words(result) for result in missing],
        notes=[
            wording.ends_with_case(plan.number, is_approved=plan.approved_at is not None)
            for plan in plans_left_open(found)
        ]
        + _not_done(queries.left_open(found)),
    )


def _not_done(steps: Iterable[Task]) -> list[str]:
    said = [f"{step.text} ({step.owner.name}, by {dated(step.due_on)})" for step in steps]
    if not said:
        return []
    ends, them, stands = ("It ends", "it", "It stands")
    if len(said) > 1:
        ends, them, stands = ("They end", "them", "They stand")
    told = (
        f"Not done yet: {'; '.join(said)}. {ends} with the case: nobody is asked for {them} any more. "
        f"{stands} in the closure report as left open."
    )
    return [told]


def _measure_words(result: MeasureResult) -> str:
    return f"{result.measure.name}, {result.get_informant_display().lower()}"


@screen(needs=Permission.CASE_VIEW)
def reopen(request: Request, case_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "reopen")
    form = form_pages.bind(request, forms.ReopenForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: closing.reopen_case(actor=request.actor, case=found, **data),
        about=found.pupil,
    )
    if done:
        messages.success(request, "The case is open again and waits to be allocated.")
        return redirect(f"/cases/{found.pk}/")
    return _form(
        request,
        found,
        form,
        "Open this case again",
        "Open it again",
        policy.reopen,
        notes=["Its plans stay ended, as they were. Write a new one once it is allocated."],
    )


@screen(needs=Permission.CASE_VIEW)
def check(request: Request, case_id: int, check_id: int) -> HttpResponse:
    found = queries.open_case_page(request.actor, case_id, "check")
    asked = queries.get_check(found, check_id)
    form = form_pages.bind(request, forms.CheckForm, initial={"done_on": request.actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: closing.answer_check(actor=request.actor, check=asked, **data),
        about=found.pupil,
    )
    if done:
        messages.success(request, f"The {asked.weeks}-week check is recorded.")
        return redirect(f"/cases/{found.pk}/#checks")

    def may_answer(actor: object, _case: Case) -> Decision:
        return policy.answer_check(request.actor, asked)

    heading = f"The {asked.weeks}-week check"
    why = queries.working_of(request.actor, found, asked)
    second = f"Due {asked.due_on:%a %-d %B %Y}. {why}" if why else f"Case {found.reference}"
    is_told = asked.despite and request.actor.reads_casework
    notes = [f"Given all the same: {asked.despite}"] if is_told else []
    return _form(
        request, found, form, heading, "Record the answer", may_answer, second=second, notes=notes
    )


def _form(
    request: Request,
    found: Case,
    form: Any,
    heading: str,
    button: str,
    may: Any,
    **context: Any,
) -> HttpResponse:
    """One form of a case's; a refusal is shown as a sentence in place of the form."""
    return form_pages.show(
        request,
        "cases/form.html",
        form,
        {
            **pupil_frame(request.actor, found.pupil),
            "heading": heading,
            "second": f"Case {found.reference}",
            "back_url": f"/cases/{found.pk}/",
            "back_label": f"Case {found.reference}",
            "button": button,
            "decision": may(request.actor, found),
            **context,
        },
    )
