"""The top search: suggestions as one types, and a page of results for those without script."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries.search import find_pupils, find_schools
from alongside.rules.ages import year_group_in_words
from alongside.rules.words import day_in_words
from alongside.schools.models import School
from alongside.web.screens import Request, screen
from alongside.web.search.words import understand

MOST_SUGGESTED = 8
MOST_LISTED = 50


@screen(needs=Permission.SEARCH, methods=("GET",))
def suggest(request: Request) -> HttpResponse:
    """List items for the box: pupils first, then schools."""
    wanted = understand(request.GET.get("q", ""))
    pupils = find_pupils(request.actor, wanted, MOST_SUGGESTED)
    schools = find_schools(wanted, MOST_SUGGESTED - min(len(pupils), 5))
    _record(request.actor, pupils, "suggestions")
    options = [_pupil_option(pupil) for pupil in pupils]
    options += [_school_option(school) for school in schools]
    return TemplateResponse(request, "components/options.html", {"options": options})


@screen(needs=Permission.SEARCH, methods=("GET",))
def pupil_options(request: Request) -> HttpResponse:
    """Pupils only, for a type-ahead box of a form."""
    pupils = find_pupils(request.actor, understand(request.GET.get("q", "")), MOST_SUGGESTED)
    _record(request.actor, pupils, "suggestions")
    return render(
        request, "components/options.html", {"options": [_pupil_option(pupil) for pupil in pupils]}
    )


@screen(needs=Permission.SEARCH, methods=("GET",))
def school_options(request: Request) -> HttpResponse:
    """Schools only, for a type-ahead box of a form."""
    schools = find_schools(understand(request.GET.get("q", "")), MOST_SUGGESTED)
    options = [_school_option(school) for school in schools]
    return render(request, "components/options.html", {"options": options})


@screen(needs=Permission.SEARCH, methods=("GET",))
def search(request: Request) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    wanted = understand(typed)
    pupils = find_pupils(request.actor, wanted, MOST_LISTED)
    schools = find_schools(wanted, MOST_LISTED)
    _record(request.actor, pupils, "search")
    return render(
        request,
        "search/search.html",
        {
            "typed": typed,
            "is_enough": bool(wanted),
            "pupils": _table(pupils),
            "schools": [
                {"icon": "school", "text": "", "name": s.name, "url": _url(s), "note": s.town}
                for s in schools
            ],
            "gives_purpose": request.actor.may(Permission.PURPOSE_GIVE),
            "may_open": request.actor.may(Permission.BREAK_GLASS),
            "is_full": len(pupils) == MOST_LISTED,
            "may_break_glass": request.actor.may(Permission.BREAK_GLASS),
        },
    )


def _record(actor: Actor, pupils: list[Pupil], screen_name: str) -> None:
    """Who was shown, not what was typed: words may hold the name of a child not shown."""
    if pupils:
        audit.record(
            actor=actor,
            kind="pupil.searched",
            pupil_ids=[pupil.pk for pupil in pupils],
            detail={"screen": screen_name},
        )


def _pupil_option(pupil: Pupil) -> dict[str, object]:
    return {
        "value": pupil.pk,
        "label": pupil.name,
        "note": ", ".join(
            filter(None, [_legal(pupil), _year(pupil), _born(pupil), _school(pupil)])
        ),
        "url": f"/pupils/{pupil.pk}/",
    }


def _school_option(school: School) -> dict[str, object]:
    note = "School" + (f", {school.town}" if school.town else "")
    return {"value": school.pk, "label": school.name, "note": note, "url": _url(school)}


def _url(school: School) -> str:
    return f"/schools/{school.pk}/"


def _legal(pupil: Pupil) -> str:
    legal = f"{pupil.legal_forename} {pupil.legal_surname}"
    return "" if legal == pupil.name else f"legally {legal}"


def _year(pupil: Pupil) -> str:
    return year_group_in_words(pupil.year_group)


def _born(pupil: Pupil) -> str:
    return f"born {day_in_words(pupil.born_on)}"


def _school(pupil: Pupil) -> str:
    return getattr(pupil, "school_name", "") or ""


def _table(pupils: list[Pupil]) -> dict[str, object]:
    columns = [{"label": label} for label in ("Pupil", "Year", "Born", "School", "UPN")]
    return {
        "caption": "Pupils",
        "columns": columns,
        "rows": [
            {
                "cells": [
                    {"text": p.name, "url": f"/pupils/{p.pk}/", "second": _legal(p)},
                    {"text": _year(p)},
                    {"text": day_in_words(p.born_on)},
                    {"text": _school(p)},
                    {"text": p.upn},
                ]
            }
            for p in pupils
        ],
    }
