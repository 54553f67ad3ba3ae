"""Writing and reading plans."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse

from alongside.cases.models import Case
from alongside.cases.queries import open_case_page
from alongside.core import drafts
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.pathways.models import PlanType
from alongside.pathways.plan_types import offered
from alongside.people.queries import open_pupil
from alongside.plans import actions, comparing, policy, queries
from alongside.plans.dates import Proposal, propose_review, rhythm_of
from alongside.plans.kinds import type_of
from alongside.plans.models import Plan
from alongside.referrals.queries import latest_live
from alongside.web import form_pages, kept
from alongside.web.forms.renderer import mistakes
from alongside.web.plans import page
from alongside.web.plans.around import instead
from alongside.web.plans.forms import PlanForm, Propose, first_values, plan_values
from alongside.web.plans.rows import count_rows, typed
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

SECTIONS = (("About the plan", "about"), ("Targets", "targets"), ("Who does what", "actions"))
ABOUT = ("kind", "aim", "starts_on", "review_due_on", "is_joint")
MOST_ROWS = {"target": 12, "action": 40}


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def plan_tab(request: Request, pupil_id: int) -> HttpResponse:
    """The pupil's Plan tab: the plan in use, or how to start one."""
    pupil = open_pupil(request.actor, pupil_id, "plan")
    plans = queries.plans_of_pupil(request.actor, pupil)
    shown = next((p for p in plans if p.state in policy.IN_USE), plans[0] if plans else None)
    frame = pupil_frame(request.actor, pupil, "plan")
    if shown:
        return TemplateResponse(
            request, "plans/plan.html", frame | page.context(request.actor, shown, plans)
        )
    cases = queries.cases_to_plan(request.actor, pupil)
    rows = [
        {"case": c, "may": policy.write(request.actor, c), "url": f"/cases/{c.pk}/plans/new/"}
        for c in cases
    ]
    may_refer = not rows and request.actor.may(Permission.REFERRAL_MAKE)
    live = latest_live(request.actor, pupil) if may_refer else None
    refer_url = f"/referrals/new/{pupil.pk}/" if may_refer and live is None else ""
    context = {**frame, "cases": rows, "refer_url": refer_url, "live": live}
    return TemplateResponse(request, "plans/none.html", context)


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def plan(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "plan")
    versions = queries.plans_of(request.actor, found.case)
    frame = pupil_frame(request.actor, found.pupil, "plan")
    return render(request, "plans/plan.html", frame | page.context(request.actor, found, versions))


@screen(needs=Permission.PLAN_VIEW)
def write(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "write a plan")
    if request.method == "GET" and not (may := policy.write(request.actor, case)):
        messages.info(request, may.reason)
        return redirect(f"/pupils/{case.pupil_id}/plan/")
    carry_url = f"/cases/{case.pk}/plans/carry/"
    types = offered(request.actor.today)
    needs = queries.needs_to_answer(request.actor, case.pupil)
    propose = _proposals(request, case)
    due = propose(types[0], request.actor.today)
    initial = first_values(types[0].key, request.actor.today, due.on)
    rows = {"target": 3, "action": 4}
    form = _bind(request, case, initial, rows, types=types, needs=needs, propose=propose)
    context = _context(request, case, form, "Write a plan", f"/pupils/{case.pupil_id}/plan/")
    context["earlier"] = [
        {"text": f"Plan {p.number} at {p.case.school.name}", "url": f"{carry_url}{p.pk}/"}
        for p in queries.plans_to_carry(request.actor, case)
    ]
    if "add" in request.POST:
        return render(request, "plans/form.html", context)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.write_plan(actor=request.actor, case=case, facts=form.facts()),
        school=case.school,
        about=case.pupil,
    )
    if done:
        messages.success(request, f"Plan {done.number} is saved. Send it for approval when ready.")
        return redirect(f"/plans/{done.pk}/")
    return form_pages.show(request, "plans/form.html", form, context | _mistakes(form))


