"""Where things are named and cited: the back-references of every entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.model.base import Block
from build_tools.model.kinds import FIELD
from build_tools.model.prose import Prose
from build_tools.model.records import Cited, Edition
from build_tools.model.woven import WovenEdition
from build_tools.render.addresses import document_page, note_fragment, page_of, relative
from build_tools.render.markdown import link, text


@dataclass(frozen=True)
class Backlink:
    """A place that names or cites something: its words, its page and fragment."""

    words: str
    page: str
    fragment: str


@dataclass(frozen=True)
class Backlinks:
    """By ``kind:id``: notes and pages that name an entry in prose, and that cite a source."""

    by_ref: Mapping[str, tuple[Backlink, ...]]


@dataclass(frozen=True)
class _Body:
    where: Backlink
    prose: Prose
    sources: tuple[Cited, ...]


def backlinks(woven: WovenEdition, textual: frozenset[str]) -> Backlinks:
    """Gather every place in prose that names an entry, a term or a source."""
    found: dict[str, dict[Backlink, None]] = defaultdict(dict)
    for body in _bodies(woven.bound.edition, textual):
        for citation in body.prose.citations():
            found[f"source:{citation.source}"][body.where] = None
        for one in body.sources:
            found[f"source:{one.source}"][body.where] = None
        for reference in body.prose.references():
            found[f"{reference.kind}:{reference.name}"][body.where] = None
    for document in woven.bound.edition.documents.values():
        here = Backlink(f"{document.description.title}, head", document_page(document.id), "")
        description = document.description
        cited = [*description.printed, *(d.cited for d in description.head if d.cited)]
        for one in cited:
            found[f"source:{one.source}"][here] = None
        for witness in description.witnesses:
            if witness.source:
                found[f"source:{witness.source}"][here] = None
    return Backlinks({ref: tuple(places) for ref, places in found.items()})


def _bodies(edition: Edition, textual: frozenset[str]) -> Iterator[_Body]:
    for document in edition.documents.values():
        page = document_page(document.id)
        title = document.description.title
        for record in document.records:
            in_text = f"{document.id}#{record.id}" in textual
            fragment = note_fragment(record.id, textual=in_text)
            yield _Body(
                Backlink(f"{title}, note \u201c{record.label}\u201d", page, fragment),
                record.body,
                record.sources,
            )
    for term in edition.terms.values():
        page, fragment = page_of("term", term.id)
        yield _Body(Backlink(f"Glossary, {term.term}", page, fragment), term.body, term.sources)
    for entry in edition.entries.values():
        page, fragment = page_of(entry.register, entry.id)
        yield _Body(Backlink(entry.display, page, fragment), entry.body, entry.sources)
    for essay in edition.essays.values():
        page, fragment = page_of("essay", essay.id)
        yield _Body(Backlink(essay.title, page, fragment), essay.body, essay.sources)


def block_name(block: Block) -> str:
    """Return what a block is called to readers: its own numeral or label, else its id in words."""
    for span in block.marks:
        label = block.base[span.start : span.end].rstrip(".:)")
        if span.mark.name != "label" or span.start or not label:
            continue
        if label.isdigit():
            return f"\u00b6 {label}"
        if block.group == FIELD:
            return f"field \u201c{label}\u201d"
    return block.id.replace("-", " ")


def mentioned_in(ref: str, page: str, woven: WovenEdition, back: Backlinks) -> str:
    """Return the list of passages and notes that name an entry, as Markdown, or nothing."""
    lines = []
    for passage in woven.passages.get(ref, ()):
        document = woven.bound.documents[passage.document]
        name = block_name(document.blocks[passage.block].block)
        words = f"{document.document.description.title}, {name}"
        address = relative(page, document_page(passage.document), passage.block)
        times = f" ({passage.count} times)" if passage.count > 1 else ""
        lines.append(f"- {link(text(words), address)}&#58; {text(passage.words + times)}")
    lines.extend(named_in(ref, page, back))
    return "\n".join(lines)


def named_in(ref: str, page: str, back: Backlinks) -> Iterator[str]:
    """Yield list items for the prose that names a thing."""
    for place in back.by_ref.get(ref, ()):
        yield f"- {link(text(place.words), relative(page, place.page, place.fragment))}"
