"""What no document may carry, whoever wrote it where: a concealed address, a person not to contact."""

import re
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q

from alongside.core.actor import Actor
from alongside.documents.blocks import Document, reworded
from alongside.people.models import Address, Carer, Flag, Pupil
from alongside.people.queries.rows import gather, rows

POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
NO_ADDRESS = "[address withheld]"
NO_NAME = "[a person not to be contacted]"


@dataclass(frozen=True)
class Withheld:
    """The pieces of text to take out, and what stands in their place."""

    hides_address: bool
    pieces: tuple[tuple[str, str], ...]

    def clean(self, text: str) -> str:
        for piece, instead in self.pieces:
            text = re.sub(re.escape(piece), instead, text, flags=re.IGNORECASE)
        return POSTCODE.sub(NO_ADDRESS, text) if self.hides_address else text

    def clean_document(self, document: Document) -> Document:
        """Its title stays: that is the pupil's own name, which a carer may share."""
        return replace(reworded(document, self.clean), title=document.title)


def withheld(actor: Actor, pupil: Pupil) -> Withheld:
    """Every postcode goes when an address is concealed, even where its lines cannot be read here."""
    mine = {"pupil": OuterRef("pk")}
    flags = Flag.objects.filter(kind=Flag.Kind.CONCEALED_ADDRESS, **mine)
    in_force = flags.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today))
    concealed = Address.objects.filter(is_concealed=True, **mine)
    avoided = Carer.objects.filter(is_do_not_contact=True, **mine)
    found = gather(
        pupil,
        flags=rows(in_force.order_by("pk"), "id"),
        addresses=rows(concealed.order_by("pk"), "line_1", "line_2"),
        avoided=rows(avoided.order_by("pk"), "name"),
    )
    hides = bool(found["flags"] or found["addresses"])
    lines = [line for address in found["addresses"] for line in address.values()]
    pieces = [(line, NO_ADDRESS) for line in lines]
    pieces += [(carer["name"], NO_NAME) for carer in found["avoided"]]
    return Withheld(hides, tuple((piece, instead) for piece, instead in pieces if piece.strip()))
