"""Doors of our own: choosing a first password, and the second factor everyone needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from alongside.core.actions import choose_first_password
from alongside.web.door import links
from alongside.web.door.forms import FirstPasswordForm
from alongside.web.door.second_factor import has_second_factor


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
