"""A referral's form as it is received and shown, whether it is new or sent again.

Every press keeps a draft and every sound file, so that a mistake elsewhere loses nothing.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.core import drafts
from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.pathways import queries as pathways
from alongside.people.models import Pupil
from alongside.referrals import actions, policy, queries, waiting
from alongside.referrals.criteria import look
from alongside.referrals.models import Referral
from alongside.rules.ages import year_group_in_words
from alongside.rules.numbers import number_in
from alongside.web.dates import clock_time, short_weekday
from alongside.web.referrals import pages
from alongside.web.referrals.before import before
from alongside.web.referrals.promises import what_happens_next
from alongside.web.referrals.writing import Content, Writing
from alongside.web.screens import Request


def receive(
    request: Request,
    pupil: Pupil,
    options: dict[str, Any],
    go_on: Callable[[Writing], HttpResponse],
    *,
    referral: Referral | None = None,
) -> HttpResponse:
    """Keep what came, then do what was pressed: a row more or less, save, or go on when sound."""
    content: Content = {name: request.POST.getlist(name) for name in request.POST}
    writing = Writing(content, shows_mistakes=True, **options)
    refused = _keep_papers(request, pupil, writing, referral)
    pressed = next(
        (b for b in ("add_row", "remove_row", "remove_paper", "save") if b in request.POST), ""
    )
    kept = _pressed(request, writing, pressed)
    try:
        drafts.save_draft(actor=request.actor, key=request.path, content=kept)
    except Problem as problem:
        refused.append(problem.message)
    is_unread = pressed == "save" and writing.tell_only_of_what_was_typed()
    if pressed and not refused and not is_unread:
        return redirect(f"{request.path}?saved=1#{_where_to_go_on(pressed, kept)}")
    if not is_unread:
        writing = Writing(kept, shows_mistakes=True, **options)
    for words in refused:
        writing.sent.add_error("papers" if "papers" in writing.sent.fields else None, words)
    if (
        not pressed
        and writing.is_sound
        and not refused
        and not writing.look_again(request.actor, pupil)
    ):
        try:
            return go_on(writing)
        except Problem as problem:
            writing.refuse(problem.message, problem.field)
    school = referral.school if referral else policy.school_of(request.actor, pupil)
    draft = drafts.get_draft(request.actor, request.path)
    return show(
        request,
        pupil,
        school.name if school else "",
        writing,
        draft=draft,
        has_mistakes=True,
        referral=referral,
    )


def show(
    request: Request,
    pupil: Pupil,
    school: str,
    writing: Writing,
    *,
    draft: Any = None,
    has_mistakes: bool = False,
    referral: Referral | None = None,
) -> HttpResponse:
    actor = request.actor
    prefetch_related_objects([writing.framework], "criteria")  # Asked for in several places.
    files = queries.kept_papers(actor, writing.paper_ids)
    attached = queries.papers_of(referral) if referral else []
    so_far = writing.so_far(school, files, attached, sent=referral)
    past = before(actor, pupil, referral)
    found = look(writing.framework.criteria.all(), past.added_to(so_far))
    saved_at = clock_time(draft.updated_at) if draft else ""
    context = {
        "heading": f"Refer a pupil to {_short(writing.framework.owner.name)}",
        "second": pages.who(pupil, school),
        "back_url": f"/referrals/{referral.pk}/" if referral else "/referrals/",
        "back_label": "Back to the referral" if referral else "Back to referrals",
        "form": writing.form,
        "rows": writing.rows,
        "writing": writing,
        "mistakes": pages.summary(writing.mistakes) if has_mistakes else [],
        "sections": pages.sections(writing, found, has_mistakes),
        "criteria": pages.criteria_panel(found),
        "papers": pages.kept_papers(files, writing, attached),
        "draft": {
            "key": request.path,
            "saved_at": saved_at,
            "is_restored": bool(draft) and request.method == "GET" and "saved" not in request.GET,
            "loses_files": False,  # A sound file was kept at once.
        },
        "pupil": pupil,
        "facts": _facts(pupil, school),
        **past.said,
        "next": [
            *_triage(actor, writing.framework.owner_id),
            *what_happens_next(pathways.standards(actor)),
        ],
        "referral": referral,
        "beside": writing.beside,
        **(pages.asked_for(queries.unmet(referral), writing) if referral else {}),
        "note": queries.returned_with(referral) if referral else "",
        "version": referral.version if referral else None,
    }
    template = "referrals/again.html" if referral else "referrals/write.html"
    return render(request, template, context, status=422 if has_mistakes else 200)


def _triage(actor: Actor, service_id: int) -> list[dict[str, str]]:
    """By when to send it so that it is read at the coming triage."""
    rhythm = waiting.rhythm_of(service_id)
    if rhythm is None:
        return []
    triage = waiting.triage_for(actor, timezone.now(), rhythm)
    return [
        {
            "figure": f"{short_weekday(triage.cut_off)} {clock_time(triage.cut_off)}",
            "text": f"sent by then, it is read at triage on {short_weekday(triage.held_on)}",
        }
    ]


def _pressed(request: Request, writing: Writing, pressed: str) -> Content:
    match pressed:
        case "add_row":
            return writing.with_row()
        case "remove_row":
            number = number_in(request.POST["remove_row"])
            return writing.content if number is None else writing.without_row(number)
        case "remove_paper":
            return writing.without_paper(request.POST["remove_paper"])
    return writing.content


def _where_to_go_on(pressed: str, kept: Content) -> str:
    """The part of the page that was worked on; after "Add a cycle" its first box, so that one may type."""
    if pressed == "add_row":
        return f"id_tried-{int(kept['tried-TOTAL_FORMS'][0]) - 1}-what"
    return {"remove_paper": "papers", "save": "criteria"}.get(pressed, "tried")


def _keep_papers(
    request: Request, pupil: Pupil, writing: Writing, referral: Referral | None
) -> list[str]:
    """Keep each sound file at once; answers what is wrong with the others. The very paper that is
    attached already is kept once, and that is said."""
    refused = []
    uploads: list[UploadedFile] = request.FILES.getlist("papers")
    for upload in uploads:
        if name := actions.same_paper(
            actor=request.actor, upload=upload, paper_ids=writing.paper_ids, referral=referral
        ):
            messages.info(request, f"“{upload.name}” is attached already, as “{name}”: kept once.")
            continue
        try:
            with transaction.atomic():
                file = actions.keep_paper(actor=request.actor, pupil=pupil, upload=upload)
        except Problem as problem:
            refused.append(problem.message)
        else:
            writing.content = writing.with_papers([file])
    return refused


def _facts(pupil: Pupil, school: str) -> list[dict[str, str]]:
    born = f"{pupil.born_on.day} {pupil.born_on:%B %Y}"
    facts = [
        ("Name", pupil.name),
        ("Year", year_group_in_words(pupil.year_group)),
        ("Born", born),
        ("UPN", pupil.upn),
        ("On roll at", school),
        ("SEN", pupil.get_sen_provision_display()),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _short(service: str) -> str:
    return service.removesuffix(" service")
