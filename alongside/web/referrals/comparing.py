"""Neighbourhoods beside each other: what comes in, what is decided, by which threshold, how long."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse

from alongside.core.actor import Actor
from alongside.core.models import Place
from alongside.core.permissions import Permission
from alongside.duties.neighbourhoods import NOWHERE, Comparison, Figures, Usage
from alongside.duties.periods_compared import readable
from alongside.referrals import triage
from alongside.rules.suppression import SYMBOL, shown
from alongside.web.downloads import Part, Taken, take, ways
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

PERIODS = {"term": ("The last 13 weeks", 91), "year": ("The last 12 months", 365)}
SHORTER, LONGER = PERIODS
ONE_PERIOD = (
    "Only the last 12 months can be chosen here: some numbers are small, "
    "and a shorter time beside them would give them away."
)
NOTE = (
    f"{SYMBOL}: a number under 5, or one hidden so that a smaller one cannot be worked out. "
    "Medians are said of five or more. –: too few, or not known."
)


@screen(needs=Permission.COMPARE, methods=("GET",))
def neighbourhoods(request: Request) -> HttpResponse:
    actor = request.actor
    services = triage.services(actor)
    service = chosen_service(services, request.GET.get("service", ""))
    offered = _offered(actor, service)
    period, since = _period(request, offered)
    return TemplateResponse(
        request,
        "triage/neighbourhoods.html",
        {
            "heading": "Neighbourhoods compared",
            "second": _second(service, since, actor.today),
            "services": [
                _link(s.name, s == service, service=s.pk, period=period) for s in services
            ],
            "periods": [
                _link(label, key == period, service=service.pk if service else "", period=key)
                for key, (label, _) in PERIODS.items()
                if key in offered
            ],
            "only": ONE_PERIOD if len(offered) == 1 else "",
            "tables": _tables(offered[period]) if offered else [],
            "note": NOTE,
            "take": ways(request, "neighbourhoods-download") if offered else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The same tables, small numbers hidden in them as on the screen. No pupil is in it."""
    actor = request.actor
    service = chosen_service(triage.services(actor), request.GET.get("service", ""))
    offered = _offered(actor, service)
    period, since = _period(request, offered)
    tables = _tables(offered[period]) if offered else []
    return take(
        request,
        Taken(
            title="Neighbourhoods compared",
            chosen=[_second(service, since, actor.today), NOTE.removesuffix(".")],
            parts=[_part(one["title"], one["table"]) for one in tables],
            back_url=f"/referrals/compare/?{urlencode({'period': period})}",
        ),
        kind="neighbourhoods.exported",
        needs=Permission.COMPARE,
    )


def _offered(actor: Actor, service: Place | None) -> dict[str, Comparison]:
    """What may be read of a service, by its period."""
    if service is None:
        return {}
    shorter, longer = (
        (key, actor.today - timedelta(days=PERIODS[key][1])) for key in (SHORTER, LONGER)
    )
    return readable(actor, service, longer, shorter)


def _period(request: Request, offered: Mapping[str, Comparison]) -> tuple[str, date]:
    """The time that was chosen, where it may be, and its first day."""
    asked = request.GET.get("period", LONGER)
    period = asked if asked in offered else LONGER
    return period, request.actor.today - timedelta(days=PERIODS[period][1])


def _part(title: str, table: dict[str, Any]) -> Part:
    rows = [[cell["text"] for cell in row["cells"]] for row in table["rows"]]
    return Part([column["label"] for column in table["columns"]], rows, title=title)


def chosen_service(services: Sequence[Place], wanted: str) -> Place | None:
    named = next((s for s in services if str(s.pk) == wanted), None)
    return named or (services[0] if services else None)


def _link(label: str, is_current: bool, **query: Any) -> dict[str, Any]:
    return {"label": label, "url": f"?{urlencode(query)}", "is_current": is_current}


def _second(service: Place | None, since: date, until: date) -> str:
    if service is None:
        return "No service works here yet"
    return f"{service.name}, {day(since)} to {day(until)}. No pupil is shown"


def _tables(found: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "title": "Referrals and what became of them",
            "note": "Received in this time, as they stand today",
            "table": table_of(found, found.referrals, ("Per 1,000 on roll", found.rates)),
        },
        {
            "title": "Decisions beside the threshold",
            "note": "By the version each was scored by. The same need should meet the same answer",
            "table": table_of(found, found.judged, ("Median score accepted", found.scores)),
        },
        {
            "title": "Kinds of plan",
            "note": "The first plan of each case opened in this time",
            "table": table_of(found, found.plans),
        },
        {
            "title": "Length of support",
            "note": "Cases closed in this time, from opened to closed",
            "table": table_of(found, found.closed, ("Median weeks", found.lengths)),
        },
        {
            "title": "Versions of the triage form",
            "note": "Referrals of this time, by the version they were scored by",
            "table": table_of(found, found.versions, ("Last used", found.last_used)),
        },
    ]


def table_of(
    found: Comparison | Usage, figures: Figures, extra: tuple[str, Sequence[Any]] | None = None
) -> dict[str, Any]:
    """Neighbourhoods down, counts across, their totals, and one figure more where there is one."""
    columns = [{"label": "Neighbourhood"}]
    columns += [{"label": name, "is_number": True} for name in (*figures.columns, "In all")]  # type: ignore[dict-item]
    columns += [{"label": extra[0], "is_number": True}] if extra else []  # type: ignore[dict-item]
    table = figures.table
    rows = []
    for at, name in enumerate(found.places):
        counts = [*table.rows[at], table.row_totals[at]]
        if name == NOWHERE and not any(count != 0 for count in counts):
            continue
        more = [_said(extra[1][at])] if extra else []
        rows.append(_row(name, [shown(count) for count in counts] + more))
    if len(rows) > 1:  # One row alone is all there is.
        totals = [shown(count) for count in (*table.column_totals, table.total)]
        rows.append(_row("All", totals + ([_said(extra[1][-1])] if extra else [])))
    return {"caption": ", ".join(figures.columns), "columns": columns, "rows": rows}


def _row(name: str, values: Sequence[str]) -> dict[str, Any]:
    return {"cells": [{"text": name}, *({"text": v, "is_number": True} for v in values)]}


def _said(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:.1f}"
