"""A form sent twice is taken once: the second time leads to where the first one led."""

from alongside.core.actor import Actor
from alongside.core.models import Sent


class SentAlready(Exception):
    """This very form, with these very words, was taken before. `url` is the page it led to."""

    def __init__(self, url: str) -> None:
        super().__init__("This was sent already.")
        self.url = url


def take_once(*, actor: Actor, token: str) -> Sent:
    """Of two at the same moment the second waits here for the first, and is then told."""
    sent, is_first = Sent.objects.get_or_create(staff_id=actor.staff_id, token=token)
    if not is_first:
        raise SentAlready(sent.url)
    return sent


def leads_to(sent: Sent, url: str) -> None:
    sent.url = url[:300]
    sent.save(update_fields=["url"])
