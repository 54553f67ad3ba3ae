"""The addresses of the service as its resolver knows them, for the generated list of screens."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    path: str
    needs: str
    methods: str
    says: str


def addresses() -> list[Address]:
    """Every address once, in the order of its path."""
    return sorted(_of(get_resolver().url_patterns, ""), key=lambda address: address.path)


def _of(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _of(pattern.url_patterns, path)
        else:
            yield _address(pattern, path)


def _address(pattern: URLPattern, path: str) -> Address:
    screen = getattr(pattern.callback, "screen", None)
    view = screen.view if screen else pattern.callback
    return Address(
        path=path.replace("^", "").replace("\\Z", "").replace("$", ""),
        needs=screen.needs.value if screen else "",
        methods=" ".join(screen.methods) if screen else "",
        says=_first_line(view) or (pattern.name or "").replace("-", " ").replace("_", " "),
    )


def _first_line(view: object) -> str:
    module = getattr(view, "__module__", "")
    said = inspect.getdoc(view) if module.startswith("alongside") else ""
    return (said or "").split("\n\n")[0].replace("\n", " ")
