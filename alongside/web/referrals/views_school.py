"""The school's side: write, check, send, send again, withdraw."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import drafts
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.permissions import Permission
from alongside.pathways import queries as pathways
from alongside.people.models import Pupil
from alongside.referrals import actions, policy, queries
from alongside.referrals.criteria import look
from alongside.referrals.models import Referral
from alongside.rules.ages import year_group_in_words
from alongside.web import form_pages
from alongside.web.dates import clock_time
from alongside.web.pupils.frame import pupil_frame
from alongside.web.referrals import pages
from alongside.web.referrals.forms import ReasonForm
from alongside.web.referrals.not_now import not_now
from alongside.web.referrals.writing import Content, Writing, content_of
from alongside.web.screens import Request, screen


@screen(needs=Permission.REFERRAL_MAKE)
def write(request: Request, pupil_id: int) -> HttpResponse:
    """The whole form on one page. Every press keeps a draft; only a sound one goes on to the check."""
    actor = request.actor
    pupil, school = queries.open_pupil_to_refer(actor, pupil_id)
    frameworks = pathways.framework_for(actor, pupil, school.phase)
    if already := _already(request, pupil, frameworks):
        return already
    options: dict[str, Any] = {"today": actor.today, "frameworks": frameworks}
    if request.method == "POST":
        return _receive(request, pupil, request.path, options, onward=f"{request.path}check/")
    draft = drafts.get_draft(actor, request.path)
    writing = Writing(draft.content if draft else {}, **options)
    return _show(request, pupil, school.name, writing, draft=draft)


@screen(needs=Permission.REFERRAL_MAKE)
def check(request: Request, pupil_id: int) -> HttpResponse:
    """Everything once more as it will be sent."""
    actor = request.actor
    pupil, school = queries.open_pupil_to_refer(actor, pupil_id)
    form_url = f"/referrals/new/{pupil.pk}/"
    frameworks = pathways.framework_for(actor, pupil, school.phase)
    draft = drafts.get_draft(actor, form_url)
    if draft is None:
        return _nothing_to_check(request, pupil, form_url)
    writing = Writing(draft.content, today=actor.today, frameworks=frameworks, shows_mistakes=True)
    if not writing.is_sound:
        return redirect(form_url)
    if request.method == "POST":
        return _send(request, pupil, writing, form_url)
    files = queries.kept_papers(actor, writing.paper_ids)
    found = look(writing.framework.criteria.all(), writing.so_far(school.name, papers=len(files)))
    return render(
        request,
        "referrals/check.html",
        {
            "heading": "Check and send",
            "second": pages.who(pupil, school.name),
            "back_url": form_url,
            "service": writing.framework.owner.name,
            "parts": _parts(writing, form_url),
            "table": pages.tried_table(writing.cycles),
            "papers": pages.kept_papers(files),
            "criteria": pages.criteria_panel(found, form_url),
        },
    )


@screen(needs=Permission.REFERRAL_MAKE)
def again(request: Request, referral_id: int) -> HttpResponse:
    """A returned referral: only what came back is asked for, with what the screener wrote."""
    actor = request.actor
    referral = queries.open_referral_page(actor, referral_id, "again")
    decision = policy.send_again(actor, referral)
    if refused := not_now(request, referral, decision, "Add what is missing"):
        return refused
    missing = queries.unmet(referral)
    only = queries.sections_to_mend(missing)
    options: dict[str, Any] = {
        "today": actor.today,
        "frameworks": [referral.framework],
        "only": only,
    }
    if request.method == "POST":
        return _receive(
            request,
            referral.pupil,
            request.path,
            options,
            referral=referral,
        )
    draft = drafts.get_draft(actor, request.path)
    content = draft.content if draft else content_of(referral)
    writing = Writing(content, **options)
    return _show(
        request, referral.pupil, referral.school.name, writing, draft=draft, referral=referral
    )


@screen(needs=Permission.REFERRAL_MAKE)
def withdraw(request: Request, referral_id: int) -> HttpResponse:
    referral = queries.open_referral_page(request.actor, referral_id, "withdraw")
    decision = policy.withdraw(request.actor, referral)
    if refused := not_now(request, referral, decision, "Withdraw the referral"):
        return refused
    form = form_pages.bind(request, ReasonForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.withdraw(actor=request.actor, referral=referral, **data),
    )
    if done:
        messages.success(request, f"Referral {referral.reference} is withdrawn.")
        return redirect(f"/referrals/{referral.pk}/")
    context = {
        "heading": f"Withdraw referral {referral.reference}",
        "second": "The service is told. You may refer the pupil again later.",
        "button": "Withdraw it",
        "back_url": f"/referrals/{referral.pk}/",
    }
    frame = pupil_frame(request.actor, referral.pupil)
    return form_pages.show(request, "referrals/decide.html", form, context | frame)


def _already(request: Request, pupil: Pupil, frameworks: list[Any]) -> HttpResponse | None:
    """Says so, with a link, when nobody can take a referral of this pupil now."""
    decisions = [policy.is_free(pupil, f.owner) for f in frameworks]
    if any(decisions):
        return None
    links = []
    for framework in frameworks:
        if live := policy.live_referral(pupil, framework.owner):
            links.append({"url": f"/referrals/{live.pk}/", "label": f"Open {live.reference}"})
        elif case := policy.open_case(pupil, framework.owner):
            links.append({"url": f"/cases/{case.pk}/", "label": f"Open case {case.reference}"})
    context = {
        "heading": "Already referred" if links else "No service to refer to",
        "reasons": [d.reason for d in decisions]
        or ["No service takes referrals yet. Ask your system administrator to load its pack."],
        "links": links,
    }
    return render(request, "referrals/already.html", context | pupil_frame(request.actor, pupil))


def _receive(
    request: Request,
    pupil: Pupil,
    key: str,
    options: dict[str, Any],
    *,
    onward: str = "",
    referral: Referral | None = None,
) -> HttpResponse:
    """Keep what came, then do what was pressed: a row more or less, save, or go on."""
    content: Content = {name: request.POST.getlist(name) for name in request.POST}
    writing = Writing(content, shows_mistakes=True, **options)
    refused = _keep_papers(request, pupil, writing)
    pressed = next(
        (b for b in ("add_row", "remove_row", "remove_paper", "save") if b in request.POST), ""
    )
    kept = _pressed(request, writing, pressed)
    try:
        drafts.save_draft(actor=request.actor, key=key, content=kept)
    except Problem as problem:
        refused.append(problem.message)
    if pressed and not refused:
        anchor = {"remove_paper": "papers", "save": "criteria"}.get(pressed, "tried")
        return redirect(f"{request.path}?saved=1#{anchor}")
    writing = Writing(kept, shows_mistakes=True, **options)
    for words in refused:
        writing.sent.add_error("papers" if "papers" in writing.sent.fields else None, words)
    if writing.is_sound and not refused:
        if onward:
            return redirect(onward)
        assert referral is not None
        return _send_again(request, writing, referral)
    school = referral.school if referral else policy.school_of(request.actor, pupil)
    return _show(
        request, pupil, school.name if school else "", writing, has_mistakes=True, referral=referral
    )


def _pressed(request: Request, writing: Writing, pressed: str) -> Content:
    match pressed:
        case "add_row":
            return writing.with_row()
        case "remove_row":
            number = request.POST["remove_row"]
            return writing.without_row(int(number)) if number.isdigit() else writing.content
        case "remove_paper":
            return writing.without_paper(request.POST["remove_paper"])
    return writing.content


def _keep_papers(request: Request, pupil: Pupil, writing: Writing) -> list[str]:
    """Keep each sound file at once; answers what is wrong with the others."""
    refused = []
    uploads: list[UploadedFile] = request.FILES.getlist("papers")
    for upload in uploads:
        try:
            with transaction.atomic():
                file = actions.keep_paper(actor=request.actor, pupil=pupil, upload=upload)
        except Problem as problem:
            refused.append(problem.message)
        else:
            writing.content = writing.with_papers([file])
    return refused


def _show(
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
    files = queries.kept_papers(actor, writing.paper_ids)
    has = len(files) + (referral.evidence.count() if referral else 0)
    found = look(
        writing.framework.criteria.all(), writing.so_far(school, papers=has, sent=referral)
    )
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
        "papers": pages.kept_papers(files),
        "draft": {
            "key": request.path,
            "saved_at": saved_at,
            "is_restored": bool(draft) and "saved" not in request.GET,
        },
        "pupil": pupil,
        "facts": _facts(pupil, school),
        "next": pages.what_happens_next(pathways.standards(actor)),
        "referral": referral,
        "words": (writing.content.get("words") or [""])[0],
        "missing": queries.unmet(referral) if referral else [],
        "version": referral.version if referral else None,
    }
    template = "referrals/again.html" if referral else "referrals/write.html"
    return render(request, template, context, status=422 if has_mistakes else 200)


def _send(request: Request, pupil: Pupil, writing: Writing, form_url: str) -> HttpResponse:
    try:
        with transaction.atomic():
            referral = actions.send(
                actor=request.actor,
                pupil=pupil,
                framework=writing.framework,
                told=writing.told(),
                submission=writing.submission,
            )
    except Problem:
        return redirect(form_url)
    except Refused as refused:
        live = policy.live_referral(pupil, writing.framework.owner)
        if live is None:
            raise
        messages.warning(request, f"{refused.reason} Nothing was sent twice.")
        return redirect(f"/referrals/{live.pk}/")
    drafts.discard_draft(actor=request.actor, key=form_url)
    messages.success(
        request, f"Sent. Referral {referral.reference} is with {referral.service.name}."
    )
    return redirect(f"/referrals/{referral.pk}/")


def _send_again(request: Request, writing: Writing, referral: Referral) -> HttpResponse:
    posted = request.POST.get("version", "")
    try:
        with transaction.atomic():
            actions.send_again(
                actor=request.actor,
                referral=referral,
                told=writing.told(),
                version=int(posted) if posted.isdigit() else -1,
                words=request.POST.get("words", "").strip()[:2000],
            )
    except Conflict:
        messages.warning(
            request, "A colleague changed this referral meanwhile. Your words are kept as a draft."
        )
        return redirect(f"/referrals/{referral.pk}/")
    drafts.discard_draft(actor=request.actor, key=request.path)
    messages.success(
        request, f"Sent again: referral {referral.reference}, round {referral.round + 1}."
    )
    return redirect(f"/referrals/{referral.pk}/")


def _nothing_to_check(request: Request, pupil: Pupil, form_url: str) -> HttpResponse:
    """Pressed twice: the draft is gone because it was sent."""
    latest = queries.latest_live(request.actor, pupil)
    if latest is None:
        return redirect(form_url)
    messages.info(
        request, f"This was already sent: referral {latest.reference}. Nothing was sent twice."
    )
    return redirect(f"/referrals/{latest.pk}/")


def _parts(writing: Writing, form_url: str) -> list[dict[str, Any]]:
    """What is typed, as rows that lead back to where it was typed."""
    labels = {
        "happening": ("main_worry", "days_suspended", "last_incident", "going_well"),
        "family": ("agreed_by", "agreed_on", "agreed_how"),
    }
    form, tell = writing.sent, writing.tell
    return [
        {
            "title": pages.SECTIONS[section],
            "rows": [
                {
                    "label": form.fields[name].label,
                    "value": pages.in_words(name, tell.get(name)),
                    "url": f"{form_url}#{section}",
                }
                for name in names
            ],
        }
        for section, names in labels.items()
    ]


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
