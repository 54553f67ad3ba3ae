"""How much was done with a child, in numbers alone: for reports that others approve. No word of it."""

from django.db.models import BigIntegerField, Func, JSONField, Value

from alongside.cases.models import Case


def sessions_held(case: Case) -> Func:
    """Attendance and minutes of each session of a case that the actor has already opened, as a list to
    stand beside others in one query."""
    held: Func = Func(
        Value(case.pk, output_field=BigIntegerField()),
        function="sec.sessions_held",
        output_field=JSONField(),
    )
    return held
