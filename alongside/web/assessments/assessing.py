"""Making a needs assessment, reading it beside others, deciding on support, and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Domain, NeedsAssessment
from alongside.assessments.wording import hours_a_week, plain
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.people.queries import open_pupil
from alongside.rules.needs import MOST, RATINGS
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.assessing_forms import (
    AssessmentForm,
    ReasonForm,
    SupportForm,
    first_values,
)
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


def url_of(assessment: NeedsAssessment) -> str:
    return f"{pages.url_of(assessment.pupil)}made/{assessment.pk}/"


@screen(needs=Permission.ASSESSMENT_RECORD)
def assess(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "make a needs assessment")
    made = queries.assessments_of(request.actor, pupil)
    standing = [need.barrier for need in queries.standing_barriers(pupil) if need.barrier]
    latest = made[-1] if made else None
    offered = [b for b in queries.barriers(request.actor) if b.is_in_use or b in standing]
    form = form_pages.bind(
        request,
        AssessmentForm,
        barriers=offered,
        initial={"taken_on": request.actor.today, **first_values(latest, standing)},
    )
    known = latest.number if latest else 0
    form.instance_version = form_pages.version_shown(request, known)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.complete_assessment(
            actor=request.actor,
            pupil=pupil,
            occasion=data["occasion"],
            taken_on=data["taken_on"],
            found=form.found,
            after=form_pages.posted_version(request),
        ),
        about=pupil,
    )
    if done:
        messages.success(request, f"Assessment {done.number} is complete.")
        return redirect(url_of(done))
    if form.is_bound and not form.is_valid():
        form.instance_version = known  # Having read of the other, one may send it again.
    return pages.show_form(
        request,
        pupil,
        form,
        policy.assess(request.actor, pupil),
        heading=f"Needs assessment {known + 1}",
        second="What gets in the way of school, with the pupil and the family. It saves as you type.",
        button="Complete the assessment",
        sections=[
            {
                "title": section.title,
                "url": f"#{section.id}",
                "state": "met" if form.is_filled(section) else "ring",
            }
            for section in form.sections
        ],
    )


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def made(request: Request, pupil_id: int, assessment_id: int) -> HttpResponse:
    """One assessment: its ratings, whose words it rests on, what it suggests and what was decided."""
    pupil = open_pupil(request.actor, pupil_id, "a needs assessment")
    one = queries.get_assessment(request.actor, pupil, assessment_id)
    return render(
        request,
        "assessments/made.html",
        {
            **pupil_frame(request.actor, pupil, "assessment"),
            "heading": f"Needs assessment {one.number}",
            "second": f"{one.get_occasion_display()}, {day_in_words(one.taken_on)}. "
            f"{one.recorded_by.name}",
            "back_url": pages.url_of(pupil, "assessments"),
            "one": one,
            "total": f"{one.total} of {MOST}",
            "rows": [_row(one, domain) for domain in Domain],
            "said": _said(pupil, one),
            "strategies": queries.strategies_for(queries.barriers_then(request.actor, one)),
            "support": _support(one),
            "may_decide": policy.decide_support(request.actor, one),
            "may_withdraw": policy.withdraw_assessment(request.actor, one),
            "base": url_of(one),
        },
    )


def _row(one: NeedsAssessment, domain: Domain) -> dict[str, Any]:
    rating = one.ratings.get(domain, 0)
    return {
        "label": domain.label,
        "rating": rating,
        "words": RATINGS[rating],
        "note": one.notes.get(domain, ""),
    }


def _said(pupil: Pupil, one: NeedsAssessment) -> list[dict[str, str]]:
    """Whose words it rests on; who was not asked is said, not left out."""
    family = one.family_name or "The family"
    return [
        {"label": f"{pupil.forename} says", "value": one.pupil_words or "Not asked yet"},
        {"label": f"{family} says", "value": one.family_words or "Not asked yet"},
        {"label": "The school says", "value": one.school_words or "Not asked yet"},
    ]


def _support(one: NeedsAssessment) -> dict[str, Any]:
    level = one.suggested
    decided = ""
    if one.agreed and one.agreed_on and one.agreed_by and one.agreed_hours is not None:
        decided = (
            f"{one.agreed.name}, {hours_a_week(one.agreed_hours)}. "
            f"{one.agreed_by.name}, {day_in_words(one.agreed_on)}"
        )
    return {
        "suggested": f"{level.name}, {hours_a_week(level.hours_a_week)}" if level else "",
        "words": level.words if level else "",
        "working": f"A total of {one.total} lies between {level.low} and {level.high}."
        if level
        else "",
        "source": level.source if level else "",
        "is_unverified": bool(level and not level.is_verified),
        "decided": decided,
        "because": one.agreed_because,
    }


@screen(needs=Permission.ASSESSMENT_RECORD)
def support(request: Request, pupil_id: int, assessment_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "decide on support")
    one = queries.get_assessment(request.actor, pupil, assessment_id)
    levels = queries.levels(request.actor)
    suggested = one.suggested
    form = form_pages.bind(
        request,
        SupportForm,
        levels=levels,
        initial={"level": suggested.pk, "hours": plain(suggested.hours_a_week)}
        if suggested
        else {},
    )
    by_key = {str(level.pk): level for level in levels}
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.decide_support(
            actor=request.actor,
            assessment=one,
            level=by_key[data["level"]],
            hours=data["hours"],
            because=data["because"],
        ),
    )
    if done:
        messages.success(request, "Decided, with the assessment it rests on.")
        return redirect(url_of(one))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.decide_support(request.actor, one),
        heading="What support follows?",
        second=f"The assessment suggests: {_support(one)['suggested'] or 'nothing'}.",
        button="Decide",
    )


@screen(needs=Permission.ASSESSMENT_RECORD)
def withdraw(request: Request, pupil_id: int, assessment_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "withdraw a needs assessment")
    one = queries.get_assessment(request.actor, pupil, assessment_id)
    form = form_pages.bind(request, ReasonForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.withdraw_assessment(actor=request.actor, assessment=one, **data),
    )
    if done:
        messages.success(request, "Withdrawn. It stays to be seen, and counts nowhere.")
        return redirect(pages.url_of(pupil, "assessments"))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.withdraw_assessment(request.actor, one),
        heading=f"Withdraw needs assessment {one.number}",
        second=f"{one.get_occasion_display()}, {day_in_words(one.taken_on)}",
        button="Withdraw it",
    )
