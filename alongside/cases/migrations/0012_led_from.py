from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_approved_copies")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="led_from",
            field=models.DateField(blank=True, null=True),
        ),
    ]
