"""One person of the team: their cases, handing them over, cover while away, what they can hold."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import covering, planned, policy, room, team, team_queries
from alongside.cases.models import Case, Cover, PlannedHandover
from alongside.core.actor import Actor
from alongside.core.days import day_of
from alongside.core.models import Staff
from alongside.core.permissions import Permission
from alongside.duties import handing_over
from alongside.duties.caseload import knows_safety
from alongside.duties.priority import standing_of, told_of_many
from alongside.fieldwork.visits import with_pupils
from alongside.people.queries import record_view
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.cases.caseload_rows import LOOKS, facts_in_short
from alongside.web.dates import short_day, short_weekday
from alongside.web.screens import Request, screen
from alongside.web.team.forms import CoverForm, EndCoverForm, HandOverForm, ProfileForm
from alongside.web.team.handovers import rows as handover_rows


@screen(needs=Permission.CASE_ALLOCATE, methods=("GET",))
def person(request: Request, worker_id: int) -> HttpResponse:
    """What somebody leads, each case one click from being given to somebody else."""
    actor = request.actor
    member = team_queries.get_managed(actor, worker_id)
    cases = team_queries.led_by(actor, member.staff)
    record_view(actor, [case.pupil_id for case in cases], "team")
    told = _standings(actor, cases)
    profile = team_queries.profile_of(member.staff)
    return render(
        request,
        "team/person.html",
        {
            "heading": member.staff.name,
            "second": f"{member.role}, {member.place}",
            "staff": member.staff,
            "profile": profile,
            "knows": [need for key, need in _needs() if profile and key in profile.knows],
            "handovers": handover_rows(planned.listed_for(actor, worker_id)),
            "covers": [
                (c, f"{short_weekday(c.starts_on)} to {short_weekday(c.ends_on)}")
                for c in team_queries.covers_to_come(actor, [worker_id])
            ],
            "table": {
                "caption": f"Cases that {member.staff.name} leads",
                "columns": [
                    {"label": label}
                    for label in ("Pupil", "Priority", "Mostly about", "Open since", "Act")
                ],
                "rows": [{"cells": _cells(case, told[case.pk])} for case in cases],
            },
        },
    )


def _needs() -> list[tuple[str, str]]:
    return list(ProfileForm.base_fields["knows"].choices)  # type: ignore[attr-defined]


def _standings(actor: Actor, cases: list[Case]) -> dict[int, dict[str, Any]]:
    ids = [case.pk for case in cases]
    rows = told_of_many(knows_safety(actor), case_ids=ids, today=actor.today) if ids else []
    return {row["pk"]: row for row in rows}


def _cells(case: Case, told: dict[str, Any]) -> list[dict[str, Any]]:
    standing = standing_of(told)
    return [
        {
            "text": case.pupil.name,
            "url": f"/cases/{case.pk}/",
            "second": f"{case.reference}, {case.school.name}",
        },
        {
            "text": standing.priority.label,
            "url": f"/priority/{case.pk}/",
            "state": LOOKS[standing.priority],
            "second": ", ".join(facts_in_short(standing, told)),
        },
        {"text": case.get_primary_need_display() or "Not said yet"},
        {"text": short_day(case.opened_on)},
        {"text": "Reassign", "url": f"/cases/{case.pk}/reassign/"},
    ]


@screen(needs=Permission.CASE_ALLOCATE)
def hand_over(request: Request, worker_id: int) -> HttpResponse:
    """A caseload, or a part of it, to one other person."""
    actor = request.actor
    member = team_queries.get_managed(actor, worker_id)
    cases = {str(case.pk): case for case in team_queries.led_by(actor, member.staff)}
    record_view(actor, [case.pupil_id for case in cases.values()], "hand over")
    people = {str(m.staff.pk): m for m in team_queries.managed(actor) if m.staff.pk != worker_id}
    told = team_queries.told_of(actor, [m.staff.pk for m in people.values()])
    visits = _visits_planned(actor, member.staff, cases.values())
    promised = planned.planned_of(cases.values())
    form = form_pages.bind(
        request,
        HandOverForm,
        people=[
            (pk, f"{m.staff.name}, {m.role}, {m.place}: {told[m.staff.pk]}")
            for pk, m in people.items()
        ],
        listed=[
            (pk, f"{c.pupil.name}, {c.school.name}{visits.get(c.pupil_id, '')}{_goes(promised, c)}")
            for pk, c in cases.items()
        ],
        initial={
            "starts_on": actor.today,
            "cases": [pk for pk, c in cases.items() if c.pk not in promised],
            "takes_checks": True,
        },
    )

    def do(data: dict[str, Any]) -> int:
        return handing_over.hand_over(
            actor=actor,
            cases=[cases[pk] for pk in data["cases"]],
            former=member.staff,
            to=people[data["to"]].staff,
            **{key: data[key] for key in ("note", "starts_on", "takes_checks", "despite")},
        )

    count = form_pages.attempt(request, form, do)
    if count:
        to = people[form.cleaned_data["to"]].staff
        messages.success(request, _handed(actor, count, member.staff, to, form.cleaned_data))
        return redirect(f"/team/{worker_id}/")
    return form_pages.show(
        request,
        "team/hand_over.html",
        form,
        {
            "heading": f"Hand over {member.staff.name}’s cases",
            "second": "",
            "button": "Hand over",
            "back_url": f"/team/{worker_id}/",
            "back_label": member.staff.name,
            "handovers": handover_rows(planned.listed_for(actor, worker_id)),
        },
    )


def _goes(promised: dict[int, PlannedHandover], case: Case) -> str:
    """To whom a case is to go already, in words."""
    to_come = promised.get(case.pk)
    if to_come is None:
        return ""
    return f"; goes to {to_come.to.name} on {day_in_words(to_come.starts_on)} already"


def _visits_planned(actor: Actor, staff: Staff, cases: Iterable[Case]) -> dict[int, str]:
    """What goes along with each pupil's case, in words."""
    found = with_pupils(staff, [case.pupil_id for case in cases], actor.today)
    days: dict[int, list[str]] = {}
    for pupil_id, starts_at in found.order_by("starts_at").values_list("pupil_id", "starts_at"):
        days.setdefault(pupil_id, []).append(short_weekday(day_of(starts_at)))
    return {pk: f"; visit planned {' and '.join(on)}, it goes along" for pk, on in days.items()}