@screen(needs=Permission.PLAN_VIEW)
def edit(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "change a plan")
    if request.method == "GET" and not (may := policy.edit(request.actor, found)):
        return instead(request, found, may)
    values = plan_values(found)
    wanted = {prefix: max(count_rows(prefix, values), 1) for prefix in MOST_ROWS}
    propose = _proposals(request, found.case)
    options = {"types": _types(request, found), "propose": propose}
    needs = queries.needs_to_answer(request.actor, found.pupil)
    form = _bind(request, found.case, values, wanted, plan=found, needs=needs, **options)
    heading = f"Change plan {found.number}"
    context = _context(request, found.case, form, heading, f"/plans/{plan_id}/")
    if "add" in request.POST:
        return render(request, "plans/form.html", context)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _: actions.edit_plan(
                actor=request.actor,
                plan=found,
                facts=form.facts(),
                version=form_pages.posted_version(request),
            ),
            school=found.case.school,
            about=found.pupil,
        )
    except Conflict:
        return _two_versions(request, form, plan_id)
    if done:
        messages.success(request, f"Plan {done.number} is saved.")
        return redirect(f"/plans/{done.pk}/")
    return form_pages.show(request, "plans/form.html", form, context | _mistakes(form))


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def compare(request: Request, plan_id: int) -> HttpResponse:
    """This plan beside the one before."""
    older, newer = queries.get_with_previous(request.actor, plan_id)
    return render(
        request,
        "plans/compare.html",
        {
            **pupil_frame(request.actor, newer.pupil, "plan"),
            "back_url": f"/plans/{newer.pk}/",
            "heading": f"Plan {older.number} beside plan {newer.number}",
            "before": f"Plan {older.number}",
            "after": f"Plan {newer.number}",
            "newer": newer,
            "lines": comparing.compare(older, newer),
        },
    )


def _bind(
    request: Request, case: Case, initial: dict[str, Any], rows: dict[str, int], **options: Any
) -> PlanForm:
    """The form with as many rows as were typed, drafted or asked for. A row more keeps a draft."""
    options |= {
        "opened_on": case.opened_on,
        "today": request.actor.today,
        "is_of_service": request.actor.may(Permission.PLAN_WRITE),
        "may_keep": policy.may_keep(request.actor, case),
    }
    draft = drafts.get_draft(request.actor, request.path)
    if draft and request.method != "POST":
        rows = {prefix: max(n, count_rows(prefix, draft.content)) for prefix, n in rows.items()}
    if "add" not in request.POST:
        form = form_pages.bind(request, PlanForm, initial=initial, rows=rows, **options)
        if form.instance_version is not None:
            form.instance_version = form_pages.version_shown(request, form.instance_version)
        return form
    asked = request.POST["add"]
    rows = {
        prefix: min(count_rows(prefix, request.POST) + (prefix == asked), MOST_ROWS[prefix])
        for prefix in rows
    }
    form = PlanForm(initial=initial, rows=rows, **options)
    form.go_on_in(asked)
    form.initial = {**initial, **typed(form, request.POST)}
    form.instance_version = request.POST.get("version") or form.instance_version
    saved_at = kept.keep(request.actor, request.path, request.POST)
    form.draft = {"key": request.path, "saved_at": saved_at, "is_restored": False}
    return form


def _context(
    request: Request, case: Case, form: PlanForm, heading: str, back_url: str
) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, case.pupil, "plan"),
        "form": form,
        "draft": getattr(form, "draft", None),
        "heading": heading,
        "second": f"{case.school.name}. {case.framework.name}.",
        "back_url": back_url,
        "back_label": "Back to the plan",
        "approves": "Your headteacher or a manager of the service"
        if policy.is_of_the_school(request.actor, case)
        else "A manager",
        "about": [form[name] for name in ABOUT if name in form.fields],
        "targets": form.bound_rows("target"),
        "actions": form.bound_rows("action"),
        "rhythms": form.rhythms(),
        "sections": [
            {"title": title, "url": f"#{anchor}", "state": "ring", "note": ""}
            for title, anchor in SECTIONS
        ],
    }


def _types(request: Request, plan: Plan) -> list[PlanType]:
    """What is offered today, and what the plan already is, when that is offered no longer."""
    types = offered(request.actor.today)
    own = type_of(plan)
    return types if own.key in {one.key for one in types} else [*types, own]


def _mistakes(form: PlanForm) -> dict[str, Any]:
    return {"mistakes": mistakes(form)}


def _proposals(request: Request, case: Case) -> Propose:
    """When a plan of a kind that starts on a day is reviewed, by the kind's rhythm or the framework's."""
    calendar = Calendars(request.actor).of(case.school_id)

    def propose(kind: PlanType, starts_on: date) -> Proposal:
        rhythm = rhythm_of(kind, case.framework)
        return propose_review(starts_on, rhythm.weeks, rhythm.whose, calendar)

    return propose


def _two_versions(request: Request, form: PlanForm, plan_id: int) -> HttpResponse:
    """Both versions of the plan, a choice for each part."""
    current = queries.get_plan(request.actor, plan_id)
    theirs = plan_values(current)
    more = {prefix: count_rows(prefix, theirs) for prefix in MOST_ROWS}
    rows = {p: max(more[p], form.rows[p]) for p in more}
    both = PlanForm(
        form.data,
        rows=rows,
        types=form.types,
        needs=form.needs,
        may_keep=form.may_keep,
        opened_on=form.opened_on,
        today=form.today,
    )
    return form_pages.show_conflict(
        request,
        both,
        theirs=theirs,
        record=current,
        version=current.version,
        context={
            **pupil_frame(request.actor, current.pupil, "plan"),
            "heading": f"Plan {current.number}",
        },
    )
