import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathways", "0004_set_on_screen")]

    operations = [
        migrations.AddField(
            model_name="plantype",
            name="approving",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), blank=True, default=list
            ),
        ),
        migrations.AddField(
            model_name="plantype",
            name="is_added",
            field=models.BooleanField(default=False),
        ),
    ]
