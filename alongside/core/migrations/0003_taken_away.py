"""A role given by mistake is taken away at once, and says when, by whom and why."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("core", "0002_purpose")]

    operations = [
        migrations.RemoveConstraint("roleassignment", "a_role_ends_after_it_starts"),
        migrations.AddField(
            "roleassignment", "taken_away_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "roleassignment",
            "taken_away_because",
            models.CharField(blank=True, db_default="", max_length=300),
        ),
        migrations.AddField(
            "roleassignment",
            "taken_away_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.staff",
            ),
        ),
        migrations.AddConstraint(
            "roleassignment",
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on"))
                | Q(taken_away_at__isnull=False),
                name="a_role_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            "roleassignment",
            models.CheckConstraint(
                condition=Q(taken_away_at__isnull=True)
                | (Q(ends_on__isnull=False) & ~Q(taken_away_because="")),
                name="a_role_taken_away_has_ended_and_says_why",
            ),
        ),
    ]
