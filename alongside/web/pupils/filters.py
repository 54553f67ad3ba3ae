"""What was asked of the chronology, read from the address, and the filter that shows it."""

from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from alongside.exchange.dates import NotADate, read_date
from alongside.people.models import EntryKind
from alongside.people.queries.chronology import Chosen

MOST_WORDS = 100
DAY_HINT = "day/month/year"


def read_chosen(asked: QueryDict) -> tuple[Chosen, list[str]]:
    """What was chosen, and what could not be read, in words."""
    problems: list[str] = []
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        days[name] = None
        if text := asked.get(name, "").strip()[:40]:
            try:
                days[name] = read_date(text)
            except NotADate as mistake:
                problems.append(str(mistake))
    kinds = tuple(kind for kind in EntryKind.values if kind in asked.getlist("kind"))
    chosen = Chosen(
        kinds=kinds,
        from_on=days["from"],
        to_on=days["to"],
        words=asked.get("words", "").strip()[:MOST_WORDS],
    )
    return chosen, problems


def parameters(chosen: Chosen) -> list[tuple[str, str]]:
    """The same choice as an address carries it."""
    carried = [("kind", kind) for kind in chosen.kinds]
    carried += [("from", f"{chosen.from_on:%d/%m/%Y}")] if chosen.from_on else []
    carried += [("to", f"{chosen.to_on:%d/%m/%Y}")] if chosen.to_on else []
    carried += [("words", chosen.words)] if chosen.words else []
    return carried


def address(url: str, chosen: Chosen, **more: str) -> str:
    carried = urlencode([*parameters(chosen), *((k, v) for k, v in more.items() if v)])
    return f"{url}?{carried}" if carried else url


def filter_of(chosen: Chosen, url: str) -> dict[str, object]:
    """The variables of components/filter.html."""
    carried = parameters(chosen)
    labels = dict(EntryKind.choices)
    words = {"from": "From", "to": "To", "words": "Words"}

    def without(gone: tuple[str, str]) -> str:
        kept = urlencode([pair for pair in carried if pair != gone])
        return f"{url}?{kept}" if kept else url

    return {
        "groups": [
            {"legend": "Words", "name": "words", "kind": "search", "value": chosen.words},
            {
                "legend": "From",
                "name": "from",
                "kind": "search",
                "value": _day(carried, "from"),
                "hint": DAY_HINT,
            },
            {
                "legend": "To",
                "name": "to",
                "kind": "search",
                "value": _day(carried, "to"),
                "hint": DAY_HINT,
            },
            {
                "legend": "Kind",
                "name": "kind",
                "kind": "checkbox",
                "options": [
                    {"value": value, "label": label, "is_chosen": value in chosen.kinds}
                    for value, label in EntryKind.choices
                    if value != EntryKind.SCHOOL
                ],
            },
        ],
        "selected": [
            {
                "label": labels[value] if name == "kind" else f"{words[name]}: {value}",
                "remove_url": without((name, value)),
            }
            for name, value in carried
        ],
        "clear_url": url,
    }


def _day(carried: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in carried if key == name), "")


def link(url: str, **carried: str) -> str:
    """An address with what it carries; empty parts are left out."""
    kept = urlencode({name: value for name, value in carried.items() if value})
    return f"{url}?{kept}" if kept else url
