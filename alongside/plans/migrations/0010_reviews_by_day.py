"""Reviews of the last weeks are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_timetable")]

    operations = [
        migrations.AddIndex("review", models.Index(fields=["held_on"], name="reviews_by_day"))
    ]
