"""A document as plain data: the same words for the page, the PDF and Word. Must hold no markup."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, and who said them when."""

    text: str
    who: str
    kind: str = "quote"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    kind: str = "bullets"


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"
    widths: tuple[
        int, ...
    ] = ()  # Of each column, as parts of the whole; equal when none are named.


@dataclass(frozen=True)
class Picture:
    """An SVG of our own making, what it shows in words, and its width in hundredths of the page."""

    svg: str
    alt: str
    width: int = 60
    kind: str = "picture"


type Block = Paragraph | Quote | Bullets | Table | Picture
KINDS: dict[str, Callable[..., Block]] = {
    "paragraph": Paragraph,
    "quote": Quote,
    "bullets": Bullets,
    "table": Table,
    "picture": Picture,
}


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """What a document says. `note` stands above everything: for whom it is, what was left out.

    `whole_in` names where every letter is to be read as it was written, should a form lack its shape.
    """

    title: str
    second: str
    note: str
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    name: str = "document"
    whole_in: str = "The Word copy"
    is_dense: bool = field(default=False)  # Smaller type, to keep to one page.

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def document_from(data: Mapping[str, Any]) -> Document:
    """What `as_data` gave, once it was kept as JSON: lists are tuples again."""
    sections = tuple(
        Section(section["title"], tuple(_block_from(block) for block in section["blocks"]))
        for section in data["sections"]
    )
    facts = tuple((label, value) for label, value in data["facts"])
    return Document(**{**data, "sections": sections, "facts": facts})


def _block_from(data: Mapping[str, Any]) -> Block:
    values = {name: _tuples(value) for name, value in data.items()}
    block: Block = KINDS[data["kind"]](**values)
    return block


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value


def words_of(document: Document) -> list[str]:
    """Every word a reader meets, in order: what the three forms are compared by."""
    found = [document.title, document.second, document.note]
    for label, value in document.facts:
        found += [label, value]
    for section in document.sections:
        found.append(section.title)
        for block in section.blocks:
            found += _words(block)
    return [text for text in [*found, document.foot] if text]


def reworded(document: Document, change: Callable[[str], str]) -> Document:
    """The document with every word put through `change`, but those drawn in a picture."""
    return replace(
        document,
        title=change(document.title),
        second=change(document.second),
        note=change(document.note),
        foot=change(document.foot),
        facts=tuple((change(label), change(value)) for label, value in document.facts),
        sections=tuple(
            Section(change(s.title), tuple(_reworded(block, change) for block in s.blocks))
            for s in document.sections
        ),
    )


def _reworded(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text))
    if isinstance(block, Quote):
        return replace(block, text=change(block.text), who=change(block.who))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(change(item) for item in block.items))
    if isinstance(block, Table):
        head = tuple(change(cell) for cell in block.head)
        rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
        return replace(block, caption=change(block.caption), head=head, rows=rows)
    return block


def _words(block: Block) -> list[str]:
    if isinstance(block, Quote):
        return [block.text, block.who]
    if isinstance(block, Bullets):
        return list(block.items)
    if isinstance(block, Table):
        return [*block.head, *(cell for row in block.rows for cell in row)]
    return [block.text] if isinstance(block, Paragraph) else []
