"""What is typed about who a pupil is and who is around them."""

from typing import Any

from django import forms

from alongside.core.actor import Actor
from alongside.people.models import Flag, SenProvision
from alongside.rules.ages import YEAR_GROUPS, year_group_in_words
from alongside.web.forms import (
    DateField,
    DateInput,
    Number,
    Radios,
    Section,
    Text,
    WholeField,
    WordsForOthers,
)


class PupilForm(forms.Form):
    """Who the pupil is. Names are written exactly as the family gives them."""

    legal_forename = forms.CharField(label="Legal first names", max_length=100, widget=Text())
    legal_surname = forms.CharField(label="Legal surname", max_length=100, widget=Text())
    preferred_forename = forms.CharField(
        label="Name they go by", required=False, max_length=100, widget=Text()
    )
    preferred_surname = forms.CharField(
        label="Surname they go by", required=False, max_length=100, widget=Text()
    )
    pronouns = forms.CharField(
        label="Pronouns",
        required=False,
        max_length=30,
        help_text="As the child gives them.",
        widget=Text(width=20),
    )
    born_on = DateField(label="Date of birth", widget=DateInput(is_birthday=True))
    upn = forms.CharField(
        label="Unique pupil number", required=False, max_length=20, widget=Text(width=20)
    )
    year_group = forms.ChoiceField(
        label="Year group",
        required=False,
        choices=[("", "Not known"), *((c, year_group_in_words(c)) for c in YEAR_GROUPS)],
    )
    sex = forms.ChoiceField(
        label="Sex, as registered",
        required=False,
        choices=[("", "Not recorded"), ("F", "Female"), ("M", "Male")],
    )
    first_language = forms.CharField(
        label="First language", required=False, max_length=40, widget=Text(width=20)
    )
    sen_provision = forms.ChoiceField(
        label="Special educational needs",
        required=False,
        choices=[("", "Not recorded"), *SenProvision.choices],
    )
    sen_need = forms.CharField(
        label="Main need",
        required=False,
        max_length=4,
        help_text="The school census code, such as SEMH.",
        widget=Text(width=4),
    )

    sections = (
        Section(
            "Names",
            (
                "legal_forename",
                "legal_surname",
                "preferred_forename",
                "preferred_surname",
                "pronouns",
            ),
        ),
        Section("Birth and number", ("born_on", "upn", "sex", "first_language")),
        Section("School", ("year_group", "sen_provision", "sen_need")),
    )


class CarerForm(forms.Form):
    """A parent or carer."""

    name = forms.CharField(label="Name", max_length=120, widget=Text())
    relationship = forms.CharField(
        label="Who they are to the child",
        required=False,
        max_length=60,
        help_text="In the family’s words: mum, grandad, foster carer.",
        widget=Text(width=20),
    )
    phone = forms.CharField(label="Telephone", required=False, max_length=30, widget=Text(width=20))
    email = forms.EmailField(label="E-mail", required=False, widget=Text())
    contact_note = forms.CharField(
        label="How best to reach them",
        required=False,
        max_length=200,
        help_text="Such as: text after 3pm.",
        widget=Text(),
    )
    has_parental_responsibility = forms.TypedChoiceField(
        label="Parental responsibility",
        required=False,
        choices=[("", "Not known yet"), ("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=Radios(inline=True),
    )
    is_do_not_contact = forms.BooleanField(
        label="Do not contact this person",
        required=False,
        help_text="Wins over every letter, visit sheet and export.",
    )
    language = forms.CharField(
        label="Language", required=False, max_length=40, widget=Text(width=20)
    )
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    order = WholeField(
        label="Order to ring", min_value=1, max_value=20, initial=1, widget=Number(width=2)
    )
    ends_on = DateField(
        label="No longer a carer from", required=False, help_text="Leave empty while they are."
    )

    sections = (
        Section("Who", ("name", "relationship", "has_parental_responsibility")),
        Section(
            "Reaching them",
            ("is_do_not_contact", "phone", "email", "contact_note", "order"),
        ),
        Section("Language", ("language", "needs_interpreter")),
        Section("When it ends", ("ends_on",)),
    )

    def clean_has_parental_responsibility(self) -> bool | None:
        value = self.cleaned_data["has_parental_responsibility"]
        return value if isinstance(value, bool) else None


class ProfessionalForm(forms.Form):
    """Somebody of another agency."""

    name = forms.CharField(label="Name", max_length=120, widget=Text())
    profession = forms.CharField(
        label="Profession",
        max_length=80,
        help_text="A social worker is restricted by itself: others see whom to ask.",
        widget=Text(),
    )
    agency = forms.CharField(label="Agency", required=False, max_length=120, widget=Text())
    phone = forms.CharField(label="Telephone", required=False, max_length=30, widget=Text(width=20))
    email = forms.EmailField(label="E-mail", required=False, widget=Text())
    note = forms.CharField(label="Note", required=False, max_length=200, widget=Text())
    starts_on = DateField(label="Working with the child since")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("starts_on", actor.today)


class AddressForm(forms.Form):
    """Where the pupil lives from a day on."""

    line_1 = forms.CharField(label="First line", max_length=200, widget=Text())
    line_2 = forms.CharField(label="Second line", required=False, max_length=200, widget=Text())
    town = forms.CharField(label="Town", required=False, max_length=100, widget=Text(width=20))
    postcode = forms.CharField(label="Postcode", max_length=10, widget=Text(width=10))
    starts_on = DateField(label="Lives there since")
    is_concealed = forms.BooleanField(
        label="Conceal this address",
        required=False,
        help_text="Only those cleared for safeguarding will see it. It stands on no letter, "
        "visit sheet or export, whoever makes them.",
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].latest = actor.today  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", actor.today)


class FlagForm(forms.Form):
    """A few words for the banner."""

    kind = forms.ChoiceField(
        label="What about?",
        choices=[c for c in Flag.Kind.choices if c[0] != Flag.Kind.DO_NOT_CONTACT],
        help_text="“Do not contact” is set on the carer.",
    )
    weight = forms.ChoiceField(
        label="How should it stand out?",
        choices=Flag.Weight.choices,
        widget=Radios(
            hints={
                "ACT": "Read it before you do anything.",
                "KNOW": "Good to know.",
                "RESTRICTED": "Others see what kind of thing it is and whom to ask.",
            }
        ),
        initial=Flag.Weight.KNOW,
    )
    text = WordsForOthers(
        label="In a few words",
        max_length=80,
        help_text="What to do or know, not a label for the child: “Exit card”.",
        widget=Text(),
    )
