"""The weekly cut-off of each service one manages: when referrals are in, and when they are read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission
from alongside.referrals import actions, waiting
from alongside.referrals.models import CutOff, Weekday
from alongside.web import form_pages
from alongside.web.dates import clock_time
from alongside.web.referrals.forms_service import CLOCK, CutOffForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.CASE_ALLOCATE, methods=("GET",))
def cut_offs(request: Request) -> HttpResponse:
    rows = [
        {
            "label": service.name,
            "value": in_words(cut_off)
            if cut_off
            else "No cut-off: each referral is read as it comes",
            "url": f"/referrals/cut-offs/{service.pk}/",
        }
        for service, cut_off in waiting.services_managed(request.actor)
    ]
    context = {
        "heading": "Weekly cut-off",
        "second": "What is in by the cut-off is read at that week’s triage",
        "rows": rows,
    }
    return render(request, "referrals/cut_offs.html", context)


@screen(needs=Permission.CASE_ALLOCATE)
def set_cut_off(request: Request, service_id: int) -> HttpResponse:
    actor = request.actor
    service = waiting.get_service(actor, service_id)
    now = waiting.rhythm_of(service.pk)
    initial = {}
    if now:
        initial = {
            "weekday": now.weekday,
            "at": now.at.strftime(CLOCK),
            "triage_weekday": now.triage_weekday,
        }
    form = form_pages.bind(request, CutOffForm, initial=initial)
    done = form_pages.attempt(
        request, form, lambda data: actions.set_cut_off(actor=actor, service=service, **data)
    )
    if done:
        messages.success(request, f"{service.name}: {in_words(done)}")
        return redirect("/referrals/cut-offs/")
    context = {
        "heading": f"Weekly cut-off: {service.name}",
        "second": "Schools see it while they write a referral, and on each referral they sent",
        "button": "Save",
        "back_url": "/referrals/cut-offs/",
    }
    return form_pages.show(request, "referrals/decide.html", form, context)


def in_words(cut_off: CutOff) -> str:
    day = Weekday(cut_off.weekday).label
    triage = Weekday(cut_off.triage_weekday).label
    return f"In by {day} {clock_time(cut_off.at)}, read at triage on {triage}"
