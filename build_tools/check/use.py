"""Nothing is kept that nothing uses: sources cited, entries and terms named."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model.bound import BoundEdition
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.prose import Prose
from build_tools.model.records import Cited, Edition


def every_source_is_cited(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each source that no record, head or witness names."""
    edition = bound.edition
    cited = {one.source for one in _cited(edition)}
    for source in edition.sources.values():
        if source.id not in cited:
            yield Problem(
                "source-uncited",
                Place(source.place.file),
                f'nothing cites the source "{source.id}"',
                f"cite it where it is used, [@{source.id}], or take the file away",
            )


def every_entry_is_named(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each entry named by no text, override or note."""
    named = set(_mentioned(bound)) | set(_linked(bound.edition))
    for entry in bound.edition.entries.values():
        if entry.ref not in named:
            yield Problem(
                "entry-unmentioned",
                Place(entry.place.file),
                f'no text, note or essay names "{entry.ref}"',
                "list under forms: how the text names it, link to it in a note, or take the file "
                "away",
            )


def every_term_is_used(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each term none of whose forms occurs and that no prose names."""
    used = {
        f"term:{expansion.term}"
        for document in bound.documents.values()
        for block in document.blocks.values()
        for expansion in block.expansions
    } | set(_linked(bound.edition))
    for term in bound.edition.terms.values():
        if f"term:{term.id}" not in used:
            yield Problem(
                "term-unused",
                Place(term.place.file),
                f'no form of the term "{term.id}" stands in a text, and no note or essay names it',
                "write its forms as they stand in the reading text, or take the file away",
            )


def _mentioned(bound: BoundEdition) -> Iterator[str]:
    for document in bound.documents.values():
        for block in document.blocks.values():
            for mention in block.mentions:
                yield mention.ref


def _linked(edition: Edition) -> Iterator[str]:
    """Yield what notes and essays link to."""
    for body, _ in _signed_bodies(edition):
        for reference in body.references():
            yield f"{reference.kind}:{reference.name}"


def _signed_bodies(edition: Edition) -> Iterator[tuple[Prose, tuple[Cited, ...]]]:
    for document in edition.documents.values():
        for record in document.records:
            yield record.body, record.sources
    for essay in edition.essays.values():
        yield essay.body, essay.sources


def _cited(edition: Edition) -> Iterator[Cited]:
    bodies = [*_signed_bodies(edition)]
    bodies += [(term.body, term.sources) for term in edition.terms.values()]
    bodies += [(entry.body, entry.sources) for entry in edition.entries.values()]
    for body, sources in bodies:
        yield from sources
        for citation in body.citations():
            yield Cited(citation.source, citation.locator, citation.place)
        for reference in body.references():
            if reference.kind == "source":
                yield Cited(reference.name, "", reference.place)
    for document in edition.documents.values():
        description = document.description
        yield from description.printed
        yield from (datum.cited for datum in description.head if datum.cited)
        for witness in description.witnesses:
            if witness.source:
                yield Cited(witness.source, "", witness.place)
