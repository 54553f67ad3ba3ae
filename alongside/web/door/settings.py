"""Settings of sign-in, second factors, lock-out and e-mail. Must read nothing but the environment.

A council's own sign-in (OpenID Connect) is switched on by the environment alone: see
`alongside.web.door.councils`. It lets in nobody who has no account in that very council.
"""

import os
from datetime import timedelta
from urllib.parse import urlsplit

from alongside.mode import IS_PRODUCTION, PUBLIC_URL, VAR
from alongside.web.door import councils

ACCOUNT_ADAPTER = "alongside.web.door.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An address is proved by the one-time link sent to it when a person is added.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Alongside: "
ACCOUNT_SESSION_REMEMBER = False  # A session ends with the browser: machines are shared.
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(PUBLIC_URL).scheme
ACCOUNT_FORMS = {
    "login": "alongside.web.door.forms.SignInForm",
    "reset_password": "alongside.web.door.forms.ResetPasswordForm",
    "reset_password_from_key": "alongside.web.door.forms.NewPasswordForm",
    "change_password": "alongside.web.door.forms.ChangePasswordForm",
    "reauthenticate": "alongside.web.door.forms.PasswordAgainForm",
}
# Wrong passwords are axes' business (below); this holds back guessing at second factors too.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,10/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_PRODUCTION else 0

SECOND_FACTOR_REQUIRED = IS_PRODUCTION
MFA_ADAPTER = "alongside.web.door.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "alongside.web.door.forms.CodeForm",
    "reauthenticate": "alongside.web.door.forms.CodeAgainForm",
    "activate_totp": "alongside.web.door.forms.FirstCodeForm",
    "add_webauthn": "alongside.web.door.forms.PasskeyForm",
    "login_webauthn": "alongside.web.door.forms.PasskeySignInForm",
    "authenticate_webauthn": "alongside.web.door.forms.PasskeyCodeForm",
    "reauthenticate_webauthn": "alongside.web.door.forms.PasskeyAgainForm",
}

SOCIALACCOUNT_ADAPTER = "alongside.web.door.adapters.CouncilSignInAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # The adapter matches people, within their council.
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "council"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list(councils.apps(os.environ))}}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "alongside.web.door.lockout.account_tried"
AXES_CLIENT_IP_CALLABLE = "alongside.web.door.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "alongside.web.door.lockout.locked_out"

PASSWORD_RESET_TIMEOUT = 60 * 60 * 3
FIRST_SIGN_IN_HOURS = 72
SESSION_HOURS = 12  # A working day at most, however busy.

DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "alongside@localhost")
MAILERS: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": VAR / "mail"},
    }
}
if os.environ.get("ALONGSIDE_SMTP_HOST"):
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ["ALONGSIDE_SMTP_HOST"],
            "port": int(os.environ.get("ALONGSIDE_SMTP_PORT", "587")),
            "username": os.environ.get("ALONGSIDE_SMTP_USER", ""),
            "password": os.environ.get("ALONGSIDE_SMTP_PASSWORD", ""),
            "use_tls": True,
        },
    }
