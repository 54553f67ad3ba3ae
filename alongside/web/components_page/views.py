"""The page of every component, with invented people. Must touch no record."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core.permissions import Permission
from alongside.web.components_page import sample_record, sample_today, samples
from alongside.web.components_page.pictures import pictures
from alongside.web.components_page.sample_forms import mistaken, schools
from alongside.web.screens import Request, screen
from alongside.web.templatetags.icons import ICONS

ANCHORS = (
    ("states", "States and icons"),
    ("banner", "Banner and tabs"),
    ("record", "Record"),
    ("today", "Today"),
    ("list", "List"),
    ("form", "Form"),
    ("acts", "Acting"),
    ("told", "Being told"),
    ("conflict", "Two versions"),
    ("pictures", "Pictures"),
)
STATES = (
    ("overdue", ""),
    ("soon", "Due Fri 27 Nov"),
    ("met", ""),
    ("met_late", ""),
    ("restricted", ""),
    ("waiting", "Waits for the letter"),
    ("info", "Open case"),
    ("declined", "Declined"),
)


@screen(needs=Permission.TODAY_VIEW)
def components(request: Request) -> HttpResponse:
    """Everything the screens are built from, each once."""
    context = {
        name.lower(): value
        for module in (samples, sample_record, sample_today)
        for name, value in vars(module).items()
        if name.isupper()
    }
    return render(
        request,
        "components_page/components.html",
        context
        | {
            "anchors": ANCHORS,
            "states": STATES,
            "points": [
                "The school’s plan takes over on 30 November",
                "Sessions stop after Thu 3 Dec",
            ],
            "icon_names": sorted(ICONS),
            "pictures": pictures(),
            "sample_form": mistaken(),
            "draft": {"key": "/components/", "saved_at": "10:42"},
            "restored": {"saved_at": "10:42", "is_restored": True},
            "reasons": [
                ("overdue", "2.5 days from the 15-day limit"),
                ("soon", "Attendance down to 81%"),
            ],
        },
    )


@screen(needs=Permission.TODAY_VIEW, methods=("GET",))
def school_options(request: Request) -> HttpResponse:
    """The sample type-ahead's answer."""
    found = [{"value": v, "label": label} for v, label in schools(request.GET.get("q", ""))]
    return render(request, "components/options.html", {"options": found})
