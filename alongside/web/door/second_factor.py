"""Leads whoever has no second factor to set one up, before any other screen; keeps the last one."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.forms import Form
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
    records = get_authentication_records(request, request.user)
    found = found or any(record["method"] == "socialaccount" for record in records)
    if found:
        request.session[HAS_SECOND_FACTOR] = True
    return found


class RemovePasskey(RemoveWebAuthnView):
    """allauth asks only of an app whether it is the last second factor."""

    def form_valid(self, form: Form) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)
