"""Reviews of the last weeks are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_scored_in_the_meeting")]

    operations = [
        migrations.AddIndex("review", models.Index(fields=["held_on"], name="reviews_by_day"))
    ]
