"""Which councils sign their people in themselves, read from the environment. Must import nothing of ours.

For a council with the code 991: ALONGSIDE_OIDC_991_SERVER, _CLIENT_ID and _SECRET as its provider
gave them, _NAME as the button says it, and _DOMAINS where the provider does not say which e-mail
addresses it has verified: addresses of these domains are then taken for verified.
"""

import re
from collections.abc import Iterator, Mapping

SERVER = re.compile(r"ALONGSIDE_OIDC_(\w+)_SERVER")


def apps(environment: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """One app of allauth's a council, known by the council's code."""
    for name in sorted(environment):
        found = SERVER.fullmatch(name)
        if found and environment[name]:
            yield _app(found[1], environment)


def _app(code: str, environment: Mapping[str, str]) -> dict[str, object]:
    def given(name: str, default: str = "") -> str:
        return environment.get(f"ALONGSIDE_OIDC_{code}_{name}", default)

    return {
        "provider_id": code,
        "name": given("NAME", "your council account"),
        "client_id": given("CLIENT_ID"),
        "secret": given("SECRET"),
        "settings": {
            "server_url": given("SERVER").rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": ["openid", "email"],  # Who it is; nothing else is kept of them.
            "verified_email": given("DOMAINS").replace(",", " ").split(),
        },
    }
