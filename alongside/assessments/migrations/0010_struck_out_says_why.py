"""What is struck out says why and by whom."""

from django.db import migrations, models
from django.db.models import Q

SAYS = Q(struck_out_because="", struck_out_by=None) | (
    ~Q(struck_out_because="") & Q(struck_out_by__isnull=False)
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_put_right")]

    operations = [
        migrations.AddConstraint(
            "voice",
            models.CheckConstraint(condition=SAYS, name="words_struck_out_say_why_and_by_whom"),
        ),
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(condition=SAYS, name="a_need_struck_out_says_why_and_by_whom"),
        ),
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(
                condition=Q(struck_out_because="") | Q(ended_on__isnull=False),
                name="a_need_struck_out_stands_no_more",
            ),
        ),
    ]
