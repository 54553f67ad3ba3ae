"""The schema that walls stand on, before the first table: column defaults ask it who is acting."""

from pathlib import Path

from django.db import migrations

SEC = (Path(__file__).parent.parent / "sql" / "sec.sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(SEC, "DROP SCHEMA sec CASCADE"),
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm;"
            "CREATE EXTENSION IF NOT EXISTS btree_gin;"
            "CREATE EXTENSION IF NOT EXISTS btree_gist;"
            "CREATE EXTENSION IF NOT EXISTS unaccent;",
            migrations.RunSQL.noop,
        ),
    ]
