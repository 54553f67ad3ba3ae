"""What stands around every page: who I am, where I can go, search and "raise a concern"."""

from django.conf import settings
from django.http import HttpRequest

from alongside.core.actor import Actor
from alongside.core.permissions import Permission

# The places of the top bar: label, address, what one needs to go there.
COMPARING = "/referrals/compare/"  # Reached from the referrals, by who sees them.
PLACES = (
    ("Today", "/", Permission.TODAY_VIEW),
    ("Caseload", "/caseload/", Permission.CASE_VIEW),
    ("Team", "/team/today/", Permission.CASE_WORK),
    ("Schools", "/schools/", Permission.SCHOOL_VIEW),
    ("Referrals", "/referrals/", Permission.REFERRAL_VIEW),
    ("Neighbourhoods", COMPARING, Permission.COMPARE),
    ("Frameworks", "/frameworks/", Permission.FRAMEWORK_VIEW),
    ("Staff", "/staff/", Permission.STAFF_VIEW),
    ("Audit", "/audit/", Permission.AUDIT_VIEW),
)

# What else is reached from a place, so that it stays marked there.
BEYOND = {
    "/": ("/due/", "/notices/", "/planner/", "/tasks/"),
    "/caseload/": ("/cases/", "/reviews/", "/requests/", "/casework/"),
    "/team/today/": ("/team/",),
    "/frameworks/": ("/protocols/", "/directory/", "/alternatives/"),
}


def frame(request: HttpRequest) -> dict[str, object]:
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "frame": {
            "actor_name": actor.name if actor else "",
            "role_label": actor.role_label if actor else "",
            "council_name": actor.council_name if actor else "",
            "places": _places(request.path, actor),
            "search_url": "/search/",
            "suggest_url": "/search/suggest/",
            "concern_url": _concern_url(request),
            "me_url": "/me/",
            "sign_out_url": "/sign-out/",
            "is_demonstration": settings.IS_DEMONSTRATION,
        }
    }


def _concern_url(request: HttpRequest) -> str:
    """From a pupil's page, a concern is about that pupil; a page that is not there names nobody."""
    match = None if getattr(request, "is_absent", False) else request.resolver_match
    pupil_id = match.kwargs.get("pupil_id") if match else None
    return f"/concerns/new/?pupil={pupil_id}" if pupil_id else "/concerns/new/"


def _places(path: str, actor: Actor | None) -> list[dict[str, object]]:
    if actor is None:
        return []
    return [
        {
            "label": label,
            "url": url,
            "is_current": _is_at(path, url),
        }
        for label, url, needs in PLACES
        if actor.may(needs) and not (url == COMPARING and actor.may(Permission.REFERRAL_VIEW))
    ]


def _is_at(path: str, url: str) -> bool:
    begins = path == url if url == "/" else path.startswith(url)
    return begins or path.startswith(BEYOND.get(url, ()))
