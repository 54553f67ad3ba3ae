"""Screens of one person: who employs and manages them, and their second step when it is lost."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.core import actions, policy, queries, sign_in
from alongside.core.permissions import Permission
from alongside.web import form_pages
from alongside.web.screens import Request, screen
from alongside.web.staff.forms import EmploymentForm, LostDeviceForm


@screen(needs=Permission.STAFF_EDIT)
def employment(request: Request, staff_id: int) -> HttpResponse:
    staff = queries.get_staff(request.actor, staff_id)
    form = form_pages.bind(request, EmploymentForm, staff=staff)
    seen = request.POST.get("version", "")
    saved = form_pages.attempt(
        request,
        form,
        lambda typed: actions.change_employment(
            actor=request.actor, staff=staff, seen=seen, **typed
        ),
    )
    if saved:
        messages.success(request, "Saved.")
        return redirect("staff-one", staff.pk)
    form.instance_version = queries.employment_seen(staff)  # type: ignore[attr-defined]
    context = {"heading": f"Who employs and manages {staff.name}", "staff": staff}
    return form_pages.show(request, "staff/employment.html", form, context)


@screen(needs=Permission.STAFF_EDIT)
def lost_device(request: Request, staff_id: int) -> HttpResponse:
    """Take away the second step of somebody who lost the device it was on."""
    actor = request.actor
    staff = queries.get_staff(actor, staff_id)
    form = form_pages.bind(request, LostDeviceForm)
    removed = form_pages.attempt(
        request,
        form,
        lambda typed: actions.remove_second_factor(actor=actor, staff=staff, **typed),
    )
    if removed:
        messages.success(
            request, f"{staff.name} is signed out everywhere and sets up anew at the next sign-in."
        )
        return redirect("staff-one", staff.pk)
    factors = sign_in.second_factors(staff.account)
    context = {
        "heading": f"Lost device of {staff.name}",
        "staff": staff,
        "factors": factors,
        "decision": policy.remove_second_factor(actor, staff, factors),
    }
    return form_pages.show(request, "staff/lost_device.html", form, context)


@screen(needs=Permission.STAFF_EDIT, methods=("GET",))
def people_options(request: Request) -> HttpResponse:
    found = queries.find_people(request.GET.get("q", ""))
    options = [{"value": value, "label": label} for value, label in found]
    return render(request, "components/options.html", {"options": options})
