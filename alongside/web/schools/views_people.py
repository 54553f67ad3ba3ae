"""Whom to reach at a school, who of the service is its own, and where it lies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core.decisions import require
from alongside.core.permissions import Permission
from alongside.schools import policy, queries
from alongside.schools.actions import people
from alongside.web import form_pages
from alongside.web.schools.forms import ContactForm, NeighbourhoodForm, WorkerForm
from alongside.web.schools.listing import area_of
from alongside.web.screens import Request, screen


@screen(needs=Permission.SCHOOL_EDIT)
def contact(request: Request, school_id: int, contact_id: int | None = None) -> HttpResponse:
    school = queries.get_school(request.actor, school_id)
    known = queries.get_contact(school, contact_id) if contact_id else None
    require(policy.edit_contacts(request.actor, school))
    back = f"/schools/{school.pk}/"
    if known and request.method == "POST" and "remove" in request.POST:
        people.end_contact(actor=request.actor, contact=known)
        messages.success(request, f"{known.name} is no longer shown.")
        return redirect(back)
    names = ("role", "name", "phone", "email")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = form_pages.bind(request, ContactForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: people.save_contact(actor=request.actor, school=school, contact=known, **data),
    )
    if done:
        messages.success(request, f"{done.name}, {done.role}, is saved.")
        return redirect(back)
    return form_pages.show(
        request,
        "schools/contact.html",
        form,
        {
            "heading": "Change a contact" if known else "Add a contact",
            "second": school.name,
            "back_url": back,
            "back_label": school.name,
            "may_remove": known is not None,
        },
    )


@screen(needs=Permission.SCHOOL_ASSIGN)
def named_worker(request: Request, school_id: int) -> HttpResponse:
    school = queries.get_school(request.actor, school_id)
    form = form_pages.bind(
        request,
        WorkerForm,
        people=queries.working_staff(request.actor),
        initial={"starts_on": request.actor.today},
    )
    done = form_pages.attempt(
        request,
        form,
        lambda data: people.name_worker(
            actor=request.actor,
            school=school,
            staff=form.people[data["staff"]],
            starts_on=data["starts_on"],
        ),
    )
    if done:
        messages.success(request, f"{done.staff.name} is the named worker of {school.name}.")
        return redirect(f"/schools/{school.pk}/")
    return form_pages.show(
        request,
        "schools/form.html",
        form,
        {
            "heading": "Name a worker",
            "second": f"{school.name} rings this person first. Whoever it was ends the day before.",
            "back_url": f"/schools/{school.pk}/",
            "back_label": school.name,
        },
    )


@screen(needs=Permission.SCHOOL_ASSIGN)
def neighbourhood(request: Request, school_id: int) -> HttpResponse:
    school = queries.get_school(request.actor, school_id)
    initial = {"neighbourhood": str(school.place.parent_id) if area_of(school) else ""}
    places = queries.neighbourhoods(request.actor)
    form = form_pages.bind(request, NeighbourhoodForm, places=places, initial=initial)

    def save(data: dict[str, str]) -> bool:
        chosen = form.places.get(data["neighbourhood"])
        people.set_neighbourhood(actor=request.actor, school=school, neighbourhood=chosen)
        return True

    if form_pages.attempt(request, form, save):
        messages.success(request, f"The neighbourhood of {school.name} is saved.")
        return redirect(f"/schools/{school.pk}/")
    return form_pages.show(
        request,
        "schools/form.html",
        form,
        {
            "heading": "Neighbourhood",
            "second": f"{school.name}. Roles held in a neighbourhood reach its schools.",
            "back_url": f"/schools/{school.pk}/",
            "back_label": school.name,
        },
    )
