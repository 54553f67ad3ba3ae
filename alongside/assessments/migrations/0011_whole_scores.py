"""The scores of some measures are whole numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_struck_out_says_why")]

    operations = [
        migrations.AddField("measure", "is_whole", models.BooleanField(default=False)),
        migrations.RunSQL(
            "UPDATE assessments_measure SET is_whole = true WHERE scoring = 'SDQ'",
            migrations.RunSQL.noop,
        ),
    ]
