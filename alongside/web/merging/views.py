"""Two records of one child: find the other, look at both, merge; and undo it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core.permissions import Permission
from alongside.people import joining, merging, renumbering
from alongside.people.actions.merge import merge_pupils, undo_merge
from alongside.people.models import Pupil
from alongside.people.queries import get_pupil, record_view
from alongside.people.queries.known import FIELDS
from alongside.rules.words import day_in_words
from alongside.web import form_pages
from alongside.web.forms import Textarea
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

SEXES = {"F": "Female", "M": "Male"}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="How do you know that they are one child?",
        help_text="It stays with the record. Such as: the school confirmed the new surname.",
        max_length=300,
        widget=Textarea(rows=3, count=300),
    )


@screen(needs=Permission.PUPIL_MERGE, methods=("GET",))
def start(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = get_pupil(actor, pupil_id)
    words = request.GET.get("q", "").replace("\0", "")[:100]
    alike = merging.could_be_the_same(actor, pupil)
    found = merging.search(actor, pupil, words) if words else []
    shown = [pupil, *(each.pupil for each in alike), *found]
    record_view(actor, [each.pk for each in shown], "merge", f"pupil {pupil.pk}")
    context = pupil_frame(actor, pupil) | {
        "heading": "Is there a second record?",
        "alike": [_item(pupil, each.pupil, " ".join(each.reasons)) for each in alike],
        "found": [_item(pupil, each, "") for each in found],
        "words": words,
        "merges": merging.merges_of(pupil),
    }
    return render(request, "merging/start.html", context)


@screen(needs=Permission.PUPIL_MERGE)
def compare(request: Request, pupil_id: int, other_id: int) -> HttpResponse:
    """Both side by side; the first is kept."""
    actor = request.actor
    kept, merged = merging.get_two(actor, pupil_id, other_id)
    record_view(actor, [kept.pk, merged.pk], "merge", f"pupil {kept.pk}")
    form = form_pages.bind(request, ReasonForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: merge_pupils(actor=actor, kept=kept, merged=merged, reason=data["reason"]),
    )
    if done:
        messages.success(request, "The two records are one. It can be undone here.")
        return redirect(f"/pupils/{kept.pk}/merge/")
    found = list(joining.clashes(kept, merged))
    context = {
        "heading": "Make one record of two",
        "second": f"{kept.name} stays; everything of {merged.name} moves to that record.",
        "kept": kept,
        "merged": merged,
        "beside": _beside(request, kept, merged),
        "unlike": _unlike(kept, merged),
        "may_merge": merging.merge(actor, kept, merged, found),
        "stays": joining.stays_behind(found),
        "anew": [each.words for each in renumbering.anew(kept, merged)],
        "swap_url": f"/pupils/{merged.pk}/merge/{kept.pk}/",
        "back_url": f"/pupils/{kept.pk}/merge/",
        "back_label": kept.name,
    }
    return form_pages.show(request, "merging/compare.html", form, context)


@screen(needs=Permission.PUPIL_MERGE, methods=("POST",))
def undo(request: Request, pupil_id: int, merge_id: int) -> HttpResponse:
    pupil = get_pupil(request.actor, pupil_id)
    found = merging.get_merge(request.actor, pupil, merge_id)
    undo_merge(actor=request.actor, merge=found)
    messages.success(request, "The merge is undone: they are two records again.")
    return redirect(f"/pupils/{pupil.pk}/merge/")


def _unlike(kept: Pupil, merged: Pupil) -> str:
    """What says that these are two children after all, for whoever is about to make them one."""
    differ = ["dates of birth"] if kept.born_on != merged.born_on else []
    if kept.upn and merged.upn and kept.upn != merged.upn:
        differ.append("UPNs")
    if not differ:
        return ""
    return (
        f"Their {' and '.join(differ)} differ, so they may well be two children. "
        "Make them one only when you have asked the school."
    )


def _item(pupil: Pupil, other: Pupil, note: str) -> dict[str, Any]:
    number = f"UPN {other.upn}. " if other.upn else ""
    return {
        "icon": "person",
        "text": "",
        "name": other.name,
        "url": f"/pupils/{other.pk}/",
        "note": f"Born {day_in_words(other.born_on)}. {number}{note}",
        "button": "Compare",
        "button_url": f"/pupils/{pupil.pk}/merge/{other.pk}/",
    }


def _beside(request: Request, kept: Pupil, merged: Pupil) -> dict[str, Any]:
    known = merging.both(request.actor, kept, merged)
    rows = [
        {
            "cells": [
                {"text": label},
                {"text": _shown(kept, name)},
                {
                    "text": _shown(merged, name),
                    "state": "soon" if getattr(kept, name) != getattr(merged, name) else "",
                },
            ]
        }
        for name, label in FIELDS.items()
        if getattr(kept, name) or getattr(merged, name)
    ]
    rolls = [", ".join(r.school_name for r in known[p.pk].rolls) or "–" for p in (kept, merged)]
    rows.append({"cells": [{"text": "On roll"}, {"text": rolls[0]}, {"text": rolls[1]}]})
    heads = ("What", f"Stays: {kept.name}", f"Goes: {merged.name}")
    return {
        "caption": "Side by side",
        "columns": [{"label": head} for head in heads],
        "rows": rows,
    }


def _shown(pupil: Pupil, name: str) -> str:
    value = getattr(pupil, name)
    if name == "born_on":
        return day_in_words(value)
    if name == "sex":
        return SEXES.get(value, "–")
    if name == "sen_provision":
        return pupil.get_sen_provision_display() or "–"
    return str(value) if value else "–"
