"""What stands above every screen about a pupil: banner with its clocks, and the tabs."""

from typing import Any

from alongside.core.actor import Actor
from alongside.people import queries
from alongside.people.models import Pupil
from alongside.web.pupils.cases import facts
from alongside.web.pupils.due import clocks, due_of, running_of
from alongside.web.pupils.tabs import pupil_tabs


def pupil_frame(actor: Actor, pupil: Pupil, current: str = "") -> dict[str, Any]:
    """`banner`, `tabs`, `tabs_label` and `pupil`: the record and form shapes print them.

    `dues` is what the banner's clocks are the first of, for a screen that lists them all.
    """
    running = running_of(actor, pupil)
    dues = due_of(actor, pupil, running)
    banner = queries.banner(actor, pupil)
    banner["facts"] += facts(actor, running["cases"])
    return {
        "banner": banner | {"clocks": clocks(actor, dues)},
        "dues": dues,
        "tabs": pupil_tabs(actor, pupil, current),
        "tabs_label": f"Record of {pupil.name}",
        "pupil": pupil,
        "concern_url": f"/concerns/new/?pupil={pupil.pk}",
    }


def ask_of(frame: dict[str, Any]) -> str:
    """Whom to ask what is restricted, as the banner of this frame names them."""
    return str(frame["banner"]["ask"])
