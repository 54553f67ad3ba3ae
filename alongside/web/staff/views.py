"""Screens of staff: a list, a person, adding them, letting them in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import actions, policy, queries, roles, sign_in
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.decisions import Decision
from alongside.core.models import Place, RoleAssignment, Staff
from alongside.core.permissions import ROLES, Permission, Role
from alongside.web import form_pages
from alongside.web.dates import short_day
from alongside.web.door import links
from alongside.web.screens import Request, screen
from alongside.web.staff.forms import ROLE_CHOICES, PersonForm, role_of


@screen(needs=Permission.STAFF_VIEW, methods=("GET",))
def staff_list(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("q", "role", "state", "sort", "after")}
    asked["state"] = asked["state"] or "active"
    page = queries.list_staff(
        request.actor,
        words=asked["q"].strip(),
        role=asked["role"],
        state=asked["state"],
        is_descending=asked["sort"] == "-name",
        after=asked["after"],
    )
    return render(
        request,
        "staff/list.html",
        {
            "total": page.total,
            "table": _table(request, page.people, asked),
            "filter": _filter(asked),
            "pages": _pages(page, asked),
            "may_add": policy.give_role(request.actor),
        },
    )


@screen(needs=Permission.STAFF_VIEW, methods=("GET",))
def one_staff(request: Request, staff_id: int) -> HttpResponse:
    staff = queries.get_staff(request.actor, staff_id)
    actor = request.actor
    facts = [
        {"label": "E-mail address", "value": staff.email or "None"},
        {"label": "Job title", "value": staff.job_title or "Not given"},
        _changed_at(actor, staff, "Employed by", staff.employer),
        _changed_at(actor, staff, "Line manager", staff.line_manager),
        {"label": "Way in", "value": _way_in(staff)},
    ]
    return render(
        request,
        "staff/one.html",
        {
            "staff": staff,
            "facts": facts,
            "roles": _roles_table(request, staff),
            "may_edit": policy.give_role(actor),
            "may_give": policy.give_role_to(actor, staff),
            "may_invite": policy.invite(actor, staff),
            "may_close": policy.close_staff(actor, staff),
            "may_remove": _may_remove(actor, staff),
            "reports": [
                {"name": p.name, "role": p.job_title, "url": f"/staff/{p.pk}/"}
                for p in queries.reports_of(staff)
            ],
        },
    )


@screen(needs=Permission.STAFF_EDIT)
def add_staff(request: Request) -> HttpResponse:
    form = form_pages.bind(request, PersonForm, initial={"starts_on": request.actor.today})

    def add(typed: dict) -> Staff:
        names = ("name", "email", "job_title")
        staff = actions.add_staff(actor=request.actor, **{name: typed[name] for name in names})
        roles.give_role(actor=request.actor, staff=staff, **role_of(typed))
        return staff

    staff = form_pages.attempt(request, form, add)
    if staff:
        messages.success(request, f"{staff.name} is added. Send the link that lets them in.")
        return redirect("staff-one", staff.pk)
    return form_pages.show(request, "staff/add.html", form, {"heading": "Add a person"})


@screen(needs=Permission.STAFF_EDIT, methods=("POST",))
def invite(request: Request, staff_id: int) -> HttpResponse:
    """Make the one-time link, send it, and show it once for handing over in person."""
    staff = queries.get_staff(request.actor, staff_id)
    account = actions.invite(actor=request.actor, staff=staff)
    url = links.first_sign_in_url(account)
    body = (
        f"Hello {staff.name},\n\nYou can now sign in to Alongside. Choose a password here:\n\n{url}"
        "\n\nThe link works once, for three days. If you did not expect this, delete it.\n"
    )
    transaction.on_commit(
        lambda: send_mail("Alongside: choose your password", body, None, [account.email]),
        robust=True,
    )
    return render(request, "staff/invited.html", {"staff": staff, "url": url})


@screen(needs=Permission.STAFF_EDIT, methods=("POST",))
def close_staff(request: Request, staff_id: int) -> HttpResponse:
    staff = queries.get_staff(request.actor, staff_id)
    is_active = request.POST.get("open") == "yes"
    actions.close_staff(actor=request.actor, staff=staff, is_active=is_active)
    done = "can sign in again" if is_active else "can no longer sign in"
    messages.success(request, f"{staff.name} {done}.")
    return redirect("staff-one", staff.pk)


@screen(needs=Permission.STAFF_EDIT, methods=("GET",))
def place_options(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")
    options = [{"value": v, "label": label} for v, label in queries.find_places(words)[:20]]
    return render(request, "components/options.html", {"options": options})


def _changed_at(
    actor: Actor, staff: Staff, label: str, value: Place | Staff | None
) -> dict[str, object]:
    may = policy.change_employment(actor, staff)
    url = f"/staff/{staff.pk}/employment/" if may else ""
    return {"label": label, "value": value or "Not given", "url": url}


def _may_remove(actor: Actor, staff: Staff) -> Decision:
    factors = sign_in.second_factors(staff.account) if policy.give_role(actor) else []
    return policy.remove_second_factor(actor, staff, factors)


def _table(request: Request, people: list[Staff], asked: dict[str, str]) -> dict[str, object]:
    is_descending = asked["sort"] == "-name"
    turned = asked | {"sort": "" if is_descending else "-name", "after": ""}
    return {
        "caption": "People who work here",
        "columns": [
            {
                "label": "Name",
                "sort_url": f"?{_query(turned)}",
                "direction": "descending" if is_descending else "ascending",
            },
            {"label": "Roles today"},
            {"label": "Line manager"},
            {"label": "Way in"},
        ],
        "rows": [
            {
                "cells": [
                    {"text": p.name, "url": f"/staff/{p.pk}/", "second": p.job_title or p.email},
                    _roles_today(request, p),
                    {
                        "text": p.line_manager.name if p.line_manager else "–",
                        "second": f"Employed by {p.employer.name}" if p.employer else "",
                    },
                    {
                        "text": "Open" if p.is_active else "Closed",
                        "state": "met" if p.is_active else "waiting",
                        "tag": True,
                    },
                ]
            }
            for p in people
        ],
    }


def _roles_today(request: Request, staff: Staff) -> dict[str, str]:
    held = [a for a in staff.assignments.all() if _state(request, a) == "In force"]
    if not held:
        return {"text": "None today", "state": "waiting"}
    words = [f"{ROLES[Role(a.role)].label}, {a.place.name}" for a in held]
    return {"text": words[0], "second": "; ".join(words[1:])}


def _roles_table(request: Request, staff: Staff) -> dict[str, object]:
    rows = sorted(staff.assignments.all(), key=lambda a: (a.starts_on, a.pk), reverse=True)
    may_end = policy.give_role(request.actor)
    columns = ["Role", "Where", "From", "To", "State"] + (["Change"] if may_end else [])
    return {
        "caption": f"Roles of {staff.name}",
        "columns": [{"label": label} for label in columns],
        "rows": [{"cells": _role_cells(request, a, bool(may_end))} for a in rows],
    }


def _role_cells(request: Request, a: RoleAssignment, may_end: bool) -> list[dict[str, object]]:
    state = _state(request, a)
    cells: list[dict[str, object]] = [
        {
            "text": ROLES[Role(a.role)].label,
            "second": f"Cleared for {', '.join(a.cleared_for)}" if a.cleared_for else "",
        },
        {"text": a.place.name},
        {"text": f"{a.starts_on:%-d %b %Y}"},
        {"text": f"{a.ends_on:%-d %b %Y}" if a.ends_on else "No end"},
        {"text": state, "state": "met" if state == "In force" else "waiting", "tag": True},
    ]
    if a.taken_away_at and a.taken_away_by:
        cells[2]["second"] = "Given by mistake"
        cells[3] = {
            "text": short_day(day_of(a.taken_away_at)),
            "second": f"By {a.taken_away_by.name}: {a.taken_away_because}",
        }
    if may_end:
        cells.append(
            {"text": ""}
            if state in ("Ended", "Taken away")
            else {"text": "End it", "url": f"/staff/roles/{a.pk}/end/"}
        )
    return cells


def _state(request: Request, assignment: RoleAssignment) -> str:
    today = request.actor.today
    if assignment.taken_away_at:
        return "Taken away"
    if assignment.starts_on > today:
        return "To come"
    return "Ended" if assignment.ends_on and assignment.ends_on < today else "In force"


def _way_in(staff: Staff) -> str:
    if staff.account is None:
        return "Does not sign in"
    if not staff.is_active:
        return "Closed"
    if staff.account.last_login:
        return f"Last signed in {staff.account.last_login:%-d %B %Y}"
    return "Has not signed in yet"


def _filter(asked: dict[str, str]) -> dict[str, object]:
    states = (("active", "Open"), ("closed", "Closed"), ("all", "Open and closed"))
    return {
        "groups": [
            {"kind": "search", "name": "q", "legend": "Name, e-mail or job", "value": asked["q"]},
            {
                "kind": "select",
                "name": "role",
                "legend": "Role today",
                "options": [
                    {
                        "value": v,
                        "label": label if v else "Any role",
                        "is_chosen": v == asked["role"],
                    }
                    for v, label in ROLE_CHOICES
                ],
            },
            {
                "kind": "radio",
                "name": "state",
                "legend": "Way in",
                "options": [
                    {"value": v, "label": label, "is_chosen": v == asked["state"]}
                    for v, label in states
                ],
            },
        ],
        "selected": [],
        "keep": {"sort": asked["sort"]} if asked["sort"] else {},
    }


def _pages(page: queries.StaffPage, asked: dict[str, str]) -> dict[str, str] | None:
    if not (page.after or asked["after"]):
        return None
    return {
        "summary": f"{len(page.people)} of {page.total} shown",
        "first_url": f"?{_query(asked | {'after': ''})}" if asked["after"] else "",
        "next_url": f"?{_query(asked | {'after': page.after})}" if page.after else "",
    }


def _query(asked: dict[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})
