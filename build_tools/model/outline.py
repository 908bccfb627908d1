"""What of a note others depend on: everything but its mere words.

Pages other than its document's show its head, what it links to and what it cites. Whether a head
or a link is the same is asked of what was read, not of the file: the same signs may be a link in
one place and code in another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from build_tools.model.prose import Prose
from build_tools.model.records import Document, Emendation, Note, Variant

NO_WORDS = Prose(())


def outlines(document: Document) -> Mapping[str, str]:
    """Return a hash of what others depend on, of each record of a document, by its file."""
    proved = frozenset(proof.scope for proof in document.description.proof)
    return {
        record.place.file: outline(record, by_its_bytes=f"note {record.id}" in proved)
        for record in document.records
        if not (isinstance(record, Variant) and record.is_computed)
    }


def outline(record: Note | Emendation | Variant, *, by_its_bytes: bool) -> str:
    """Return a hash of what others depend on.

    ``by_its_bytes``: a state of proof is of this record, and tells of every letter of its file.
    """
    head = replace(record, body=NO_WORDS, digest=record.digest if by_its_bytes else "")
    told = repr((head, bool(record.body.blocks), tuple(_named(record.body))))
    return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:32]


def _named(body: Prose) -> Iterator[tuple[str, str, str]]:
    for citation in body.citations():
        yield "source", citation.source, citation.locator
    for reference in body.references():
        yield reference.kind, reference.name, ""


def brings(document: Document) -> bool:
    """Tell whether a record of a document brings an author or a source of its own."""
    brought = [one.brought for one in document.notes]
    brought += [one.brought for one in document.emendations]
    return any(one.author or one.sources for one in brought)
