"""Raises the walls in the database: row-level security, history triggers and the web role's grants.

Run by the tables' owner after every migration; the same run twice changes nothing. A table
without a wall gets no grant either, so the web role cannot touch it: the walls fail closed.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.core.base import CouncilModel, Wall

SQL = Path(__file__).parent / "sql"
APP_ROLE = "alongside_app"
OWN_COUNCIL = "council_id = (SELECT sec.council_id())"
CLEARED = "information_class = ANY ((SELECT sec.clearance())::text[])"
READS_WORK = "is_shared OR recorded_by_id = (SELECT sec.staff_id()) OR (SELECT sec.reads_work())"
SHARED = "is_shared AND information_class = ANY ((SELECT sec.shared())::text[])"
ONLY_ADDED_TO = (Wall.APPEND, Wall.LOCKED)

# Tables without a council, each with why it needs no council wall, and what the web role may do.
OUTSIDE_THE_WALL = {
    "core_account": (
        "sign-in comes before anyone is known; holds no name",
        "SELECT, INSERT, UPDATE",
    ),
    "core_auditseal": ("hashes only; written by sec.seal_audit()", "SELECT"),
    "core_limits": (
        "limits on guessing come before anyone is known; holds numbers of accounts, no name",
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "django_session": ("sign-in comes before anyone is known", "ALL"),
    "django_migrations": ("names of migrations", "SELECT"),
    "django_content_type": ("names of tables", "SELECT"),
    "auth_permission": ("not used: see core.permissions", "SELECT"),
    "auth_group": ("not used", "SELECT"),
    "auth_group_permissions": ("not used", "SELECT"),
}
# Tables of libraries that work before or outside an actor: sign-in secrets, lock-out, jobs.
LIBRARIES_OUTSIDE_THE_WALL = {
    "account_": "e-mail addresses of accounts, for sign-in",
    "mfa_": "second factors of accounts, encrypted or hashed by allauth",
    "socialaccount_": "a council's own sign-in",
    "axes_": "failed sign-ins, for lock-out",
    "procrastinate_": "jobs: identifiers only, never a name",
}


def protected_models() -> Iterator[type[CouncilModel]]:
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, CouncilModel):
            yield model


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Bring every table's policies, triggers and grants to what the models declare."""
    with connection.cursor() as cursor:
        cursor.execute(statements(connection))


def fingerprint(connection: BaseDatabaseWrapper) -> str:
    """Changes when any wall would: lets a start skip what stands already."""
    return hashlib.sha256(statements(connection).encode()).hexdigest()


def statements(connection: BaseDatabaseWrapper) -> str:
    parts = [(SQL / name).read_text() for name in ("sec.sql", "identity.sql", "history.sql")]
    parts += [_demonstration()]
    parts += ["\n".join(sorted(path.read_text() for path in _context_sql()))]
    parts += [_wall(model) for model in protected_models()]
    parts += [_council_itself(), _append_only("core_auditseal")]
    parts += list(_grants(connection.introspection.table_names()))
    return "\n".join(part for part in parts if part)


def _demonstration() -> str:
    """Signing in by role exists where everyone is invented, and is taken away anywhere else."""
    if settings.IS_DEMONSTRATION:
        return (SQL / "demonstration.sql").read_text()
    return "DROP FUNCTION IF EXISTS sec.demonstration_people();"


def _context_sql() -> list[Path]:
    """Functions that a context adds to the wall stand in its own `sql` folder."""
    folders = (Path(config.path) / "sql" for config in apps.get_app_configs())
    return [path for folder in folders if folder != SQL for path in folder.glob("*.sql")]


