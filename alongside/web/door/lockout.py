"""Who is knocking, from where, and what a locked door says. The counting is django-axes'."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account_tried(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """The e-mail address as typed, so that one spelling of it counts as one account."""
    named = credentials or {}
    typed = named.get("email") or named.get("username") or request.POST.get("login", "")
    return typed.strip().lower()


def address_of(request: HttpRequest) -> str:
    """The address that our own proxy saw; nothing the sender claims is believed."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.IS_PRODUCTION and forwarded:
        return forwarded.split(",")[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def locked_out(
    request: HttpRequest, _response: HttpResponse, _credentials: dict[str, str] | None
) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "door/locked.html", {"minutes": minutes}, status=429)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)
