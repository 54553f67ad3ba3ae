from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_given_all_the_same")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="ended_because",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
    ]
