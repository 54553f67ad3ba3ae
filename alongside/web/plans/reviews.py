"""Reviews by school: overdue, due, done; open cases without a plan; inviting the school."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from alongside.core import audit
from alongside.core.days import day_of
from alongside.core.permissions import Permission
from alongside.duties import review_lists
from alongside.duties.calendars import Calendars
from alongside.duties.review_lists import VIEWS, Rows, Wanted
from alongside.plans import actions, people, policy, queries
from alongside.plans.models import PlanState, Review
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.downloads import MOST_ROWS, take, ways
from alongside.web.forms import DateField, Text, Textarea, WordsForOthers
from alongside.web.paging import pages
from alongside.web.pathways import pathway_asked, pathway_filter
from alongside.web.plans.around import around, instead
from alongside.web.plans.reviews_taken import LABELS, reviews_taken
from alongside.web.pupils.forms import read_time
from alongside.web.screens import Request, screen


class InvitationForm(forms.Form):
    """When and where the review is held."""

    on = DateField(label="Which day", is_at_school=True)
    time = forms.CharField(label="At", help_text="Like 10:30 or 2.15pm", widget=Text(width=5))
    place = forms.CharField(label="Where", max_length=120, widget=Text())
    words = WordsForOthers(
        label="What to bring or think about",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )

    def clean_time(self) -> Any:
        return read_time(self.cleaned_data["time"])

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        at = timezone.make_aware(datetime.combine(typed["on"], typed["time"]))
        return {"meets_at": at, "place": typed["place"], "words": typed["words"]}


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def reviews(request: Request) -> HttpResponse:
    wanted = replace(_wanted(request.GET), pathway=pathway_asked(request.GET))
    figures = review_lists.figures(request.actor)
    if wanted.view == "schools":
        rows, has_more = review_lists.by_school(figures, wanted)
    else:
        rows, has_more = review_lists.page(request.actor, wanted)
    _audit(request, rows)
    last = review_lists.key_of(wanted.view, rows[-1]) if has_more else ()
    following = "~".join(map(str, last))
    context = {
        "heading": "Reviews",
        "second": _second(rows, wanted),
        "views": [
            {
                "label": LABELS[view],
                "count": figures.counts.get(view),
                "url": f"?{urlencode({'view': view})}",
                "is_current": view == wanted.view,
            }
            for view in VIEWS
        ],
        "table": {
            "caption": LABELS[wanted.view],
            "columns": COLUMNS[wanted.view],
            "rows": [{"cells": ROWS[wanted.view](request, row)} for row in rows],
        },
        "filter": _filter(wanted),
        "pages": pages(request, f"{len(rows)} shown", following),
        "all_url": f"?{urlencode({'view': wanted.view})}" if wanted.school_id else "",
        "take": ways(request, "reviews-download") if rows else None,
    }
    return TemplateResponse(request, "plans/reviews.html", context)


@screen(needs=Permission.EXPORT, methods=("GET",))
def download(request: Request) -> HttpResponse:
    """The list that the screen shows, all of it."""
    wanted = replace(_wanted(request.GET), after=None, pathway=pathway_asked(request.GET))
    if wanted.view == "schools":
        rows = review_lists.by_school(review_lists.figures(request.actor), wanted, MOST_ROWS)
    else:
        rows = review_lists.page(request.actor, wanted, MOST_ROWS)
    return take(
        request, reviews_taken(wanted, *rows), kind="reviews.exported", needs=Permission.CASE_VIEW
    )


@screen(needs=Permission.REVIEW_RECORD)
def invite(request: Request, plan_id: int) -> HttpResponse:
    """Ask the school: whoever agrees plans there is told at once."""
    found = queries.open_plan_page(request.actor, plan_id, "invite to a review")
    if request.method == "GET" and not (may := policy.invite(request.actor, found)):
        return instead(request, found, may)
    initial = {"on": max(found.review_due_on, request.actor.today), "place": found.case.school.name}
    form = form_pages.bind(request, InvitationForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.invite(actor=request.actor, plan=found, **form.facts()),
        school=found.case.school,
        about=found.pupil,
    )
    if done:
        messages.success(request, f"Sent to {done.told}.")
        return redirect(f"/plans/{plan_id}/")
    names = [name for _, name in people.school_people(found, request.actor.today)]
    told = f"It goes to {', '.join(names)}." if names else "Nobody of this school signs in yet."
    context = around(request, found) | {
        "heading": f"Invite {found.case.school.name} to the review",
        "second": f"{told} The e-mail names no child.",
    }
    return form_pages.show(request, "plans/answer.html", form, context)


def _wanted(asked: QueryDict) -> Wanted:
    view = asked.get("view", "schools")
    school = asked.get("school", "")
    value, _, pk = asked.get("after", "").rpartition("~")
    last = number_in(pk)
    after = (value, last) if value and last else None
    if after and view in ("overdue", "due", "done", "none") and not _is_day(value):
        after = None
    return Wanted(
        view=view if view in VIEWS else "schools",
        school_id=number_in(school),
        after=after,
    )


def _is_day(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _filter(wanted: Wanted) -> dict[str, Any] | None:
    """Of the lists of pupils; the schools are counted whole."""
    if wanted.view == "schools":
        return None
    school = {"school": wanted.school_id} if wanted.school_id else {}
    return pathway_filter(wanted.pathway, {"view": wanted.view, **school})


def _second(rows: Rows, wanted: Wanted) -> str:
    if not rows:
        return "Nothing here"
    where = f" at {rows[0]['school_name']}" if wanted.school_id and "school_name" in rows[0] else ""
    said = {
        "schools": "Each school you work with, by name",
        "overdue": f"The longest overdue first{where}",
        "due": f"The next first{where}",
        "done": f"Held in the last 12 weeks{where}",
        "none": f"Open cases with no plan in use, those accepted longest ago first{where}",
    }
    return said[wanted.view]


def _columns(*labels: str) -> list[dict[str, object]]:
    return [{"label": label} for label in labels]


COLUMNS: dict[str, list[dict[str, object]]] = {
    "schools": [
        {"label": "School"},
        {"label": "Overdue", "is_number": True},
        {"label": "Due", "is_number": True},
        {"label": "Done", "is_number": True},
        {"label": "No plan", "is_number": True},
    ],
    "overdue": _columns("Pupil", "School", "Review was due", "Lead", "School invited"),
    "due": _columns("Pupil", "School", "Review due", "Lead", "School invited"),
    "done": _columns("Pupil", "School", "Held", "Decided", "Recorded by"),
    "none": _columns("Pupil", "School", "School days since acceptance", "Lead", "Plan"),
}


def _school_row(request: Request, row: dict[str, Any]) -> list[dict[str, object]]:
    def number(view: str) -> dict[str, object]:
        many = row[view] or 0
        if not many:
            return {"text": "–"}
        return {"text": many, "url": f"?{urlencode({'view': view, 'school': row['pk']})}"}

    school = {"text": row["name"], "url": f"/schools/{row['pk']}/"}
    return [school, *(number(view) for view in ("overdue", "due", "done", "none"))]


def _school_days(request: Request, row: dict[str, Any], after: date, until: date) -> int:
    """As every clock counts: by the school's own calendar."""
    return Calendars(request.actor).since(row["school"], after, until)


