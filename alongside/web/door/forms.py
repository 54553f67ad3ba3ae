"""allauth's forms in our own words. Must check nothing that allauth does not."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.forms import SetPasswordForm

RULES = "At least 12 characters. Three or four words you will remember work well."


def _say(field: forms.Field, label: str, help_text: str = "", **attributes: str) -> None:
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes


class _Door:
    """Of who one is: a mistake in it says nothing of what is saved, since nothing is to be."""

    is_door = True


class SignInForm(_Door, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], "E-mail address", autocomplete="username")
        _say(self.fields["password"], "Password", autocomplete="current-password")
        self.fields["login"].error_messages["required"] = "Enter your e-mail address"
        self.fields["password"].error_messages["required"] = "Enter your password"


class ResetPasswordForm(_Door, account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], "Your e-mail address", "The one you sign in with.")


class NewPasswordForm(_Door, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], "New password", RULES)
        if "password2" in self.fields:
            _say(self.fields["password2"], "The same password again")


class ChangePasswordForm(_Door, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], "The password you use now")
        _say(self.fields["password1"], "New password", RULES)
        if "password2" in self.fields:
            _say(self.fields["password2"], "The new password again")


class PasswordAgainForm(_Door, account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], "Your password")


class FirstPasswordForm(_Door, SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["new_password1"], "Password", RULES)
        _say(self.fields["new_password2"], "The same password again")


CODE = "The 6 numbers your authenticator app shows now, or one of your recovery codes."


class CodeForm(_Door, mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "Code", CODE, inputmode="numeric")


class CodeAgainForm(_Door, mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "Code", CODE, inputmode="numeric")


class FirstCodeForm(_Door, totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "Code", "The 6 numbers the app shows now.", inputmode="numeric")


NOT_OURS = (
    "This passkey opens no account here. It may have been removed: use another, or your password."
)


class _Answered(_Door, webauthn.AuthenticateWebAuthnForm):
    """allauth says of a passkey what it says of a code."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except forms.ValidationError as error:
            if error.code == "incorrect_code":
                raise forms.ValidationError(NOT_OURS) from error
            raise


class PasskeySignInForm(_Answered, webauthn.LoginWebAuthnForm):
    pass


class PasskeyCodeForm(_Answered):
    pass


class PasskeyAgainForm(_Answered, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(_Door, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], "A name for it", "Such as “work laptop” or “phone”.")
        _say(
            self.fields["passwordless"],
            "Sign in with this alone, without a password",
            "It then asks for your fingerprint, face or PIN each time.",
        )
        self.fields["passwordless"].initial = True
