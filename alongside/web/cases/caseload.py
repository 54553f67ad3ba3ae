"""The caseload: a list with its reasons in words, filtered, sorted, paged by key, downloaded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse

from alongside.cases import policy
from alongside.cases.models import PrimaryNeed
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.duties.calendars import Calendars
from alongside.duties.caseload import (
    SORTS,
    VIEWS,
    Chosen,
    Counts,
    Row,
    count_cases,
    page_of_cases,
    rows,
)
from alongside.duties.needs import by_need, label_of, long
from alongside.duties.standards import CONTACT_WITHIN
from alongside.pathways.queries import StageChoice, stage_choices
from alongside.rules.numbers import number_in
from alongside.web.cases.caseload_rows import (
    COLUMNS,
    PRINTED,
    columns_of,
    line_of,
    table_rows,
    taken_columns,
)
from alongside.web.downloads import MOST_ROWS, Part, Taken, take, ways
from alongside.web.paging import pages
from alongside.web.pathways import pathway_asked, pathway_group, pathway_name
from alongside.web.screens import Request, screen

LONGEST_PLACE = 5  # Digits of a place in the order of priority.
MOST_SCHOOLS = 15  # In the filter, those with most cases.

LABELS = {
    "mine": "My cases",
    "covering": "Covering",
    "all": "Everyone",
    "waiting": "Waiting to be allocated",
    "review": "Review due in 2 weeks",
    "unseen": "Not seen or reviewed",
    "closed": "Closed",
}
OF_WORKERS = ("mine", "covering", "waiting")  # Who reads cases and works none has none of these.
ORDERS = {
    "review": "next review first",
    "name": "by name",
    "opened": "oldest first",
    "priority": "most pressing first",
    "school": "by school",
}
PERIODS = (5, 10, 15, 20, 30)  # School days without contact that can be asked for.


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def caseload(request: Request) -> HttpResponse:
    actor, calendars = request.actor, Calendars(request.actor)
    stages = stage_choices(actor)
    counts = count_cases(actor)
    chosen = read_choice(actor, request.GET, default_view(actor, counts), stages)
    cases, has_more = page_of_cases(actor, chosen)
    found = rows(actor, cases, calendars)
    following = "~".join(map(str, _following(chosen, cases[-1]).after or ())) if has_more else ""
    sees_priority = bool(policy.see_priority(actor))
    _audit(request, found)
    return TemplateResponse(
        request,
        "cases/caseload.html",
        {
            "heading": "Your caseload" if chosen.view == "mine" else "Caseload",
            "second": _second(len(cases), has_more, chosen),
            "of_need": _of_need(actor, chosen),
            "groups": _groups(request, chosen),
            "sees_priority": sees_priority,
            "views": [
                {
                    "label": LABELS[view],
                    "count": counts.views.get(view),
                    "url": f"?{urlencode({'view': view})}",
                    "is_current": view == chosen.view,
                }
                for view in VIEWS
                if _may_fill(actor, view)
            ],
            "filter": _filter(request, chosen, counts, stages, sees_priority),
            "table": _table(request, chosen, found, sees_priority),
            "pages": pages(request, f"{len(cases)} shown", following),
            "is_empty": not found,
            "may_refer": actor.may(Permission.REFERRAL_MAKE),
            "take": ways(request, "caseload-download") if found else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The list as it is filtered now, all of it."""
    actor, calendars = request.actor, Calendars(request.actor)
    stages = stage_choices(actor)
    view = default_view(actor, count_cases(actor))
    chosen = replace(read_choice(actor, request.GET, view, stages), after=None)
    listed: list[Row] = []
    while True:
        cases, has_more = page_of_cases(actor, chosen)
        listed += rows(actor, cases, calendars)
        if not has_more or len(listed) >= MOST_ROWS:
            break
        chosen = _following(chosen, cases[-1])
    sees_priority = bool(policy.see_priority(actor))
    cells = [line_of(row, sees_priority) for row in listed]
    about = [row.case["pupil_id"] for row in listed]
    return take(
        request,
        Taken(
            title="Caseload",
            chosen=_in_words(request, chosen, stages, sees_priority),
            parts=[
                Part(
                    taken_columns(actor, COLUMNS),
                    cells,
                    about=about,
                    printed=taken_columns(actor, PRINTED),
                )
            ],
            back_url=f"/caseload/?{urlencode({'view': chosen.view})}",
            is_cut=has_more,
        ),
        kind="caseload.downloaded",
        needs=Permission.CASE_VIEW,
    )


