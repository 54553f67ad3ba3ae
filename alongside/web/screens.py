"""`@screen`: sign-in, actor, permission, transaction and answers to refusals, around every view."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse

from alongside.core.actor import Actor, begin, begin_again
from alongside.core.committing import committed_while
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.history import last_saved
from alongside.core.models import Sent
from alongside.core.permissions import Permission
from alongside.core.sent import SentAlready, leads_to, require_new
from alongside.people.merging import kept_id
from alongside.people.queries.pupil import asks_purpose
from alongside.web.conflicts import who_and_when
from alongside.web.door.sessions import RAN_OUT
from alongside.web.kept import keep_refused, remember_lost
from alongside.web.once import token_of


class Request(HttpRequest):
    """What a view receives: Django's request with the actor of this transaction."""

    actor: Actor
    is_absent: bool  # Set when there is no such record for this actor.
    draft_version: str  # The version of the record that a restored draft was made from.
    sent_once: Sent | None = None  # The form that this request sent, when it was taken.


@dataclass(frozen=True)
class Screen:
    """What the walk over every URL knows of a screen."""

    needs: Permission
    methods: tuple[str, ...]
    view: Callable[..., HttpResponse]


type View[**P] = Callable[Concatenate[Request, P], HttpResponse]

SCREENS: dict[str, Screen] = {}


def screen[**P](
    *, needs: Permission, methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Wrap a view: one transaction in the name of who is signed in, who must hold `needs`.

    The view raises `NotFound` (404), `Refused` (403 with its reason) or, where a form shows it
    itself, handles `Problem` and `Conflict`. A refused or failed request changes nothing. A page
    given as a `TemplateResponse` is drawn while the database commits: it has asked all it wants.
    """

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), _door(request))
            if request.method not in (*methods, "HEAD"):
                return render(request, "errors/method.html", status=405)
            try:
                with transaction.atomic():
                    actor = begin(request.user.pk)
                    if actor is None:
                        return render(request, "errors/no_role.html", status=403)
                    request.actor = actor
                    _require(actor, needs)
                    require_new(actor=actor, token=token_of(request))
                    try:
                        answer = view(request, *args, **kwargs)
                        if (once := getattr(request, "sent_once", None)) and "Location" in answer:
                            leads_to(once, answer["Location"])
                        if isinstance(answer, TemplateResponse):
                            committed_while(answer.render)
                        return answer
                    except NotFound:
                        if address := _kept_address(request, kwargs) or _purpose_address(
                            request, kwargs
                        ):
                            return redirect(address)
                        raise
            except SentAlready as before:
                messages.info(request, "This was sent already, and is kept once.")
                return redirect(before.url or "/")
            except Forbidden as forbidden:
                remember_lost(request)
                return render(
                    request,
                    "errors/forbidden.html",
                    {"needs": forbidden.needs, "kept": keep_refused(request)},
                    status=403,
                )
            except NotFound:
                request.is_absent = True
                remember_lost(request)
                page = {
                    "kept": keep_refused(request),
                    "gives_purpose": request.actor.may(Permission.PURPOSE_GIVE),
                }
                return render(request, "errors/not_found.html", page, status=404)
            except Refused as refused:
                return render(
                    request,
                    "errors/refused.html",
                    {"reason": refused.reason, "kept": keep_refused(request)},
                    status=409,
                )
            except Problem as problem:
                return render(
                    request,
                    "errors/problem.html",
                    {"problem": problem.message, "kept": keep_refused(request)},
                    status=422,
                )
            except Conflict as conflict:
                told = {"kept": keep_refused(request), "said": _who_was_first(request, conflict)}
                return render(request, "errors/conflict.html", told, status=409)
            except Exception:
                keep_refused(request)  # A fault of ours costs nobody their words.
                raise

        wrapped.screen = Screen(needs, methods, view)  # type: ignore[attr-defined]
        SCREENS[f"{view.__module__}.{view.__name__}"] = wrapped.screen  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _who_was_first(request: Request, conflict: Conflict) -> str:
    """Looked up anew: the transaction that met the conflict is over."""
    with transaction.atomic():
        actor = begin_again(request.actor)
        return who_and_when(last_saved(conflict.current), actor.today, what="this record")


def _door(request: Request) -> str:
    """In a demonstration one chooses whom to be, but for who must hear that their time ran out."""
    is_chosen = settings.IS_DEMONSTRATION and RAN_OUT not in request.session
    return "/demonstration/" if is_chosen else "/sign-in/"


def _kept_address(request: Request, parts: dict[str, object]) -> str:
    """A record that was merged is never shown: its address leads to the one that was kept."""
    pupil_id = parts.get("pupil_id")
    if request.method != "GET" or not isinstance(pupil_id, int):
        return ""
    kept = kept_id(request.actor, pupil_id)
    start = f"/pupils/{pupil_id}/"
    if kept is None or not request.path.startswith(start):
        return ""
    return f"/pupils/{kept}/{request.path.removeprefix(start)}"


def _purpose_address(request: Request, parts: dict[str, object]) -> str:
    """Whoever answers for every record says what for before anything of a child is shown."""
    pupil_id = parts.get("pupil_id")
    if request.method != "GET" or not isinstance(pupil_id, int):
        return ""
    if not asks_purpose(request.actor, pupil_id):
        return ""
    return f"/pupils/{pupil_id}/purpose/?{urlencode({'next': request.path})}"


class Forbidden(Exception):
    """The actor's roles do not carry the permission this screen needs."""

    def __init__(self, needs: Permission) -> None:
        self.needs = needs


def _require(actor: Actor, needs: Permission) -> None:
    if not actor.may(needs):
        raise Forbidden(needs)
