from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_lessons")]

    operations = [
        migrations.AddField(
            model_name="targetscore",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
