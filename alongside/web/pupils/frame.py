"""What stands above every screen about a pupil: banner with its clocks, and the tabs."""

from typing import Any

from alongside.cases.models import CaseState
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.core.reach import Reading
from alongside.people import queries
from alongside.people.models import Pupil
from alongside.people.queries.banner import banner_lists
from alongside.people.queries.rows import Lists, gathered
from alongside.web.pupils.cases import facts
from alongside.web.pupils.due import clocks, due_lists, due_of, with_calendar
from alongside.web.pupils.tabs import pupil_tabs, tab_lists


def pupil_frame(actor: Actor, pupil: Pupil, current: str = "") -> dict[str, Any]:
    """`banner`, `tabs`, `tabs_label` and `pupil`: the record and form shapes print them.

    `dues` is what the banner's clocks are the first of, for a screen that lists them all; of
    `school_id`, a school that has worked with a case, the days are at hand.
    """
    found = with_calendar(
        actor,
        _around(
            pupil,
            actor.reading,
            actor.reads_casework,
            actor.may(Permission.REFERRAL_SCREEN),
            today=actor.today,
            staff_id=actor.staff_id,
        ),
    )
    pupil.has_open_case = any(case["state"] != CaseState.CLOSED for case in found["cases"])  # type: ignore[attr-defined]
    dues = due_of(actor, pupil, found)
    banner = queries.banner(actor, pupil, found)
    banner["facts"] += facts(actor, found["cases"])
    return {
        "banner": banner | {"clocks": clocks(actor, dues)},
        "dues": dues,
        "school_id": next((case["school_id"] for case in found["cases"]), None),
        "tabs": pupil_tabs(actor, pupil, current, found),
        "tabs_label": f"Record of {pupil.name}",
        "pupil": pupil,
        "concern_url": f"/concerns/new/?pupil={pupil.pk}",
    }


@gathered
def _around(
    reading: Reading, knows_casework: bool, screens: bool, *, today: Any, staff_id: Any
) -> Lists:
    """All that stands above a screen of the record, in one query."""
    return {
        **due_lists(knows_casework, screens, staff_id=staff_id),
        **banner_lists(today),
        **tab_lists(reading, staff_id),
    }


def ask_of(frame: dict[str, Any]) -> str:
    """Whom to ask what is restricted, as the banner of this frame names them."""
    return str(frame["banner"]["ask"])
