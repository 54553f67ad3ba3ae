"""A pupil left the council mid-case: everything ends on one page, and the receiving side is told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases.ending import ended_tasks
from alongside.cases.models import Case
from alongside.core.permissions import Permission
from alongside.duties.leaving import correct_last_day, leave_council
from alongside.people import queries
from alongside.people.models import Pupil
from alongside.plans import leaving
from alongside.plans.actions.leaving import Left, tell_receiving_side
from alongside.referrals.models import Departure
from alongside.web import form_pages
from alongside.web import forms as fields
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

ENDS = (
    "Every open case closes and its plans end; a live referral and open requests end; the pupil is "
    "taken off roll. All on the last day here. What was still to do for them ends too, but for what the "
    "law dates; each task can be taken back. Visits planned with them are called off."
)
MOVES = (
    "To the right day go: the case that closed with it and its plans, who worked on it until when, the "
    "registers they came off. Who sees the record, and how long they still do, follows that day."
)
STAYS = (
    "Nothing is opened again. The case and its plans stay closed, referrals and requests stay ended, "
    "visits stay called off, and a register that was to begin later is not put back. Tasks that ended "
    "are taken back one by one. If they never left: put them on roll again, and open the case again."
)
TELL = (
    "Nothing passes to another council by itself. If nobody there has been told yet, leave that part "
    "empty: it becomes a task of yours."
)


class ToldForm(forms.Form):
    """Who at the receiving side was told what."""

    told_who = forms.CharField(
        label="Who there was told",
        help_text="The council’s service or the new school: a name and a desk.",
        max_length=200,
    )
    told_how = forms.CharField(label="How", max_length=120, required=False)
    told_on = fields.DateField(label="On which day")
    what_was_sent = fields.WordsForOthers(
        label="What was sent",
        help_text="Such as: the closing report and the one-page profile. Send it by your council’s secure way.",
        max_length=300,
        required=False,
        widget=fields.Textarea(rows=2),
    )


class LeftForm(ToldForm):
    """Where to, the last day here, how the work ends; and who was told, if anybody yet."""

    to_council = forms.CharField(
        label="Where the pupil went",
        help_text="The council, and the school when it is known.",
        max_length=120,
    )
    last_day = fields.DateField(label="Last day here")
    had_left_before = forms.BooleanField(label="They had left before that", required=False)
    closing_summary = fields.WordsForOthers(
        label="What was done, and what is left",
        help_text="Read by the school and the family as well, and by whoever goes on with it.",
        max_length=5000,
        widget=fields.Textarea(rows=5),
    )
    risk_at_end = forms.ChoiceField(
        label="Risk of permanent exclusion, as you judge it now",
        choices=Case.Risk.choices,
        widget=fields.Radios(inline=True),
    )
    field_order = (
        "to_council",
        "last_day",
        "had_left_before",
        "closing_summary",
        "risk_at_end",
        "told_who",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("told_who", "told_on"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("told_who")) != bool(data.get("told_on")):
            missing = "told_on" if data.get("told_who") else "told_who"
            if missing not in self.errors:
                self.add_error(missing, "Say who was told, and on which day")
        return data


class LastDayForm(forms.Form):
    """A last day that was saved wrongly."""

    last_day = fields.DateField(label="The right last day here")
    had_left_before = forms.BooleanField(label="They had left before that", required=False)
    reason = fields.WordsForOthers(
        label="Why it is corrected",
        help_text="Stands on the chronology, and the school reads it: a slip, or who told you what.",
        max_length=180,
        widget=fields.Textarea(rows=2),
    )


def _ask_only_what_is_asked(form: forms.Form) -> None:
    """Whether they had left before the last work is asked once such work is found."""
    name = "had_left_before"
    if name not in form.errors and not form.data.get(name):
        del form.fields[name]


@screen(needs=Permission.CASE_CLOSE)
def leave(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "leaving the council")
    form = form_pages.bind(request, LeftForm, initial={"last_day": actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: leave_council(actor=actor, pupil=pupil, left=Left(**data)),
        about=pupil,
    )
    if done:
        messages.success(request, _ended(done))
        return redirect(leaving.url(done))
    _ask_only_what_is_asked(form)
    return _form(
        request,
        pupil,
        form,
        heading="Left the council",
        button="End the work here",
        decision=leaving.leave_council(actor, pupil),
        notes=[ENDS, TELL],
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def left(request: Request, pupil_id: int) -> HttpResponse:
    """Where the pupil went, and whether the receiving side was told."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "left the council")
    found = leaving.get_departure(actor, pupil)
    return render(
        request,
        "plans/left.html",
        {
            **pupil_frame(actor, pupil),
            "heading": "Left the council",
            "second": f"For {found.to_council}, last day {day(found.last_day)}",
            "facts": _facts(found),
            "ended": [
                {"url": f"/tasks/{one.pk}/", "text": one.text, "whose": one.owner.name}
                for one in ended_tasks(actor, pupil)
            ],
            "may_correct": leaving.correct(actor, found),
            "correct_url": f"/pupils/{pupil.pk}/left/correct/",
            "may_tell": leaving.tell(actor, found),
            "tell_url": f"/pupils/{pupil.pk}/left/told/",
        },
    )


