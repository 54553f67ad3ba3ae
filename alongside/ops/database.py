"""The database's roles and addresses: an owner for the tables, a web role that owns nothing.

`running` is how every verb gets a database; nothing here knows a table.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from alongside.ops import ground, places
from alongside.ops.ground import DatabaseProblem
from alongside.ops.locks import locked, write_secret
from alongside.ops.postgres import Server

GROUP = "alongside_app"  # Grants go to this role; each database's web role is a member.
WEB, OWNER, ADMIN = (
    "ALONGSIDE_WEB_DATABASE_URL",
    "ALONGSIDE_OWNER_DATABASE_URL",
    "ALONGSIDE_ADMIN_DATABASE_URL",
)


@dataclass(frozen=True)
class Databases:
    owner_url: str
    web_url: str
    server: Server | None = None  # Ours, when it is; so that a supervisor can bring it back.


@contextlib.contextmanager
def running(var: Path | None = None) -> Iterator[Databases]:
    """A database with its roles, for as long as the block lasts; Django's settings find it by name."""
    if os.environ.get(WEB):  # A process of ours above this one made it ready.
        yield Databases(os.environ.get(OWNER, ""), os.environ[WEB])
        return
    with contextlib.ExitStack() as undo:
        undo.callback(restored, {name: os.environ.get(name) for name in (WEB, OWNER, ADMIN)})
        ready = given()
        if ready is None:
            own = undo.enter_context(server(var))
            ready = replace(prepare(own.url, database_name()), server=own.server)
        os.environ[WEB] = ready.web_url
        os.environ[OWNER] = ready.owner_url
        yield ready


def given() -> Databases | None:
    """Production, or anybody who made both roles: the addresses are used as they stand."""
    web, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if web and (owner or places.mode() == "production"):
        return Databases(owner, web)
    if places.mode() == "production":
        raise DatabaseProblem(
            "Production needs DATABASE_URL (the web role) and, for migrations and backups,"
            " DATABASE_OWNER_URL (the owner of the tables). See docs/how-to/run-in-production.md."
        )
    return None


@dataclass(frozen=True)
class Administration:
    url: str
    server: Server | None


@contextlib.contextmanager
def server(var: Path | None = None) -> Iterator[Administration]:
    """The administrator's address: of the server in DATABASE_URL, or of our own while the block lasts."""
    known = os.environ.get(ADMIN) or os.environ.get("DATABASE_URL")
    if known:
        os.environ[ADMIN] = known
        yield Administration(known, None)
        return
    own = Server((var or places.var()) / "postgres", is_disposable=places.mode() == "test")
    own.start()
    try:
        os.environ[ADMIN] = own.admin_url
        yield Administration(own.admin_url, own)
    finally:
        own.stop()


_kept = contextlib.ExitStack()


def admin_url(var: Path | None = None) -> str:
    """The administrator's address for tests; a server of our own is kept until this process ends."""
    if os.environ.get(ADMIN):
        return os.environ[ADMIN]
    import atexit

    own = _kept.enter_context(server(var))
    atexit.register(_kept.close)
    return own.url


def database_name() -> str:
    default = "alongside_test" if places.mode() == "test" else "alongside"
    return os.environ.get("ALONGSIDE_DATABASE_NAME", default)


def prepare(admin_url: str, name: str) -> Databases:
    """Make the database `name` and its two roles where they are missing; safe to repeat."""
    ready = addresses(admin_url, name, name)
    with connect(admin_url) as admin, serialised(admin):
        refuse_plain_role(admin)
        if not exists(admin, "pg_roles", "rolname", GROUP):
            admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(GROUP)))
        make_login(admin, f"{name}_owner", "")
        make_login(admin, f"{name}_web", "NOBYPASSRLS")
        admin.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(GROUP), sql.Identifier(f"{name}_web"))
        )
        if not exists(admin, "pg_database", "datname", name):
            create(admin, name, f"{name}_owner")
        open_to(admin, name, name)
    return ready


def clone(admin_url: str, template: str, name: str) -> Databases:
    """A copy of the database `template` as it stands, used with the template's own roles."""
    with connect(admin_url) as admin, serialised(admin):
        drop_database(admin, name)
        disconnect(admin, template)
        command = "CREATE DATABASE {} TEMPLATE {} OWNER {}"
        parts = (name, template, f"{template}_owner")
        admin.execute(sql.SQL(command).format(*map(sql.Identifier, parts)))
        open_to(admin, name, template)
    return addresses(admin_url, name, template)


