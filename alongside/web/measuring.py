"""For `bench` alone: a bare page to compare with, and how many queries each answer took.

Routed and switched on only when the demonstration is started with ALONGSIDE_BENCH=1.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.core.models import Account
from alongside.core.permissions import Permission
from alongside.web.screens import Request, screen

HEADER = "X-Alongside-Queries"


class QueryCountMiddleware:
    """Says in a header how many statements an answer took, the session's among them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = 0

        def count(execute: Callable[..., Any], *call: Any) -> Any:
            nonlocal asked
            asked += 1
            return execute(*call)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[HEADER] = str(asked)
        return response


def base(request: HttpRequest) -> HttpResponse:
    """One look-up by an index, no layout, nobody signed in: what every ratio divides by."""
    is_there = Account.objects.filter(pk=1).exists()
    return HttpResponse(f"<!doctype html><title>Base</title><p>{is_there}")


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def signed_in_base(request: Request) -> HttpResponse:
    """The same for somebody signed in: what session, roles, walls and a transaction cost."""
    is_there = Account.objects.filter(pk=1).exists()
    return HttpResponse(f"<!doctype html><title>Base</title><p>{is_there}")


urlpatterns = [
    path("bench/base/", base, name="bench-base"),
    path("bench/signed-in/", signed_in_base, name="bench-signed-in"),
]
