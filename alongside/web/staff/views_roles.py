"""Screens of a role: giving it, ending it on a day, taking it away at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.core import policy, queries, roles
from alongside.core.permissions import Permission
from alongside.web import form_pages
from alongside.web.screens import Request, screen
from alongside.web.staff.forms import EndRoleForm, RoleForm, TakeAwayRoleForm, role_of


@screen(needs=Permission.STAFF_EDIT)
def give_role(request: Request, staff_id: int) -> HttpResponse:
    staff = queries.get_staff(request.actor, staff_id)
    form = form_pages.bind(request, RoleForm, initial={"starts_on": request.actor.today})
    given = form_pages.attempt(
        request,
        form,
        lambda typed: roles.give_role(actor=request.actor, staff=staff, **role_of(typed)),
    )
    if given:
        messages.success(request, f"{staff.name} holds the role from {given.starts_on:%-d %B %Y}.")
        return redirect("staff-one", staff.pk)
    context = {
        "heading": f"Give {staff.name} a role",
        "staff": staff,
        "decision": policy.give_role_to(request.actor, staff),
    }
    return form_pages.show(request, "staff/role.html", form, context)


@screen(needs=Permission.STAFF_EDIT)
def end_role(request: Request, assignment_id: int) -> HttpResponse:
    assignment = queries.get_assignment(request.actor, assignment_id)
    form = form_pages.bind(request, EndRoleForm, initial={"ends_on": request.actor.today})
    ended = form_pages.attempt(
        request,
        form,
        lambda typed: roles.end_role(actor=request.actor, assignment=assignment, **typed),
    )
    if ended:
        messages.success(request, f"The role ends on {ended.ends_on:%-d %B %Y}.")
        return redirect("staff-one", assignment.staff_id)
    context = {
        "heading": f"End a role of {assignment.staff.name}",
        "staff": assignment.staff,
        "assignment": assignment,
        "decision": policy.end_role(request.actor, assignment),
        "may_take_away": policy.take_away_role(request.actor, assignment),
    }
    return form_pages.show(request, "staff/end_role.html", form, context)


@screen(needs=Permission.STAFF_EDIT)
def take_away_role(request: Request, assignment_id: int) -> HttpResponse:
    """What was given by mistake is not held to the end of the day."""
    assignment = queries.get_assignment(request.actor, assignment_id)
    form = form_pages.bind(request, TakeAwayRoleForm)
    taken = form_pages.attempt(
        request,
        form,
        lambda typed: roles.take_away_role(actor=request.actor, assignment=assignment, **typed),
    )
    if taken:
        messages.success(request, f"The role is taken away. {taken.staff.name} has been told.")
        return redirect("staff-one", assignment.staff_id)
    context = {
        "heading": f"Take away a role of {assignment.staff.name}",
        "staff": assignment.staff,
        "assignment": assignment,
        "decision": policy.take_away_role(request.actor, assignment),
    }
    return form_pages.show(request, "staff/take_away_role.html", form, context)
