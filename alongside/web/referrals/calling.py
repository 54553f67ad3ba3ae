"""A referral taken from a professional's call. The pupil is found by facts, never by guessing."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.decisions import Problem, Refused
from alongside.core.permissions import Permission
from alongside.pathways import queries as pathways
from alongside.people.models import Pupil
from alongside.referrals import actions, policy, waiting
from alongside.referrals.actions import Caller, Told
from alongside.referrals.models import Referral
from alongside.web import form_pages
from alongside.web.referrals.forms_service import CallForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.REFERRAL_SCREEN)
def call(request: Request) -> HttpResponse:
    """One page for the whole call. Pressed twice, it makes one referral."""
    actor = request.actor
    frameworks = [
        f for f in pathways.frameworks(actor) if f.takes_referrals and policy.take_call(actor, f)
    ]
    form = form_pages.bind(request, CallForm, frameworks=frameworks, today=actor.today)

    def take(data: dict[str, Any]) -> Referral:
        if not frameworks:
            raise Problem("No service that you screen for takes referrals.")
        chosen = next((f for f in frameworks if f.pk == data.get("framework")), frameworks[0])
        try:
            return actions.take_call(
                actor=actor,
                pupil=_pupil(request, data),
                framework=chosen,
                caller=Caller(data["caller_name"], data["caller_role"], data["caller_contact"]),
                told=Told(
                    main_worry=data["main_worry"],
                    last_incident=data["last_incident"],
                    agreed_by=data["agreed_by"] or None,
                    agreed_on=data["agreed_on"],
                ),
                submission=_submission(request),
            )
        except Refused as refused:
            raise Problem(refused.reason) from None

    done = form_pages.attempt(request, form, take, about=_about(request, form))
    if done:
        messages.success(
            request, f"Taken: referral {done.reference}. {done.school.name} has been told."
        )
        return redirect(f"/referrals/{done.pk}/")
    context = {
        "heading": "Take a referral from a call",
        "second": "A professional rings about a pupil. It is screened like any other",
        "submission": _submission(request),
        "button": "Take the referral",
        "back_url": "/referrals/",
        "back_label": "All referrals",
    }
    return form_pages.show(request, "referrals/call.html", form, context)


def _about(request: Request, form: forms.BaseForm) -> Pupil | None:
    """Whom the words may name: nobody while it is not clear who the call is about."""
    if request.method != "POST" or not form.is_valid():
        return None
    found = _found(request, form.cleaned_data)
    return found[0] if len(found) == 1 else None


def _found(request: Request, data: dict[str, Any]) -> list[Pupil]:
    return waiting.find_exactly(
        request.actor,
        upn=data["upn"],
        forename=data["forename"],
        surname=data["surname"],
        born_on=data["born_on"],
    )


def _pupil(request: Request, data: dict[str, Any]) -> Pupil:
    found = _found(request, data)
    if len(found) == 1:
        return found[0]
    field = "upn" if data["upn"] else "surname"
    if found:
        raise Problem("Two pupils here have this name and birthday. Ask for the UPN.", "upn")
    raise Problem(
        "Nobody on roll at a school here is known by exactly this. Check it with who rings, "
        "or ask them to have the school refer.",
        field,
    )


def _submission(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()
