"""Who saved a record last and when, for every page that says that somebody else was first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.core.models import RowHistory

# Who made a record that nobody has changed since.
MAKERS = ("recorded_by", "written_by", "updated_by", "added_by")


@dataclass(frozen=True)
class LastSaved:
    by: str
    at: datetime | None
    staff_id: int | None = None  # Whoever compares two versions may have saved both.


def last_saved(record: Any) -> LastSaved:
    """As far as this actor may read the history; else "Somebody".

    A record with a version was saved when its version changed: other changes, such as whether it is
    shared, are no saving of what two people write.
    """
    lines = RowHistory.objects.filter(table_name=record._meta.db_table, row_id=record.pk)
    if hasattr(record, "version"):
        lines = lines.filter(before__has_key="version")
    if line := lines.select_related("staff").order_by("-id").first():
        name = line.staff.name if line.staff else "Somebody"
        return LastSaved(name, line.created_at, line.staff_id)
    maker = next((getattr(record, name) for name in MAKERS if hasattr(record, name)), None)
    made_at = getattr(record, "created_at", None)
    return LastSaved(maker.name, made_at, maker.pk) if maker else LastSaved("Somebody", made_at)
