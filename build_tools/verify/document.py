"""Compares one page with the document it must show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from build_tools.model.nearest import listed
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.verify import contract
from build_tools.verify.contract import View
from build_tools.verify.difference import difference
from build_tools.verify.expected import ExpectedBlock, ExpectedDocument
from build_tools.verify.html import (
    DocumentPage,
    PageFragment,
    block_text,
    in_order,
    spelled_witness,
)
from build_tools.verify.notes import check_notes
from build_tools.verify.pieces import text_of_view


def compare_document(document: ExpectedDocument, page: DocumentPage) -> Iterator[Problem]:
    """Compare one page with the document it must show."""
    if page.document != document.id:
        message = f'the page says that it shows "{page.document}", not {document.id}'
        yield differs(Place(document.page, page.line), message)
    for fault in page.faults:
        yield differs(Place(document.page, fault.line), f"{document.id}: {fault.message}")
    yield from _check_order(document, page)
    yield from _check_blocks(document, page)
    yield from _check_copies(document, page)
    yield from _check_witness(document, page)
    yield from check_notes(document.page, page)


def _check_order(document: ExpectedDocument, page: DocumentPage) -> Iterator[Problem]:
    last = -1
    for fragment in page.fragments:
        place = Place(document.page, fragment.words.line)
        if fragment.seq <= last:
            message = (
                f"{_name(document, fragment)} stands out of order: {fragment.seq} after {last}"
            )
            yield differs(place, message)
        last = max(last, fragment.seq)
    numbers: Counter[str] = Counter()
    for fragment in sorted(page.fragments, key=lambda fragment: fragment.seq):
        numbers[fragment.block] += 1
        if fragment.number != numbers[fragment.block]:
            message = (
                f"{_name(document, fragment)} is number {numbers[fragment.block]} of its block"
            )
            yield differs(Place(document.page, fragment.words.line), message)


def _check_blocks(document: ExpectedDocument, page: DocumentPage) -> Iterator[Problem]:
    by_block = _by_block(page)
    yield from _check_surplus(document, by_block)
    for block in document.blocks:
        found = by_block.get(block.id)
        if found is None:
            message = f"block {block.id} of {document.id} is not on the page"
            yield differs(Place(document.page), message, _source(block))
            continue
        yield from _check_block(document, block, found)


def _by_block(page: DocumentPage) -> dict[str, list[PageFragment]]:
    """Sort the fragments by their blocks, those of each in the order of the witness."""
    found: dict[str, list[PageFragment]] = {}
    for fragment in in_order(iter(page.fragments)):
        found.setdefault(fragment.block, []).append(fragment)
    return found


def _check_surplus(
    document: ExpectedDocument, by_block: Mapping[str, Sequence[PageFragment]]
) -> Iterator[Problem]:
    known = {block.id for block in document.blocks}
    for identifier, fragments in by_block.items():
        place = Place(document.page, fragments[-1].words.line)
        if identifier not in known:
            yield differs(place, f"{document.id} has no block {identifier}, and the page shows one")
        times = Counter(fragment.number for fragment in fragments)
        for number in sorted(number for number, count in times.items() if count > 1):
            message = f"fragment {number} of block {identifier} of {document.id} stands twice"
            yield differs(place, message)


def _check_block(
    document: ExpectedDocument, block: ExpectedBlock, fragments: Sequence[PageFragment]
) -> Iterator[Problem]:
    for fragment in fragments:
        if fragment.shown != block.shown:
            place = Place(document.page, fragment.words.line)
            said = f'data-shown="{fragment.shown}", not "{block.shown}"'
            yield differs(place, f"{_name(document, fragment)} has {said}", _source(block))
    # Also of a block that only the views of the witness show: its other words stand in the page,
    # where a search finds them.
    shown = {view: block_text(fragments, view) for view in contract.VIEWS}
    place = Place(document.page, fragments[0].words.line)
    yield from _compare_views(block, shown, place, of=document)


def _check_copies(document: ExpectedDocument, page: DocumentPage) -> Iterator[Problem]:
    forms = {block.id: block for block in document.blocks if block.shown == "form"}
    seen: set[str] = set()
    for copy in page.copies:
        place = Place(document.page, copy.line)
        if copy.id not in forms:
            yield differs(place, f'a cell of the form copies "{copy.id}", which is no field of it')
        elif copy.id in seen:
            yield differs(place, f"block {copy.id} of {document.id} stands in the form twice")
        else:
            views = (contract.READING, contract.EXPANDED)
            shown = {view: text_of_view(copy.pieces, view) for view in views}
            yield from _compare_views(forms[copy.id], shown, place, of=document)
        seen.add(copy.id)
    for identifier in sorted(forms.keys() - seen):
        message = f"block {identifier} of {document.id} is missing in the form after the text"
        yield differs(Place(document.page), message, _source(forms[identifier]))


def _compare_views(
    block: ExpectedBlock, shown: Mapping[View, str], place: Place, *, of: ExpectedDocument
) -> Iterator[Problem]:
    """Tell a block's differences together: one letter may stand in every view."""
    texts: dict[View, str] = {
        contract.TRANSCRIBED: block.base,
        contract.READING: block.reading,
        contract.EXPANDED: block.expanded,
    }
    found: dict[str, tuple[str, list[str]]] = {}
    for view, words in shown.items():
        one = difference(words, texts[view])
        if one:  # the same letter may stand at another place of another view
            _, views = found.setdefault(one.letters, (one.words, []))
            views.append(contract.SAID_OF_VIEW[view])
    if found:
        first, *more = (f"{listed(views, 'and')}, {words}" for words, views in found.values())
        where = f"block {block.id} of {of.id}, {first}"
        yield differs(place, where, _source(block), tuple(more))


def _check_witness(document: ExpectedDocument, page: DocumentPage) -> Iterator[Problem]:
    """Compare the witness spelled out, unless a block that differs is told already."""
    if document.witness_text is None:
        return
    by_block = _by_block(page)
    for block in document.blocks:
        if difference(block_text(by_block.get(block.id, ()), contract.TRANSCRIBED), block.base):
            return
    found = difference(spelled_witness(page, document.notation), document.witness_text)
    if found:
        where = f"{document.id}, spelled out as its witness, {found.words}"
        hint = f"the witness is {document.witness_file}, its transcription {document.source_file}"
        yield differs(Place(document.page), where, hint)


def _name(document: ExpectedDocument, fragment: PageFragment) -> str:
    return f"fragment {fragment.number} of block {fragment.block} of {document.id}"


def _source(block: ExpectedBlock) -> str:
    return f"its source is {block.place.file}:{block.place.line}:{block.place.column}"


def differs(place: Place, message: str, hint: str = "", also: tuple[str, ...] = ()) -> Problem:
    """Make the problem of a page that does not show its source; ``also`` are other views of it."""
    return Problem("text-differs", place, message, hint, also)
