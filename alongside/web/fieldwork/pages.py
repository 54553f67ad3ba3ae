"""What the pages of sessions and daily logs share: their frame, their facts, two versions."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.fieldwork import policy, queries
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.plans.models import Target
from alongside.web import form_pages
from alongside.web.forms.renderer import mistakes
from alongside.web.forms.widgets import FACES
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request

STATES = {
    TargetMark.Mark.MET: "met",
    TargetMark.Mark.PARTLY: "soon",
    TargetMark.Mark.NOT_YET: "waiting",
    TargetMark.Mark.NOT_SEEN: "info",
}
FACE_WORDS = dict(FACES)


def targets_of(written: Session | DailyLog) -> list[Target]:
    """What may be marked: the plan in use, and whatever was marked already."""
    now = queries.targets_to_mark(written.case)
    known = {target.pk for target in now}
    return now + [m.target for m in written.marks.all() if m.target_id not in known]


def show_form(
    request: Request,
    template: str,
    case: Case,
    form: forms.Form,
    decision: Decision,
    **context: Any,
) -> HttpResponse:
    """A form of a case's; a refusal is a sentence in place of the form."""
    frame = pupil_frame(request.actor, case.pupil, "sessions")
    return form_pages.show(
        request,
        template,
        form,
        {
            **frame,
            "ask": frame["banner"]["ask"],  # type: ignore[index]
            "mistakes": mistakes(form),
            "decision": decision,
            "back_url": f"/pupils/{case.pupil_id}/sessions/",
            "back_label": "Sessions",
            **context,
        },
    )


def show_two_versions(
    request: Request,
    form: forms.Form,
    current: Session | DailyLog,
    theirs: dict[str, Any],
    heading: str,
) -> HttpResponse:
    return form_pages.show_conflict(
        request,
        form,
        theirs=theirs,
        theirs_by=current.recorded_by.name,
        theirs_at="in the meantime",
        version=current.version,
        context={**pupil_frame(request.actor, current.pupil, "sessions"), "heading": heading},
    )


def read_version(request: Request) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdigit() and len(typed) < 10 else 0


def mark_rows(written: Session | DailyLog) -> list[dict[str, str]]:
    """Rows for components/tasks.html."""
    return [
        {
            "what": mark.target.text,
            "state": STATES[TargetMark.Mark(mark.mark)],
            "word": mark.get_mark_display(),
        }
        for mark in written.marks.all()
    ]


def reading(actor: Actor, written: Session | DailyLog, place: str) -> dict[str, Any]:
    """What a page that shows one of them prints around its facts."""
    line = queries.line_of(written)
    written_at = timezone.localtime(written.created_at)
    may_edit = policy.edit(actor, written)
    mine = written.recorded_by_id == actor.staff_id
    return {
        **pupil_frame(actor, written.pupil, "sessions"),
        "marks": mark_rows(written),
        "written": f"Written by {written.recorded_by.name}, {written_at:%-d %B %Y at %H:%M}",
        "may_edit": may_edit,
        "edit_url": f"/{place}/{written.pk}/edit/",
        "correct_url": f"/pupils/{written.pupil_id}/chronology/{line.pk}/correct/"
        if line and mine and not may_edit
        else "",
        "back_url": f"/pupils/{written.pupil_id}/sessions/",
        "back_label": "Sessions",
    }


def facts(*rows: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"label": label, "value": value} for label, value in rows if value]
