"""What is typed to pass something up, and to answer it."""

from typing import Any

from django import forms

from alongside.cases.escalated import own_open_cases, who_directs
from alongside.cases.models import Escalation
from alongside.core.actor import Actor
from alongside.people.queries.search import find_schools
from alongside.schools.queries import find_school
from alongside.web.forms import Radios, Section, Textarea, TypeAheadField
from alongside.web.search.words import understand

HINTS = {
    "BRIEF": "A school asks for work that the service does not do: name the school.",
    "SCOPE": "A request that your role, training or clearance does not cover.",
    "DIRECTION": "A school or a case where somebody else must decide what happens.",
}


class EscalationForm(forms.Form):
    sections = (
        Section("What it is about", ("kind", "case", "school")),
        Section("What is asked", ("words", "asked")),
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Escalation.Kind.choices,
        widget=Radios(hints=HINTS),
    )
    case = forms.ChoiceField(label="Case", required=False)
    school = TypeAheadField(
        label="School",
        required=False,
        url="/search/schools/",
        search=lambda words: [(s.pk, s.name) for s in find_schools(understand(words), 20)],
        find=find_school,
        help_text="With a case, its school goes without saying.",
    )
    words = forms.CharField(
        label="What is asked, and by whom",
        max_length=10_000,
        widget=Textarea(rows=6, count=10_000),
        help_text="What was said, what you have done so far, and what you need to know.",
    )
    asked = forms.ChoiceField(label="Who decides?", widget=Radios())

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in who_directs(actor)}
        self.cases = {str(case.pk): case for case in own_open_cases(actor)}
        choices = [(key, f"{p.name}, {p.job_title}" if p.job_title else p.name)
                   for key, p in self.people.items()]  # fmt: skip
        self.fields["asked"].choices = choices  # type: ignore[attr-defined]
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            ("", "No case of mine"),
            *((key, f"{c.pupil.name}, {c.reference}") for key, c in self.cases.items()),
        ]
        if len(choices) == 1:
            self.initial.setdefault("asked", choices[0][0])

    def told(self, data: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as `raise_escalation` takes it."""
        return {
            "kind": Escalation.Kind(data["kind"]),
            "case": self.cases.get(data["case"]),
            "school": data["school"],
            "words": data["words"],
            "asked": self.people[data["asked"]],
        }


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(
        label="Your decision", choices=Escalation.Decision.choices, widget=Radios()
    )
    answer = forms.CharField(
        label="What is to be done, and why",
        max_length=10_000,
        widget=Textarea(rows=5, count=10_000),
        help_text="It stands on the record of the case or school, with your name.",
    )
