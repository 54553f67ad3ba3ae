"""A visit says that it was made. Those of days gone by counted as made until now, and still do."""

from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone


def as_they_counted(apps, schema_editor):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    gone_by = apps.get_model("fieldwork", "Visit").objects.using(schema_editor.connection.alias)
    gone_by.filter(starts_at__lt=midnight, cancelled_because="").update(done_at=F("starts_at"))


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0002_shared_with_which_school")]

    operations = [
        migrations.AddField("visit", "done_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(as_they_counted, migrations.RunPython.noop),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(cancelled_because=""),
                name="a_visit_called_off_was_not_made",
            ),
        ),
    ]
