"""Pages for what no screen answered: no such address, a stale form, a fault of ours."""

import errno
import sys
from collections.abc import Iterator

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from alongside.web.logs import new_reference


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/refused.html", {"reason": str(exception)}, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the session nor the database, which may be what is broken."""
    reference = new_reference()
    request.error_reference = reference  # type: ignore[attr-defined]
    template, status = _what_broke(sys.exception())
    page = render_to_string(f"errors/{template}.html", {"reference": reference})
    headers = {"Retry-After": "60"} if status == 503 else {}
    return HttpResponse(page, status=status, headers=headers)


def _what_broke(error: BaseException | None) -> tuple[str, int]:
    """A full disk and a database that is away are no fault of the page: people are told which it is."""
    causes = list(_causes(error))
    if any(_is_for_want_of_room(each) for each in causes):
        return "no_room", 503
    if any(isinstance(each, OperationalError | InterfaceError) for each in causes):
        return "away", 503
    return "server", 500


def _is_for_want_of_room(error: BaseException) -> bool:
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return is_full or isinstance(error, psycopg.errors.DiskFull)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
