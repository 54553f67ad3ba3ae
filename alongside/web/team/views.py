"""The team's page for everybody in it, and the board of who allocates."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse

from alongside.cases import planned, policy, team_queries
from alongside.cases.models import Whereabouts
from alongside.cases.team_queries import Member
from alongside.core.permissions import Permission
from alongside.duties.due_rows import count_to_allocate
from alongside.duties.standards import CONTACT_WITHIN
from alongside.duties.team_board import Load, loads, open_led_by
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of
from alongside.web.dates import short_weekday
from alongside.web.downloads import Cells, Part, Taken, take, ways
from alongside.web.screens import Request, screen
from alongside.web.team.handovers import rows as handover_rows

PAGE = 50


@screen(needs=Permission.CASE_WORK, methods=("GET",))
def team(request: Request) -> HttpResponse:
    """Who is in the team, and whose caseload is covered by whom."""
    actor = request.actor
    members = team_queries.members(actor)
    covers = team_queries.covers_to_come(actor, [m.staff.pk for m in members])
    where = team_queries.where_today(actor, [m.staff.pk for m in members])
    managed = team_queries.managed(actor) if actor.may(Permission.CASE_ALLOCATE) else []
    may_end = {m.staff.pk for m in managed} | {actor.staff_id}
    now = {cover.staff_id: cover for cover in covers if cover.starts_on <= actor.today}
    return TemplateResponse(
        request,
        "team/team.html",
        {
            "heading": "Team",
            "second": f"{len(members)} people work cases here",
            "views": views_of(request, "team"),
            "people": [_person(member, now, where) for member in members],
            "announcements": [
                {"said": said, "may_end": policy.coordinate(actor, said.place)}
                for said in team_queries.announcements(actor)
            ],
            "may_announce": actor.may(Permission.TEAM_COORDINATE),
            "covers": [
                {
                    "cover": cover,
                    "when": f"{short_weekday(cover.starts_on)} to {short_weekday(cover.ends_on)}",
                    "is_now": cover.starts_on <= actor.today,
                    "may_end": cover.staff_id in may_end,
                }
                for cover in covers
            ],
        },
    )


def _person(
    member: Member, covered: dict[int, Any], where: dict[int, Whereabouts]
) -> dict[str, Any]:
    cover, said = covered.get(member.staff.pk), where.get(member.staff.pk)
    return {
        "name": member.staff.name,
        "role": f"{member.role}, {member.place}",
        "where": f"{said.get_kind_display()}{': ' if said.note else ''}{said.note}" if said else "",
        "cover": f"Away, covered by {cover.covered_by.name}" if cover else "",
    }


@screen(needs=Permission.CASE_ALLOCATE, methods=("GET",))
def board(request: Request) -> HttpResponse:
    """Each person whose cases one allocates: what they hold, what is late, whom nobody saw."""
    actor = request.actor
    members = team_queries.managed(actor)
    page, pages = _page(request.GET, members)
    held = loads(actor, [m.staff.pk for m in page])
    away = {c.staff_id: c for c in team_queries.covers_now(actor.today)}
    return TemplateResponse(
        request,
        "team/board.html",
        {
            "heading": "Whole team’s caseload",
            "second": f"{count_of(len(members), 'person', 'people')}, "
            f"{count_of(open_led_by(actor, [m.staff.pk for m in members]), 'open case')}, "
            f"{count_to_allocate(actor) or 'none'} waiting to be allocated",
            "pages": pages,
            "take": ways(request, "team-board-download") if page else None,
            "views": views_of(request, "board"),
            "handovers": handover_rows(planned.listed_for(actor)),
            "table": {
                "caption": "People and their cases",
                "columns": COLUMNS,
                "rows": [
                    {"cells": _cells(m, held.get(m.staff.pk, Load()), away.get(m.staff.pk))}
                    for m in page
                ],
            },
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The board of everybody at once. It names the team, and no pupil."""
    actor = request.actor
    members = team_queries.managed(actor)
    held = loads(actor, [m.staff.pk for m in members])
    away = {c.staff_id: c for c in team_queries.covers_now(actor.today)}
    rows = [
        _line(member, held.get(member.staff.pk, Load()), away.get(member.staff.pk))
        for member in members
    ]
    taken = Taken(
        title="Whole team’s caseload",
        chosen=["Everybody whose cases you allocate, by name"],
        parts=[Part(TAKEN, rows)],
        back_url="/team/board/",
    )
    return take(request, taken, kind="board.exported", needs=Permission.CASE_ALLOCATE)


