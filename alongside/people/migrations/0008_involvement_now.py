"""Involvements that have not ended are found without reading those that have."""

from django.db import migrations, models
from django.db.models import F, Func

LAST_DAY = Func(
    F("access_ends_on"),
    template="CASE WHEN %(expressions)s IS NULL THEN 'infinity'::date ELSE %(expressions)s END",
    output_field=models.DateField(),
)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_documents_changed")]

    operations = [
        migrations.AddIndex(
            "involvement", models.Index(F("staff"), LAST_DAY, name="involvement_now_of_staff")
        ),
        migrations.AddIndex(
            "involvement", models.Index(F("place"), LAST_DAY, name="involvement_now_of_place")
        ),
    ]
