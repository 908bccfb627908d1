"""Weaving an edition: markers placed, series numbered, passages gathered for the registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.model.base import Block
from build_tools.model.bound import Anchor, BoundBlock, BoundDocument, BoundEdition
from build_tools.model.records import Edition
from build_tools.model.woven import (
    COMMENTARY,
    SHOWN_FORM,
    SHOWN_LINE,
    SHOWN_PAPER,
    SHOWN_TEXT,
    TEXTUAL,
    LineBreak,
    Marker,
    Passage,
    Piece,
    Shown,
    WovenBlock,
    WovenDocument,
    WovenEdition,
    WovenFragment,
)
from build_tools.weave.links import links
from build_tools.weave.segments import Laid, Lit, segments


@dataclass(frozen=True)
class Placed:
    """A note of either series with its anchors."""

    series: str
    id: str
    anchors: tuple[Anchor, ...]


def weave_edition(bound: BoundEdition) -> WovenEdition:
    """Weave every document and gather the passages that name each entry and term."""
    documents = {name: weave_document(one, bound.edition) for name, one in bound.documents.items()}
    return WovenEdition(bound, documents, passages_of(bound))


def _placed(document: BoundDocument) -> tuple[Placed, ...]:
    notes = [
        Placed(TEXTUAL if n.note.kind == "textual" else COMMENTARY, n.note.id, n.anchors)
        for n in document.notes
    ]
    notes += [Placed(TEXTUAL, e.emendation.id, e.anchors) for e in document.emendations]
    notes += [Placed(TEXTUAL, v.variant.id, (v.anchor,)) for v in document.variants]
    return tuple(notes)


def weave_document(document: BoundDocument, edition: Edition) -> WovenDocument:
    """Weave one document; it does not matter what others there are."""
    placed = _placed(document)
    kinds = _shown(bound.block for bound in document.blocks.values())
    shown = dict(zip(document.blocks, kinds, strict=True))
    order = {name: index for index, name in enumerate(document.blocks)}
    ends: dict[str, list[tuple[Anchor, Placed]]] = defaultdict(list)
    lit: dict[str, list[Lit]] = defaultdict(list)
    heads: list[Marker] = []
    pages: dict[str, list[Marker]] = defaultdict(list)
    for note in placed:
        for anchor in note.anchors:
            if anchor.block and not anchor.whole and anchor.start < anchor.end:
                lit[anchor.block].append(Lit(note.id, anchor.start, anchor.end))
        in_text = [a for a in note.anchors if a.block]
        if in_text:
            seen = [a for a in in_text if shown[a.block] != SHOWN_PAPER]
            last = max(seen or in_text, key=lambda a: (order[a.block], a.end))
            ends[last.block].append((last, note))
        elif note.anchors[0].whole == "page":
            pages[note.anchors[0].target.page].append(Marker(note.series, note.id))
        else:
            heads.append(Marker(note.series, note.id))
    blocks = {
        name: WovenBlock(
            bound, shown[name], _weave_block(bound, edition, lit[name], _in_order(ends[name]))
        )
        for name, bound in document.blocks.items()
    }
    page_markers = {page: tuple(markers) for page, markers in pages.items()}
    numbered = list(_markers_in_order(heads, page_markers, blocks))
    read = list(_markers_as_read(numbered, blocks))
    return WovenDocument(
        document,
        blocks,
        tuple(m.id for m in read if m.series == COMMENTARY),
        {m.id: _letter(i) for i, m in enumerate(m for m in numbered if m.series == TEXTUAL)},
        tuple(heads),
        page_markers,
    )


def _in_order(ends: Iterable[tuple[Anchor, Placed]]) -> list[tuple[int, Marker]]:
    """Order markers by the end of their passage, then the longer passage, then the id."""
    ordered = sorted(ends, key=lambda pair: (pair[0].end, pair[0].start, pair[1].id))
    return [(anchor.end, Marker(note.series, note.id)) for anchor, note in ordered]


def _shown(blocks: Iterable[Block]) -> Iterator[Shown]:
    """Say where each block is shown: the table of kinds and views, for blocks in order."""
    first: set[str] = set()
    for block in blocks:
        if block.group == "text":
            yield SHOWN_TEXT
        elif block.kind == "field":
            yield SHOWN_LINE if block.get("role") == "action" else SHOWN_FORM
        elif block.kind == "letterhead" or (
            block.kind in ("number", "classification") and block.kind not in first
        ):
            first.add(block.kind)
            yield SHOWN_LINE
        else:
            yield SHOWN_PAPER


def _weave_block(
    bound: BoundBlock, edition: Edition, lit: Sequence[Lit], markers: Sequence[tuple[int, Marker]]
) -> tuple[WovenFragment, ...]:
    block = bound.block
    cuts = {span.end for span in block.fragments} | {end for end, _ in markers}
    for line in block.line_ends:
        cuts |= {line.offset, line.offset + line.folded}
    laid = segments(bound, lit, links(bound, edition), cuts)
    after = _marker_places(laid, markers)
    pieces: list[list[Piece]] = [[] for _ in block.fragments]
    breaks = {line.offset + line.folded: LineBreak(line.blank) for line in block.line_ends}
    pieces[0].extend(after.get(-1, ()))
    current = 0
    for index, one in enumerate(laid):
        segment = one.segment
        is_base = segment.end > segment.start
        if is_base or segment.kind == "supplied":
            while (
                current + 1 < len(block.fragments) and segment.start >= block.fragments[current].end
            ):
                current += 1
        if is_base and segment.start in breaks:
            pieces[current].append(breaks.pop(segment.start))
        pieces[current].append(segment)
        pieces[current].extend(after.get(index, ()))
    return tuple(
        WovenFragment(span, tuple(found))
        for span, found in zip(block.fragments, pieces, strict=True)
    )


def _marker_places(
    laid: Sequence[Laid], markers: Sequence[tuple[int, Marker]]
) -> Mapping[int, tuple[Marker, ...]]:
    """Find after which segment each marker stands: at the end of its range, never inside a unit."""
    places: dict[int, list[Marker]] = defaultdict(list)
    last_of_unit = {one.unit: i for i, one in enumerate(laid) if one.unit}
    for end, marker in markers:
        index = -1
        for i, one in enumerate(laid):
            if one.segment.kind == "witness" and one.segment.end <= end:
                index = i
            if one.segment.kind == "emended" and one.segment.end <= end:
                index = i
        if index >= 0 and laid[index].unit:
            index = last_of_unit[laid[index].unit]
        places[index].append(marker)
    return {index: tuple(found) for index, found in places.items()}


def _markers_in_order(
    heads: Iterable[Marker],
    pages: Mapping[str, tuple[Marker, ...]],
    blocks: Mapping[str, WovenBlock],
) -> Iterator[Marker]:
    """Yield the markers in the order of the witness."""
    yield from heads
    fragments = sorted(
        (f for block in blocks.values() for f in block.fragments), key=lambda f: f.span.seq
    )
    page = None
    for fragment in fragments:
        if fragment.span.page != page:
            page = fragment.span.page
            yield from pages.get(page, ())
        yield from (piece for piece in fragment.pieces if isinstance(piece, Marker))


def _markers_as_read(
    numbered: Iterable[Marker], blocks: Mapping[str, WovenBlock]
) -> Iterator[Marker]:
    """Order markers as the reading view has them: the text, then the form, then the hidden."""
    rank = {SHOWN_FORM: 1, SHOWN_PAPER: 2}
    after = {
        piece: rank.get(block.shown, 0)
        for block in blocks.values()
        for part in block.fragments
        for piece in part.pieces
        if isinstance(piece, Marker)
    }
    yield from sorted(numbered, key=lambda marker: after.get(marker, 0))


def _letter(index: int) -> str:
    """Return a, b, ... z, aa, ab, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def passages_of(bound: BoundEdition) -> Mapping[str, tuple[Passage, ...]]:
    """Gather where each term and entry is named, one passage a block."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for document in bound.documents.values():
        for block in document.blocks.values():
            named: dict[str, list[str]] = defaultdict(list)
            for expansion in block.expansions:
                named[f"term:{expansion.term}"].append(expansion.form)
            for mention in block.mentions:
                named[mention.ref].append(block.reading.text[mention.start : mention.end])
            for ref, words in named.items():
                found[ref].append(
                    Passage(
                        document.id, block.block.id, ", ".join(dict.fromkeys(words)), len(words)
                    )
                )
    return {ref: tuple(passages) for ref, passages in sorted(found.items())}
