"""A school's agreement says which school gave it: so far, the school that the case was at."""

import django.db.models.deletion
from django.db import migrations, models

BY_WHICH = """
UPDATE plans_agreement a SET school_id = c.school_id
FROM plans_plan p JOIN cases_case c ON c.id = p.case_id
WHERE p.id = a.plan_id AND a.party = 'SCHOOL'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("plans", "0011_updates_acknowledged"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
        migrations.RunSQL(BY_WHICH, migrations.RunSQL.noop),
    ]
