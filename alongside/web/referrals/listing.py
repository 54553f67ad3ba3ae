"""The list of referrals: saved views, filters, sort, pages by key, download."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse

from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.referrals import lists, policy
from alongside.referrals.lists import AGES, SORTS, TRIAGES, VIEWS, Asked
from alongside.referrals.models import CameBy, Referral, ReferralState
from alongside.rules.ages import year_group_in_words
from alongside.web.dates import as_day
from alongside.web.downloads import MOST_ROWS, Cells, Part, Taken, take, ways
from alongside.web.paging import pages
from alongside.web.pathways import pathway_asked, pathway_group, pathway_name
from alongside.web.referrals.pages import STATE_SHAPES, STATE_WORDS
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

LABELS = {
    "waiting": ("To screen", "With the service"),
    "returned": ("With the school", "Returned to us"),
    "queue": ("Waiting list", "Waiting list"),
    "decided": ("Decided", "Decided"),
    "all": ("All", "All"),
}


@screen(needs=Permission.REFERRAL_VIEW, methods=("GET",))
def referrals(request: Request) -> HttpResponse:
    actor, view = request.actor, _view(request)
    asked = read(request.GET, view)
    found = lists.find(actor, asked)
    return TemplateResponse(
        request,
        "referrals/list.html",
        {
            "heading": "Referrals",
            "second": _second(found, asked),
            "views": views(request, view),
            "filter": _filter(request, asked, view),
            "table": _table(request, asked, found.rows),
            "pages": pages(request, f"{len(found.rows)} of {found.total}", found.following),
            "may_take_call": actor.may(Permission.REFERRAL_SCREEN),
            "may_compare": actor.may(Permission.COMPARE),
            "may_set_cut_off": actor.may(Permission.CASE_ALLOCATE),
            "may_refer": actor.may(Permission.REFERRAL_MAKE),
            "take": ways(request, "referrals-download"),
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The list as the screen shows it now, all of it."""
    actor, view = request.actor, _view(request)
    asked = replace(read(request.GET, view), after="")
    found = lists.find(actor, asked, most=MOST_ROWS)
    calendars = Calendars(actor)
    rows = [_cells(r, calendars, actor.today) for r in found.rows]
    chosen = [tag["label"] for tag in _filter(request, asked, view)["selected"]]
    at = 0 if actor.may(Permission.REFERRAL_SCREEN) else 1
    return take(
        request,
        Taken(
            title="Referrals",
            chosen=[LABELS[view][at], *chosen],
            parts=[Part(COLUMNS, rows, about=[r.pupil_id for r in found.rows], printed=PRINTED)],
            back_url=f"/referrals/?{urlencode({'view': view})}",
            is_cut=bool(found.following),
        ),
        kind="referrals.exported",
        needs=Permission.REFERRAL_VIEW,
    )


def _view(request: Request) -> str:
    """What was asked for; at first who screens sees what is to screen, and a school all of its own."""
    is_screener = request.actor.may(Permission.REFERRAL_SCREEN)
    view = request.GET.get("view", "waiting" if is_screener else "all")
    return view if view in VIEWS else "all"


def read(query: QueryDict, view: str) -> Asked:
    """What was asked, with anything unreadable left out."""
    states = [s for s in query.getlist("state") if s in ReferralState.values]
    age, sort = query.get("age", ""), query.get("sort", "old")
    return Asked(
        states=states or ([] if view == "all" else [str(s) for s in VIEWS[view]]),
        school=query.get("school", "").strip()[:100],
        age=age if age in AGES else "",
        triage=query.get("triage", "") if query.get("triage") in TRIAGES else "",
        pathway=pathway_asked(query),
        sort=sort if sort in SORTS else "old",
        after=query.get("after", "")[:300],
    )


def _second(found: lists.Found, asked: Asked) -> str:
    order = {"old": "longest waiting first", "new": "newest first", "school": "by school"}
    if not found.total:
        return "None here"
    return f"{found.total} referral{'' if found.total == 1 else 's'}, {order[asked.sort]}"


def views(request: Request, view: str) -> list[dict[str, Any]]:
    counted = lists.counts(request.actor)
    at = 0 if request.actor.may(Permission.REFERRAL_SCREEN) else 1
    return [
        {
            "label": LABELS[name][at],
            "count": counted.get(name),
            "url": "/referrals/waiting/"
            if name == "queue"
            else f"/referrals/?{urlencode({'view': name})}",
            "is_current": name == view,
        }
        for name in VIEWS
    ]


def _filter(request: Request, asked: Asked, view: str) -> dict[str, Any]:
    chosen = [s for s in request.GET.getlist("state") if s in ReferralState.values]
    selected = [
        {"label": STATE_WORDS[ReferralState(s)], "remove_url": _without(request, "state", s)}
        for s in chosen
    ]
    if asked.school:
        selected.append({"label": asked.school, "remove_url": _without(request, "school")})
    if asked.triage:
        selected.append({"label": TRIAGES[asked.triage], "remove_url": _without(request, "triage")})
    if asked.age:
        selected.append({"label": AGES[asked.age], "remove_url": _without(request, "age")})
    if asked.pathway:
        label = pathway_name(asked.pathway)
        selected.append({"label": label, "remove_url": _without(request, "pathway")})
    return {
        "groups": [
            {"legend": "School", "name": "school", "kind": "search", "value": asked.school},
            {
                "legend": "State",
                "name": "state",
                "kind": "checkbox",
                "options": [
                    {"value": s.value, "label": STATE_WORDS[s], "is_chosen": s in chosen}
                    for s in ReferralState
                ],
            },
            *_triage_group(request, asked),
            {
                "legend": "Waiting since it was sent",
                "name": "age",
                "kind": "radio",
                "options": [
                    {"value": "", "label": "Any time", "is_chosen": not asked.age},
                    *(
                        {"value": key, "label": label, "is_chosen": key == asked.age}
                        for key, label in AGES.items()
                    ),
                ],
            },
            pathway_group(asked.pathway),
        ],
        "selected": selected,
        "clear_url": f"?{urlencode({'view': view})}",
        "keep": {"view": view, "sort": asked.sort},
    }


