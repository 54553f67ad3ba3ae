"""Invented forms that show each field. Must never be saved anywhere."""

from django import forms

from alongside.web import forms as fields


def schools(words: str) -> list[tuple[str, str]]:
    """What the type-ahead finds without script."""
    names = ("Chalkhill High School", "Marlpit Academy", "St Example’s RC School", "Orchard Centre")
    return [(str(n), name) for n, name in enumerate(names) if words.lower() in name.lower()]


class Everything(forms.Form):
    """One of each field, in two sections."""

    sections = (
        fields.Section("What is happening", ("worry", "days", "what", "good", "helping")),
        fields.Section(
            "Who, when and how",
            ("school", "met_on", "people", "cost", "tier", "face", "papers", "agreed"),
            intro="Only what you know now. You can come back.",
        ),
    )

    worry = forms.ChoiceField(
        label="Main worry",
        choices=[
            ("HURTING", "Hurting others"),
            ("LEAVING", "Leaving lessons"),
            ("ABSENT", "Not coming in"),
            ("UNSAFE", "Unsafe outside school"),
            ("MOOD", "Very low mood"),
            ("OTHER", "Something else"),
        ],
        widget=fields.Radios(columns=2, reveal={"OTHER": "worry_words"}),
    )
    worry_words = forms.CharField(label="What is it", required=False)
    days = fields.NumberField(
        label="Days suspended this term",
        help_text="A lunchtime counts as half a day. From your file of Fri 20 Nov: 6.",
        max_value=45,
        widget=fields.Number(whole=False, width=3),
        error_messages={
            "max_value": "Enter 45 days or fewer: no pupil may be suspended for more in a year"
        },
    )
    what = forms.CharField(
        label="What happened in the last incident",
        help_text="What was seen and heard. Do not name other children.",
        widget=fields.Textarea(rows=3, count=600),
    )
    good = forms.CharField(
        label="What is going well", required=False, widget=fields.Textarea(rows=3)
    )
    helping = forms.MultipleChoiceField(
        label="Who else is helping",
        choices=[("EARLY", "Early Help"), ("CAMHS", "CAMHS"), ("NONE", "Nobody yet")],
        required=False,
        widget=fields.Checkboxes(
            divider_before="NONE", hints={"EARLY": "East team, Sasha Fixture"}
        ),
    )
    school = fields.TypeAheadField(label="School", url="/components/schools/", search=schools)
    met_on = fields.DateField(
        label="When you met", help_text="For example, 27 3 2026 or 27 Mar 2026."
    )
    people = fields.WholeField(
        label="How many were there", required=False, widget=fields.Number(width=2)
    )
    cost = fields.MoneyField(label="Cost of the taxi", required=False)
    tier = forms.ChoiceField(
        label="Tier", choices=[("1", "Tier 1"), ("2", "Tier 2")], required=False
    )
    face = fields.FaceField(
        label="How was that for you, Teddy?", help_text="He chooses.", required=False
    )
    papers = fields.FilesField(label="Papers", required=False, help_text="PDF, Word or a picture.")
    agreed = forms.BooleanField(label="Robin’s mum has agreed to this")


def mistaken() -> Everything:
    """The form as it comes back with things to fix."""
    return Everything(
        {
            "worry": "LEAVING",
            "days": "61",
            "good": "Comes in every morning by 8:30. Loves art and helps set up. Two good friends in 7B.",
            "school-words": "ch",
            "met_on_0": "27",
            "met_on_1": "March",
            "people": "3",
            "face": "4",
            "agreed": "on",
        }
    )
