"""A form that was sent, so that it is taken once."""

import alongside.core.base
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0006_neighbourhood_merged_away")]

    operations = [
        migrations.CreateModel(
            name="Sent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("token", models.CharField(max_length=64)),
                ("url", models.CharField(blank=True, max_length=300)),
                (
                    "council",
                    models.ForeignKey(
                        db_default=alongside.core.base.CurrentCouncil(),
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.council",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.staff",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "token"), name="a_form_is_sent_once")
                ],
            },
        ),
    ]