def _in_words(
    request: Request, chosen: Chosen, stages: list[StageChoice], sees_priority: bool
) -> list[str]:
    """The view and its filters, as a file or a printed list says them."""
    asked = _filter(request, chosen, count_cases(request.actor), stages, sees_priority)
    tags: Any = asked["selected"]
    of_days = [f"no contact for {chosen.days} school days"] if chosen.view == "unseen" else []
    searched = [f"“{chosen.search}”"] if chosen.search else []
    return [LABELS[chosen.view], *of_days, *searched, *(tag["label"] for tag in tags)]


def default_view(actor: Actor, counts: Counts) -> str:
    """Who allocates sees everyone first; who works, their own, once they have any."""
    if not actor.may(Permission.CASE_WORK) or actor.may(Permission.CASE_ALLOCATE):
        return "all"
    return "mine" if counts.views["mine"] or not counts.views["all"] else "all"


def _may_fill(actor: Actor, view: str) -> bool:
    """Whether this view can ever hold something for who asks."""
    if view == "unseen":
        return actor.reads_work  # What was not shared with them, they cannot tell from nothing.
    return view not in OF_WORKERS or actor.may(Permission.CASE_WORK)


def read_choice(
    actor: Actor, query: QueryDict, view: str, stages: Sequence[StageChoice] = ()
) -> Chosen:
    """What was asked, with anything unreadable left out: a bad address shows the plain list."""
    asked, need = query.get("view", view), query.get("need", "")
    # A worker's own cases open with the most pressing; everybody's with the next review.
    sort = query.get("sort", "priority" if asked == "mine" else "review")
    if not policy.see_priority(actor):
        sort, need = ("review" if sort == "priority" else sort), ""
    after = None
    key, _, last = query.get("after", "").rpartition("~")
    last_id = number_in(last)
    if key and last_id is not None and _is_key(sort, key):
        after = (key, last_id)
    days = number_in(query.get("days", ""))
    return Chosen(
        view=asked if asked in VIEWS else view,
        school_ids=tuple(n for value in query.getlist("school") if (n := number_in(value)))[:50],
        stage_ids=tuple(
            pk for s in stages if s.value in query.getlist("stage") for pk in s.stage_ids
        ),
        search=query.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else "review",
        after=after,
        need=need if need in PrimaryNeed else "",
        pathway=pathway_asked(query),
        days=days if days in PERIODS else CONTACT_WITHIN,
    )


def _is_key(sort: str, key: str) -> bool:
    if sort in ("name", "school"):
        return True
    if sort == "priority":
        return number_in(key) is not None and len(key) < LONGEST_PLACE
    try:
        date.fromisoformat(key)
    except ValueError:
        return False
    return True


def _following(chosen: Chosen, last: dict[str, Any]) -> Chosen:
    key = last[SORTS[chosen.sort][0]]
    value = key.isoformat() if isinstance(key, date) else str(key)
    return replace(chosen, after=(value, last["pk"]))


def _second(shown: int, has_more: bool, chosen: Chosen) -> str:
    if not shown:
        return "No cases here"
    count = f"The first {shown}" if has_more and not chosen.after else f"{shown}"
    return f"{count} {'case' if shown == 1 else 'cases'}, {ORDERS[chosen.sort]}"


def _of_need(actor: Actor, chosen: Chosen) -> str:
    """Of a chosen need: how many open cases there are in all that one sees, and since when."""
    if not chosen.need:
        return ""
    found = next((of for of in by_need(actor) if of.need == chosen.need), None)
    if found is None:
        return f"{label_of(chosen.need)}: no open case"
    cases = "1 open case" if found.count == 1 else f"{found.count} open cases"
    return f"{found.label}: {cases}, open for {long(found.days_open)} on average"


def _groups(request: Request, chosen: Chosen) -> dict[str, str]:
    """Where to turn grouping by school on, or off again."""
    query = request.GET.copy()
    query.pop("after", None)
    query["sort"] = "review" if chosen.sort == "school" else "school"
    label = "Do not group" if chosen.sort == "school" else "Group by school"
    return {"url": f"?{query.urlencode()}", "label": label}


