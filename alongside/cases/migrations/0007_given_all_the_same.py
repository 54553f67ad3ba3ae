from django.db import migrations, models


def despite() -> models.CharField:
    return models.CharField(blank=True, db_default="", max_length=500)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_chronologies_to_approve")]

    operations = [
        migrations.AddField(model_name="allocation", name="despite", field=despite()),
        migrations.AddField(model_name="cover", name="despite", field=despite()),
        migrations.AddField(model_name="plannedhandover", name="despite", field=despite()),
    ]
