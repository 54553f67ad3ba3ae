from django.apps import AppConfig
from django.db.backends.signals import connection_created

from alongside.core import statements


class CoreConfig(AppConfig):
    name = "alongside.core"
    label = "core"
    verbose_name = "Councils, staff and the audit trail"

    def ready(self) -> None:
        statements.remember_more()
        connection_created.connect(statements.keep_more)
