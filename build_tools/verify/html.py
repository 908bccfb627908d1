"""Reads the page of a document: its fragments, the cells of its form, its markers and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from build_tools.verify import contract
from build_tools.verify.contract import View
from build_tools.verify.dom import Fault, classes_of, is_element, is_hidden, line_of, select
from build_tools.verify.pieces import Piece, PieceReader, spell, text_of_view

REFERENCE = re.compile(r"(?P<series>[ft])nref(?P<times>\d*):(?P<note>.+)", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """An element's words, cut into pieces, with the line on which it begins."""

    id: str
    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PageFragment:
    """A fragment of a block as the page has it; numbers are 0 where the page gives none."""

    block: str
    number: int
    seq: int
    shown: str
    words: Words


@dataclass(frozen=True)
class Marker:
    """A marker in the text: its own id, and the id of the note that it leads to."""

    id: str
    note: str
    line: int


@dataclass(frozen=True)
class PageNote:
    """A note at the foot; ``unplaced`` where the page says that it has no marker."""

    id: str
    unplaced: bool
    line: int


@dataclass(frozen=True)
class DocumentPage:
    """What the page of a document holds, in the order of the page."""

    document: str
    line: int
    fragments: tuple[PageFragment, ...]
    copies: tuple[Words, ...]
    markers: tuple[Marker, ...]
    notes: tuple[PageNote, ...]
    lemmas: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]


def in_order(fragments: Iterator[PageFragment]) -> tuple[PageFragment, ...]:
    """Sort fragments by their order in the witness."""
    return tuple(sorted(fragments, key=lambda fragment: fragment.seq))


def read_document(root: etree._Element) -> DocumentPage:
    """Read a parsed page."""
    text = select(root, f"//*[@id='{contract.TEXT_ID}']")
    faults = [Fault(line_of(element), "the text stands twice") for element in text[1:]]
    if text:
        _stray_words(text[0], faults)
    return DocumentPage(
        (text[0].get("data-document") or "") if text else "",
        line_of(text[0]) if text else 0,
        tuple(_fragment(element, faults) for element in select(root, "//*[@data-block]")),
        tuple(
            _words(element, element.get("data-copy") or "", faults)
            for element in select(root, "//*[@data-copy]")
        ),
        tuple(_markers(root, faults)),
        tuple(_notes(root)),
        tuple(_lemmas(root)),
        tuple(faults),
    )


def _words(element: etree._Element, identifier: str, faults: list[Fault]) -> Words:
    reader = PieceReader()
    reader.read(element)
    faults.extend(reader.faults)
    return Words(identifier, line_of(element), tuple(reader.pieces))


def _fragment(element: etree._Element, faults: list[Fault]) -> PageFragment:
    block = element.get("data-block") or ""
    number = _number(element, "data-frag", faults)
    shown = element.get("data-shown") or ""
    fragment = PageFragment(
        block,
        number,
        _number(element, "data-seq", faults),
        shown,
        _words(element, element.get("id") or "", faults),
    )
    _check_fragment(element, fragment, faults)
    return fragment


def _number(element: etree._Element, name: str, faults: list[Fault]) -> int:
    value = element.get(name) or ""
    if value.isascii() and value.isdigit():
        return int(value)
    block = element.get("data-block")
    faults.append(Fault(line_of(element), f'{name} of block {block} is "{value}", not a number'))
    return 0


def _check_fragment(element: etree._Element, fragment: PageFragment, faults: list[Fault]) -> None:
    line = line_of(element)
    name = f"fragment {fragment.number} of block {fragment.block}"
    wanted = fragment.block if fragment.number == 1 else f"{fragment.block}.{fragment.number}"
    if fragment.words.id != wanted:
        faults.append(Fault(line, f'{name} has the id "{fragment.words.id}", not "{wanted}"'))
    must_hide = fragment.shown in contract.HIDDEN_BLOCKS
    if is_hidden(element) != must_hide:
        verb = "lacks" if must_hide else "has"
        faults.append(Fault(line, f"{name} {verb} the attribute hidden"))
    ancestors = list(element.iterancestors())
    if any(is_hidden(ancestor) for ancestor in ancestors):
        faults.append(Fault(line, f"{name} stands in something hidden"))
    if any(ancestor.get("data-block") is not None for ancestor in ancestors):
        faults.append(Fault(line, f"{name} stands in another block"))
    if all(ancestor.get("id") != contract.TEXT_ID for ancestor in ancestors):
        faults.append(Fault(line, f"{name} stands outside the text"))


def _stray_words(element: etree._Element, faults: list[Fault]) -> None:
    """Find words in the text that belong to no block."""
    _stray(element, element.text, faults)
    for child in element:
        _stray(child, child.tail, faults)
        in_block = not is_element(child) or child.get("data-block") is not None
        if not in_block and not classes_of(child) & contract.OUTSIDE_FRAGMENTS:
            _stray_words(child, faults)


def _stray(element: etree._Element, text: str | None, faults: list[Fault]) -> None:
    words = " ".join((text or "").split())
    if words:
        faults.append(Fault(line_of(element), f'words outside a block: "{words[:60]}"'))


def _markers(root: etree._Element, faults: list[Fault]) -> Iterator[Marker]:
    for element in root.iter("sup"):
        identifier = element.get("id") or ""
        links = [link.get("href") or "" for link in element.iter("a")]
        notes = [link.split("#", 1)[1] for link in links if "#" in link]
        found = REFERENCE.fullmatch(identifier)
        if found is None and not any(note.startswith(contract.NOTE_PREFIXES) for note in notes):
            continue  # a superscript of somebody's prose
        if found is None:
            faults.append(Fault(line_of(element), f'a marker has the id "{identifier}"'))
        if len(notes) != 1:
            faults.append(Fault(line_of(element), f"the marker {identifier} leads to no one note"))
            continue
        wanted = f"{found['series']}n:{found['note']}" if found else notes[0]
        if notes[0] != wanted:
            message = f"the marker {identifier} leads to {notes[0]}, not to {wanted}"
            faults.append(Fault(line_of(element), message))
        yield Marker(identifier, notes[0], line_of(element))


def _notes(root: etree._Element) -> Iterator[PageNote]:
    for element in root.iter("li"):
        identifier = element.get("id") or ""
        if identifier.startswith(contract.NOTE_PREFIXES):
            unplaced = contract.UNPLACED in classes_of(element)
            yield PageNote(identifier, unplaced, line_of(element))


def _lemmas(root: etree._Element) -> Iterator[tuple[str, int]]:
    for element in select(root, "//*[@data-notes]"):
        for note in (element.get("data-notes") or "").split():
            yield note, line_of(element)


def block_text(fragments: Sequence[PageFragment], view: View) -> str:
    """Join a block's fragments as a view shows them; the space between them is the page's own."""
    return "".join(text_of_view(fragment.words.pieces, view) for fragment in fragments)


def spelled_witness(page: DocumentPage, notation: Mapping[str, str]) -> str:
    """Spell the witness out from the page: every fragment in order, each on a line of its own."""
    fragments = in_order(iter(page.fragments))
    return "\n".join(spell(fragment.words.pieces, notation) for fragment in fragments)
