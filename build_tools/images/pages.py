"""Drawn pages of a document, from its transcription."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.images.cells import CARET
from build_tools.images.drawn import Drawing, DrawnFragment, DrawnPage, Run, drawn_page
from build_tools.model.base import Block, blocks, needs_caret
from build_tools.model.kinds import GAP_SIGN
from build_tools.model.records import Document
from build_tools.model.transcription import Inline, Mark, PageBreak, Text


def drawn_pages(document: Document, known: Mapping[str, Block] | None = None) -> dict[str, Drawing]:
    """Draw every page of a document that has no image, by the page's name.

    ``known`` are its blocks, where they have been put together already.
    """
    photographed = {page.n for page in document.description.pages if page.image}
    fragments: dict[str, list[DrawnFragment]] = {}
    page = ""
    found = known or {block.id: block for block in blocks(document.transcription)}
    for part in document.transcription.parts:
        if isinstance(part, PageBreak):
            page = part.n
            fragments.setdefault(page, [])
        elif page and page not in photographed:
            block = found[part.id]
            fragments[page].append(_fragment(part.content, block, part.kind == "more"))
    description = document.description
    return {
        n: drawn_page(
            DrawnPage(
                n,
                description.title,
                description.language,
                description.basis,
                tuple(drawn),
                description.lines == "paper",
            )
        )
        for n, drawn in fragments.items()
        if n not in photographed
    }


def _fragment(content: tuple[Inline, ...], block: Block, continues: bool) -> DrawnFragment:
    runs = tuple(_runs(content, frozenset(), block))
    return DrawnFragment(block.kind, block.group, runs, continues, block.get("lang"))


def _runs(content: tuple[Inline, ...], marks: frozenset[str], block: Block) -> Iterator[Run]:
    for node in content:
        if isinstance(node, Text):
            yield Run(node.text, marks)
        elif isinstance(node, Mark):
            inside = marks | {node.name}
            if node.name == "add" and node.get("place") in ("below", "inline"):
                inside |= {node.get("place")}
            if needs_caret(node, block.marks):
                inside |= {CARET}
            if node.name == "gap":
                yield Run(GAP_SIGN, inside)
            yield from _runs(node.content, inside, block)
