from django.db import migrations, models


def despite() -> models.CharField:
    return models.CharField(blank=True, db_default="", max_length=500)


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_what_runs")]

    operations = [
        migrations.AddField(model_name="task", name="despite", field=despite()),
        migrations.AddField(model_name="stepowner", name="despite", field=despite()),
        migrations.AddField(model_name="sustainedcheck", name="despite", field=despite()),
        migrations.AddField(model_name="escalation", name="despite", field=despite()),
    ]