@screen(needs=Permission.CASE_CLOSE)
def tell(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "left the council")
    found = leaving.get_departure(actor, pupil)
    form = form_pages.bind(request, ToldForm, initial={"told_on": actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: tell_receiving_side(actor=actor, departure=found, **data),
        about=pupil,
    )
    if done:
        messages.success(request, f"{done.to_council}: recorded as told.")
        return redirect(leaving.url(done))
    return _form(
        request,
        pupil,
        form,
        heading=f"Who was told at {found.to_council}",
        button="Record it",
        decision=leaving.tell(actor, found),
        notes=[],
    )


@screen(needs=Permission.CASE_CLOSE)
def correct(request: Request, pupil_id: int) -> HttpResponse:
    """A last day that was saved wrongly is put right, and what does not come back is said."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "left the council")
    found = leaving.get_departure(actor, pupil)
    form = form_pages.bind(request, LastDayForm, initial={"last_day": found.last_day})
    done = form_pages.attempt(
        request,
        form,
        lambda data: correct_last_day(actor=actor, departure=found, **data),
        about=pupil,
    )
    if done:
        messages.success(request, f"The last day here is now {day(done.last_day)}.")
        return redirect(leaving.url(done))
    _ask_only_what_is_asked(form)
    return _form(
        request,
        pupil,
        form,
        heading="Correct the last day here",
        second=f"Saved as {day(found.last_day)}",
        button="Correct the day",
        decision=leaving.correct(actor, found),
        notes=[MOVES, STAYS],
        back_url=leaving.url(found),
        back_label="Left the council",
    )


def _form(request: Request, pupil: Pupil, form: forms.Form, **context: Any) -> HttpResponse:
    context = {
        "second": "The receiving side is told, and says so here",
        "back_url": f"/pupils/{pupil.pk}/",
        "back_label": "The pupil’s record",
    } | context
    frame = pupil_frame(request.actor, pupil)
    return form_pages.show(request, "cases/form.html", form, frame | context)


def _ended(departure: Departure) -> str:
    if departure.told_on:
        return "Ended here, and the receiving side is recorded as told."
    return f"Ended here. To tell {departure.to_council} is on your list."


def _facts(found: Departure) -> list[dict[str, str]]:
    told = f"{found.told_who}. {found.told_how}".strip() if found.told_on else "Nobody yet"
    rows = [
        ("Where to", found.to_council),
        ("Last day here", day(found.last_day)),
        ("Who there was told", told),
        ("On", day(found.told_on) if found.told_on else ""),
        ("What was sent", found.what_was_sent),
        ("Recorded by", found.recorded_by.name),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
