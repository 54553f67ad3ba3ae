"""How the server plans a statement it was asked before: once, or anew for the values of each asking.

Left to itself it compares what it guesses of both, and guesses what planning costs too low: of many a
list, planning for the values took three times as long as reading the rows. So a connection plans once
(settings.py), and the few statements of which one plan cannot suit both the few rows and the many say
`@planned_for_its_values` (core/prepared.py). See ADR 0010.
"""

from django.db import connection

ONCE, EACH_TIME = "force_generic_plan", "force_custom_plan"  # PostgreSQL's `plan_cache_mode`.


def choose(how: str) -> None:
    """For this transaction; nothing is sent when it was told so already."""
    if not connection.in_atomic_block:
        return  # It would hold for no statement but itself.
    if how != getattr(connection, "planned", ONCE):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('plan_cache_mode', %s, true)", [how])
        connection.planned = how  # type: ignore[attr-defined]


def start() -> None:
    """A transaction begins: each starts with plans made once."""
    connection.planned = ONCE  # type: ignore[attr-defined]
