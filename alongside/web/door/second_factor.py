"""Leads whoever has no second factor to set one up, before any other screen."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.web.door.sessions import HAS_SECOND_FACTOR

# Where one may go without a second factor: setting it up, and out.
OPEN = ("/sign-in/", "/sign-out/", "/static/", "/still-here/")


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and self._must_set_up(request):
            return redirect("second-factor-first")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if request.path.startswith(OPEN) or not request.user.is_authenticated:
            return False
        return not has_second_factor(request)


def has_second_factor(request: HttpRequest) -> bool:
    """Looked up once a session. A council's own sign-in answers for its own second factor."""
    if request.session.get(HAS_SECOND_FACTOR):
        return True
    found = (
        Authenticator.objects.filter(user_id=request.user.pk)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .exists()
    )
    found = found or any(
        record["method"] == "socialaccount" for record in get_authentication_records(request)
    )
    if found:
        request.session[HAS_SECOND_FACTOR] = True
    return found
