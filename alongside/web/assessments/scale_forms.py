"""What is typed of a scale of the council's own."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from alongside.assessments.actions import Band, ScaleFacts
from alongside.assessments.wording import plain
from alongside.web.forms import Number, NumberField, Radios, Section, Text, Textarea

MOST_BANDS = 9
LOWER, HIGHER = "LOWER", "HIGHER"
FIGURE = r"(-?\d+(?:\.\d+)?)"
BAND = re.compile(rf"^{FIGURE}(?:\s*(?:to|-|–)\s*{FIGURE})?\s*[:,]?\s+(\S.*)$", re.ASCII)


class ScaleForm(forms.Form):
    """Its name, its ends, which way is better, and what its scores are called."""

    name = forms.CharField(label="Name of the scale", max_length=120, widget=Text())
    about = forms.CharField(
        label="What it measures", help_text="One sentence.", max_length=200, widget=Text()
    )
    low = NumberField(
        label="Lowest score", max_digits=6, decimal_places=2, widget=Number(whole=False)
    )
    high = NumberField(
        label="Highest score", max_digits=6, decimal_places=2, widget=Number(whole=False)
    )
    unit = forms.CharField(
        label="What is counted",
        help_text="“points of 20”, “minutes”",
        max_length=40,
        required=False,
        widget=Text(width=20),
    )
    is_whole = forms.BooleanField(label="Whole numbers only", required=False)
    better = forms.ChoiceField(
        label="Which way is better?",
        choices=[(HIGHER, "A higher score is better"), (LOWER, "A lower score is better")],
        widget=Radios(inline=True),
    )
    bands = forms.CharField(
        label="What its scores are called",
        help_text="One band a line, the lowest first: “0 to 4: Low”. Whoever answers.",
        max_length=800,
        required=False,
        widget=Textarea(rows=5),
    )
    source = forms.CharField(
        label="Where the scale and its bands come from",
        help_text="Who made it, when, and where that is written down.",
        max_length=300,
        required=False,
        widget=Textarea(rows=2),
    )
    is_checked = forms.BooleanField(
        label="The bands have been checked with that source",
        help_text="Until then each is shown with “check before relying on it”.",
        required=False,
    )

    sections = (
        Section("The scale", ("name", "about", "low", "high", "unit", "is_whole", "better")),
        Section("Its bands", ("bands", "source", "is_checked")),
    )

    def clean_bands(self) -> list[Band]:
        lines = [one.strip() for one in self.cleaned_data["bands"].splitlines() if one.strip()]
        if len(lines) > MOST_BANDS:
            raise forms.ValidationError(f"Name {MOST_BANDS} bands at most.")
        return [_band(number, line) for number, line in enumerate(lines, 1)]

    def facts(self) -> ScaleFacts:
        typed = self.cleaned_data
        told = {n: typed[n] for n in ("name", "about", "low", "high", "unit", "is_whole")}
        return ScaleFacts(
            **told,
            is_lower_better=typed["better"] == LOWER,
            bands=tuple(typed["bands"]),
            source=typed["source"],
            is_checked=typed["is_checked"],
        )


def _band(number: int, line: str) -> Band:
    found = BAND.match(line)
    if not found:
        raise forms.ValidationError(
            f"Line {number}: write the scores, a colon and what they are called, as in “0 to 4: Low”."
        )
    low, high, label = found.groups()
    return Band(Decimal(low), Decimal(high or low), label)


def scale_values(facts: ScaleFacts) -> dict[str, Any]:
    """A saved scale as the form's fields hold it."""
    return {
        "name": facts.name,
        "about": facts.about,
        "low": plain(facts.low),
        "high": plain(facts.high),
        "unit": facts.unit,
        "is_whole": facts.is_whole,
        "better": LOWER if facts.is_lower_better else HIGHER,
        "bands": "\n".join(_line(band) for band in facts.bands),
        "source": facts.source,
        "is_checked": facts.is_checked,
    }


def _line(band: Band) -> str:
    ends = plain(band.low) if band.low == band.high else f"{plain(band.low)} to {plain(band.high)}"
    return f"{ends}: {band.label}"
