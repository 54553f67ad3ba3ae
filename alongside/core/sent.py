"""A form sent twice is taken once: the second time leads to where the first one led."""

from alongside.core.actor import Actor
from alongside.core.models import Sent


class SentAlready(Exception):
    """This very form, with these very words, was taken before. `url` is the page it led to."""

    def __init__(self, url: str) -> None:
        super().__init__("This was sent already.")
        self.url = url


def require_new(*, actor: Actor, token: str) -> None:
    """Before anything is looked for: what the first sending ended may be there no more."""
    if token and (before := Sent.objects.filter(staff_id=actor.staff_id, token=token).first()):
        raise SentAlready(before.url)


def take_once(*, actor: Actor, token: str) -> Sent | None:
    """Of two at the same moment the second waits here for the first, and is then told."""
    if not token:
        return None
    sent, is_first = Sent.objects.get_or_create(staff_id=actor.staff_id, token=token)
    if not is_first:
        raise SentAlready(sent.url)
    return sent


def leads_to(sent: Sent, url: str) -> None:
    sent.url = url[:300]
    sent.save(update_fields=["url"])
