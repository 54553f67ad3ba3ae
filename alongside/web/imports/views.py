"""Class lists: handed in, their columns known, each line looked at, then applied or left."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.decisions import Problem, require
from alongside.core.jobs import enqueue
from alongside.core.permissions import Permission
from alongside.exchange import jobs
from alongside.exchange import lists as use
from alongside.exchange.class_list import Mapping, guess
from alongside.exchange.problems import Unreadable
from alongside.exchange.pupil_files import examples_of, headers_of, is_transfer
from alongside.exchange.same_names import in_words as asked_in_words
from alongside.people import list_policy
from alongside.people.actions import class_list
from alongside.people.models import ListRow, PupilList
from alongside.people.queries import lists as queries
from alongside.people.queries import record_view
from alongside.people.queries.known import missing_from
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of
from alongside.schools.models import School
from alongside.schools.queries import get_school
from alongside.web import form_pages
from alongside.web.imports import page
from alongside.web.imports.forms import ColumnsForm, DecisionForm, ListForm
from alongside.web.screens import Request, screen

NEEDS = Permission.PUPIL_IMPORT
MISSING_SHOWN = 200


@screen(needs=NEEDS, methods=("GET",))
def lists(request: Request, school_id: int) -> HttpResponse:
    school = _school(request, school_id)
    found = list(queries.lists_of(request.actor, school)[:50])
    return render(
        request,
        "imports/lists.html",
        {"heading": "Class lists", "second": school.name, "school": school, "rows": _rows(found)},
    )


@screen(needs=NEEDS)
def new(request: Request, school_id: int) -> HttpResponse:
    school = _school(request, school_id)
    form = form_pages.bind(request, ListForm)

    def hand_in(data: dict[str, Any]) -> PupilList:
        file = data["file"]
        content = file.read(use.MOST_BYTES + 1)
        return use.hand_in(actor=request.actor, school=school, name=file.name, content=content)

    found = form_pages.attempt(request, form, hand_in)
    if found:
        return _read(request, found)
    return form_pages.show(
        request,
        "imports/new.html",
        form,
        {
            "heading": "Hand in a list",
            "second": school.name,
            "back_url": f"/schools/{school.pk}/lists/",
            "back_label": "Class lists",
        },
    )


def _read(request: Request, found: PupilList) -> HttpResponse:
    """Read now when that is quick; otherwise the worker does, and the page shows how far it is."""
    if use.is_big(found):
        enqueue(jobs.read_list, staff_id=request.actor.staff_id, list_id=found.pk)
        return redirect(_url(found))
    reading = use.read_file(request.actor, found)
    if reading.needs_mapping and use.headers(found):
        return redirect(f"{_url(found)}columns/")
    use.read_list(actor=request.actor, pupil_list=found, reading=reading)
    return redirect(_url(found))


@screen(needs=NEEDS, methods=("GET",))
def one(request: Request, school_id: int, list_id: int) -> HttpResponse:
    """What will be created, changed, matched, doubted and refused, before anything happens."""
    actor, school = request.actor, get_school(request.actor, school_id)
    found = queries.get_list(actor, school, list_id)
    if found.state == PupilList.State.APPLYING or not found.counts:
        return render(request, "imports/progress.html", _progress(school, found))
    outcome = page.chosen(request.GET.get("outcome", ""), found)
    after = request.GET.get("after", "")
    if outcome == "MISSING":
        pupils = list(missing_from(actor, school, use.met_by(found))[:MISSING_SHOWN])
        table, ids, next_line = page.missing_table(pupils), [p.pk for p in pupils], 0
    else:
        start = number_in(after) or 0
        rows, next_line = queries.page_of_lines(found, outcome, start)
        table, ids = page.table(found, outcome, rows), _told_of(rows)
    if ids:
        record_view(actor, ids, "class list", f"list {found.pk}")
    state, word = page.STATES[PupilList.State(found.state)]
    context = {
        "heading": found.name,
        "second": f"{school.name}. Handed in by {found.read_by.name}.",
        "school": school,
        "found": found,
        "state": state,
        "state_word": word,
        "views": page.views(found, outcome),
        "meaning": page.OUTCOMES[outcome][2],
        "table": table,
        "pages": {
            "summary": count_of(found.counts.get(outcome, 0), "line"),
            "first_url": f"?outcome={outcome}" if after else "",
            "next_url": f"?outcome={outcome}&after={next_line}" if next_line else "",
        },
        "not_used": page.not_used(found),
        "promise": _promise(found),
        "may_apply": _may_apply(request, found),
        "may_leave": list_policy.leave_list(actor, found),
        "may_map": _may_map(found),
        "start_url": _url(found),
        "is_done": found.state == PupilList.State.APPLIED,
        "done": _done(found),
    }
    return render(request, "imports/list.html", context)


def _may_map(found: PupilList) -> bool:
    """A transfer file has no columns to choose."""
    is_read = found.state == PupilList.State.READ and bool(found.counts)
    return is_read and not is_transfer(found.name, b"")


@screen(needs=NEEDS)
def columns(request: Request, school_id: int, list_id: int) -> HttpResponse:
    actor, school = request.actor, get_school(request.actor, school_id)
    found = queries.get_list(actor, school, list_id)
    if found.state != PupilList.State.READ:
        raise Problem("This list was applied or left; its columns are settled.")
    content = use.content_of(found)
    headers = headers_of(content)
    if not headers:
        raise Problem(
            "No names of columns could be read in this file. Leave it, and choose another."
        )
    form = form_pages.bind(
        request,
        ColumnsForm,
        headers=headers,
        columns=_columns(found, content),
        examples=examples_of(content),
    )

    def save(data: dict[str, Any]) -> PupilList:
        mapping = Mapping(data["columns"])
        if mapping.missing:
            raise Problem(f"Say which column is the {' and the '.join(mapping.missing)}.")
        use.use_columns(actor=actor, pupil_list=found, headers=headers, mapping=mapping)
        return found

    if form_pages.attempt(request, form, save):
        return _read(request, found)
    return form_pages.show(
        request,
        "imports/columns.html",
        form,
        {
            "heading": "What is in each column?",
            "asked": asked_in_words(headers),
            "second": f"{found.name}, {school.name}",
            "back_url": f"/schools/{school.pk}/lists/",
            "back_label": "Class lists",
        },
    )


@screen(needs=NEEDS)
def decide(request: Request, school_id: int, list_id: int, row_id: int) -> HttpResponse:
    actor, school = request.actor, get_school(request.actor, school_id)
    found = queries.get_list(actor, school, list_id)
    row = queries.get_line(found, row_id)
    if row.outcome != "DOUBT":
        raise Problem("This line needs no decision.")
    require(list_policy.change_list(actor, found))
    known = page.contenders(actor, row)
    seen = page.seen_among(actor, known)
    choices, refused = page.choices(actor, school, row, known, seen)
    beside = page.side_by_side(row, known, seen)
    if beside["pupil_ids"]:
        record_view(actor, beside["pupil_ids"], "class list line", f"list {found.pk}")  # type: ignore[arg-type]
    form = form_pages.bind(
        request, DecisionForm, choices=choices, initial={"decision": _decided(row)}
    )
    done = form_pages.attempt(
        request, form, lambda data: use.decide(actor=actor, row=row, choice=data["decision"])
    )
    if done:
        messages.success(request, f"Line {row.line} is decided.")
        return redirect(f"{_url(found)}?outcome=DOUBT")
    return form_pages.show(
        request,
        "imports/decide.html",
        form,
        {
            "heading": f"Line {row.line}: {page.called(row.incoming)}",
            "second": " ".join(map(str, row.reasons)),
            "beside": beside,
            "refused": refused,
            "back_url": f"{_url(found)}?outcome=DOUBT",
            "back_label": found.name,
        },
    )


@screen(needs=NEEDS, methods=("POST",))
def apply(request: Request, school_id: int, list_id: int) -> HttpResponse:
    """A short list now, within this request; a long one by the worker, a part at a time."""
    actor, school = request.actor, get_school(request.actor, school_id)
    found = queries.get_list(actor, school, list_id)
    class_list.begin_applying(actor=actor, pupil_list=found)
    if found.counts.get("CREATE", 0) + found.counts.get("CHANGE", 0) > use.BIG_LINES:
        enqueue(jobs.apply_list, staff_id=actor.staff_id, list_id=found.pk)
        return redirect(_url(found))
    while use.apply_part(actor=actor, list_id=found.pk):
        pass
    messages.success(request, "The list is applied.")
    return redirect(_url(found))


@screen(needs=NEEDS, methods=("POST",))
def leave(request: Request, school_id: int, list_id: int) -> HttpResponse:
    school = get_school(request.actor, school_id)
    found = queries.get_list(request.actor, school, list_id)
    class_list.leave_list(actor=request.actor, pupil_list=found)
    messages.success(request, "The list is left. Nothing was changed.")
    return redirect(f"/schools/{school.pk}/lists/")


def _school(request: Request, school_id: int) -> School:
    school = get_school(request.actor, school_id)
    require(list_policy.read_list(request.actor, school))
    return school


def _url(found: PupilList) -> str:
    return f"/schools/{found.school_id}/lists/{found.pk}/"


def _columns(found: PupilList, content: bytes) -> dict[str, str]:
    if found.columns:
        return Mapping.from_dict(found.columns).columns
    try:
        return guess(content).columns
    except Unreadable:
        return {}


def _decided(row: Any) -> str:
    return f"{row.decision}-{row.pupil_id}" if row.pupil_id and row.decision else row.decision


def _may_apply(request: Request, found: PupilList) -> object:
    waits = found.counts.get("CREATE", 0) + found.counts.get("CHANGE", 0)
    if found.state == PupilList.State.APPLIED or not waits:
        waits = queries.decided(found)
    return list_policy.change_list(request.actor, found) if waits else ""


def _promise(found: PupilList) -> str:
    made = count_of(found.counts.get("CREATE", 0), "record")
    changed = count_of(found.counts.get("CHANGE", 0), "record")
    left = found.counts.get("DOUBT", 0) - queries.decided(found)
    doubts = f" {count_of(left, 'doubtful line')} without a decision will be left." if left else ""
    return f"Applying makes {made} and changes {changed}. Nobody is taken off the register.{doubts}"


def _done(found: PupilList) -> str:
    made, changed = found.counts.get("DONE_CREATE", 0), found.counts.get("DONE_CHANGE", 0)
    return f"{count_of(made, 'record')} made, {count_of(changed, 'record')} changed."


def _progress(school: School, found: PupilList) -> dict[str, object]:
    is_reading = not found.counts
    last = found.counts.get("LAST", 0)
    return {
        "heading": found.name,
        "second": school.name,
        "school": school,
        "start_url": _url(found),
        "progress": {
            "title": "Reading the list" if is_reading else "Applying the list",
            "done": f"{found.progress}",
            "total": f"{last or 1}",
            "unit": "lines",
            "line": "Nothing changes while it is read." if is_reading else "",
        },
    }


def _rows(found: list[PupilList]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for each in found:
        state, word = page.STATES[PupilList.State(each.state)]
        counts = each.counts
        told = [
            f"{counts[key]:,} {page.OUTCOMES[key][0].lower()}"
            for key in ("CREATE", "CHANGE", "SAME", "DOUBT", "REFUSE")
            if counts.get(key)
        ]
        rows.append(
            {
                "what": each.name,
                "url": _url(each),
                "note": f"{each.read_by.name}, {each.created_at:%-d %b %Y}. "
                + (", ".join(told) or "Not read yet"),
                "state": state,
                "word": word,
            }
        )
    return rows


def _told_of(rows: Iterable[ListRow]) -> list[int]:
    """The pupils these lines are about, or could be about: each is named in the audit line."""
    sure = [row.pupil_id for row in rows if row.pupil_id]
    return sure + [pk for row in rows for pk in row.incoming.get("contenders", ())]
