"""What a person says of themselves."""

from django import forms

from alongside.web.forms import Text


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label="Your work telephone",
        help_text="Shown with your e-mail address to everybody on a case that you lead.",
        max_length=30,
        required=False,
        widget=Text(),
    )
