"""Long work on lists, done by the worker: reading a big one, and applying it part by part."""

from procrastinate.contrib.django import app

from alongside.core.actor import acting_as
from alongside.exchange import lists


@app.task(name="exchange.read_list")
def read_list(staff_id: int, list_id: int) -> None:
    """In the name of who handed the list in: they see in it what they may see."""
    with acting_as(staff_id) as actor:
        lists.read_again(actor=actor, list_id=list_id)


@app.task(name="exchange.apply_list")
def apply_list(staff_id: int, list_id: int) -> None:
    """Each part commits with its progress, so that a stopped worker goes on where it was."""
    has_more = True
    while has_more:
        with acting_as(staff_id) as actor:
            has_more = lists.apply_part(actor=actor, list_id=list_id)
