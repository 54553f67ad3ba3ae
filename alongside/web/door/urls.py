"""The doors: signing in and out, passwords, second factors, and the demonstration's own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.socialaccount import views as council
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from alongside.web.door import demonstration, views
from alongside.web.door.second_factor import RemovePasskey

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/first/<str:key>/", views.first_sign_in, name="first-sign-in"),
    path("sign-in/new-account/", account.signup, name="account_signup"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/password/", account.password_change, name="account_change_password"),
    path("sign-in/password/set/", account.password_set, name="account_set_password"),
    path("sign-in/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"
    ),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/forgotten/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/second-factor/first/", views.second_factor_first, name="second-factor-first"),
    path("sign-in/second-factor/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/second-factor/", mfa.index, name="mfa_index"),
    path("sign-in/second-factor/app/", include("allauth.mfa.totp.urls")),
    path("sign-in/second-factor/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path(
        "sign-in/second-factor/passkey/keys/<int:pk>/remove/",
        RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("sign-in/second-factor/passkey/", include("allauth.mfa.webauthn.urls")),
    path(
        "sign-in/council/<slug:provider_id>/login/",
        views.council_sign_in,
        name="openid_connect_login",
    ),
    path(
        "sign-in/council/<slug:provider_id>/login/callback/",
        views.council_answered,
        name="openid_connect_callback",
    ),
    path("sign-in/council/stopped/", council.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/council/failed/", council.login_error, name="socialaccount_login_error"),
    path("sign-in/council/unknown/", council.signup, name="socialaccount_signup"),
]

if settings.IS_DEMONSTRATION:
    urlpatterns.append(path("demonstration/", demonstration.demonstration, name="demonstration"))
