"""Who has looked at a pupil's record; and what the school sees of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.core.decisions import require
from alongside.core.models import AuditEntry
from alongside.core.permissions import Permission
from alongside.people import policy, queries
from alongside.people.queries.access import SHOWS, access_log
from alongside.people.queries.shared import RECIPIENTS, preview
from alongside.web.pupils.filters import link
from alongside.web.pupils.frame import ask_of, pupil_frame
from alongside.web.pupils.lines import line_shown
from alongside.web.pupils.links import closed_to
from alongside.web.screens import Request, screen


@screen(needs=Permission.ACCESS_LOG_VIEW, methods=("GET",))
def access(request: Request, pupil_id: int) -> HttpResponse:
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "who has looked")
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("shows", "who", "after")}
    page = access_log(actor, pupil, **asked)
    url = f"/pupils/{pupil.pk}/access/"
    kept = {"shows": asked["shows"], "who": asked["who"]}
    return render(
        request,
        "pupils/access.html",
        {
            **pupil_frame(actor, pupil, "access"),
            "heading": "Who has looked",
            "lines": [_shown(line) for line in page.lines],
            "views": [
                {
                    "label": label,
                    "url": link(url, shows=key, who=asked["who"]),
                    "is_current": key == asked["shows"],
                }
                for key, (label, _) in SHOWS.items()
            ],
            "filter": {
                "groups": [
                    {"legend": "Name", "name": "who", "kind": "search", "value": asked["who"]}
                ],
                "selected": [{"label": asked["who"], "remove_url": link(url, shows=asked["shows"])}]
                if asked["who"]
                else [],
                "clear_url": url,
                "keep": {"shows": asked["shows"]} if asked["shows"] else {},
            },
            "pages": {
                "summary": "Newest first",
                "first_url": link(url, **kept) if asked["after"] else "",
                "next_url": link(url, **kept, after=page.after) if page.after else "",
            },
        },
    )


@screen(needs=Permission.CHRONOLOGY_WRITE, methods=("GET",))
def shared(request: Request, pupil_id: int) -> HttpResponse:
    """Exactly what a recipient reads of this record, before or after it is shared."""
    actor = request.actor
    pupil = queries.open_pupil(actor, pupil_id, "shared with")
    require(policy.preview_as_recipient(actor))
    key = request.GET.get("as", "")
    key = key if key in RECIPIENTS else next(iter(RECIPIENTS))
    seen = preview(actor, pupil, key)
    frame = pupil_frame(actor, pupil, "shared")
    closed = closed_to(actor, seen.lines)
    return render(
        request,
        "pupils/shared.html",
        {
            **frame,
            "heading": "Shared with",
            "views": [
                {
                    "label": label,
                    "url": link(f"/pupils/{pupil.pk}/shared/", **{"as": recipient}),
                    "is_current": recipient == key,
                }
                for recipient, (label, _) in RECIPIENTS.items()
            ],
            "recipient": RECIPIENTS[key][0],
            "reads": [c.label for c in seen.reads],
            "shared_only": [c.label for c in seen.shared_only],
            "people": seen.people,
            "lines": [
                line_shown(line, ask=ask_of(frame), may_write=False, closed=closed)
                for line in seen.lines
            ],
            "kept_back": seen.kept_back,
        },
    )


WORDS = {
    "pupil.viewed": "Looked",
    "pupil.searched": "Found in a search",
    "glass.broken": "Opened it out of the ordinary",
    "purpose.given": "Opened it for a purpose",
    "chronology.exported": "Took the chronology away as a file",
    "chronology.written": "Wrote to the chronology",
    "chronology.corrected": "Corrected the chronology",
}


def _shown(line: AuditEntry) -> dict[str, object]:
    noun, _, verb = line.kind.partition(".")
    return {
        "at": timezone.localtime(line.created_at),
        "who": line.staff.name,
        "what": WORDS.get(line.kind, f"{noun.replace('_', ' ').capitalize()} {verb}"),
        "where": str(line.detail.get("screen", "")),
        "is_glass": line.kind == "glass.broken",
        "reason": str(line.detail.get("reason", "")) if line.kind == "glass.broken" else "",
        "purpose": str(line.detail.get("purpose", "")),
    }
