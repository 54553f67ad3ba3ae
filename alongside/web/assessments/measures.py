"""The council's measures: how each is scored and what scores mean; and the scales of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments import actions, policy, queries
from alongside.assessments.actions.scales import facts_of, seen_of
from alongside.assessments.models import Informant, Measure
from alongside.assessments.wording import plain
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments.scale_forms import ScaleForm, scale_values
from alongside.web.screens import Request, screen

AT = "/measures/"


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def catalogue(request: Request) -> HttpResponse:
    actor = request.actor
    return render(
        request,
        "assessments/measures.html",
        {
            "heading": "Measures",
            "second": "Scores only: no question of a licensed tool stands anywhere here.",
            "measures": [_row(actor, measure) for measure in queries.measures(actor)],
            "ended": [_ended(measure) for measure in queries.ended_measures(actor)],
            "may_add": policy.keep_scales(actor),
        },
    )


@screen(needs=Permission.OWN_RULES_EDIT)
def add(request: Request) -> HttpResponse:
    form = form_pages.bind(request, ScaleForm, initial={"is_whole": True})
    done = form_pages.attempt(
        request, form, lambda _: actions.add_scale(actor=request.actor, facts=form.facts())
    )
    if done:
        messages.success(request, f"{done.name} can be scored from now on.")
        return redirect(AT)
    return _show(request, form, policy.keep_scales(request.actor), heading="Add a scale of our own")


@screen(needs=Permission.OWN_RULES_EDIT)
def change(request: Request, measure_id: int) -> HttpResponse:
    found = queries.get_measure(request.actor, measure_id)
    form = form_pages.bind(request, ScaleForm, initial=scale_values(facts_of(found)))
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.change_scale(
            actor=request.actor, scale=found, facts=form.facts(), seen=request.POST.get("seen", "")
        ),
    )
    if done:
        is_new = done.pk != found.pk
        kept = " Scores given before stay on the scale as it was." if is_new else ""
        messages.success(request, f"{done.name} is changed.{kept}")
        return redirect(AT)
    decision = policy.change_scale(request.actor, found)
    heading = f"Change {found.name}"
    return _show(request, form, decision, heading=heading, seen=seen_of(found))


@screen(needs=Permission.OWN_RULES_EDIT, methods=("POST",))
def end(request: Request, measure_id: int) -> HttpResponse:
    found = queries.get_measure(request.actor, measure_id)
    actions.end_scale(actor=request.actor, scale=found)
    messages.success(request, f"{found.name} is scored no longer. Scores given on it stay.")
    return redirect(AT)


def _show(
    request: Request, form: ScaleForm, decision: Decision, *, heading: str, seen: str = ""
) -> HttpResponse:
    context = {
        "heading": heading,
        "second": "Other ends or bands make a new scale once there are scores: the old stay readable.",
        "button": "Save the scale",
        "decision": decision,
        "back_url": AT,
        "back_label": "Measures",
        "seen": seen,
    }
    return form_pages.show(request, "frameworks/own_rule.html", form, context)


def _row(actor: Actor, measure: Measure) -> dict[str, Any]:
    may_change = bool(policy.change_scale(actor, measure))
    return {**_told(measure), "change_url": f"{AT}{measure.pk}/change/" if may_change else "",
            "end_url": f"{AT}{measure.pk}/end/" if may_change else ""}  # fmt: skip


def _ended(measure: Measure) -> dict[str, Any]:
    follows = getattr(measure, "followed_by", None)
    until = f"Scored until {day_in_words(measure.ended_on)}" if measure.ended_on else ""
    after = f", then as {follows.name} now stands" if follows else ""
    return {**_told(measure), "until": f"{until}{after}."}


def _told(measure: Measure) -> dict[str, Any]:
    way = "Lower" if measure.is_lower_better else "Higher"
    ends = f"{plain(measure.low)} to {plain(measure.high)}"
    unit = f" {measure.unit}" if measure.unit else ""
    return {
        "name": measure.name,
        "about": measure.about,
        "is_own": measure.is_own,
        "range": f"{ends}{unit}. {way} is better.",
        "how": measure.get_scoring_display(),
        "is_licensed": measure.is_licensed,
        "bands": _bands(measure),
        "levels": "; ".join(f"{score} {word.lower()}" for score, word in measure.levels.items()),
        "source": measure.source,
    }


def _bands(measure: Measure) -> list[dict[str, Any]]:
    """By who answered; once, where it makes no difference."""
    every = list(measure.bands.values())
    if measure.is_own and every:
        return [_band_row("Whoever answers", every[0], bool(measure.unchecked))]
    return [
        _band_row(str(Informant(who).label), bands, who in measure.unchecked)
        for who, bands in measure.bands.items()
    ]


def _band_row(who: str, bands: list[dict[str, Any]], is_unchecked: bool) -> dict[str, Any]:
    words = "; ".join(_band(band) for band in bands)
    return {"who": who, "words": words, "is_unchecked": is_unchecked}


def _band(band: dict[str, Any]) -> str:
    ends = f"{band['from']}" if band["from"] == band["to"] else f"{band['from']} to {band['to']}"
    return f"{ends} {str(band['label']).lower()}"
