"""The pupil record: its overview on one screen. Each other tab has a module of its own."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.core.permissions import Permission
from alongside.people import queries
from alongside.web.pupils.due import due_of, rows
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def overview(request: Request, pupil_id: int) -> HttpResponse:
    pupil = queries.open_pupil(request.actor, pupil_id, "overview")
    dues = due_of(request.actor, pupil)
    return render(
        request,
        "pupils/overview.html",
        {
            **pupil_frame(request.actor, pupil, "overview", dues=dues),
            "due": rows(request.actor, dues),
        },
    )