def _page(query: QueryDict, members: list[Member]) -> tuple[list[Member], dict[str, Any] | None]:
    """The people of one page, by name, after the one named in the address."""
    after = number_in(query.get("after", ""))
    at = next((n for n, m in enumerate(members, start=1) if m.staff.pk == after), 0)
    page = members[at : at + PAGE]
    if len(page) == len(members):
        return page, None
    is_last = at + PAGE >= len(members)
    return page, {
        "summary": f"{at + 1} to {at + len(page)} of {len(members)}",
        "first_url": "?" if at else "",
        "next_url": "" if is_last else f"?after={page[-1].staff.pk}",
    }


COLUMNS = [
    {"label": "Person"},
    {"label": "Leads", "is_number": True},
    {"label": "Room", "is_number": True},
    {"label": "Works beside", "is_number": True},
    {"label": "Very high priority", "is_number": True},
    {"label": "Reviews late", "is_number": True},
    {"label": f"Not seen in {CONTACT_WITHIN} school days", "is_number": True},
    {"label": "Away"},
]


def _cells(member: Member, load: Load, cover: Any) -> list[dict[str, Any]]:
    return [
        {
            "text": member.staff.name,
            "url": f"/team/{member.staff.pk}/",
            "second": f"{member.role}, {member.place}",
        },
        {"text": load.leads},
        _room(load),
        {"text": load.works_beside or "–"},
        _marked(load.very_high, "soon"),
        _marked(load.reviews_late, "overdue"),
        _marked(load.unseen, "overdue"),
        {"text": f"Covered by {cover.covered_by.name}" if cover else "–"},
    ]


TAKEN = (
    "Person", "Role", "Where", "Leads", "At most", "Room", "Works beside", "Very high priority",
    "Reviews late", f"Not seen in {CONTACT_WITHIN} school days", "Away",
)  # fmt: skip


def _line(member: Member, load: Load, cover: Any) -> Cells:
    return [
        member.staff.name,
        member.role,
        member.place,
        load.leads,
        "" if load.most is None else load.most,
        "" if load.room is None else load.room,
        load.works_beside,
        load.very_high,
        load.reviews_late,
        load.unseen,
        f"Covered by {cover.covered_by.name}" if cover else "",
    ]


def _room(load: Load) -> dict[str, Any]:
    if load.room is None:
        return {"text": "Not agreed"}
    if load.room < 0:
        return {"text": f"{-load.room} over {load.most}", "state": "overdue"}
    return {"text": f"{load.room} of {load.most}"}


def _marked(count: int, state: str) -> dict[str, Any]:
    return {"text": count, "state": state} if count else {"text": "–"}


def views_of(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages of the team that this person has."""
    actor = request.actor
    pages = [("team", "Team today", "/team/today/", True)]
    manages = actor.may(Permission.CASE_ALLOCATE)
    pages += [
        ("tasks", "Team’s tasks", "/team/tasks/", True),
        ("deadlines", "Deadlines", "/team/", actor.may(Permission.DEADLINE_ASSIGN)),
        ("board", "Whole team’s caseload", "/team/board/", manages),
        ("countersign", "To countersign", "/team/countersign/", manages),
        ("signed", "Countersigned for you", "/team/signed/", not manages),
    ]
    return [
        {"label": label, "url": url, "is_current": key == current}
        for key, label, url, is_shown in pages
        if is_shown
    ]
