"""How statements are planned: once a connection, but for those of which one plan cannot suit all values."""

import pytest
from django.db import connection, transaction

from alongside.core import planning
from alongside.core.models import Staff
from alongside.core.prepared import planned_for_its_values, prepared

pytestmark = pytest.mark.django_db


@prepared
def _once(*, name):
    return Staff.objects.filter(name__startswith=name).order_by("pk").values("pk")


@planned_for_its_values
def _each_time(*, name):
    return Staff.objects.filter(name__endswith=name).order_by("pk").values("pk")


def _mode() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return cursor.fetchone()[0]


def _plans_of(sql_part: str) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE position(%s in statement) > 0",
            [sql_part],
        )
        return cursor.fetchone()


def test_a_connection_plans_a_statement_once(acting):
    acting("asha")
    for _ in range(6):
        _once(name="D")

    generic, custom = _plans_of('"core_staff"."name"::text LIKE')

    assert generic > 0
    assert custom == 0


def test_a_statement_of_few_or_many_rows_is_planned_for_its_values(acting):
    acting("asha")

    with transaction.atomic():
        _each_time(name="a")
        assert _mode() == "force_custom_plan"
        _once(name="D")
        assert _mode() == "force_generic_plan"


def test_each_transaction_starts_with_plans_made_once(acting):
    connection.planned = planning.EACH_TIME  # As the transaction before this one left it.

    acting("asha")
    _each_time(name="a")

    assert _mode() == "force_custom_plan"
