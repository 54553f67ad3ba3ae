"""What no document may carry, whoever wrote it where: a concealed address, a person not to contact."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Q

from alongside.core.actor import Actor
from alongside.documents.blocks import Bullets, Document, Paragraph, Quote, Section, Table
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
        sections = tuple(
            Section(s.title, tuple(self._block(block) for block in s.blocks))
            for s in document.sections
        )
        facts = tuple((label, self.clean(value)) for label, value in document.facts)
        return replace(document, sections=sections, facts=facts)

    def _block(self, block: Any) -> Any:
        if isinstance(block, Paragraph):
            return replace(block, text=self.clean(block.text))
        if isinstance(block, Quote):
            return replace(block, text=self.clean(block.text), who=self.clean(block.who))
        if isinstance(block, Bullets):
            return replace(block, items=tuple(self.clean(item) for item in block.items))
        if isinstance(block, Table):
            rows = tuple(tuple(self.clean(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        return block


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
