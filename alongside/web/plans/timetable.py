"""The week of a plan: drawn up row by row, a row for the days it is the same on; shown day by day."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core import drafts
from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.plans import actions, curriculum, policy, queries
from alongside.plans import timetable as weeks
from alongside.plans.kinds import type_of
from alongside.plans.models import Plan, TimetableSlot
from alongside.plans.timetable import SlotFacts
from alongside.rules.timetable import DAYS
from alongside.web import form_pages
from alongside.web.forms import Checkboxes, Text, WordsForOthers
from alongside.web.forms.renderer import mistakes
from alongside.web.plans.around import around, instead
from alongside.web.plans.rows import RowsForm, count_rows, typed
from alongside.web.pupils.forms import read_time
from alongside.web.screens import Request, screen

MOST_ROWS = 30
FIRST_ROWS = 5
SAME_EACH_WEEK = ("begins", "ends", "provision", "what", "place", "who")


class WeekForm(RowsForm):
    """Rows of a week. One row stands for every day it is the same on."""

    instance_version: int | str | None = None

    def row_fields(self, prefix: str, number: int) -> dict[str, forms.Field]:
        made: dict[str, forms.Field] = {
            "text": WordsForOthers(
                is_said=False, label=f"Row {number}: what is it?", max_length=100, widget=Text()
            ),
            "days": forms.TypedMultipleChoiceField(
                label="On which days",
                choices=[(day, name[:3]) for day, name in DAYS],
                coerce=int,
                widget=Checkboxes(),
                error_messages={"required": f"Row {number}: choose a day at least"},
            ),
            "begins": _time_field("From", number, "when it starts"),
            "ends": _time_field("Until", number, "when it ends"),
            "provision": forms.ChoiceField(
                label="What kind", choices=TimetableSlot.Provision.choices, widget=forms.Select()
            ),
            "place": forms.CharField(label="Where", max_length=100, required=False, widget=Text()),
            "who": forms.CharField(
                label="With whom", max_length=100, required=False, widget=Text()
            ),
        }
        for name, field in made.items():
            field.plain_label = True  # type: ignore[attr-defined]
            told = str(field.label) if name == "text" else f"Row {number}: {field.label}"
            field.full_label = told  # type: ignore[attr-defined]
        return made

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, _ in self.sound_rows("slot"):
            for part in ("begins", "ends"):
                self._read_time(f"slot_{number}_{part}")
        return cleaned

    def _read_time(self, name: str) -> None:
        try:
            self.cleaned_data[name] = read_time(self.cleaned_data[name])
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)

    def slots(self) -> list[SlotFacts]:
        return [
            SlotFacts(
                day=day,
                row=number,
                what=row["text"],
                **{name: row[name] for name in SAME_EACH_WEEK if name != "what"},
            )
            for number, row in self.sound_rows("slot")
            for day in row["days"]
        ]


def _time_field(label: str, number: int, said: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=10,
        widget=Text(width=5),
        error_messages={"required": f"Row {number}: enter {said}, like 9:00"},
    )


@screen(needs=Permission.PLAN_VIEW)
def draw_up(request: Request, plan_id: int) -> HttpResponse:
    found = queries.open_plan_page(request.actor, plan_id, "draw up the week")
    if request.method == "GET" and not (may := policy.draw_up_week(request.actor, found)):
        return instead(request, found, may)
    values = week_values(weeks.timetable_of(found))
    form = _bind(request, found, values)
    if "add" in request.POST:
        return _show(request, found, form)
    try:
        done = form_pages.attempt(
            request,
            form,
            lambda _: actions.set_timetable(
                actor=request.actor,
                plan=found,
                slots=form.slots(),
                version=form_pages.version_number(request, found.version),
            ),
            about=found.pupil,
        )
    except Conflict:
        return _two_weeks(request, form, plan_id)
    if done:
        messages.success(request, f"The week is saved: {weeks.in_words(form.slots())}.")
        return redirect(f"/plans/{plan_id}/")
    return _show(request, found, form)


def _bind(request: Request, plan: Plan, values: dict[str, Any]) -> WeekForm:
    """As many rows as were typed, drafted or are kept, with an empty one to go on."""
    if "add" in request.POST:
        rows = min(count_rows("slot", request.POST) + 1, MOST_ROWS)
        form = WeekForm(rows={"slot": rows})
        form.initial = typed(form, request.POST)
        form.instance_version = request.POST.get("version") or plan.version
        return form
    draft = drafts.get_draft(request.actor, request.path) if request.method == "GET" else None
    drafted = count_rows("slot", draft.content) if draft else 0
    kept = count_rows("slot", values)
    wanted = {"slot": min(max(kept + 1 if kept else FIRST_ROWS, drafted), MOST_ROWS)}
    form = form_pages.bind(request, WeekForm, initial=values, rows=wanted)
    form.instance_version = form_pages.version_shown(request, plan.version)
    return form


def week_values(slots: Sequence[SlotFacts]) -> dict[str, Any]:
    """A saved week as the form's rows hold it: days that are the same share a row."""
    rows: dict[tuple[Any, ...], list[int]] = {}
    for slot in slots:
        rows.setdefault(tuple(getattr(slot, n) for n in SAME_EACH_WEEK), []).append(slot.day)
    values: dict[str, Any] = {}
    for number, (parts, days) in enumerate(rows.items(), 1):
        told = dict(zip(SAME_EACH_WEEK, parts, strict=True))
        values[f"slot_{number}_text"] = told.pop("what")
        values[f"slot_{number}_days"] = [str(day) for day in days]
        for name, value in told.items():
            said = value.isoformat("minutes") if isinstance(value, time) else value
            values[f"slot_{number}_{name}"] = said
    return values


