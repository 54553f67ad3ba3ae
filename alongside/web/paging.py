"""The foot of a list that is paged by key: back to its first page, on to the next, filters kept."""

from urllib.parse import urlencode

from alongside.web.screens import Request


def pages(request: Request, summary: str, following: str) -> dict[str, str] | None:
    """The variables of components/pagination.html; None where one page holds everything.

    `following` says where the next page begins, as the list's own `after` reads it; empty on the last.
    """
    query = request.GET.copy()
    is_later = bool(query.pop("after", None))
    if not following and not is_later:
        return None
    kept = query.urlencode()
    start = f"?{kept}&" if kept else "?"
    return {
        "summary": summary,
        "first_url": f"?{kept}" if is_later else "",
        "next_url": f"{start}{urlencode({'after': following})}" if following else "",
    }
