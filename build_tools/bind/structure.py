"""What document.yml and the transcription must agree on: pages, hands, retired ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.model.base import Block
from build_tools.model.nearest import did_you_mean
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import Document
from build_tools.model.transcription import Fragment, Inline, Mark, PageBreak


def structure_problems(document: Document, blocks: Mapping[str, Block]) -> Iterator[Problem]:
    """Yield what the description and the transcription do not agree on."""
    yield from _pages(document)
    yield from _hands(document)
    yield from _retired(document, blocks)
    yield from _record_ids(document)
    for datum in document.description.head:
        if datum.block and datum.block not in blocks:
            yield Problem(
                "block-unknown",
                datum.place,
                f'the head names the block "{datum.block}", which the document does not have',
                did_you_mean(
                    datum.block, blocks, "name the block that shows it, or a source", instead=True
                ),
            )


def _record_ids(document: Document) -> Iterator[Problem]:
    """Yield a problem for each id that two records share: markers and links could not tell them."""
    first: dict[str, Place] = {}
    for record in document.records:
        other = first.setdefault(record.id, record.place)
        if other is not record.place:
            yield Problem(
                "id-duplicate",
                record.place,
                f'the id "{record.id}" is that of another record of {document.id} too',
                f"give one of the two files another name (the other is {other.file})",
            )


def page_names(document: Document) -> tuple[str, ...]:
    """Return the pages of the transcription in order."""
    return tuple(p.n for p in document.transcription.parts if isinstance(p, PageBreak))


def _pages(document: Document) -> Iterator[Problem]:
    described = [page.n for page in document.description.pages]
    seen: set[str] = set()
    for part in document.transcription.parts:
        if not isinstance(part, PageBreak):
            continue
        if part.n in seen:
            yield Problem(
                "id-duplicate",
                part.place,
                f'page "{part.n}" begins twice',
                "number the pages once each",
            )
        seen.add(part.n)
        if part.n not in described:
            yield Problem(
                "page-unknown",
                part.place,
                f'the transcription has a page "{part.n}" that document.yml does not list',
                "list every page under pages: in document.yml",
            )
    for page in document.description.pages:
        if page.n not in seen:
            yield Problem(
                "page-unknown",
                page.place,
                f'document.yml lists a page "{page.n}" that the transcription does not have',
                f"write   @page {page.n}   where that page begins",
            )


def _hands(document: Document) -> Iterator[Problem]:
    known = {hand.id for hand in document.description.hands}
    for hand, place in _named_hands(document):
        if hand not in known:
            yield Problem(
                "hand-unknown",
                place,
                f'the hand "{hand}" is not declared in document.yml',
                did_you_mean(hand, known, "declare it under hands: with its medium", instead=True),
            )


def _named_hands(document: Document) -> Iterator[tuple[str, Place]]:
    for part in document.transcription.parts:
        if isinstance(part, Fragment) and part.get("hand"):
            yield part.get("hand"), part.values.get("hand", part.place)
    for content in document.transcription.contents():
        yield from _hands_of(content)


def _hands_of(content: tuple[Inline, ...]) -> Iterator[tuple[str, Place]]:
    for node in content:
        if isinstance(node, Mark):
            if node.get("hand"):
                yield node.get("hand"), node.values.get("hand", node.place)
            yield from _hands_of(node.content)


def _retired(document: Document, blocks: Mapping[str, Block]) -> Iterator[Problem]:
    for old, new in document.description.retired.items():
        if old in blocks:
            yield Problem(
                "id-retired",
                blocks[old].place,
                f'the id "{old}" was retired and may not be used again',
                "give the block an id that was never used",
            )
        if new not in blocks:
            yield Problem(
                "id-retired",
                document.description.place,
                f'retired: leads from "{old}" to "{new}", which the document does not have',
                did_you_mean(new, blocks),
            )
