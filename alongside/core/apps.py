from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

# A worker's own pages ask some 200 different statements; psycopg would keep 100 of them planned.
STATEMENTS_KEPT = 500


class CoreConfig(AppConfig):
    name = "alongside.core"
    label = "core"
    verbose_name = "Councils, staff and the audit trail"

    def ready(self) -> None:
        connection_created.connect(_keep_more_statements)


def _keep_more_statements(connection: Any, **_: object) -> None:
    connection.connection.prepared_max = STATEMENTS_KEPT
