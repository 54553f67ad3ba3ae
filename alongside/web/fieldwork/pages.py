"""What the pages of sessions and daily logs share: their frame, their facts, two versions."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from alongside.cases.models import Case
from alongside.cases.policy import work
from alongside.core.actor import Actor
from alongside.core.decisions import Decision
from alongside.core.permissions import Permission
from alongside.fieldwork import policy, queries
from alongside.fieldwork.models import DailyLog, Session, TargetMark
from alongside.fieldwork.wording import minutes_in_words, url_of
from alongside.people.shared_words import shared_in_words
from alongside.plans.models import Target
from alongside.plans.standing import doubt_of
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.dates import clock_time
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
AFTER = {"share": "share/", "steps": "next-steps/"}  # What a button asks for once it is saved.


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
            "may_agree": bool(decision) and work(request.actor, case),
            "doubt": doubt_of(request.actor, case.pupil_id, case.pk),
            **back_to_sessions(request.actor, case.pupil_id),
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
        record=current,
        version=current.version,
        context={**pupil_frame(request.actor, current.pupil, "sessions"), "heading": heading},
    )


def after_saving(request: Request, written: Session | DailyLog) -> str:
    """Where saving leads: to what was written, what the school would read of it, or next steps."""
    return url_of(written) + AFTER.get(request.POST.get("then", ""), "")


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


def reading(actor: Actor, written: Session | DailyLog) -> dict[str, Any]:
    """What a page that shows one of them prints around its facts."""
    line = queries.line_of(written)
    written_at = timezone.localtime(written.created_at)
    may_edit = policy.edit(actor, written)
    mine = written.recorded_by_id == actor.staff_id
    return {
        **pupil_frame(actor, written.pupil, "sessions"),
        "marks": mark_rows(written),
        "written": f"Written by {written.recorded_by.name}, {day_in_words(written_at.date())} at {clock_time(written_at)}",
        **words_of(written),
        "is_shared": written.is_shared,
        "shared": shared_in_words(written, written.case.school_id),
        "may_share": policy.share(actor, written),
        "may_take_back": policy.take_back(actor, written),
        "share_url": f"{url_of(written)}share/",
        "steps_url": f"{url_of(written)}next-steps/"
        if policy.agree_next_steps(actor, written)
        else "",
        "learn_url": _learn_url(actor, written),
        "may_edit": may_edit,
        "edit_url": f"{url_of(written)}edit/",
        "correct_url": f"/pupils/{written.pupil_id}/chronology/{line.pk}/correct/"
        if line and mine and not may_edit
        else "",
        **back_to_sessions(actor, written.pupil_id),
    }


def _learn_url(actor: Actor, written: Session | DailyLog) -> str:
    """Where what a day showed is added to what is known of the child."""
    if not (isinstance(written, DailyLog) and actor.may(Permission.ASSESSMENT_RECORD)):
        return ""
    return f"/pupils/{written.pupil_id}/assessment/profile/from-log/{written.pk}/"


def back_to_sessions(actor: Actor, pupil_id: int) -> dict[str, str]:
    """To the pupil's sessions, or to the pupil for who writes them but reads no case."""
    if actor.may(Permission.CASE_VIEW):
        return {"back_url": f"/pupils/{pupil_id}/sessions/", "back_label": "Sessions"}
    return {"back_url": f"/pupils/{pupil_id}/", "back_label": "Pupil"}


def words_of(written: Session | DailyLog) -> dict[str, Any]:
    """What was written, as everybody who may read it reads it: heading, second line and facts."""
    return _words_of_session(written) if isinstance(written, Session) else _words_of_log(written)


def _words_of_session(session: Session) -> dict[str, Any]:
    starts_at = timezone.localtime(session.starts_at)
    when = f"{starts_at:%A} {day_in_words(starts_at.date())}"
    return {
        "heading": f"{session.get_kind_display()} session",
        "second": f"{when} at {clock_time(starts_at)}, {minutes_in_words(session.minutes)}",
        "facts": _facts(
            ("Attendance", session.get_attendance_display()),
            ("Why it was missed", session.reason_missed),
            ("Where", session.place),
            ("What we did", session.what_we_did),
            ("How the pupil responded", session.response),
            ("What is next", session.next_step),
            ("The face the child chose", FACE_WORDS.get(session.face or 0)),
        ),
    }


def _words_of_log(log: DailyLog) -> dict[str, Any]:
    return {
        "heading": "Daily log",
        "second": f"{log.on:%A} {day_in_words(log.on)}",
        "facts": _facts(
            ("The face the child chose", FACE_WORDS.get(log.face or 0)),
            ("What worked", log.what_worked),
            ("What was hard", log.what_was_hard),
            ("Who was told", log.staff_told),
        ),
    }


def _facts(*rows: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"label": label, "value": value} for label, value in rows if value]
