"""Class lists handed in for a school, and their lines a page at a time."""

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.decisions import NotFound
from alongside.core.permissions import Permission
from alongside.people import list_policy
from alongside.people.models import ListRow, PupilList
from alongside.schools.models import School

LINES_A_PAGE = 50


def lists_of(actor: Actor, school: School) -> QuerySet[PupilList]:
    """Newest first; the lists of a school that somebody is not over are those they handed in."""
    found = PupilList.objects.filter(school__place_id=school.place_id)
    over = actor.place_ids(permission=Permission.PUPIL_IMPORT)
    if not actor.is_system and school.place_id not in over:
        found = found.filter(read_by_id=actor.staff_id)
    return found.select_related("read_by", "school").order_by("-id")


def get_list(actor: Actor, school: School, list_id: int) -> PupilList:
    """One list of this school; of another school's lists nobody here is told."""
    found = lists_of(actor, school).filter(pk=list_id).first()
    if found is None or not list_policy.see_list(actor, found):
        raise NotFound
    return found


def get_line(found: PupilList, row_id: int) -> ListRow:
    try:
        return found.rows.select_related("pupil_list__school", "pupil").get(pk=row_id)
    except ListRow.DoesNotExist:
        raise NotFound from None


def page_of_lines(found: PupilList, outcome: str, after: int) -> tuple[list[ListRow], int]:
    """Lines of one outcome, and where the next page begins; nought when there is none."""
    rows = (
        found.rows.filter(outcome=outcome, line__gt=after)
        if after
        else found.rows.filter(outcome=outcome)
    )
    page = list(rows.select_related("pupil").order_by("line")[: LINES_A_PAGE + 1])
    more = len(page) > LINES_A_PAGE
    return page[:LINES_A_PAGE], page[LINES_A_PAGE - 1].line if more else 0


def decided(found: PupilList) -> int:
    """Doubtful lines that a person decided and that are not applied yet."""
    rows = found.rows.filter(outcome=ListRow.Outcome.DOUBT, applied_at=None)
    return rows.exclude(decision__in=["", "leave"]).count()
