"""What is typed of a needs assessment: each domain rated, its barriers, and whose words it rests on."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.assessments.actions import Found
from alongside.assessments.models import (
    Barrier,
    Domain,
    NeedsAssessment,
    SupportLevel,
)
from alongside.assessments.wording import hours_a_week
from alongside.rules.needs import RATINGS
from alongside.web.forms import (
    Checkboxes,
    DateField,
    Number,
    NumberField,
    Radios,
    Section,
    Text,
    Textarea,
    name_row,
)

CHOICES = [(str(value), words) for value, words in RATINGS.items()]


def lines_field(label: str, hint: str = "A line each") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=2000, required=False, widget=Textarea(rows=3)
    )


def words_field(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=1000, required=False, widget=Textarea(rows=3)
    )


class AssessmentForm(forms.Form):
    """One long page: strengths first, then what gets in the way, domain by domain."""

    instance_version: int | str | None = None

    occasion = forms.ChoiceField(
        label="When in the work?",
        choices=NeedsAssessment.Occasion.choices,
        widget=Radios(columns=2),
    )
    taken_on = DateField(label="Day of the assessment")
    strengths = lines_field("Strengths", "What goes well, and when. A line each")
    pupil_words = words_field(
        "What the pupil says gets in the way, and what would help",
        "In their own words, or what they showed. Empty is shown as “not asked yet”.",
    )
    family_words = words_field(
        "What the family says", "As they said it. Empty is shown as “not asked yet”."
    )
    family_name = forms.CharField(
        label="Who in the family", max_length=120, required=False, widget=Text(width=20)
    )
    school_words = words_field("What the school says", "Who sees the child every day, and what")
    triggers = lines_field("Triggers", "What happens just before. A line each")
    helps = lines_field("What helps", "A line each")
    is_shared = forms.BooleanField(
        label="Share the barriers, strengths, triggers and what helps with the school",
        help_text="The ratings and everybody’s words stay with the service.",
        required=False,
    )

    def __init__(self, *args: Any, barriers: Sequence[Barrier], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(barrier.pk): barrier for barrier in barriers}
        for domain in Domain:
            self._add_domain(domain, [b for b in barriers if b.domain == domain])
        self.sections = (
            Section("This assessment", ("occasion", "taken_on"), id="this"),
            Section("Who says what", ("strengths", "pupil_words", "family_words", "family_name",
                    "school_words"), "Begin with what goes well.", id="words"),
            *(
                Section(domain.label, (f"rate_{domain}", f"barriers_{domain}", f"note_{domain}"),
                        id=domain.lower())
                for domain in Domain
            ),
            Section("Triggers and what helps", ("triggers", "helps", "is_shared"), id="helps"),
        )  # fmt: skip

    def _add_domain(self, domain: Domain, barriers: Sequence[Barrier]) -> None:
        self.fields[f"rate_{domain}"] = forms.ChoiceField(
            label="How much does it get in the way of school?",
            choices=CHOICES,
            widget=Radios(inline=True),
        )
        if barriers:
            self.fields[f"barriers_{domain}"] = forms.MultipleChoiceField(
                label="Which barriers?",
                choices=[(str(b.pk), b.name) for b in barriers],
                required=False,
                widget=Checkboxes(hints={str(b.pk): hint_of(b) for b in barriers}),
            )
        self.fields[f"note_{domain}"] = forms.CharField(
            label="What was seen or said", max_length=300, required=False, widget=Text()
        )
        own = (f"rate_{domain}", f"barriers_{domain}", f"note_{domain}")
        name_row(domain.label, [self.fields[name] for name in own if name in self.fields])

    def is_filled(self, section: Section) -> bool:
        """Its rating is given; of a section without one, anything is said."""
        rates = [name for name in section.fields if name.startswith("rate_")]
        return any(self[name].value() for name in rates or section.fields)

    @property
    def found(self) -> Found:
        data = self.cleaned_data
        chosen = [key for domain in Domain for key in data.get(f"barriers_{domain}", ())]
        return Found(
            ratings={domain.value: int(data[f"rate_{domain}"]) for domain in Domain},
            barriers=tuple(self.by_key[key] for key in chosen),
            notes={domain.value: data[f"note_{domain}"] for domain in Domain},
            strengths=tuple(data["strengths"].splitlines()),
            triggers=tuple(data["triggers"].splitlines()),
            helps=tuple(data["helps"].splitlines()),
            pupil_words=data["pupil_words"],
            family_words=data["family_words"],
            family_name=data["family_name"],
            school_words=data["school_words"],
            is_shared=data["is_shared"],
        )


def hint_of(barrier: Barrier) -> str:
    return f"Often helps: {'; '.join(barrier.strategies)}" if barrier.strategies else ""


def first_values(latest: NeedsAssessment | None, standing: Sequence[Barrier]) -> dict[str, Any]:
    """Barriers that stand are ticked; ratings are asked anew, so that each is thought about."""
    values: dict[str, Any] = {"occasion": "REVIEW" if latest else "BASELINE"}
    for domain in Domain:
        values[f"barriers_{domain}"] = [str(b.pk) for b in standing if b.domain == domain]
    return values


class SupportForm(forms.Form):
    """The level and hours suggested, or others and why."""

    level = forms.ChoiceField(label="Level of support", widget=Radios())
    hours = NumberField(
        label="Hours a week",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        widget=Number(whole=False, width=3),
    )
    because = forms.CharField(
        label="Why, if it is not what the assessment suggests",
        max_length=300,
        required=False,
        widget=Text(),
    )

    def __init__(self, *args: Any, levels: Sequence[SupportLevel], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["level"]
        field.choices = [(str(level.pk), level.name) for level in levels]  # type: ignore[attr-defined]
        field.widget.hints = {str(level.pk): said_of(level) for level in levels}  # type: ignore[attr-defined]


def said_of(level: SupportLevel) -> str:
    hours = hours_a_week(level.hours_a_week)
    return f"Totals {level.low} to {level.high}; {hours}. {level.words}".strip()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="“Made of the wrong child.” It stays, shown as withdrawn, and counts nowhere.",
        max_length=300,
        widget=Text(),
    )
