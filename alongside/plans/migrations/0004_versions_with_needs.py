import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Value


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_what_is_due")]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="needs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, db_default=Value("{}")
            ),
        ),
    ]
