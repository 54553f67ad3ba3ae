"""The day on which a closed case was last opened again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_next_steps")]

    operations = [
        migrations.AddField("case", "reopened_on", models.DateField(blank=True, null=True)),
    ]
