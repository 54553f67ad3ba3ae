"""A small real OpenID Connect provider on loopback, as a council might run one. Its people are invented.

Authorization code with PKCE and nothing else: it refuses a request without a challenge, a code used
twice, a wrong verifier, a wrong client. Tokens are signed by PyJWT, which allauth brings.
"""

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "alongside", "between-us-two"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Who can sign in there, and what it has handed out."""

    name: str
    url: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)  # By what they type.
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def add(self, email: str, *, is_verified: object = True) -> None:
        sub = hashlib.sha256(f"{self.name} {email}".encode()).hexdigest()[:16]
        self.people[email] = {"sub": sub, "email": email, "email_verified": is_verified}

    def settings(self, code: str) -> dict[str, str]:
        """What the service's environment says of it."""
        return {
            f"ALONGSIDE_OIDC_{code}_SERVER": self.url,
            f"ALONGSIDE_OIDC_{code}_CLIENT_ID": CLIENT,
            f"ALONGSIDE_OIDC_{code}_SECRET": SECRET,
            f"ALONGSIDE_OIDC_{code}_NAME": self.name,
        }

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def fault_of(self, asked: dict[str, str]) -> str:
        """What is wrong with a request to sign somebody in; nothing when it is sound."""
        if asked.get("client_id") != CLIENT or asked.get("response_type") != "code":
            return "unknown client or response type"
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return "no PKCE challenge"
        return "" if asked.get("state") else "no state"

    def code_for(self, person: str, asked: dict[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked | {"person": person}
        return code

    def redeem(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return self.refuse("a code used before, or a wrong client")
        if challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return self.refuse("a wrong verifier or address")
        token = secrets.token_urlsafe(16)
        self.tokens[token] = asked["person"]
        now = int(time.time())
        who = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        signed = jwt.encode(
            who | self.people[asked["person"]], KEY, "RS256", headers={"kid": self.name}
        )
        return {"access_token": token, "token_type": "Bearer", "id_token": signed}

    def refuse(self, why: str) -> dict[str, Any]:
        self.refused.append(why)
        return {"error": "invalid_grant", "error_description": why}


class Answers(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self.say(self.provider.configuration())
        elif parts.path == "/jwks":
            key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
            self.say({"keys": [key | {"kid": self.provider.name, "alg": "RS256"}]})
        elif parts.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            person = self.provider.tokens.get(token)
            self.say(self.provider.people[person] if person else {}, 200 if person else 401)
        elif parts.path == "/authorize":
            fault = self.provider.fault_of(flat(parts.query))
            self.page(fault or self.form(parts.query), 400 if fault else 200)
        else:
            self.say({}, 404)

    def do_POST(self) -> None:
        form = flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if urlsplit(self.path).path == "/token":
            answer = self.provider.redeem(form)
            self.say(answer, 400 if "error" in answer else 200)
            return
        asked = flat(form.pop("asked"))
        back = {"state": asked["state"]}
        if form["who"] in self.provider.people:
            back["code"] = self.provider.code_for(form["who"], asked)
        else:
            back["error"] = "access_denied"
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def form(self, query: str) -> str:
        return (
            f"<h1>{escape(self.provider.name)}</h1><form method=post action=/authorize>"
            f"<input type=hidden name=asked value='{escape(query)}'>"
            "<label>Who are you? <input name=who></label><button>Sign in</button></form>"
        )

    def say(self, what: object, status: int = 200) -> None:
        self.send(json.dumps(what), "application/json", status)

    def page(self, text: str, status: int) -> None:
        self.send(f"<!DOCTYPE html><title>Provider</title>{text}", "text/html", status)

    def send(self, text: str, kind: str, status: int) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_anything: object) -> None:
        """It keeps nothing: tests ask the provider itself."""


def flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def running(name: str) -> Iterator[Provider]:
    """A provider that answers until the block ends; then its port is shut."""
    provider = Provider(name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Answers,), {"provider": provider}))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
