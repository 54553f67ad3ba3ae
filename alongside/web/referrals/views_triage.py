"""The shared triage form: its versions and who uses which, publishing the next, scoring a referral."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.actor import Actor
from alongside.core.decisions import Conflict
from alongside.core.permissions import Permission
from alongside.duties.neighbourhoods import Usage, usage
from alongside.referrals import actions, policy, queries, triage, waiting
from alongside.referrals.models import TriageForm, TriageScore
from alongside.rules.numbers import number_in
from alongside.rules.words import count_of
from alongside.web import form_pages
from alongside.web.pupils.frame import pupil_frame
from alongside.web.referrals import pages
from alongside.web.referrals.comparing import NOTE, chosen_service, table_of
from alongside.web.referrals.forms_triage import PublishForm, ScoreForm
from alongside.web.referrals.not_now import not_now
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

YEAR = timedelta(days=365)


@screen(needs=Permission.COMPARE, methods=("GET",))
def versions(request: Request) -> HttpResponse:
    """Every version of a service's form, and which one each neighbourhood uses."""
    actor = request.actor
    services = triage.services(actor)
    service = chosen_service(services, request.GET.get("service", ""))
    found = triage.versions(service.pk) if service else []
    used = usage(actor, service, actor.today - YEAR) if service and found else None
    return render(
        request,
        "triage/versions.html",
        {
            "heading": "The triage form",
            "second": service.name if service else "No service works here yet",
            "services": [
                {
                    "label": s.name,
                    "url": f"?{urlencode({'service': s.pk})}",
                    "is_current": s == service,
                }
                for s in services
            ],
            "versions": _versions(found, actor.today),
            "usage": _usage(used) if used else None,
            "note": NOTE,
            "may_see": actor.may(Permission.REFERRAL_VIEW),
            "publish_url": f"/referrals/triage/new/{service.pk}/" if service else "",
            "may_publish": policy.publish_triage_form(actor, service) if service else None,
        },
    )


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def form(request: Request, form_id: int) -> HttpResponse:
    """One version, as published: schools read by what their referrals are judged."""
    found = triage.get_form(request.actor, form_id)
    return render(
        request,
        "triage/form.html",
        {
            "heading": found.name,
            "second": f"{found.service.name}. Version {found.version}, from {day(found.starts_on)}",
            "found": found,
            "back": _back_to(request.actor),
        },
    )


def _back_to(actor: Actor) -> dict[str, str]:
    """To the versions, for who compares; else to what they do see."""
    if actor.may(Permission.COMPARE):
        return {"url": "/referrals/triage/", "label": "The triage form"}
    if actor.may(Permission.REFERRAL_VIEW):
        return {"url": "/referrals/", "label": "All referrals"}
    return {"url": "/frameworks/", "label": "Frameworks"}


@screen(needs=Permission.CASE_ALLOCATE)
def publish(request: Request, service_id: int) -> HttpResponse:
    actor = request.actor
    service = waiting.get_service(actor, service_id)
    before = triage.latest(service)
    form = form_pages.bind(request, PublishForm, before=before, initial={"starts_on": actor.today})
    after = request.POST.get("version", "")
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.publish_triage_form(
            actor=actor,
            service=service,
            name=data["name"],
            questions=form.questions(),
            accept_from=data["accept_from"],
            starts_on=data["starts_on"],
            what_changed=data["what_changed"],
            after_version=number_in(after) or 0,
        ),
    )
    if done:
        messages.success(request, f"Version {done.version} is published to every neighbourhood.")
        return redirect(f"/referrals/triage/?service={service.pk}")
    context = {
        "heading": f"Publish version {(before.version if before else 0) + 1}",
        "second": f"{service.name}: every neighbourhood uses it from its first day",
        "version": form_pages.version_shown(request, before.version if before else 0),
        "affects": _affects(service, before),
        "button": "Publish it",
        "back_url": f"/referrals/triage/?service={service.pk}",
    }
    return form_pages.show(request, "triage/publish.html", form, context)


@screen(needs=Permission.REFERRAL_SCREEN)
def score(request: Request, referral_id: int) -> HttpResponse:
    actor = request.actor
    referral = queries.open_referral_page(actor, referral_id, "score")
    title = f"Score referral {referral.reference}"
    if refused := not_now(request, referral, policy.score(actor, referral), title):
        return refused
    asked = triage.form_for(referral)
    assert asked  # Or it had been refused.
    given = triage.score_of(referral)
    form = form_pages.bind(
        request, ScoreForm, questions=asked.questions, initial=_as_typed(given) if given else {}
    )
    version = form_pages.version_number(request, referral.version)

    def take(data: dict[str, Any]) -> TriageScore:
        return actions.score(
            actor=actor, referral=referral, marks=form.marks, note=data["note"], version=version
        )

    try:
        done = form_pages.attempt(request, form, take)
    except Conflict:
        return form_pages.overtaken(
            request, what="referral", record=referral, url=f"/referrals/{referral.pk}/"
        )
    if done:
        side = "at or above" if done.total >= asked.accept_from else "below"
        messages.success(
            request, f"{done.total} of {asked.highest}: {side} {asked.accept_from}, the threshold."
        )
        return redirect(f"/referrals/{referral.pk}/")
    pupil = queries.pupil_in_scope(actor, referral)
    context = {
        "heading": title,
        "second": f"{asked.name}, version {asked.version}. Support is expected from {asked.accept_from}",
        "version": version,
        "referral": referral,
        **pages.told(referral, queries.around(referral)),
        "button": "Save the score",
        "back_url": f"/referrals/{referral.pk}/",
    }
    frame = pupil_frame(actor, pupil) if pupil else {}
    return form_pages.show(request, "triage/score.html", form, context | frame)


def _as_typed(given: TriageScore) -> dict[str, Any]:
    return {f"mark_{n}": mark for n, mark in enumerate(given.marks, 1)} | {"note": given.note}


def _versions(found: list[TriageForm], today: Any) -> dict[str, Any]:
    in_force = next((f.version for f in found if f.starts_on <= today), None)
    return {
        "caption": "Versions",
        "columns": [
            {"label": name} for name in ("Version", "From", "Threshold", "What is different")
        ],
        "rows": [_version(f, in_force, today) for f in found],
    }


def _version(form: TriageForm, in_force: int | None, today: Any) -> dict[str, Any]:
    state, word = "waiting", "Earlier"
    if form.version == in_force:
        state, word = "met", "In force"
    elif form.starts_on > today:
        state, word = "soon", "To come"
    return {
        "cells": [
            {
                "text": f"Version {form.version}",
                "url": f"/referrals/triage/{form.pk}/",
                "second": f"By {form.published_by.name}",
            },
            {"tag": True, "state": state, "text": word, "second": day(form.starts_on)},
            {"text": f"{form.accept_from} of {form.highest}"},
            {"text": form.what_changed or "The first version"},
        ]
    }


def _usage(used: Usage) -> dict[str, Any]:
    return table_of(used, used.versions, ("Last used", used.last_used))


def _affects(service: Any, before: TriageForm | None) -> str:
    """Whom the next version reaches, and whom it does not."""
    places = triage.neighbourhoods_of(service)
    where = count_of(len(places), "neighbourhood") if places != [service] else "the whole service"
    live = triage.live_count(service)
    stay = f"{count_of(live, 'referral')} received already"
    kept = f"version {before.version}" if before else "no form"
    return f"Reaches {where}. {stay} and not yet decided: those from before its first day stay with {kept}."
