"""Pages for what no screen answered: no such address, a stale form, a fault of ours."""

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
    page = render_to_string("errors/server.html", {"reference": reference})
    return HttpResponse(page, status=500)
