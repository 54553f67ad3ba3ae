"""Doors of our own: a first password, the second factor everyone needs, a council's own sign-in."""

import logging

from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.utils import get_request_param
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from requests import RequestException

from alongside.core.actions import choose_first_password
from alongside.web.door import links
from alongside.web.door.forms import FirstPasswordForm
from alongside.web.door.second_factor import has_second_factor

LOG = logging.getLogger(__name__)


@sensitive_post_parameters()
@never_cache
def first_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """A new person's one-time link: choose a password, then sign in with it."""
    account = links.account_of(key)
    if account is None:
        return render(request, "door/link_spent.html", status=410)
    form = FirstPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose_first_password(account=account, password=form.cleaned_data["new_password1"])
        messages.success(request, "Your password is set. Sign in with it now.")
        return redirect("account_login")
    status = 422 if form.errors else 200
    context = {"form": form, "email": account.email}
    return render(request, "door/first_password.html", context, status=status)


@login_required
@never_cache
def second_factor_first(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the two ways of having one."""
    if has_second_factor(request):
        return redirect("/")
    return render(request, "door/second_factor.html")


@never_cache
def council_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To a council's own sign-in, by way of a page of ours.

    Browsers refuse to send a form on to another site where the security policy says 'self'.
    """
    if get_request_param(request, "process", "login") != "login":
        raise Http404  # Accounts are matched by address, not joined to another by hand.
    try:
        answer = openid.login(request, provider_id)
    except (RequestException, ValueError, KeyError) as error:
        return council_is_silent(request, provider_id, error)
    if answer.status_code == 302:
        return render(request, "door/onward.html", {"url": answer["Location"]})
    return answer


@never_cache
def council_answered(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from a council's own sign-in."""
    try:
        return openid.callback(request, provider_id)
    except (RequestException, ValueError, KeyError) as error:
        return council_is_silent(request, provider_id, error)


def council_is_silent(request: HttpRequest, provider_id: str, error: Exception) -> HttpResponse:
    LOG.warning("The sign-in of council %s does not answer: %s", provider_id, error)
    return render(request, "socialaccount/authentication_error.html", status=502)
