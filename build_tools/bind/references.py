"""Records that name each other: sources, authors, entries, terms, notes and blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from build_tools.model.base import Block
from build_tools.model.nearest import did_you_mean
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.prose import Prose, Reference
from build_tools.model.records import (
    REGISTERS,
    Cited,
    Document,
    Edition,
    Emendation,
    Entry,
    Essay,
    Note,
    Term,
    Variant,
)

Signed: TypeAlias = Note | Emendation | Variant | Essay


def reference_problems(edition: Edition, blocks: dict[str, dict[str, Block]]) -> Iterator[Problem]:
    """Yield a problem for each name that leads nowhere; ``blocks`` holds each document's."""
    description = edition.description
    for editor, place in zip(description.editors, description.editors_places, strict=True):
        yield from _author(edition, editor, place)
    for prose, sources in _bodies(edition):
        yield from _cited(edition, sources)
        for citation in prose.citations():
            yield from _source(edition, citation.source, citation.place)
        for reference in prose.references():
            yield from _reference(edition, blocks, reference)
    for record in _signed(edition):
        yield from _author(edition, record.author, record.author_place)
        if isinstance(record, Note):
            yield from _author(edition, record.reviewer, record.reviewer_place)
    for term in edition.terms.values():
        if term.refers:
            yield from _entry(edition, term.refers, term.refers_place)
    for document in edition.documents.values():
        yield from _description(edition, document)


def _bodies(edition: Edition) -> Iterator[tuple[Prose, tuple[Cited, ...]]]:
    records: list[Signed | Term | Entry] = [
        *edition.terms.values(),
        *edition.entries.values(),
        *_signed(edition),
    ]
    for record in records:
        yield record.body, record.sources


def _signed(edition: Edition) -> Iterator[Signed]:
    yield from edition.essays.values()
    for document in edition.documents.values():
        yield from document.notes
        yield from document.emendations
        yield from document.variants


def _description(edition: Edition, document: Document) -> Iterator[Problem]:
    description = document.description
    yield from _cited(edition, description.printed)
    for datum in description.head:
        if datum.cited:
            yield from _cited(edition, (datum.cited,))
    for witness in description.witnesses:
        if witness.source:
            yield from _source(edition, witness.source, witness.place)
    for override in description.mentions:
        if override.ref != "none":
            yield from _entry(edition, override.ref, override.place)
    for proof in description.proof:
        if proof.by:
            yield from _author(edition, proof.by, proof.by_place)


def _cited(edition: Edition, cited: Iterable[Cited]) -> Iterator[Problem]:
    for one in cited:
        yield from _source(edition, one.source, one.place)


def _source(edition: Edition, name: str, place: Place) -> Iterator[Problem]:
    if name not in edition.sources:
        yield Problem(
            "source-unknown",
            place,
            f'there is no source "{name}" under edition/sources/',
            did_you_mean(name, edition.sources, f"add   edition/sources/{name}.yml", instead=True),
        )


def _author(edition: Edition, name: str, place: Place) -> Iterator[Problem]:
    if name and name not in edition.contributors:
        yield Problem(
            "author-unknown",
            place,
            f'there is no contributor "{name}" under edition/contributors/',
            did_you_mean(
                name, edition.contributors, f"add   edition/contributors/{name}.yml", instead=True
            ),
        )


def _entry(edition: Edition, ref: str, place: Place) -> Iterator[Problem]:
    if ref and ref not in edition.entries:
        yield Problem(
            "entry-unknown",
            place,
            f'there is no "{ref}" in the registers',
            did_you_mean(ref, edition.entries, "write the register and the id: person:some-id"),
        )


def _reference(
    edition: Edition, blocks: dict[str, dict[str, Block]], reference: Reference
) -> Iterator[Problem]:
    kind, name = reference.kind, reference.name
    if kind in ("note", "block"):
        document, _, item = name.partition("#")
        folder = f"edition/documents/{document}/"
        if document not in edition.documents:
            form = f"{kind}:document#id"
            yield _broken(reference, document, edition.documents, form, folder)
            return
        known: Collection[str] = blocks[document]
        if kind == "note":
            found = edition.documents[document]
            known = found.note_ids
        if item not in known:
            yield _broken(reference, item, known, f"{kind}:{document}#\u2026", folder)
        return
    if kind in REGISTERS and f"{kind}:{name}" in edition.entries:
        return
    tables: dict[str, Collection[str]] = {
        "term": edition.terms,
        "source": edition.sources,
        "essay": edition.essays,
        **{
            register: {e.id for e in edition.entries.values() if e.register == register}
            for register in REGISTERS
        },
    }
    if name not in tables[kind]:
        yield _broken(reference, name, tables[kind], f"{kind}:\u2026")


def _broken(
    reference: Reference, name: str, known: Iterable[str], form: str, about: str = ""
) -> Problem:
    names = sorted(known)
    return Problem(
        "link-broken",
        reference.place,
        f'the link {reference.kind}:{reference.name} leads nowhere: there is no "{name}"',
        did_you_mean(name, names, f"write   {form}   with one of: " + ", ".join(names[:8])),
        about=about,
    )
