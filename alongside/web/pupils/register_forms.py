"""What is typed of a pupil's registers: which school, from when, to when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.fieldwork.actions.moving import ASK, CALL_OFF, MOVE
from alongside.fieldwork.models import Visit
from alongside.people.models import Enrolment
from alongside.people.queries.search import find_schools
from alongside.schools.queries import find_school
from alongside.web.dates import clock_time, short_weekday
from alongside.web.forms import (
    DateField,
    Radios,
    Section,
    Text,
    Textarea,
    TypeAheadField,
    WordsForOthers,
)
from alongside.web.search.words import understand

MOST = 20
GROUP = "As the school calls it, such as 9B."


def schools_named(words: str) -> list[tuple[str, str]]:
    """Schools of the council for the type-ahead, which asks this too when there is no script."""
    found = find_schools(understand(words), MOST)
    return [(str(s.pk), f"{s.name}{f', {s.town}' if s.town else ''}") for s in found]


class SchoolField(TypeAheadField):
    """One school of the council, by its name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            url="/search/schools/",
            search=schools_named,
            find=find_school,
            help_text="Type part of its name.",
            **options,
        )


class MoveForm(forms.Form):
    """A change of school; for a pupil on no register, the first one."""

    school = SchoolField(label="School")
    starts_on = DateField(label="First day on roll there", is_at_school=True)
    group = forms.CharField(
        label="Registration group",
        required=False,
        max_length=30,
        help_text=GROUP,
        widget=Text(width=10),
    )


class MoveWithVisitsForm(MoveForm):
    """Where visits with the pupil are planned at the school they leave."""

    visits = forms.ChoiceField(
        label="What becomes of the visits planned there?",
        choices=[
            (MOVE, "They are at the new school, at the same hour"),
            (CALL_OFF, "They are called off"),
            (ASK, "Whoever planned them settles it"),
        ],
        required=False,
        widget=Radios(),
    )

    def __init__(self, *args: Any, planned: Sequence[Visit], **options: Any) -> None:
        super().__init__(*args, **options)
        said = [
            f"{visit.staff.name}, {short_weekday(visit.starts_at)} {clock_time(visit.starts_at)}, "
            f"{visit.school.name}: {visit.purpose}"
            for visit in planned
        ]
        told = "Whoever planned them is told. Those before the first day there stay."
        self.fields["visits"].plain_label = True  # type: ignore[attr-defined]
        self.fields["visits"].help_text = f"{'; '.join(said)}. {told}"


class SecondSchoolForm(forms.Form):
    """Dual registration."""

    school = SchoolField(label="The second school or unit")
    is_main = forms.TypedChoiceField(
        label="Which is the main one?",
        choices=[("no", "The school they are on roll at now"), ("yes", "This second one")],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=Radios(
            hints={
                "no": "The second is the subsidiary. The usual case for some days at a unit.",
                "yes": "The school they are on roll at now becomes the subsidiary.",
            }
        ),
    )
    starts_on = DateField(label="First day on roll there", is_at_school=True)
    ends_on = DateField(
        label="Last day, when one is agreed",
        required=False,
        help_text="The day after, the pupil is at one school again. Leave empty when not agreed.",
    )
    group = forms.CharField(
        label="Registration group", required=False, max_length=30, widget=Text(width=10)
    )


class LeaveForm(forms.Form):
    ends_on = DateField(
        label="Last day on roll", help_text="The school sees the record to the end of this day."
    )


class CorrectForm(forms.Form):
    """What was recorded wrongly of one register."""

    starts_on = DateField(label="First day on roll", is_at_school=True)
    ends_on = DateField(
        label="Last day on roll", required=False, help_text="Leave empty while they are on roll."
    )
    group = forms.CharField(
        label="Registration group",
        required=False,
        max_length=30,
        help_text=GROUP,
        widget=Text(width=10),
    )

    reason = WordsForOthers(
        label="Why it is corrected",
        help_text="Needed where a last day that is saved changes. It stands on the chronology.",
        required=False,
        max_length=300,
        widget=Textarea(rows=2),
    )

    sections = (Section("As it should be", ("starts_on", "ends_on", "group", "reason")),)


def saved(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "starts_on": enrolment.starts_on,
        "ends_on": enrolment.ends_on,
        "group": enrolment.registration_group,
    }
