"""Refuses to run production with anything only a demonstration may have; says what to put right."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from alongside.ops import database
from alongside.ops.places import Problem

SHORTEST_KEY = 50
DEFAULT_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
# A role counts as all that it is a member of: PostgreSQL lifts the walls for an owner's members too,
# and any member may become what it is a member of.
ROLE_FACTS = """
    SELECT bool_or(rolsuper), bool_or(rolbypassrls), bool_or(rolcreaterole),
           bool_or(EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)),
           bool_or(EXISTS (SELECT 1 FROM pg_database
                           WHERE datname = current_database() AND datdba = pg_roles.oid))
    FROM pg_roles
    WHERE rolname = current_user
       OR (NOT (SELECT me.rolsuper FROM pg_roles me WHERE me.rolname = current_user)
           AND pg_has_role(current_user, pg_roles.oid, 'MEMBER'))
"""


def refuse_unsafe() -> None:
    """Called before production serves, works or migrates."""
    from django.conf import settings

    if not settings.IS_PRODUCTION:
        return
    faults = [*settings_faults(settings), *database_faults()]
    if faults:
        listed = "\n".join(f"  - {fault}" for fault in faults)
        raise Problem(f"Alongside will not start in production until this is put right:\n{listed}")


def settings_faults(settings: Any) -> Iterator[str]:
    key = secret_key(settings)
    if len(key) < SHORTEST_KEY or key.startswith("demonstration"):
        yield f"ALONGSIDE_SECRET_KEY is missing or short: give it {SHORTEST_KEY} random characters or more."
    if settings.IS_DEMONSTRATION:
        yield "Demonstration sign-in is on, which lets anyone in as anyone."
    if settings.DEBUG:
        yield "DEBUG is on, which shows records on error pages."
    if "*" in settings.ALLOWED_HOSTS or not set(settings.ALLOWED_HOSTS) - DEFAULT_HOSTS:
        yield "ALONGSIDE_HOSTS does not name the address people use, such as alongside.example.gov.uk."
    if not settings.PUBLIC_URL.startswith("https://"):
        yield "ALONGSIDE_URL must be the https:// address people use."
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield "Cookies may travel without encryption."
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        yield from council_faults(app)


def council_faults(app: dict[str, Any]) -> Iterator[str]:
    """What is missing before a council's own sign-in can be trusted."""
    name = f"ALONGSIDE_OIDC_{app['provider_id']}"
    for part, value in (("CLIENT_ID", app["client_id"]), ("SECRET", app["secret"])):
        if not value:
            yield f"{name}_{part} is missing: the council's provider gave it with the client."
    server = urlsplit(app["settings"]["server_url"])
    if server.scheme != "https" and server.hostname not in ("localhost", "127.0.0.1", "::1"):
        yield f"{name}_SERVER must be an https:// address, or anybody on the way could sign in."


def secret_key(settings: Any) -> str:
    """Django would rather raise than hand out an empty one."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def database_faults() -> Iterator[str]:
    """Asked beside Django's pool, which would try for long and then not say why."""
    try:
        with database.connect(os.environ[database.WEB]) as web:
            facts = web.execute(ROLE_FACTS).fetchone()
    except Problem as problem:
        yield f"DATABASE_URL does not work. {problem}"
        return
    assert facts is not None
    yield from role_faults(*(bool(fact) for fact in facts))


def role_faults(
    is_super: bool, skips_policies: bool, makes_roles: bool, owns_tables: bool, owns_database: bool
) -> Iterator[str]:
    if is_super:
        yield "DATABASE_URL signs in as a superuser, whom no wall between councils stops."
    if skips_policies:
        yield "DATABASE_URL signs in as a role with BYPASSRLS, whom no wall between councils stops."
    if makes_roles:
        yield "DATABASE_URL signs in as a role that may make roles."
    if owns_tables or owns_database:
        yield "DATABASE_URL signs in as an owner, whom no wall stops: use the web role, and keep the owner for DATABASE_OWNER_URL."
