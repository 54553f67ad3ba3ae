"""What every form page shares: drafts given back, problems shown at their field, two versions kept.

A view binds the form, attempts one action and shows the page; nothing typed is lost on the way.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict

from alongside.core import drafts, sent
from alongside.core.decisions import Problem
from alongside.core.history import LastSaved, last_saved
from alongside.people.models import Pupil
from alongside.rules.numbers import number_in
from alongside.schools.models import School
from alongside.web import doubts, kept
from alongside.web.conflicts import SEEN, compare, who_and_when
from alongside.web.dates import clock_time
from alongside.web.once import token_of
from alongside.web.screens import Request


def bind[F: forms.BaseForm](
    request: Request, form_class: type[F], *, key: str | None = None, **options: Any
) -> F:
    """The form as sent, or with the person's own draft in it, or fresh.

    `options` go to the form (`initial`, and what its own __init__ asks for).
    """
    key = key or request.path
    if request.method == "POST":
        posted = doubts.with_answer(_resolved(request.POST))
        form = form_class(posted, request.FILES, **options)
        form.draft = {"key": key, "saved_at": "", "is_restored": False}  # type: ignore[attr-defined]
        kept.remember(request, key, form.data)
        return form
    draft = drafts.get_draft(request.actor, key)
    form = form_class(**options)
    saved_at = ""
    if draft:
        if drafts.says_something(draft.content):
            saved_at = clock_time(draft.updated_at)
        form.initial = {**form.initial, **_as_initial(form, draft.content)}
        request.draft_version = (draft.content.get("version") or [""])[0]
        form.begun_from = (draft.content.get(SEEN) or [""])[0]  # type: ignore[attr-defined]
    form.draft = {"key": key, "saved_at": saved_at, "is_restored": bool(saved_at)}  # type: ignore[attr-defined]
    return form


def attempt[T](
    request: Request,
    form: forms.BaseForm,
    action: Callable[[dict[str, Any]], T],
    *,
    school: School | None = None,
    about: Pupil | None = None,
) -> T | None:
    """Do the action with what was typed, when it is sound. A `Problem` goes to its field.

    Answers what the action answers, and forgets the draft; None when there is something to fix, or
    to look at again. `school` is where the days of the form are, when it does not ask for one;
    `about` is the one child whom its words may name.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    if doubts.ask(form, request.actor, school, about):
        return None
    try:
        with transaction.atomic():
            once = sent.take_once(actor=request.actor, token=token_of(request))
            answer = action(form.cleaned_data)
    except Problem as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return None
    request.sent_once = once
    drafts.discard_draft(actor=request.actor, key=form.draft["key"])  # type: ignore[attr-defined]
    return answer


def show(
    request: Request, template: str, form: forms.BaseForm, context: Mapping[str, Any]
) -> HttpResponse:
    """The form's page; 422 when something is to be fixed, with everything typed in it and kept."""
    status = 422 if form.is_bound and form.errors else 200
    if status == 422:
        _keep(request, form)
    page = {"form": form, "draft": getattr(form, "draft", None), "once": uuid4().hex, **context}
    if not context.get("decision", True):
        page["draft"] = None  # A refusal stands in the form's place: nothing is given back there.
    return render(request, template, page, status=status)


def version_shown(request: Request, now: int) -> str | int:
    """What a page is made from: as posted, else as the restored draft was, else as saved now."""
    return request.POST.get("version") or getattr(request, "draft_version", "") or now


def posted_version(request: Request) -> int:
    """The version that was on the screen; a form without a sound one is as old as can be, a conflict."""
    return number_in(request.POST.get("version", "")) or 0


def version_number(request: Request, now: int) -> int:
    """The same as a number. What is none was made from no version of ours: 0, a conflict."""
    return number_in(str(version_shown(request, now))) or 0


def show_conflict(
    request: Request,
    form: forms.BaseForm,
    *,
    record: Any,
    theirs: Mapping[str, Any],
    version: int,
    context: Mapping[str, Any],
    saved: LastSaved | None = None,
) -> HttpResponse:
    """Both versions side by side, a choice for each field. `theirs` is the saved value of each.

    Who saved `record`, and when, is looked up, unless it is a step that says so itself.
    """
    kept.keep_sent(request, request.actor)
    fields, unchanged = compare(form, theirs)
    saved = saved or last_saved(record)
    is_own = saved.staff_id == request.actor.staff_id
    if is_own:
        saved = LastSaved("You", saved.at)
    conflict = {
        "theirs_by": "What you saved first" if is_own else saved.by,
        "who_and_when": who_and_when(saved, request.actor.today),
        "is_own": is_own,
        "version": version,
        "fields": fields,
        "unchanged": unchanged,
    }
    return render(
        request, "forms/conflict_page.html", {"conflict": conflict, **context}, status=409
    )


def overtaken(request: Request, *, what: str, record: Any, url: str) -> HttpResponse:
    """A colleague saved first, and what they saved may change the decision: back to look again.

    What was typed is kept without the version it was made from, so that it can still be sent.
    """
    content = kept.content_of(request.POST)
    content.pop("version", None)
    is_kept = kept.keep_content(request.actor, request.path, content)
    safe = ": what you wrote is kept as a draft" if is_kept else ""
    said = who_and_when(last_saved(record), request.actor.today, what=f"this {what}")
    messages.warning(request, f"{said} while you were writing. Look again first{safe}.")
    return redirect(url)


def _keep(request: Request, form: forms.BaseForm) -> None:
    """Keep what was sent as a draft: the page may then be left, and says so."""
    if draft := getattr(form, "draft", None):
        draft["saved_at"] = kept.keep_sent(request, request.actor)
        draft["loses_files"] = bool(request.FILES)


def _as_initial(form: forms.BaseForm, content: Mapping[str, list[str]]) -> dict[str, Any]:
    data = QueryDict(mutable=True)
    for name, values in content.items():
        data.setlist(name, values)
    return {
        name: field.widget.value_from_datadict(data, MultiValueDict(), form.add_prefix(name))
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(data, MultiValueDict(), form.add_prefix(name))
    }


def _resolved(posted: QueryDict) -> QueryDict:
    """What a conflict page sends back: for each field, mine or theirs, as if typed once."""
    if "resolving" not in posted:
        return posted
    data = QueryDict(mutable=True)
    for key in posted:
        side, _, rest = key.partition(":")
        if side == "same":
            data.setlist(rest, posted.getlist(key))
        elif side in ("mine", "theirs"):
            field, _, name = rest.partition(":")
            if posted.get(f"keep-{field}") == side:
                data.setlist(name, posted.getlist(key))
    data["version"] = posted.get("version", "")
    return data
