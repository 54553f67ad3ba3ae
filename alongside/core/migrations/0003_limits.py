"""Counts of wrong codes and codes already used, where every web process sees the same."""

from django.db import migrations

MAKE = """
    CREATE TABLE core_limits (
        cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
    );
    CREATE INDEX core_limits_expires ON core_limits (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_line_manager")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE core_limits")]
