"""Needs assessments side by side, as the Assessment tab prints them."""

from collections.abc import Sequence
from typing import Any

from alongside.assessments import queries
from alongside.assessments.models import NeedsAssessment
from alongside.people.models import Pupil
from alongside.rules.needs import MOST
from alongside.web.assessments.pages import url_of

NOTE = "Higher means more in the way. Ratings are a view on the day, not a test."


def beside(pupil: Pupil, made: Sequence[NeedsAssessment]) -> dict[str, Any]:
    shown = queries.beside(made)
    return {
        "columns": [
            {
                "label": one.get_occasion_display(),
                "on": one.taken_on,
                "total": f"{one.total} of {MOST}",
                "url": f"{url_of(pupil)}made/{one.pk}/",
            }
            for one in shown
        ],
        "lines": [
            {
                "label": line.domain.label,
                "ratings": [
                    {"rating": rating, "words": words}
                    for rating, words in zip(line.ratings, line.words, strict=True)
                ],
                "change": line.change,
            }
            for line in queries.domain_lines(shown)
        ],
        "change": _change(shown),
        "note": NOTE,
        "withdrawn": [
            {
                "label": f"Needs assessment {one.number}",
                "text": f"withdrawn by {one.withdrawn_by.name}: {one.withdrawn_because}",
                "url": f"{url_of(pupil)}made/{one.pk}/",
            }
            for one in made
            if one.withdrawn_by
        ],
    }


def _change(shown: Sequence[NeedsAssessment]) -> str:
    if len(shown) < 2:
        return ""
    points = shown[-1].total - shown[0].total
    if not points:
        return "The same"
    return f"{abs(points)} {'lower' if points < 0 else 'higher'}"