def _choices(chosen: Chosen, sees_priority: bool) -> list[dict[str, object]]:
    """Filters that only some see, or that go with one view."""
    found: list[dict[str, object]] = []
    if chosen.view == "unseen":
        days = [
            {"value": n, "label": f"{n} school days", "is_chosen": n == chosen.days}
            for n in PERIODS
        ]
        found.append(
            {"legend": "No contact for", "name": "days", "kind": "select", "options": days}
        )
    if sees_priority:
        needs = [
            {"value": value, "label": label, "is_chosen": value == chosen.need}
            for value, label in [("", "Any"), *PrimaryNeed.choices]
        ]
        found.append({"legend": "Primary need", "name": "need", "kind": "select", "options": needs})
    return found


def _filter(
    request: Request,
    chosen: Chosen,
    counts: Counts,
    stages: list[StageChoice],
    sees_priority: bool,
) -> dict[str, object]:
    schools = [
        (school_id, name, count)
        for place, (school_id, name, count) in enumerate(counts.schools(chosen.view))
        if (count and place < MOST_SCHOOLS) or school_id in chosen.school_ids
    ]
    stood = [stage for stage in stages if stage.stage_ids[0] in chosen.stage_ids]
    return {
        "groups": [
            {"legend": "Pupil or reference", "name": "q", "kind": "search", "value": chosen.search},
            *_choices(chosen, sees_priority),
            {
                "legend": "School",
                "name": "school",
                "kind": "checkbox",
                "options": [
                    {
                        "value": school_id,
                        "label": name,
                        "count": count,
                        "is_chosen": school_id in chosen.school_ids,
                    }
                    for school_id, name, count in schools
                ],
            },
            pathway_group(chosen.pathway),
            {
                "legend": "Stage",
                "name": "stage",
                "kind": "select",  # A council's frameworks have some fifteen stages between them.
                "options": [
                    {"value": "", "label": "Any", "is_chosen": not stood},
                    *(
                        {"value": stage.value, "label": stage.label, "is_chosen": stage in stood}
                        for stage in stages
                    ),
                ],
            },
        ],
        "selected": [
            *_tags(request, "need", [(chosen.need, label_of(chosen.need))] if chosen.need else []),
            *_tags(request, "pathway", _pathway_of(chosen)),
            *_tags(request, "stage", [(stage.value, stage.label) for stage in stood]),
            *_tags(
                request,
                "school",
                [(str(pk), name) for pk, name, _ in schools if pk in chosen.school_ids],
            ),
        ],
        "clear_url": f"?{urlencode({'view': chosen.view})}",
        "keep": {"view": chosen.view, "sort": chosen.sort},
    }


def _pathway_of(chosen: Chosen) -> list[tuple[str, str]]:
    if not chosen.pathway:
        return []
    return [(chosen.pathway, pathway_name(chosen.pathway))]


def _tags(request: Request, name: str, chosen: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [
        {"label": label, "remove_url": _without(request, name, value)} for value, label in chosen
    ]


def _without(request: Request, name: str, value: str) -> str:
    query = request.GET.copy()
    query.setlist(name, [v for v in query.getlist(name) if v != value])
    query.pop("after", None)
    return f"?{query.urlencode()}"


def _table(
    request: Request, chosen: Chosen, found: list[Row], sees_priority: bool
) -> dict[str, object]:
    def sorted_by(sort: str) -> str:
        query = request.GET.copy()
        query["sort"] = sort
        query.pop("after", None)
        return f"?{query.urlencode()}"

    return {
        "caption": "Cases",
        "is_fixed": True,
        "columns": [
            {
                "label": label,
                "sort_url": sorted_by(sort) if sort else "",
                "direction": "ascending" if sort and chosen.sort == sort else "",
                "room": room,
            }
            for label, sort, room in columns_of(request.actor, chosen, sees_priority)
        ],
        "rows": table_rows(request.actor, chosen, found, sees_priority),
    }


def _audit(request: Request, found: list[Row]) -> None:
    if found:
        audit.record(
            actor=request.actor,
            kind="pupils.listed",
            subject=request.path,
            pupil_ids=[row.case["pupil_id"] for row in found],
        )
