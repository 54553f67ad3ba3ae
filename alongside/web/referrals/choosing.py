"""Choosing the pupil to refer, on one's own roll, with script or without."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import drafts
from alongside.core.permissions import Permission
from alongside.people.models import Pupil
from alongside.referrals import queries
from alongside.rules.ages import year_group_in_words
from alongside.web import form_pages
from alongside.web.referrals.forms import ChoosePupilForm
from alongside.web.screens import Request, screen


@screen(needs=Permission.REFERRAL_MAKE)
def choose(request: Request) -> HttpResponse:
    """Which pupil. Without script the words are searched when they are sent."""
    actor = request.actor
    form = ChoosePupilForm(request.POST or None)
    field = form.fields["pupil"]
    field.search = lambda words: [  # type: ignore[attr-defined]
        (p.pk, _label(p)) for p in queries.suggest_pupils(actor, words, most=20)
    ]
    field.find = lambda value: queries.pupil_on_own_roll(actor, value)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        return redirect(f"/referrals/new/{form.cleaned_data['pupil'].pk}/")
    if request.method == "POST":
        queries.record_suggested(actor, [int(v) for v, _ in field.widget.matches])
    context = {
        "heading": "Refer a pupil",
        "second": "Choose who it is about",
        "started": [
            {"url": d.key, "at": d.updated_at}
            for d in drafts.list_drafts(actor)
            if d.key.startswith("/referrals/new/")
        ],
    }
    return form_pages.show(request, "referrals/choose.html", form, context)


@screen(needs=Permission.REFERRAL_MAKE, methods=("GET",))
def pupils(request: Request) -> HttpResponse:
    """Options of the type-ahead box."""
    found = queries.suggest_pupils(request.actor, request.GET.get("q", ""))
    queries.record_suggested(request.actor, [p.pk for p in found])
    options = [
        {"value": p.pk, "label": p.name, "note": _label(p).partition(", ")[2]} for p in found
    ]
    return render(request, "components/options.html", {"options": options})


def _label(pupil: Pupil) -> str:
    year = year_group_in_words(pupil.year_group)
    born = f"born {pupil.born_on.day} {pupil.born_on:%b %Y}"
    return ", ".join(part for part in (pupil.name, year, born) if part)
