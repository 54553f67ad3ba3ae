"""The team's deadlines by date, whose each is, and giving one on: choose it, choose the person."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from alongside.cases import team_queries
from alongside.cases.giving import add_statutory_step
from alongside.cases.models import Task
from alongside.core.models import Staff
from alongside.core.permissions import Permission
from alongside.core.queries import get_staff
from alongside.duties.calendars import Calendars
from alongside.duties.giving import get_deadline, give
from alongside.duties.left import left_of
from alongside.duties.team import ROLE_ENDS_WITHIN, TeamItem, TeamList, team_list, within
from alongside.duties.team_rows import MOST, Member, team_of
from alongside.people.queries import record_view
from alongside.rules.numbers import number_in
from alongside.schools.queries import read_in_one
from alongside.web import form_pages
from alongside.web.dates import short_weekday
from alongside.web.downloads import Part, Taken, take, ways
from alongside.web.forms.renderer import mistakes
from alongside.web.screens import Request, screen
from alongside.web.today.forms import GiveForm, StatutoryForm
from alongside.web.today.rows import TAKEN, taken_row, why
from alongside.web.today.spans import LABELS, span_of, span_views, term_end

PAGE = 50


@screen(needs=Permission.DEADLINE_ASSIGN, methods=("GET",))
def team(request: Request) -> HttpResponse:
    read_in_one(request.actor)
    actor, calendars = request.actor, Calendars(request.actor)
    members = _members(request)
    person, span = _person(request, members), span_of(request.GET)
    found = team_list(actor, calendars, members, person)
    theirs = found.items
    end = term_end(calendars)
    items = [one for one in theirs if within(one.item, span, actor.today, end)]
    start = number_in(request.GET.get("from", "")) or 0
    shown = items[start : start + PAGE]
    _seen(request, shown)
    keep = {"person": str(person)} if person else {}
    return TemplateResponse(
        request,
        "today/team.html",
        {
            "heading": "The team’s deadlines",
            "second": _second(len(items), found.is_cut),
            "views": span_views(actor.today, end, [o.item for o in theirs], span, keep),
            "filter": _filter(members, found, person, span),
            "table": _table(request, calendars, shown),
            "pages": _pages(start, len(shown), len(items), {"span": span, **keep}),
            "take": ways(request, "team-download") if items else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The team's deadlines as they are narrowed on the screen, with whose each is."""
    read_in_one(request.actor)
    actor, calendars = request.actor, Calendars(request.actor)
    members = _members(request)
    person, span = _person(request, members), span_of(request.GET)
    end = term_end(calendars)
    found = team_list(actor, calendars, members, person)
    items = [one for one in found.items if within(one.item, span, actor.today, end)]
    whose = next((f"those of {m.name}" for m in members if m.pk == person), "everybody’s")
    return take(
        request,
        Taken(
            title="The team’s deadlines",
            chosen=[LABELS[span], whose],
            parts=[
                Part(
                    (*TAKEN, "Whose"),
                    [[*taken_row(actor, one.item, calendars), one.owner] for one in items],
                    about=[one.item.pupil_id for one in items],
                )
            ],
            back_url=f"/team/?span={span}",
            is_cut=found.is_cut,
        ),
        kind="due.exported",
        needs=Permission.DEADLINE_ASSIGN,
    )


@screen(needs=Permission.DEADLINE_ASSIGN)
def give_on(request: Request, deadline: str) -> HttpResponse:
    """Each person of the team is a button: the second click, and the last."""
    read_in_one(request.actor)
    actor = request.actor
    members = _members(request)
    one = get_deadline(actor, deadline, members)
    _seen(request, [one])
    people = [(str(m.pk), m.name) for m in members]
    form = GiveForm(people=people)  # A choice is no draft.
    if request.method == "POST":
        form = form_pages.bind(request, GiveForm, people=people)

    def give_to(data: dict[str, Any]) -> Staff:
        owner = get_staff(actor, int(data["person"]))
        give(actor, one, owner, data["despite"])
        return owner

    owner = form_pages.attempt(request, form, give_to)
    if owner:
        messages.success(request, f"{owner.name} has it now, and has been told.")
        return redirect("team")
    others = [m for m in members if m.pk != one.owner_id]
    away = team_queries.away_in_words(actor, [m.pk for m in others])
    return form_pages.show(
        request,
        "today/give.html",
        form,
        {
            "heading": one.item.what,
            "second": f"Due {short_weekday(one.item.due_on)}. Now with {one.owner}",
            "people": [(m, away.get(m.pk, "")) for m in others],
            "asks_why": bool(away),
            "mistakes": mistakes(form),
        },
    )


