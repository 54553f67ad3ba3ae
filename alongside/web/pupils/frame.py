"""What stands above every screen about a pupil: banner with its clocks, and the tabs."""

from typing import Any

from alongside.core.actor import Actor
from alongside.people import queries
from alongside.people.models import Pupil
from alongside.web.pupils.due import Due, clocks, due_of
from alongside.web.pupils.tabs import pupil_tabs


def pupil_frame(
    actor: Actor, pupil: Pupil, current: str = "", *, dues: list[Due] | None = None
) -> dict[str, Any]:
    """`banner`, `tabs`, `tabs_label` and `pupil`: the record and form shapes print them."""
    dues = due_of(actor, pupil) if dues is None else dues
    return {
        "banner": queries.banner(actor, pupil) | {"clocks": clocks(actor, dues)},
        "tabs": pupil_tabs(actor, pupil, current),
        "tabs_label": f"Record of {pupil.name}",
        "pupil": pupil,
        "concern_url": f"/concerns/new/?pupil={pupil.pk}",
    }


def ask_of(frame: dict[str, Any]) -> str:
    """Whom to ask what is restricted, as the banner of this frame names them."""
    return str(frame["banner"]["ask"])
