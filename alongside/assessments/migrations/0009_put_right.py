"""A child's words and a need are struck out and moved as a score is; words are shared when said so."""

import django.db.models.deletion
from django.db import migrations, models

BY_WHOM = """
UPDATE assessments_voice v SET struck_out_by_id = r.struck_out_by_id
FROM assessments_measureresult r
WHERE r.sitting = v.sitting AND r.pupil_id = v.pupil_id AND v.struck_out_because <> ''
"""


def put_right(model, *, has_reason=False):
    key = {"on_delete": django.db.models.deletion.PROTECT, "null": True, "blank": True}
    fields = {
        "entry": models.ForeignKey(related_name="+", to="people.chronologyentry", **key),
        "moved_from": models.OneToOneField(
            related_name="moved_to", to=f"assessments.{model}", **key
        ),
        "struck_out_by": models.ForeignKey(related_name="+", to="core.staff", **key),
    }
    if not has_reason:
        fields["struck_out_because"] = models.CharField(blank=True, max_length=300)
    return [
        migrations.AddField(model_name=model, name=name, field=field)
        for name, field in fields.items()
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0008_words_withdrawn"),
        ("people", "0006_named_readers_and_needs"),
    ]

    operations = [
        migrations.RenameField("voice", "withdrawn_because", "struck_out_because"),
        migrations.AlterField("voice", "is_shared", models.BooleanField(default=False)),
        *put_right("voice", has_reason=True),
        *put_right("need"),
        migrations.RunSQL(BY_WHOM, migrations.RunSQL.noop),
    ]