def _plan_row(request: Request, row: dict[str, Any]) -> list[dict[str, object]]:
    today, due = request.actor.today, row["review_due_on"]
    late = _school_days(request, row, due, today)
    when: dict[str, object] = {"text": day_in_words(due)}
    if due < today:
        when |= {"second": f"{count_of(late, 'school day')} overdue" if late else "Overdue"}
    invited: dict[str, object] = {"text": "Invite the school", "url": f"/plans/{row['pk']}/invite/"}
    if row["invited_to"]:
        on = day_in_words(day_of(row["invited_to"]))
        invited = {"text": f"For {on}", "url": f"/plans/{row['pk']}/invite/"}
    elif not request.actor.may(Permission.REVIEW_RECORD):
        invited = {"text": "Not yet"}
    name = {
        "text": row["pupil_name"],
        "url": f"/plans/{row['pk']}/",
        "second": f"Plan {row['number']}",
    }
    lead = {"text": row["lead"] or "Nobody yet"}
    return [name, {"text": row["school_name"]}, when, lead, invited]


def _done_row(request: Request, row: dict[str, Any]) -> list[dict[str, object]]:
    late = _school_days(request, row, row["due_on"], row["held_on"])
    held: dict[str, object] = {"text": day_in_words(row["held_on"])}
    if late > 0:
        held["second"] = f"{count_of(late, 'school day')} after it was due"
    return [
        {
            "text": row["pupil_name"],
            "url": f"/plans/{row['plan_id']}/",
            "second": f"Plan {row['number']}",
        },
        {"text": row["school_name"]},
        held,
        {"text": Review.Decision(row["decision"]).label},
        {"text": row["by"]},
    ]


def _none_row(request: Request, row: dict[str, Any]) -> list[dict[str, object]]:
    days = _school_days(request, row, row["opened_on"], request.actor.today)
    state = PlanState(row["plan_state"]).label if row["plan_state"] else "None yet"
    plan: dict[str, object] = {"text": state, "url": f"/pupils/{row['pupil_id']}/plan/"}
    return [
        {
            "text": row["pupil_name"],
            "url": f"/cases/{row['pk']}/",
            "second": row["reference"],
        },
        {"text": row["school_name"]},
        {
            "text": count_of(days, "school day"),
            "second": f"Accepted {day_in_words(row['opened_on'])}",
        },
        {"text": row["lead"] or "Nobody yet"},
        plan,
    ]


ROWS = {
    "schools": _school_row,
    "overdue": _plan_row,
    "due": _plan_row,
    "done": _done_row,
    "none": _none_row,
}


def _audit(request: Request, rows: Rows) -> None:
    if pupils := _pupils(rows):
        audit.record(
            actor=request.actor, kind="pupils.listed", subject=request.path, pupil_ids=pupils
        )


def _pupils(rows: Rows) -> list[int]:
    return [row["pupil_id"] for row in rows if "pupil_id" in row]
