"""A real Chromium in front of Django's test client: pages, styles and script, without a server.

What the browser asks for is answered in the test's own transaction, so a browser test may use the
cast and the world like any other. Must not wait for a fixed time: wait for what should be seen.
"""

import mimetypes
from collections.abc import Callable, Iterator
from contextvars import copy_context
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from alongside.ops import chromium

HERE = "http://testserver"
AXE = Path(__file__).parent / "data" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Enough of a browser's own headers for Django to answer as it would.
PASSED_ON = {"content-type": "CONTENT_TYPE", "referer": "HTTP_REFERER", "accept": "HTTP_ACCEPT"}


type Launch = Callable[..., Browser]


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """`browser = launch("--flag")`: one driver starts every browser of a run."""
    browsers = []
    with sync_playwright() as playwright:

        def one(*flags: str) -> Browser:
            browsers.append(
                playwright.chromium.launch(
                    executable_path=chromium.find_or_install(), args=[*FLAGS, *flags]
                )
            )
            return browsers[-1]

        yield one
        for browser in browsers:
            if browser.is_connected():
                browser.close()


@pytest.fixture(scope="session")
def chromium_browser(launch: Launch) -> Browser:
    return launch()


@pytest.fixture
def browse(chromium_browser: Browser) -> Iterator[Callable[..., Page]]:
    """`page = browse(client)`: a page whose every request the client answers."""
    contexts = []

    def start(client: Client, *, width: int = 1280, script: bool = True) -> Page:
        context = chromium_browser.new_context(
            base_url=HERE,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            bypass_csp=True,  # axe is put in from outside; the policy has tests of its own.
        )
        contexts.append(context)
        # The browser calls back in a context of its own, where Django has no connection yet.
        ask = partial(copy_context().run, client.generic)
        context.route("**/*", lambda route, request: answer(ask, route, request))
        context.set_default_timeout(10_000)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


def answer(ask: Callable[..., Any], route: Route, request: Request) -> None:
    """One request of the browser, answered by the test client or from the built files."""
    parts = urlsplit(request.url)
    if parts.path.startswith(settings.STATIC_URL):
        found = finders.find(parts.path.removeprefix(settings.STATIC_URL))
        if not found:
            route.fulfill(status=404, body="")
            return
        kind = mimetypes.guess_type(str(found))[0] or "application/octet-stream"
        route.fulfill(status=200, content_type=kind, body=Path(str(found)).read_bytes())
        return
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {PASSED_ON[k]: v for k, v in request.headers.items() if k in PASSED_ON}
    kind = headers.pop("CONTENT_TYPE", "application/octet-stream")
    body = request.post_data_buffer or b""
    response = ask(request.method, path, body, kind, **headers)  # type: ignore[arg-type]
    if 300 <= response.status_code < 400:
        # A redirect would leave for the network: the page goes there by itself instead.
        to = escape(response["Location"])
        route.fulfill(
            content_type="text/html", body=f'<meta http-equiv="refresh" content="0;url={to}">'
        )
        return
    content = b"".join(response) if response.streaming else response.content
    route.fulfill(
        status=response.status_code,
        headers={
            name: value for name, value in response.items() if name.lower() != "content-length"
        },
        body=content,
    )


def problems(page: Page) -> list[str]:
    """What axe finds on the page as it now stands, in words."""
    page.add_script_tag(path=str(AXE))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


__all__ = [
    "HERE",
    "Launch",
    "answer",
    "browse",
    "chromium_browser",
    "launch",
    "problems",
    "too_wide",
]
