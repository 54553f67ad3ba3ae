"""What a school says beside a referral that it sends again. Must not decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from alongside.referrals.models import CriterionAnswer
from alongside.web import forms as fields
from alongside.web.forms.renderer import BoundField


class AgainForm(forms.Form):
    """A line to the service, and for each thing asked for why it cannot be given."""

    words = fields.WordsForOthers(
        label="What you added", required=False, widget=fields.Textarea(rows=3)
    )

    def __init__(self, *args: Any, missing: Sequence[CriterionAnswer] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = [item.criterion_id for item in missing]
        for item in missing:
            box = fields.WordsForOthers(
                label=format_html(
                    'I cannot provide this because<span class="govuk-visually-hidden">: {}</span>'
                    " (optional)",
                    item.criterion.text,
                ),
                is_said=False,
                required=False,
                widget=fields.Textarea(rows=2),
            )
            box.plain_label = True  # type: ignore[attr-defined]  # Says so itself.
            self.fields[cannot(item.criterion_id)] = box

    def box(self, criterion_id: int) -> BoundField:
        return self[cannot(criterion_id)]  # type: ignore[return-value]

    @property
    def reasons(self) -> dict[int, str]:
        """Criterion id to why it cannot be given."""
        said = {pk: self.cleaned_data.get(cannot(pk), "") for pk in self.asked}
        return {pk: words for pk, words in said.items() if words}


def cannot(criterion_id: int) -> str:
    return f"cannot_{criterion_id}"
