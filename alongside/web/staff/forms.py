"""What is typed to add a person, give a role and end one."""

from typing import Any

from django import forms

from alongside.core import queries
from alongside.core.handling import InformationClass
from alongside.core.models import Staff
from alongside.core.permissions import ROLES, Role
from alongside.web import forms as fields

PLACES = "/staff/places/"
ROLE_CHOICES = [("", "Choose a role"), *((role.value, ROLES[role].label) for role in Role)]
# Classes that some role reads only when the person is cleared for them by name.
CLEARABLE = [
    c
    for c in InformationClass
    if any(description.cells[c].may_read_if_cleared for description in ROLES.values())
]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Role", choices=ROLE_CHOICES)
    place = fields.TypeAheadField(
        label="Where",
        help_text="A service, neighbourhood, school, or the whole council. Type part of its name.",
        url=PLACES,
        search=queries.find_places,
        find=queries.find_place,
    )
    starts_on = fields.DateField(label="First day")
    ends_on = fields.DateField(
        label="Last day", help_text="Leave empty when it has no end yet.", required=False
    )
    cleared_for = forms.MultipleChoiceField(
        label="Cleared by name for",
        help_text="Only where the role's access depends on it, and the decision is on paper.",
        choices=[(c.value, c.label) for c in CLEARABLE],
        required=False,
        widget=fields.Checkboxes(),
    )


class PersonForm(RoleForm):
    """A new person, with the role they start in."""

    sections = (
        fields.Section("Who", ("name", "email", "job_title")),
        fields.Section(
            "Their first role", ("role", "place", "starts_on", "ends_on", "cleared_for")
        ),
    )
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="E-mail address", help_text="They sign in with it. A work address, theirs alone."
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False)


class EmploymentForm(forms.Form):
    """Who employs a person and who manages them; either may be nobody."""

    employer = fields.TypeAheadField(
        label="Employed by",
        help_text="The school or service whose contract they are on. It gives no access by itself.",
        url=PLACES,
        search=queries.find_places,
        find=queries.find_place,
        required=False,
    )
    line_manager = fields.TypeAheadField(
        label="Line manager",
        help_text="Somebody who works here. They see no pupil or case through this.",
        url="/staff/people/",
        search=queries.find_people,
        find=queries.find_person,
        required=False,
    )

    def __init__(self, *args: Any, staff: Staff, **options: Any) -> None:
        super().__init__(*args, **options)
        if staff.employer:
            self._begin_with("employer", staff.employer.pk, queries.label_of_place(staff.employer))
        if manager := staff.line_manager:
            self._begin_with("line_manager", manager.pk, queries.label_of_person(manager))

    def _begin_with(self, name: str, value: int, label: str) -> None:
        shown = fields.Chosen(str(value), label)
        self.fields[name].shown = shown  # type: ignore[attr-defined]
        self.initial.setdefault(name, shown)


class LostDeviceForm(forms.Form):
    reason = forms.CharField(
        label="How do you know that it is they who ask?",
        help_text="Such as: came to my desk with their badge. It is kept in the audit trail.",
        max_length=300,
        widget=fields.Textarea(rows=3, count=300),
    )


class EndRoleForm(forms.Form):
    ends_on = fields.DateField(
        label="Last day", help_text="They hold the role to the end of this day."
    )


class TakeAwayRoleForm(forms.Form):
    reason = forms.CharField(
        label="What was the mistake?",
        help_text="Such as: meant for a colleague of the same name. It stays with the role.",
        max_length=300,
        widget=fields.Textarea(rows=3, count=300),
    )


def role_of(typed: dict[str, Any]) -> dict[str, Any]:
    """What a role form says, as `core.roles.give_role` takes it."""
    names = ("place", "starts_on", "ends_on", "cleared_for")
    return {"role": Role(typed["role"]), **{name: typed[name] for name in names}}
