"""What no document may carry, whoever wrote it where: a concealed address, a person not to contact."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from alongside.core.actor import Actor
from alongside.documents.blocks import Bullets, Document, Paragraph, Quote, Section, Table
from alongside.people.models import Address, Carer, Flag, Pupil

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
    flags = Flag.objects.filter(pupil=pupil, kind=Flag.Kind.CONCEALED_ADDRESS)
    concealed = list(Address.objects.filter(pupil=pupil, is_concealed=True))
    in_force = flags.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today))
    hides = bool(concealed) or in_force.exists()
    pieces = [(a.line_1, NO_ADDRESS) for a in concealed] + [
        (a.line_2, NO_ADDRESS) for a in concealed
    ]
    not_to_contact = Carer.objects.filter(pupil=pupil, is_do_not_contact=True)
    pieces += [(name, NO_NAME) for name in not_to_contact.values_list("name", flat=True)]
    return Withheld(hides, tuple((piece, instead) for piece, instead in pieces if piece.strip()))
