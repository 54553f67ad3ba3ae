"""How I am reminded: the digest by e-mail, and the secret address of my calendar."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import reminders
from alongside.core.models import Reminders
from alongside.core.permissions import Permission
from alongside.web import form_pages
from alongside.web.forms import Radios
from alongside.web.screens import Request, screen

WEEKDAYS = [(0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday")]
NAMES = ("digest", "weekday", "tells_overdue", "tells_week", "tells_new", "tells_team")


class RemindersForm(forms.Form):
    digest = forms.ChoiceField(
        label="How often does the digest come?",
        choices=Reminders.Digest.choices,
        widget=Radios(reveal={"WEEKLY": "weekday"}),
    )
    weekday = forms.TypedChoiceField(label="On which day?", choices=WEEKDAYS, coerce=int)
    tells_overdue = forms.BooleanField(label="How much of mine is overdue", required=False)
    tells_week = forms.BooleanField(label="How much is due this week", required=False)
    tells_new = forms.BooleanField(label="How much is new to me", required=False)
    tells_team = forms.BooleanField(label="How much of my team’s is overdue", required=False)


@screen(needs=Permission.TODAY_VIEW)
def my_reminders(request: Request) -> HttpResponse:
    own = reminders.reminders_of(request.actor)
    initial = {name: getattr(own, name) for name in NAMES}
    form = form_pages.bind(request, RemindersForm, initial=initial)
    if not request.actor.may(Permission.DEADLINE_ASSIGN):
        del form.fields["tells_team"]
    done = form_pages.attempt(
        request,
        form,
        lambda data: reminders.choose_reminders(
            actor=request.actor, **{"tells_team": own.tells_team, **data}
        ),
    )
    if done:
        messages.success(request, "Saved.")
        return redirect("my-reminders")
    return form_pages.show(
        request,
        "desk/reminders.html",
        form,
        {
            "heading": "How I am reminded",
            "second": "No child is ever named in an e-mail or a calendar",
            "back_url": "/me/",
            "back_label": "About me",
            "calendar_made_at": own.calendar_made_at,
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def make_calendar(request: Request) -> HttpResponse:
    """The address is shown this once: only its hash is kept."""
    secret = reminders.make_calendar(actor=request.actor)
    address = f"{settings.PUBLIC_URL}/calendar/{secret}.ics"
    return render(request, "desk/calendar.html", {"address": address})


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def revoke_calendar(request: Request) -> HttpResponse:
    reminders.revoke_calendar(actor=request.actor)
    messages.success(request, "The address opens nothing any more.")
    return redirect("my-reminders")
