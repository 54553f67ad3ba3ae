"""What no person types and no database stores is taken out of every request, once, at the door."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

from alongside.rules.text import storable


class CleanTextMiddleware:
    """Views and forms never meet a NUL or half a character, in an address or in a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path_info = storable(request.path_info)
        request.GET = clean(request.GET)  # type: ignore[assignment]
        if request.META.get("QUERY_STRING"):
            request.META["QUERY_STRING"] = clean_query(request.META["QUERY_STRING"])
        if request.method == "POST":
            # When the line breaks while a form is sent, whoever reads it next is told.
            with suppress(UnreadablePostError):
                request.POST = clean(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def clean(typed: QueryDict) -> QueryDict:
    """The same names and values; the very same object when nothing is wrong with them."""
    if all(storable(text) == text for name in typed for text in (name, *typed.getlist(name))):
        return typed
    data = QueryDict(mutable=True)
    for name in typed:
        data.setlist(storable(name), [storable(value) for value in typed.getlist(name)])
    data._mutable = False
    return data


def clean_query(raw: str) -> str:
    """An address's question as it may be repeated in a link."""
    return raw if "%00" not in raw and "\x00" not in raw else quote(storable(unquote(raw)), "=&+/")
