"""A browser without a screen: one kept-alive connection on loopback, with cookies and the time of each answer."""

import http.client
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from alongside.ops.places import Problem

SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    ms: float
    bytes: int
    queries: int


class Client:
    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)[0]

    def sign_in(self, account_id: int) -> None:
        """By the demonstration's own door."""
        _, page = self._ask("GET", "/demonstration/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        if not token:
            raise Problem("The demonstration's sign-in page does not answer as it should.")
        form = urlencode({"csrfmiddlewaretoken": token[1].decode(), "account": account_id})
        answer, _ = self._ask("POST", "/demonstration/", form)
        if answer.status != 302:
            raise Problem(f"Nobody can sign in as account {account_id} here.")

    def _ask(self, method: str, path: str, form: str = "") -> tuple[Answer, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, form or None, headers)
        response = self._connection.getresponse()
        body = response.read()
        ms = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: part.value for name, part in SimpleCookie(line).items()}
        queries = int(response.headers.get("X-Alongside-Queries", "0"))
        return Answer(response.status, ms, len(body), queries), body
