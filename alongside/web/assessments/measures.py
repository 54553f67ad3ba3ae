"""The council's measures: how each is scored, its bands by who answered, and where they come from."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.assessments import queries
from alongside.assessments.models import Informant, Measure
from alongside.assessments.wording import plain
from alongside.core.permissions import Permission
from alongside.web.screens import Request, screen


@screen(needs=Permission.FRAMEWORK_VIEW, methods=("GET",))
def catalogue(request: Request) -> HttpResponse:
    listed = queries.measures(request.actor)
    return render(
        request,
        "assessments/measures.html",
        {
            "heading": "Measures",
            "second": "Scores only: no question of a licensed tool stands anywhere here.",
            "measures": [_row(measure) for measure in listed],
        },
    )


def _row(measure: Measure) -> dict[str, Any]:
    way = "Lower" if measure.is_lower_better else "Higher"
    return {
        "name": measure.name,
        "range": f"{plain(measure.low)} to {plain(measure.high)} {measure.unit}. {way} is better.",
        "how": measure.get_scoring_display(),
        "is_licensed": measure.is_licensed,
        "bands": [
            {
                "who": Informant(informant).label,
                "words": "; ".join(_band(band) for band in bands),
                "is_unchecked": informant in measure.unchecked,
            }
            for informant, bands in measure.bands.items()
        ],
        "levels": "; ".join(f"{score} {word.lower()}" for score, word in measure.levels.items()),
        "source": measure.source,
    }


def _band(band: dict[str, Any]) -> str:
    ends = f"{band['from']}" if band["from"] == band["to"] else f"{band['from']} to {band['to']}"
    return f"{ends} {str(band['label']).lower()}"
