"""Empties a demonstration's database before it is filled again."""

import psycopg
from psycopg import sql

from alongside.ops.database import Databases


def empty(databases: Databases) -> None:
    """Drop every table and function, as their owner. Migrations make them again."""
    with psycopg.connect(databases.owner_url, autocommit=True) as owner:
        name = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS NULL").format(name))
        owner.execute("DROP SCHEMA IF EXISTS sec CASCADE")
        owner.execute("DROP SCHEMA IF EXISTS public CASCADE")
        owner.execute("CREATE SCHEMA public")
        owner.execute("GRANT USAGE ON SCHEMA public TO alongside_app")
