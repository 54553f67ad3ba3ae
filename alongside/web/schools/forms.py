"""What is typed about a school: contacts, its worker, its neighbourhood, its terms and days."""

from typing import Any

from django import forms

from alongside.core.models import Place, Staff
from alongside.schools.models import NonTeachingDay
from alongside.web.forms import DateField, Radios, Text

ROLES = ("Headteacher", "SENDCo", "DSL", "Deputy headteacher", "Pastoral lead", "Office")


class ContactForm(forms.Form):
    role = forms.CharField(
        label="Their role",
        max_length=60,
        help_text=f"Such as {', '.join(ROLES[:3])} or {ROLES[4]}.",
    )
    name = forms.CharField(label="Name", max_length=120)
    phone = forms.CharField(label="Telephone", max_length=30, required=False, widget=Text(width=20))
    email = forms.EmailField(label="E-mail", required=False)


class WorkerForm(forms.Form):
    staff = forms.ChoiceField(label="Who the school rings first", widget=forms.Select)
    starts_on = DateField(label="From")

    def __init__(self, *args: Any, people: list[Staff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        told = [(key, _called(person)) for key, person in self.people.items()]
        self.fields["staff"].choices = [("", "Choose"), *told]  # type: ignore[attr-defined]


class NeighbourhoodForm(forms.Form):
    neighbourhood = forms.ChoiceField(label="Neighbourhood", widget=Radios(), required=False)

    def __init__(self, *args: Any, places: list[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {str(place.pk): place for place in places}
        told = [
            (key, f"{place.name}{f' ({place.parent.name})' if place.parent else ''}")
            for key, place in self.places.items()
        ]
        self.fields["neighbourhood"].choices = [*told, ("", "None")]  # type: ignore[attr-defined]


class TermForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=40, help_text="Such as Autumn, or Term 1.", widget=Text(width=20)
    )
    starts_on = DateField(label="First day")
    half_term_starts_on = DateField(label="First day of half-term", required=False)
    half_term_ends_on = DateField(label="Last day of half-term", required=False)
    ends_on = DateField(label="Last day")


class DayForm(forms.Form):
    kind = forms.ChoiceField(
        label="What kind of day?", choices=NonTeachingDay.Kind.choices, widget=Radios()
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(
        label="Last day", required=False, help_text="Leave empty when it is one day."
    )
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        required=False,
        help_text="For a closure, such as: no heating. It is shown beside every date it moves.",
    )


class CalendarFileForm(forms.Form):
    file = forms.FileField(
        label="File of term dates", help_text="A JSON file with the terms and training days."
    )


def _called(person: Staff) -> str:
    return f"{person.name}, {person.job_title}" if person.job_title else person.name
