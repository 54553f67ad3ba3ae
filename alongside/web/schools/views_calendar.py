"""The calendar of a school or, without one in the address, of the council."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Decision, NotFound, require
from alongside.core.permissions import Permission
from alongside.duties.recounting import in_words, recount
from alongside.exchange import calendars
from alongside.rules.words import count_of
from alongside.schools import policy, queries
from alongside.schools.actions import calendar as actions
from alongside.schools.models import NonTeachingDay, School, Term
from alongside.web import form_pages
from alongside.web.schools import days
from alongside.web.schools.forms import CalendarFileForm, DayForm, TermForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.SCHOOL_VIEW, methods=("GET",))
def calendar(request: Request, school_id: int | None = None) -> HttpResponse:
    actor = request.actor
    school = _school(request, school_id)
    found = queries.calendar_of(actor, school) if school else queries.council_calendar(actor)
    terms, entered = list(queries.terms_of(school)), list(queries.days_of(school))
    may = _may_edit(request, school)
    start = days.year_start(request.GET.get("year", ""), actor.today)
    context = {
        "heading": "Calendar" if school else f"Calendar of {actor.council_name}",
        "second": days.second_line(school, terms),
        "school": school,
        "start_url": _start(school),
        "school_url": f"/schools/{school.pk}/" if school else "",
        "may_edit": may,
        "years": days.years(start, _start(school), found),
        "chart": days.chart(found, start, actor.today),
        "counted": days.counted(found, start),
        "warnings": found.warnings(),
        "terms": days.term_table(terms, _start(school), may),
        "entered": days.day_table(entered, _start(school), may),
        "follows": school is not None and not terms,
    }
    return render(request, "schools/calendar.html", context)


@screen(needs=Permission.SCHOOL_CALENDAR_EDIT)
def term(
    request: Request,
    school_id: int | None = None,
    term_id: int | None = None,
    council_term_id: int | None = None,
) -> HttpResponse:
    school = _school(request, school_id)
    known = _one(queries.terms_of(school), term_id or council_term_id)
    require(_may_edit(request, school))
    if known and request.method == "POST" and "remove" in request.POST:
        actions.remove_term(actor=request.actor, term=known)
        _said(request, school, f"{known.name} is removed.")
        return redirect(_start(school))
    initial = {name: getattr(known, name) for name in TermForm.base_fields} if known else {}
    form = form_pages.bind(request, TermForm, initial=initial)

    def save(data: dict[str, Any]) -> object:
        facts = actions.TermFacts(**data, source=known.source if known else "")
        return actions.save_term(actor=request.actor, school=school, facts=facts, term=known)

    if form_pages.attempt(request, form, save):
        _said(request, school, "The term is saved.")
        return redirect(_start(school))
    heading = f"Change {known.name}" if known else "Add a term"
    return _show(request, "schools/days_form.html", form, school, heading, known is not None)


@screen(needs=Permission.SCHOOL_CALENDAR_EDIT)
def day(
    request: Request,
    school_id: int | None = None,
    day_id: int | None = None,
    council_day_id: int | None = None,
) -> HttpResponse:
    school = _school(request, school_id)
    known = _one(queries.days_of(school), day_id or council_day_id)
    require(_may_edit(request, school))
    if known and request.method == "POST" and "remove" in request.POST:
        actions.remove_day(actor=request.actor, day=known)
        _said(request, school, "The day is removed.")
        return redirect(_start(school))
    initial = {name: getattr(known, name) for name in DayForm.base_fields} if known else {}
    form = form_pages.bind(request, DayForm, initial=initial)

    def save(data: dict[str, Any]) -> object:
        return actions.save_day(actor=request.actor, school=school, day=known, **data)

    if form_pages.attempt(request, form, save):
        _said(request, school, "The day is saved. Dates counted in school days follow it.")
        return redirect(_start(school))
    heading = "Change a day" if known else "Add an INSET day or a closure"
    return _show(request, "schools/days_form.html", form, school, heading, known is not None)


@screen(needs=Permission.SCHOOL_CALENDAR_EDIT, methods=("POST",))
def copy(request: Request, school_id: int) -> HttpResponse:
    """The council's terms as the school's own; or, asked so, its own taken away again."""
    school = queries.get_school(request.actor, school_id)
    if "follow" in request.POST:
        actions.follow_council(actor=request.actor, school=school)
        _said(request, school, f"{school.name} follows the council's calendar.")
    else:
        entered = actions.copy_from_council(actor=request.actor, school=school)
        copied = count_of(entered.created, "term")
        _said(request, school, f"{copied} copied from the council.")
    return redirect(_start(school))


@screen(needs=Permission.SCHOOL_CALENDAR_EDIT)
def load(request: Request, school_id: int | None = None) -> HttpResponse:
    school = _school(request, school_id)
    require(_may_edit(request, school))
    form = form_pages.bind(request, CalendarFileForm)

    def save(data: dict[str, Any]) -> object:
        found = calendars.read_terms(data["file"].read(1_000_000))
        if isinstance(found, list):
            for problem in found:
                form.add_error("file", str(problem))
            return None
        return calendars.apply_terms(
            actor=request.actor, school=school, calendar=found, source=data["file"].name
        )

    entered = form_pages.attempt(request, form, save)
    if isinstance(entered, actions.Entered):
        words = (
            f"{entered.created} entered, {entered.removed} replaced, {entered.unchanged} unchanged"
        )
        messages.success(request, f"Terms and days: {words}.{in_words(entered.moved)}")
        return redirect(_start(school))
    return _show(request, "schools/load.html", form, school, "Import term dates", False)


def _said(request: Request, school: School | None, words: str) -> None:
    """The calendar is changed: what was set from it moves, and both are said."""
    moved = recount(actor=request.actor, school=school)
    messages.success(request, f"{words}{in_words(moved)}")


def _school(request: Request, school_id: int | None) -> School | None:
    return queries.get_school(request.actor, school_id) if school_id else None


def _one[M: Term | NonTeachingDay](found: QuerySet[M], pk: int | None) -> M | None:
    """The one to change; none when a new one is added."""
    try:
        return found.get(pk=pk) if pk else None
    except ObjectDoesNotExist:
        raise NotFound from None


def _may_edit(request: Request, school: School | None) -> Decision:
    if school:
        return policy.edit_calendar(request.actor, school)
    return policy.edit_council_calendar(request.actor)


def _start(school: School | None) -> str:
    return f"/schools/{school.pk}/calendar/" if school else "/calendar/"


def _show(
    request: Request, template: str, form: Any, school: School | None, heading: str, removable: bool
) -> HttpResponse:
    context = {
        "heading": heading,
        "second": school.name if school else request.actor.council_name,
        "back_url": _start(school),
        "back_label": "Calendar",
        "may_remove": removable,
    }
    return form_pages.show(request, template, form, context)
