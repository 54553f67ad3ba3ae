from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_registers_by_their_own_index")]

    operations = [
        migrations.AddField(
            model_name="registerchange",
            name="moved",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