@screen(needs=Permission.DEADLINE_ASSIGN)
def add_step(request: Request) -> HttpResponse:
    """A step that the law dates, counted from its event and put on somebody's list."""
    actor = request.actor
    members = _members(request)
    form = form_pages.bind(request, StatutoryForm, actor=actor, members=members)

    def add(data: dict[str, Any]) -> Task:
        return add_statutory_step(
            actor=actor,
            pupil=data["pupil"],
            step=data["step"],
            event_on=data["event_on"],
            owner=get_staff(actor, int(data["owner"])),
            despite=data["despite"],
        )

    done = form_pages.attempt(request, form, add)
    if done:
        messages.success(request, f"Due {done.due_on:%-d %B %Y}: {done.why}.")
        return redirect("/team/?span=law")
    return form_pages.show(
        request,
        "today/statutory.html",
        form,
        {
            "heading": "Add a statutory step",
            "second": "Its last day is counted from the event, holidays included",
            "back_url": "/team/?span=law",
            "back_label": "Statutory steps",
        },
    )


def _members(request: Request) -> list[Member]:
    return team_of(request.actor, request.actor.today + ROLE_ENDS_WITHIN)


def _second(count: int, is_cut: bool) -> str:
    said = f"{count} {'deadline' if count == 1 else 'deadlines'}, the nearest first"
    if not is_cut:
        return said
    return f"{said}. The {MOST} nearest of a kind are listed: choose a person to see all of theirs"


def _table(request: Request, calendars: Calendars, shown: list[TeamItem]) -> dict[str, object]:
    return {
        "caption": "Deadlines of the team",
        "columns": [
            {"label": "Due"},
            {"label": "What"},
            {"label": "Whose"},
            {"label": "Give it on", "is_hidden": True},
        ],
        "rows": [{"cells": _cells(request, calendars, one)} for one in shown],
    }


def _cells(request: Request, calendars: Calendars, one: TeamItem) -> list[dict[str, object]]:
    item = one.item
    left = left_of(calendars, item.school_id, request.actor.today, item.due_on)
    return [
        {
            "text": left.word,
            "state": left.state,
            "tag": True,
            "second": f"{short_weekday(item.due_on)}, {left.figure} {left.unit} {left.side}".strip(
                ", "
            ),
        },
        {
            "text": item.what,
            "url": item.url,
            "second": why(item),
        },
        {"text": one.owner},
        {"text": "Give it on", "url": f"/team/give/{one.key}/"} if one.key else {"text": ""},
    ]


def _person(request: Request, members: list[Member]) -> int:
    """Who of the team was chosen; nought for everybody."""
    asked = number_in(request.GET.get("person", ""))
    return asked if asked in {member.pk for member in members} else 0


def _filter(members: list[Member], found: TeamList, person: int, span: str) -> dict[str, object]:
    counts = Counter(one.owner_id for one in found.items)
    is_counted = not person and not found.is_cut  # Else there are more than are known here.
    chosen = next((m.name for m in members if m.pk == person), "")
    clear = f"?{urlencode({'span': span})}"
    options = [
        {"value": str(m.pk), "label": f"{m.name} ({counts[m.pk]})" if is_counted else m.name,
         "is_chosen": m.pk == person}
        for m in members
    ]  # fmt: skip
    everyone = {"value": "", "label": "Everybody", "is_chosen": not person}
    return {
        "groups": [
            {"legend": "Whose", "name": "person", "kind": "select", "options": [everyone, *options]}
        ],
        "selected": [{"label": chosen, "remove_url": clear}] if chosen else [],
        "clear_url": clear,
        "keep": {"span": span},
    }


def _pages(start: int, shown: int, count: int, keep: dict[str, str]) -> dict[str, str] | None:
    if count <= PAGE:
        return None

    def at(place: int) -> str:
        return f"?{urlencode({**keep, 'from': place})}"

    return {
        "summary": f"{start + 1} to {start + shown} of {count}",
        "previous_url": at(max(start - PAGE, 0)) if start else "",
        "next_url": at(start + PAGE) if start + shown < count else "",
    }


def _seen(request: Request, shown: list[TeamItem]) -> None:
    ids = {one.item.pupil_id for one in shown if one.item.pupil_id}
    if ids:
        record_view(request.actor, sorted(ids), "team deadlines")