def _wall(model: type[CouncilModel]) -> str:
    table = model._meta.db_table
    read, write = _conditions(model)
    lines = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
        f"DROP POLICY IF EXISTS wall_read ON {table};",
        f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({read});",
        f"DROP POLICY IF EXISTS wall_add ON {table};",
        f"CREATE POLICY wall_add ON {table} FOR INSERT WITH CHECK ({write});",
        f"DROP POLICY IF EXISTS wall_change ON {table};",
        f"DROP POLICY IF EXISTS wall_remove ON {table};",
    ]
    if model.wall in ONLY_ADDED_TO or not _is_changed_by_web(model):
        lines.append(_append_only(table) if model.wall in ONLY_ADDED_TO else "")
    else:
        lines += [
            f"CREATE POLICY wall_change ON {table} FOR UPDATE USING ({read}) WITH CHECK ({write});",
            f"CREATE POLICY wall_remove ON {table} FOR DELETE USING ({read});",
        ]
    lines.append(f"DROP TRIGGER IF EXISTS keep_history ON {table};")
    if model.keeps_history:
        default_class = _lowest_class(model)
        lines.append(
            f"CREATE TRIGGER keep_history AFTER UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION sec.keep_history('{default_class}');"
        )
    return "\n".join(lines)


def _conditions(model: type[CouncilModel]) -> tuple[str, str]:
    """What may be read, and what may be written, as SQL."""
    names = {field.name for field in model._meta.fields}
    if model.wall is Wall.OWN:
        own = f"{OWN_COUNCIL} AND staff_id = (SELECT sec.staff_id())"
        return own, own
    if model.wall is Wall.SHARED:
        return f"{OWN_COUNCIL} AND ({READS_WORK})", OWN_COUNCIL
    if model.wall in (Wall.CLEARANCE, Wall.LOCKED):
        either = [CLEARED]
        for writer in ("recorded_by", "uploaded_by"):
            if writer in names:
                either.append(f"{writer}_id = (SELECT sec.staff_id())")
        if "is_shared" in names:
            either.append(SHARED)
        return (
            f"{OWN_COUNCIL} AND ({' OR '.join(f'({e})' for e in either)})",
            OWN_COUNCIL,
        )
    return OWN_COUNCIL, OWN_COUNCIL


def _is_changed_by_web(model: type[models.Model]) -> bool:
    return model._meta.db_table != "core_rowhistory"


def _lowest_class(model: type[CouncilModel]) -> str:
    """Rows without a class of their own have their history behind the highest of their fields."""
    return max(str(c) for c in model.handling.fields)


def _append_only(table: str) -> str:
    return (
        f"DROP TRIGGER IF EXISTS append_only ON {table};"
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION sec.refuse_change();"
        f"DROP TRIGGER IF EXISTS append_only_whole ON {table};"
        f"CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION sec.refuse_change();"
    )


def _council_itself() -> str:
    return (
        "ALTER TABLE core_council ENABLE ROW LEVEL SECURITY;"
        "DROP POLICY IF EXISTS wall_read ON core_council;"
        "CREATE POLICY wall_read ON core_council FOR SELECT USING (id = (SELECT sec.council_id()));"
    )


def _grants(tables: list[str]) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public, sec TO {APP_ROLE};"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, sec TO {APP_ROLE};"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};"
    yield f"GRANT SELECT ON core_council TO {APP_ROLE};"
    for model in protected_models():
        table = model._meta.db_table
        rights = "SELECT, INSERT, UPDATE, DELETE"
        if model.wall in ONLY_ADDED_TO:
            rights = "SELECT, INSERT"
        if not _is_changed_by_web(model):
            rights = "SELECT"
        yield f"REVOKE ALL ON {table} FROM {APP_ROLE};GRANT {rights} ON {table} TO {APP_ROLE};"
    for table in sorted(tables):
        if table in OUTSIDE_THE_WALL:
            yield f"GRANT {OUTSIDE_THE_WALL[table][1]} ON {table} TO {APP_ROLE};"
        elif table.startswith(tuple(LIBRARIES_OUTSIDE_THE_WALL)):
            yield f"GRANT ALL ON {table} TO {APP_ROLE};"