def _handed(actor: Actor, count: int, former: Staff, to: Staff, data: dict[str, Any]) -> str:
    cases, starts_on = "case" if count == 1 else "cases", data["starts_on"]
    if starts_on > actor.today:
        day = day_in_words(starts_on)
        said = f"{count} {cases} will go to {to.name} on {day}. {former.name} leads until then."
    else:
        said = f"{count} {cases} handed to {to.name}."
    return f"{said} {room.away_between(to, starts_on, starts_on)}".strip()


@screen(needs=Permission.CASE_ALLOCATE)
def profile(request: Request, worker_id: int) -> HttpResponse:
    member = team_queries.get_managed(request.actor, worker_id)
    known = team_queries.profile_of(member.staff)
    initial = {n: getattr(known, n) for n in ("most_cases", "knows", "note")} if known else {}
    form = form_pages.bind(request, ProfileForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: team.set_profile(actor=request.actor, staff=member.staff, **data),
    )
    if done:
        messages.success(request, "Saved. Allocating takes it into account.")
        return redirect(f"/team/{worker_id}/")
    return _form(request, form, f"What {member.staff.name} can hold", "Save", worker_id)


@screen(needs=Permission.CASE_WORK)
def arrange_cover(request: Request) -> HttpResponse:
    """A manager for anybody whose cases they allocate; everybody for themselves."""
    actor = request.actor
    everyone = {m.staff.pk: m for m in team_queries.members(actor)}
    everyone |= {m.staff.pk: m for m in team_queries.managed(actor)}
    covered = [m for m in everyone.values() if policy.arrange_cover(actor, m.staff)]
    told = team_queries.told_of(actor, list(everyone))
    form = form_pages.bind(
        request,
        CoverForm,
        people=[(str(pk), f"{m.staff.name}, {m.role}: {told[pk]}") for pk, m in everyone.items()],
        covered=[(str(m.staff.pk), m.staff.name) for m in covered],
        initial={
            "staff": request.GET.get("for", str(actor.staff_id)),
            "starts_on": actor.today,
        },
    )

    def do(data: dict[str, Any]) -> Cover:
        staff, by = (everyone[int(data[key])].staff for key in ("staff", "covered_by"))
        days = {key: data[key] for key in ("starts_on", "ends_on", "reason", "despite")}
        return covering.arrange_cover(actor=actor, staff=staff, covered_by=by, **days)

    done = form_pages.attempt(request, form, do)
    if done:
        messages.success(request, f"{done.covered_by.name} covers, and has been told.")
        return redirect("/team/today/")
    return _form(request, form, "Cover while somebody is away", "Arrange cover")


@screen(needs=Permission.CASE_WORK)
def end_cover(request: Request, cover_id: int) -> HttpResponse:
    actor = request.actor
    cover = team_queries.get_cover(actor, cover_id)
    form = form_pages.bind(request, EndCoverForm, initial={"ends_on": actor.today})
    done = form_pages.attempt(
        request,
        form,
        lambda data: covering.end_cover(actor=actor, cover=cover, **data),
    )
    if done:
        messages.success(request, "The cover ends on that day.")
        return redirect("/team/today/")
    heading = f"{cover.staff.name} is back"
    return _form(request, form, heading, "End the cover")


def _form(
    request: Request, form: Any, heading: str, button: str, worker_id: int | None = None
) -> HttpResponse:
    back = f"/team/{worker_id}/" if worker_id else "/team/today/"
    return form_pages.show(
        request,
        "team/form.html",
        form,
        {
            "heading": heading,
            "second": "",
            "button": button,
            "back_url": back,
            "back_label": "Back",
        },
    )