def _triage_group(request: Request, asked: Asked) -> list[dict[str, Any]]:
    """For who screens, where a service reads by the week."""
    cut_offs = lists.coming_cut_offs(request.actor)
    if not cut_offs or not request.actor.may(Permission.REFERRAL_SCREEN):
        return []
    options = [{"value": "", "label": "Any", "is_chosen": not asked.triage}]
    options += [
        {"value": key, "label": label, "is_chosen": key == asked.triage}
        for key, label in TRIAGES.items()
    ]
    return [{"legend": "The coming triage", "name": "triage", "kind": "radio", "options": options}]


def _without(request: Request, name: str, value: str | None = None) -> str:
    query = request.GET.copy()
    query.setlist(name, [v for v in query.getlist(name) if value is not None and v != value])
    query.pop("after", None)
    return f"?{query.urlencode()}"


def _table(request: Request, asked: Asked, rows: list[Referral]) -> dict[str, Any]:
    calendars, today = Calendars(request.actor), request.actor.today

    def column(label: str, sort: str = "", down: str = "") -> dict[str, Any]:
        query = request.GET.copy()
        query["sort"] = down if down and asked.sort == sort else sort
        query.pop("after", None)
        direction = {sort: "ascending", down: "descending"}.get(asked.sort, "") if sort else ""
        return {
            "label": label,
            "sort_url": f"?{query.urlencode()}" if sort else "",
            "direction": direction,
        }

    return {
        "caption": "Referrals",
        "columns": [
            column("Pupil"),
            column("School", "school"),
            column("Stands"),
            column("Sent", "old", "new"),
            column("Screener"),
        ],
        "rows": [_row(r, calendars, today) for r in rows],
    }


def _row(referral: Referral, calendars: Calendars, today: Any) -> dict[str, Any]:
    waited = calendars.since(referral.school_id, as_day(referral.sent_at), today)
    is_live = referral.state in policy.LIVE
    is_late = waited > 5 and referral.state in (ReferralState.SENT, ReferralState.SCREENING)
    return {
        "cells": [
            {
                "text": referral.pupil.name,
                "url": f"/referrals/{referral.pk}/",
                "second": _which(referral),
            },
            {"text": referral.school.name, "second": (referral.area or referral.service).name},
            {
                "tag": True,
                "state": STATE_SHAPES[ReferralState(referral.state)],
                "text": STATE_WORDS[ReferralState(referral.state)],
                "second": _outcome(referral),
            },
            {
                "text": day(referral.sent_at),
                "state": "overdue" if is_late else "",
                "second": _waited(waited) if is_live else _decided(referral),
            },
            {"text": referral.screener.name if referral.screener else "Nobody yet"},
        ]
    }


def _which(referral: Referral) -> str:
    year = year_group_in_words(referral.pupil.year_group)
    return f"{referral.reference}, {year}{', re-referral' if referral.previous_id else ''}"


def _outcome(referral: Referral) -> str:
    if referral.case:
        return f"{referral.case.reference}: {referral.case.get_state_display().lower()}"
    if referral.came_by == CameBy.CALL and referral.state in policy.LIVE:
        return f"From a call: {referral.caller_role}"
    if referral.signposted_to:
        return f"Pointed to {referral.signposted_to}"
    return f"Round {referral.round}" if referral.round > 1 else ""


def _waited(days: int) -> str:
    return f"{days} school day{'' if days == 1 else 's'} ago" if days else "Today"


def _decided(referral: Referral) -> str:
    return f"Decided {day(referral.decided_at)}" if referral.decided_at else ""


COLUMNS = (
    "Reference", "Pupil", "Year", "School", "Service", "Area", "Framework", "State", "Round",
    "Sent on", "School days since", "Screener", "Decided on", "Case", "Came by", "Re-referral",
    "Pointed to",
)  # fmt: skip
PRINTED = (
    "Reference", "Pupil", "Year", "School", "State", "Sent on", "School days since", "Screener",
)  # fmt: skip


def _cells(referral: Referral, calendars: Calendars, today: Any) -> Cells:
    sent_on = as_day(referral.sent_at)
    return [
        referral.reference,
        referral.pupil.name,
        referral.pupil.year_group,
        referral.school.name,
        referral.service.name,
        referral.area.name if referral.area else "",
        referral.framework.name,
        STATE_WORDS[ReferralState(referral.state)],
        referral.round,
        sent_on,
        calendars.since(referral.school_id, sent_on, today),
        referral.screener.name if referral.screener else "",
        as_day(referral.decided_at) if referral.decided_at else "",
        referral.case.reference if referral.case else "",
        referral.get_came_by_display(),
        "Yes" if referral.previous_id else "",
        referral.signposted_to,
    ]
