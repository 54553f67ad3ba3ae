from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("pathways", "0005_kinds_added_on_screen")]

    operations = [
        migrations.AlterField(
            model_name="stage",
            name="decided_by_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("service", "The service’s own: whoever accepts, moves or reviews"),
                    ("panel_member", "Panel member, chair or clerk"),
                    ("lead_practitioner", "Lead Practitioner"),
                    ("outreach_manager", "Assistant Headteacher (outreach)"),
                    ("pru_headteacher", "Headteacher or senior leader, PRU"),
                    ("pru_sendco", "SENDCo, PRU"),
                    ("casework_supervisor", "Casework supervisor"),
                    ("inclusion_officer", "Inclusion officer, council"),
                    ("council_send", "Council SEND, admissions or fair access"),
                    ("operational_group", "Operational Group"),
                ],
                db_default="",
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="decided_by",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddField(
            model_name="standing",
            name="decided_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=Q(decided_by="", decided_on=None)
                | (~Q(decided_by="") & Q(decided_on__isnull=False)),
                name="a_decision_has_its_day",
            ),
        ),
    ]