def drop(admin_url: str, name: str) -> None:
    """Remove a database, and its roles when nothing else of theirs is left."""
    with connect(admin_url) as admin, serialised(admin):
        drop_database(admin, name)
        for role in (f"{name}_owner", f"{name}_web"):
            with contextlib.suppress(psycopg.errors.DependentObjectsStillExist):
                admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def addresses(admin_url: str, database: str, roles: str) -> Databases:
    return Databases(
        address(admin_url, f"{roles}_owner", database), address(admin_url, f"{roles}_web", database)
    )


def address(admin_url: str, role: str, database: str) -> str:
    """The same server's address for another role, in the one form settings.py reads."""
    facts = {
        key: str(value) for key, value in conninfo_to_dict(admin_url).items() if value is not None
    }
    facts = {
        key: value for key, value in facts.items() if key not in ("user", "password", "dbname")
    }
    query = urlencode(facts, quote_via=quote)
    return f"postgresql://{quote(role)}:{password(role)}@/{quote(database)}" + (
        f"?{query}" if query else ""
    )


def password(role: str) -> str:
    """Made from one secret in the data folder, so that every start and every process agrees."""
    path = places.var() / "secret"
    if not path.exists():
        with ground.explained(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            with locked(path.with_name("secret.lock")):
                if not path.exists():
                    write_secret(path, secrets.token_hex(32))
    with ground.explained(path.parent):
        key = path.read_text().strip().encode()
    return hmac.new(key, f"role:{role}".encode(), hashlib.sha256).hexdigest()[:40]


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        where = without_password(url)
        raise DatabaseProblem(
            f"The database ({where}) did not let us in: {str(error).strip()}"
        ) from error


def without_password(url: str) -> str:
    try:
        facts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return "DATABASE_URL, which is not an address"
    return " ".join(f"{key}={value}" for key, value in facts.items() if key != "password")


@contextlib.contextmanager
def serialised(admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[None]:
    """Two processes making roles at once would meet "tuple concurrently updated"."""
    admin.execute("SELECT pg_advisory_lock(hashtext('alongside.prepare'))")
    try:
        yield
    finally:
        if not admin.closed:
            admin.execute("SELECT pg_advisory_unlock(hashtext('alongside.prepare'))")


def refuse_plain_role(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    row = admin.execute(
        "SELECT rolsuper OR (rolcreaterole AND rolcreatedb), rolname FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row is None or not row[0]:
        raise DatabaseProblem(
            f"DATABASE_URL signs in as {row[1] if row else 'a role'}, which may not make roles and databases."
            " The demonstration and the tests need an administrator's address (a superuser). To use a"
            " database whose roles already exist, set DATABASE_OWNER_URL as well."
        )


def exists(
    admin: psycopg.Connection[tuple[object, ...]], table: str, column: str, value: str
) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(table), sql.Identifier(column)
    )
    return admin.execute(query, [value]).fetchone() is not None


def make_login(admin: psycopg.Connection[tuple[object, ...]], role: str, more: str) -> None:
    verb = "ALTER" if exists(admin, "pg_roles", "rolname", role) else "CREATE"
    is_super = admin.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone() == (True,)
    limits = f"NOSUPERUSER NOREPLICATION {more}" if is_super else ""  # Only a superuser may say so.
    command = f"{verb} ROLE {{}} LOGIN NOCREATEDB NOCREATEROLE {limits} PASSWORD {{}}"
    admin.execute(sql.SQL(command).format(sql.Identifier(role), sql.Literal(password(role))))
    if not is_super:
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def create(admin: psycopg.Connection[tuple[object, ...]], name: str, owner: str) -> None:
    if admin.info.server_version >= 170000:
        locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
    else:
        locale = "LOCALE 'C.UTF-8'"
    command = f"CREATE DATABASE {{}} OWNER {{}} TEMPLATE template0 ENCODING 'UTF8' {locale}"
    admin.execute(sql.SQL(command).format(sql.Identifier(name), sql.Identifier(owner)))


def open_to(admin: psycopg.Connection[tuple[object, ...]], name: str, roles: str) -> None:
    """Nobody else's web role may even connect."""
    database, web = sql.Identifier(name), sql.Identifier(f"{roles}_web")
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, web))


def drop_database(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def disconnect(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
        [name],
    )


def restored(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
