"""The pupil record on one screen: who, what matters, what is happening, what is due, who is around."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from alongside.core.permissions import Permission
from alongside.people import queries
from alongside.people.queries.around import people_around
from alongside.people.queries.chronology import lately
from alongside.web.pupils import work
from alongside.web.pupils.due import rows
from alongside.web.pupils.frame import ask_of, pupil_frame
from alongside.web.pupils.lines import lately_shown
from alongside.web.pupils.links import closed_to
from alongside.web.screens import Request, screen

MOST_DUE, MOST_AROUND = 6, 8


@screen(needs=Permission.PUPIL_VIEW, methods=("GET",))
def overview(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "overview")
    frame = pupil_frame(actor, pupil, "overview")
    ask = ask_of(frame)
    found = work.work_of(actor, pupil)
    plan, targets = work.targets(found)
    around = people_around(actor, found, ask)
    newest = lately(actor, pupil)
    base = f"/pupils/{pupil.pk}/"
    return TemplateResponse(
        request,
        "pupils/overview.html",
        {
            **frame,
            "profile": work.profile(pupil, found),
            "profile_url": f"{base}profile/print/",
            "around": around[:MOST_AROUND],
            "around_title": f"Around {pupil.forename}",
            "around_link": f"All {len(around)}",
            "people_url": f"{base}people/",
            "plan_url": f"/plans/{plan['id']}/" if plan else f"{base}plan/",
            "plan_link": f"Plan v{plan['number']}" if plan else "Plans",
            "targets": targets,
            "ladders": work.ladders(actor, found),
            "due": rows(actor, frame["dues"])[:MOST_DUE],
            "sees_them": actor.may(Permission.CASE_WORK) and pupil.has_open_case,  # type: ignore[attr-defined]
            "lately": lately_shown(newest, ask, closed_to(actor, newest)),
            "chronology_url": f"{base}chronology/",
            "together_url": f"{base}together/" if actor.may(Permission.CASE_VIEW) else "",
            "years": work.years(actor, pupil, found, frame["school_id"]),
        },
    )
