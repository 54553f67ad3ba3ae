"""The forms of a request to another service: what is asked, and what they answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.web import forms as fields
from alongside.web.referrals.forms import LongWordsForOthers, ReasonForm


class SendForm(forms.Form):
    """What is asked of whom. A school asks only for more of the service it knows."""

    kind = forms.ChoiceField(label="What is asked for", widget=fields.Radios(columns=2))
    addressed_to = forms.CharField(
        label="Whom it goes to",
        help_text="The person or desk, and how to reach them.",
        max_length=120,
    )
    asked = LongWordsForOthers(
        label="What you ask, and why",
        help_text="What was seen and tried, and what you hope they will do.",
        widget=fields.Textarea(rows=5),
    )
    agreed_by = forms.CharField(
        label="Who at home agreed that they are told",
        help_text="Leave empty when nobody has been asked.",
        max_length=120,
        required=False,
    )
    agreed_on = fields.DateField(label="When they agreed", required=False)
    chase_on = fields.DateField(
        label="Ask again if there is no answer by",
        help_text="You are reminded on this day.",
        required=False,
    )
    is_shared = forms.BooleanField(
        label="The pupil’s school may follow this request", required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]] = (),
        service: str = "",
        today: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["agreed_on"].latest = today  # type: ignore[attr-defined]
        self.service = service
        if service:  # A school asks this service, and follows its own request.
            for name in ("kind", "addressed_to", "chase_on", "is_shared"):
                del self.fields[name]


class AnswerForm(forms.Form):
    """What they said, who said it and when."""

    step = forms.ChoiceField(
        label="What they said",
        choices=[
            ("accept", "Accepted"),
            ("wait", "On their waiting list"),
            ("decline", "Declined"),
            ("chase", "No answer yet: asked again"),
        ],
        widget=fields.Radios(),
    )
    reason = fields.WordsForOthers(
        label="Their reason, in their words", max_length=2000, widget=fields.Textarea(rows=4)
    )
    said_by = forms.CharField(label="Who said it", max_length=120, required=False)
    answered_on = fields.DateField(label="On which day")
    expected_on = fields.DateField(
        label="When they begin, or when you ask again",
        help_text="Needed for a waiting list. You are reminded.",
        required=False,
    )

    def __init__(self, *args: Any, today: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answered_on"].latest = today  # type: ignore[attr-defined]


class WithdrawForm(ReasonForm):
    reason = fields.WordsForOthers(
        label="Why it is taken back", max_length=2000, widget=fields.Textarea(rows=3)
    )
