from django.db import migrations, models
from django.db.models import F

from alongside.people.models.around import LAST_DAY

ASKED = ("pupil", "starts_on", "access_ends_on", "council")


class Migration(migrations.Migration):
    dependencies = [("people", "0005_last_days_corrected")]

    operations = [
        migrations.RemoveIndex("involvement", "involvement_now_of_staff"),
        migrations.RemoveIndex("involvement", "involvement_now_of_place"),
        migrations.AddIndex(
            "involvement",
            models.Index(F("staff"), LAST_DAY, include=ASKED, name="involvement_of_staff_now"),
        ),
        migrations.AddIndex(
            "involvement",
            models.Index(F("place"), LAST_DAY, include=ASKED, name="involvement_of_place_now"),
        ),
    ]