def _two_weeks(request: Request, form: WeekForm, plan_id: int) -> HttpResponse:
    """Two people draw up one week: both, row by row, and a choice."""
    current = queries.get_plan(request.actor, plan_id)
    theirs = week_values(weeks.timetable_of(current))
    both = WeekForm(form.data, rows={"slot": max(count_rows("slot", theirs), form.rows["slot"])})
    return form_pages.show_conflict(
        request,
        both,
        theirs=theirs,
        record=current,
        version=current.version,
        context={**around(request, current), "heading": f"The week of plan {current.number}"},
    )


def _show(request: Request, plan: Plan, form: WeekForm) -> HttpResponse:
    context = around(request, plan) | {
        "heading": "Draw up the week",
        "second": "The same every week of the plan. A row for each thing, with the days it is on.",
        "mistakes": mistakes(form),
        "rows": form.bound_rows("slot"),
        "is_full": form.rows["slot"] >= MOST_ROWS,
        "now": week_of(request.actor, plan),
    }
    return form_pages.show(request, "plans/timetable_form.html", form, context)


def week_of(actor: Actor, plan: Plan) -> dict[str, Any] | None:
    """The week as its page draws it: plans/week.html. None for a kind of plan that has none."""
    slots = weeks.timetable_of(plan)
    if not slots and not type_of(plan).has_timetable:
        return None
    may = policy.draw_up_week(actor, plan)
    return {
        "days": [
            {"name": name, "slots": [_slot(slot) for slot in slots if slot.day == day]}
            for day, name in DAYS
        ],
        "said": f"{weeks.in_words(slots)}." if slots else "",
        "curriculum": _curriculum(plan, slots) if slots else "",
        "url": f"/plans/{plan.pk}/week/" if may else "",
        "hours_url": f"/cases/{plan.case_id}/hours/",
    }


def _curriculum(plan: Plan, slots: Sequence[SlotFacts]) -> str:
    hours = weeks.curriculum_hours(slots)
    full = curriculum.full_time_of(plan)
    if full is None:
        return f"{float(hours):g} hours of curriculum with the class."
    short = full - hours
    beside = f"{float(short):g} short of full time" if short > 0 else "full time"
    return f"{float(hours):g} of {float(full):g} hours of curriculum with the class, {beside}."


def _slot(slot: SlotFacts) -> dict[str, str]:
    kind = TimetableSlot.Provision(slot.provision)
    return {
        "when": slot.when,
        "what": slot.what,
        "around": ", ".join(part for part in (slot.place, slot.who) if part),
        "kind": kind.label,
        "look": "class" if kind == TimetableSlot.Provision.CLASS else "other",
    }
