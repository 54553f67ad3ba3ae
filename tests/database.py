"""The test database: a migrated template, cloned fresh for each run and each worker.

Loaded as a pytest plugin before Django's settings are read, because they name the database.
"""

import hashlib
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ["ALONGSIDE_MODE"] = "test"
os.environ.setdefault("ALONGSIDE_VAR", str(ROOT / "var" / "test"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop.

(Path(os.environ["ALONGSIDE_VAR"]) / "static").mkdir(parents=True, exist_ok=True)

from alongside.ops import database
from alongside.ops.locks import locked

TEMPLATE = "alongside_template"
WORK = f"alongside_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
ADMIN = database.admin_url()
READY = database.addresses(ADMIN, WORK, TEMPLATE)
os.environ[database.WEB] = READY.web_url
os.environ[database.OWNER] = READY.owner_url


def fingerprint() -> str:
    """Changes with any migration, wall or model: then the template is made anew."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "alongside").rglob("*")):
        if (
            path.suffix == ".sql"
            or path.name in ("walls.py", "base.py", "handling.py")
            or (
                path.suffix == ".py" and ("migrations" in path.parts or "models" in path.as_posix())
            )
        ):
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A database of this run's own, with every wall standing, reached as the web role."""
    from django.db import connections

    lock = Path(os.environ["ALONGSIDE_VAR"]) / "template.lock"
    with django_db_blocker.unblock(), locked(lock):
        if template_fingerprint() != fingerprint():
            make_template()
        database.prepare(ADMIN, TEMPLATE)  # The roles' passwords may be another checkout's.
        database.clone(ADMIN, TEMPLATE, WORK)
    yield
    with django_db_blocker.unblock():
        for connection in connections.all(initialized_only=True):
            connection.close()
    with database.connect(ADMIN) as admin:
        database.drop_database(admin, WORK)


def template_fingerprint() -> str:
    with database.connect(ADMIN) as admin:
        found = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [TEMPLATE],
        ).fetchone()
    return (found and found[0]) or ""


def make_template() -> None:
    from django.core.management import call_command
    from django.db import connections

    from alongside.core.walls import raise_walls

    with database.connect(ADMIN) as admin:
        database.drop_database(admin, TEMPLATE)
    database.prepare(ADMIN, TEMPLATE)
    owner = connections["owner"]
    owner.close()
    owner.settings_dict["NAME"] = TEMPLATE
    call_command("migrate", database="owner", verbosity=0)
    raise_walls(owner)
    owner.close()
    owner.settings_dict["NAME"] = WORK
    with database.connect(ADMIN) as admin:
        admin.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{fingerprint()}'")
