"""Learning gaps by subject and year, closed with their day; needs in the national categories."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.assessments import actions, policy, queries
from alongside.assessments.models import Need, SendNeeds
from alongside.core.permissions import Permission
from alongside.people.models import Pupil, SenProvision
from alongside.people.queries import open_pupil
from alongside.rules.ages import YEAR_GROUPS, key_stage, year_group_in_words
from alongside.rules.curriculum import SOURCE, STAGES, objectives_of, subjects_of
from alongside.rules.send import SEN_TYPES
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.assessments import pages
from alongside.web.assessments.learning_forms import GapsForm, SendForm
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


def url_of(pupil: Pupil) -> str:
    return f"{pages.url_of(pupil)}learning/"


@screen(needs=Permission.CASE_VIEW, methods=("GET",))
def learning(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = open_pupil(actor, pupil_id, "learning and SEND")
    may_record = policy.record(actor, pupil)
    is_sendco = policy.is_sendco_of(actor, pupil.pk)
    gaps = queries.gaps_of(actor, pupil)
    sen = queries.send_needs_of(pupil)
    return render(
        request,
        "assessments/learning.html",
        {
            **pupil_frame(actor, pupil, "assessment"),
            "heading": "Learning and SEND",
            "second": f"{year_group_in_words(pupil.year_group)}. What is not learnt yet, and which "
            "needs are known.",
            "base": pages.url_of(pupil),
            "may_record": may_record,
            "may_record_send": may_record or is_sendco,
            "is_sendco": is_sendco,
            "subjects": _by_subject(pupil, gaps, bool(may_record)),
            "closed": [_gap(pupil, gap, False) for gap in gaps if gap.ended_on],
            "provision": _provision(pupil),
            "needs": [_send(one) for one in sen],
            "barriers": _barriers(request, sen),
            "source": SOURCE,
        },
    )


def _provision(pupil: Pupil) -> str:
    """Where the child stands on the register. A need may be known of a child who is not on it."""
    if pupil.sen_provision == SenProvision.NONE:
        return "Not on the SEND register"
    return pupil.get_sen_provision_display()


def _by_subject(pupil: Pupil, gaps: list[Need], may_record: bool) -> list[dict[str, Any]]:
    """Open gaps, a heading a subject, the youngest year first."""
    named: dict[str, list[Need]] = {}
    for gap in sorted(gaps, key=lambda gap: (gap.subject, _year(gap.year_group))):
        if not gap.ended_on:
            named.setdefault(gap.subject or "Other", []).append(gap)
    return [
        {"title": subject, "gaps": [_gap(pupil, gap, may_record) for gap in found]}
        for subject, found in named.items()
    ]


def _year(code: str) -> int:
    return YEAR_GROUPS.index(code) if code in YEAR_GROUPS else 0


def _stage(year_group: str) -> str:
    """EYFS, KS1 to KS4, or nothing."""
    stage = key_stage(year_group)
    return stage if stage in ("", "EYFS") else f"KS{stage}"


def _gap(pupil: Pupil, gap: Need, may_record: bool) -> dict[str, Any]:
    shown = _stage(gap.year_group)
    year = year_group_in_words(gap.year_group)
    about = [f"{year} ({shown})" if shown else year, gap.source, gap.recorded_by.name]
    about.append(f"Found {day_in_words(gap.recorded_on)}")
    note = f": {gap.closing_note}" if gap.closing_note else ""
    return {
        "text": gap.text,
        "subject": gap.subject,
        "about": ". ".join(part for part in about if part),
        "closed": f"Closed on {day_in_words(gap.ended_on)}{note}" if gap.ended_on else "",
        "close_url": f"{pages.url_of(pupil)}needs/{gap.pk}/end/" if may_record else "",
    }


def _send(one: SendNeeds) -> dict[str, Any]:
    since = f"since {day_in_words(one.recorded_on)}"
    until = (
        f"{day_in_words(one.recorded_on)} to {day_in_words(one.ended_on)}" if one.ended_on else ""
    )
    return {
        "primary": SEN_TYPES[one.primary],
        "secondary": SEN_TYPES.get(one.secondary, ""),
        "note": one.note,
        "when": f"{until or since}, {one.recorded_by.name}",
        "is_over": bool(one.ended_on),
    }


def _barriers(request: Request, sen: list[SendNeeds]) -> list[str]:
    """The barriers that go with the need in force, for those who read casework."""
    if not sen or sen[0].ended_on or not request.actor.reads_casework:
        return []
    return queries.texts_of(request.actor, sen[0].need_ids)


@screen(needs=Permission.ASSESSMENT_RECORD)
def add(request: Request, pupil_id: int) -> HttpResponse:
    """The stage and the subject are chosen first, as links: the list is then short."""
    pupil = open_pupil(request.actor, pupil_id, "record learning gaps")
    stage, subject = _chosen(request, pupil)
    objectives = objectives_of(stage, subject)
    form = form_pages.bind(
        request,
        GapsForm,
        objectives=objectives,
        initial={"found_on": request.actor.today, "year_group": pupil.year_group},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_gaps(
            actor=request.actor,
            pupil=pupil,
            subject=subject,
            **({"objectives": ()} | data),
        ),
        about=pupil,
    )
    if done:
        messages.success(request, f"{count_of(len(done), 'learning gap')} recorded.")
        return redirect(url_of(pupil))
    return form_pages.show(
        request,
        "assessments/gaps_form.html",
        form,
        {
            **pupil_frame(request.actor, pupil, "assessment"),
            "decision": policy.record(request.actor, pupil),
            "heading": "Record learning gaps",
            "second": f"{STAGES[stage]}, {subject}",
            "button": "Record them",
            "back_url": url_of(pupil),
            "back_label": "Learning and SEND",
            "stages": [
                {"label": label, "url": _link(key, ""), "is_current": key == stage}
                for key, label in STAGES.items()
            ],
            "subjects": [
                {"label": name, "url": _link(stage, name), "is_current": name == subject}
                for name in subjects_of(stage)
            ],
            "source": SOURCE,
        },
    )


def _link(stage: str, subject: str) -> str:
    return f"?{urlencode({'stage': stage, 'subject': subject})}"


def _chosen(request: Request, pupil: Pupil) -> tuple[str, str]:
    """What was asked for; else the stage the child is in, or the last of the list."""
    stage = request.GET.get("stage", "") or _stage(pupil.year_group)
    stage = stage if stage in STAGES else "KS2"
    subjects = subjects_of(stage)
    asked = request.GET.get("subject", "")
    return stage, asked if asked in subjects else subjects[0]


@screen(needs=Permission.CASE_VIEW)
def send(request: Request, pupil_id: int) -> HttpResponse:
    pupil = open_pupil(request.actor, pupil_id, "record needs in national categories")
    reads_casework = request.actor.reads_casework
    is_sendco = policy.is_sendco_of(request.actor, pupil.pk)
    standing = queries.standing_barriers(pupil) if reads_casework else []
    form = form_pages.bind(
        request,
        SendForm,
        needs=standing,
        is_sendco=is_sendco,
        initial={"primary": pupil.sen_need, "provision": pupil.sen_provision},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.record_send_needs(
            actor=request.actor,
            pupil=pupil,
            primary=data["primary"],
            secondary=data["secondary"],
            note=data["note"],
            needs=form.chosen,
            provision=data.get("provision", ""),
            registered_on=data.get("registered_on"),
        ),
        about=pupil,
    )
    if done:
        register = form.register_said()
        messages.success(request, f"{register}Main need: {SEN_TYPES[done.primary].lower()}.")
        return redirect(url_of(pupil))
    return pages.show_form(
        request,
        pupil,
        form,
        policy.record_send(request.actor, pupil),
        heading="SEND register and needs" if is_sendco else "Needs in the national categories",
        second="As returned in the school census. The answer before it is kept.",
        button="Record it",
    )
