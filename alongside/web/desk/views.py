"""A person's own desk: their drafts, their notices, who they are and what they may see."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.core import actions, drafts, notices, queries
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.permissions import ROLES, Permission
from alongside.people.queries import record_view
from alongside.web import form_pages
from alongside.web.dates import clock_time
from alongside.web.desk.forms import PhoneForm
from alongside.web.desk.naming import named
from alongside.web.screens import Request, screen


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def save_draft(request: Request) -> HttpResponse:
    content = drafts.read_content(request.POST)
    if content is None:
        return JsonResponse({"problem": "This is not a form's content."}, status=400)
    saved_at = drafts.save_draft(actor=request.actor, key=request.POST["key"], content=content)
    return JsonResponse({"saved_at": clock_time(saved_at)})


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def discard_draft(request: Request) -> HttpResponse:
    drafts.discard_draft(actor=request.actor, key=request.POST.get("key", ""))
    messages.success(request, "Discarded.")
    return redirect("/me/#drafts")


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def still_here(request: Request) -> HttpResponse:
    return JsonResponse({"signed_in": True})


@screen(needs=Permission.TODAY_VIEW, methods=("POST",))
def notices_seen(request: Request) -> HttpResponse:
    notices.mark_seen(actor=request.actor)
    return redirect("/")


@screen(needs=Permission.TODAY_VIEW)
def phone(request: Request) -> HttpResponse:
    """The work number that stands beside one's name wherever one leads a case."""
    known = queries.get_staff(request.actor, request.actor.staff_id)
    form = form_pages.bind(request, PhoneForm, initial={"phone": known.phone})
    done = form_pages.attempt(
        request, form, lambda data: actions.change_phone(actor=request.actor, **data)
    )
    if done:
        messages.success(request, "Saved. It stands beside your name wherever you lead a case.")
        return redirect("/me/")
    return form_pages.show(
        request,
        "team/form.html",
        form,
        {
            "heading": "How colleagues reach you",
            "button": "Save",
            "back_url": "/me/",
            "back_label": "About me",
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def me(request: Request) -> HttpResponse:
    actor = request.actor
    listed = named(actor, drafts.list_drafts(actor))
    about = {row["pupil_id"] for row in listed if row["pupil_id"]}
    if about:
        record_view(actor, sorted(about), "drafts")
    return render(
        request,
        "desk/me.html",
        {
            "actor": actor,
            "roles": [
                {
                    "held": held,
                    "role": ROLES[held.role],
                    "scope": ROLES[held.role].scope,
                }
                for held in actor.held
            ],
            "classes": [{"label": c.label, "value": _in_words(actor, c)} for c in InformationClass],
            "permissions": sorted(actor.permissions),
            "drafts": [
                {
                    "key": row["draft"].key,
                    "name": row["name"],
                    "words": row["words"],
                    "url": _own_page(request, row["draft"].key.split("#")[0]),
                    "updated_at": row["draft"].updated_at,
                }
                for row in listed
            ],
        },
    )


def _in_words(actor: Actor, information_class: InformationClass) -> str:
    """What a person may do with one class of information, in one phrase."""
    cells = actor.cells(information_class)
    reads = information_class in actor.reads
    if any(cell.may_approve for cell in cells):
        return "Read, and approve"
    if any(cell.may_write for cell in cells):
        return "Read and write"
    if reads:
        return "Read, as you are cleared for it" if not any(c.may_read for c in cells) else "Read"
    if any(cell.is_flag_only for cell in cells):
        return "See that there is something, not what"
    if any(cell.is_shared_only for cell in cells):
        return "Only what is shared with you"
    if any(cell.may_raise for cell in cells):
        return "Raise, and read your own words"
    if any("own" in cell.code.split() for cell in cells):
        return "Your own only"
    return "Nothing"


def _own_page(request: Request, url: str) -> str:
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}) else "/"
