"""A document's title and class may be changed; two who do so at once are told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_named_readers_and_needs")]

    operations = [
        migrations.AddField("document", "version", models.PositiveIntegerField(default=1)),
    ]
