from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_due_all_the_same")]

    operations = [
        migrations.AddField(
            model_name="reportapproval",
            name="copy",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]
