"""Who saved a record last, for the page that shows two versions side by side."""

from datetime import datetime

from alongside.core.models import RowHistory


def last_saved(table: str, row_id: int) -> tuple[str, datetime | None]:
    """The name and the time, as far as this actor may read the history; else "Somebody"."""
    line = (
        RowHistory.objects.filter(table_name=table, row_id=row_id)
        .select_related("staff")
        .order_by("-id")
        .first()
    )
    if line is None:
        return "Somebody", None
    return (line.staff.name if line.staff else "Somebody"), line.created_at
