"""What the search of the site finds: every block, note and entry, from the records themselves.

So are the pages of glossary, registers, sources, proof and downloads. Any other page is found as
the publisher reads it, whose work grows with the square of a page's sections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.prose import Citation, Listing, Prose, ProseBlock, Quote, Span, Words
from build_tools.model.records import REGISTERS, Edition, Emendation, Entry, Note, Term, Variant
from build_tools.model.search import (
    IN_ALL,
    IN_EXPANDED,
    IN_READING,
    IN_TRANSCRIBED,
    Run,
    SearchEntry,
    SearchPage,
    everywhere,
    joined,
)
from build_tools.model.woven import (
    EXPANDED,
    READING,
    SHOWN_FORM,
    SHOWN_PAPER,
    TRANSCRIBED,
    Segment,
    WovenBlock,
    WovenDocument,
)
from build_tools.render.accounts import DOWNLOADS_LEAD, copies
from build_tools.render.addresses import (
    DOWNLOADS,
    GLOSSARY,
    PROOF,
    SOURCES,
    apparatus_page,
    document_page,
    note_fragment,
    page_of,
)
from build_tools.render.backlinks import block_name
from build_tools.render.proof import LEAD, proof_words
from build_tools.render.registers import TITLES

VIEWS: Mapping[str, int] = {
    TRANSCRIBED: IN_TRANSCRIBED,
    READING: IN_READING,
    EXPANDED: IN_EXPANDED,
}


def repeating_pages(bound: BoundEdition) -> frozenset[str]:
    """Return the pages that only repeat what is found elsewhere, and are left out of the search."""
    return frozenset(apparatus_page(name) for name in bound.documents)


def searched_document(woven: WovenDocument, edition: Edition) -> SearchPage:
    """Return a document: its head, its blocks, its notes of both series."""
    document = woven.bound.document
    described = document.description
    head = " ".join(
        part
        for part in (
            described.heading,
            described.dateline,
            *(f"{datum.label}: {datum.value}." for datum in described.head),
            described.source,
        )
        if part
    )
    blocks = (_block(name, block) for name, block in woven.blocks.items())
    bound = woven.bound
    records: tuple[Note | Emendation | Variant, ...] = (
        *(one.note for one in bound.notes),
        *(one.emendation for one in bound.emendations),
        *(one.variant for one in bound.variants),
    )
    notes = (_record(record, woven, edition) for record in records)
    return SearchPage(
        document_page(document.id),
        f"{described.title}: {described.heading}",
        (SearchEntry("", described.title, everywhere(head)), *blocks, *notes),
    )


def _block(name: str, block: WovenBlock) -> SearchEntry:
    seen = IN_TRANSCRIBED if block.shown in (SHOWN_PAPER, SHOWN_FORM) else IN_ALL
    return SearchEntry(name, block_name(block.bound.block), joined(_runs(block)), seen)


def _runs(block: WovenBlock) -> Iterator[Run]:
    for fragment in block.fragments:
        for piece in fragment.pieces:
            if isinstance(piece, Segment):
                yield sum(VIEWS[view] for view in piece.shown), piece.text


def _record(
    record: Note | Emendation | Variant, woven: WovenDocument, edition: Edition
) -> SearchEntry:
    """Return a note; its label is its title, and what it proposes to read is among its words."""
    told = []
    if isinstance(record, Emendation):
        told = [change.reading for change in record.changes]
    elif isinstance(record, Variant):
        told = [f"{record.witness}: {record.reading}"]
    words = "; ".join(one for one in told if one)
    body = plain(record.body, edition)
    return SearchEntry(
        note_fragment(record.id, textual=record.id in woven.letters),
        f"Note: {record.label}" if record.label else "Note",
        everywhere(" ".join(part for part in (words and f"{words}.", body) if part)),
    )


def searched_registers(edition: Edition) -> Iterator[SearchPage]:
    """Yield glossary, registers and sources, each page with its entries."""
    terms = tuple(_term(term, edition) for term in edition.terms.values())
    yield SearchPage(GLOSSARY, "Glossary", terms)
    for kind in REGISTERS:
        entries = (one for one in edition.entries.values() if one.register == kind)
        found = tuple(_entry(entry, edition) for entry in entries)
        yield SearchPage(page_of(kind, "")[0], TITLES[kind], found)
    yield SearchPage(SOURCES, "Sources", tuple(_sources(edition)))


def searched_lists(bound: BoundEdition, files: Mapping[str, bytes]) -> Iterator[SearchPage]:
    """Yield the pages that have a section a document; ``files`` are the sources by path."""
    yield _list(PROOF, "Proof", LEAD, bound, proof_words)
    yield _list(
        DOWNLOADS,
        "Downloads",
        DOWNLOADS_LEAD,
        bound,
        lambda one: "; ".join(f"{name}: {says}" for _, name, says, _ in copies(one, files)),
    )


def _list(
    page: str,
    title: str,
    lead: str,
    bound: BoundEdition,
    told: Callable[[BoundDocument], str],
) -> SearchPage:
    sections = (
        SearchEntry(f"document-{one.id}", one.document.description.title, everywhere(told(one)))
        for one in bound.documents.values()
    )
    return SearchPage(page, title, (SearchEntry("", title, everywhere(lead)), *sections))


def _term(term: Term, edition: Edition) -> SearchEntry:
    forms = (f"{one.form} = {one.expansion}" if one.expansion else one.form for one in term.forms)
    return _named(term.id, term.term, (*dict.fromkeys(forms), plain(term.body, edition)))


def _entry(entry: Entry, edition: Edition) -> SearchEntry:
    title = entry.display if entry.register == "event" else entry.name
    when = entry.date.words if entry.date else ""
    names = (entry.display, *(form.form for form in entry.forms))
    forms = [name for name in dict.fromkeys(names) if name != title]
    return _named(entry.id, title, (when, *forms, plain(entry.body, edition)))


def _sources(edition: Edition) -> Iterator[SearchEntry]:
    for source in edition.sources.values():
        fields = source.fields
        people = (
            name.literal or f"{name.given} {name.family}".strip()
            for names in source.names.values()
            for name in names
        )
        told = ("title", "container-title", "collection-title", "volume", "number", "publisher")
        further = ("archive", "archive_location", "issued", "note")
        words = (*people, *(fields.get(name, "") for name in (*told, *further)))
        yield _named(source.id, fields.get("title-short") or fields["title"], words)


def _named(fragment: str, title: str, words: Iterable[str]) -> SearchEntry:
    sentences = (one.rstrip(".") + "." for one in words if one.strip())
    return SearchEntry(fragment, title, everywhere(" ".join(sentences)))


def plain(prose: Prose, edition: Edition) -> str:
    """Return the words of a body without its marks; a citation is its source's short title."""
    return " ".join("".join(_words(prose.blocks, edition)).split())


def _words(blocks: Iterable[ProseBlock], edition: Edition) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                yield from _words(item, edition)
        elif isinstance(block, Quote):
            yield from _words(block.content, edition)
        else:
            yield from _spans(block.content, edition)
            yield " "


def _spans(content: Iterable[Span], edition: Edition) -> Iterator[str]:
    for span in content:
        if isinstance(span, Words):
            yield " " if span.breaks else span.text
        elif isinstance(span, Citation):
            fields = edition.sources[span.source].fields
            short = fields.get("title-short") or fields["title"]
            yield f"({short}, {span.locator})" if span.locator else f"({short})"
        else:
            yield from _spans(span.content, edition)
