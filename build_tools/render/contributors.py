"""Who made the edition: the page that names everybody, with all that each has contributed.

It is made from the records themselves. A list that people keep by hand would be the one file that
every contribution has to touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from build_tools.model.bound import BoundEdition
from build_tools.model.records import Contributor, Document, Edition, Essay, Note
from build_tools.render.addresses import (
    CONTRIBUTORS,
    PROOF,
    document_page,
    note_fragment,
    page_of,
    relative,
)
from build_tools.render.markdown import element, front_matter, link, text

FEW = 4
"""A longer list is folded."""

MANY = 300
"""More than so many contributions of one person are told document by document."""

ONE_AND_MORE = {
    "note": ("note", "notes"),
    "emendation": ("emendation", "emendations"),
    "variant": ("variant", "variants"),
    "essay": ("essay", "essays"),
}
BLOCK = {"markdown": "block"}


@dataclass
class Work:
    """What one person has done: links to it, by what it is."""

    signed: dict[str, list[str]] = field(default_factory=dict)
    reviewed: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    documents: Counter[str] = field(default_factory=Counter)
    """How often each document is among them, by the link to it."""

    def count(self) -> str:
        """Return in words how much it is."""
        told = [
            f"{len(links)} {ONE_AND_MORE[kind][len(links) > 1]}"
            for kind, links in self.signed.items()
        ]
        parts = [f"signs {_listed(told)}"] if told else []
        if self.reviewed:
            noun = "note" if len(self.reviewed) == 1 else "notes"
            parts.append(f"has reviewed {len(self.reviewed)} {noun}")
        if self.proofs:
            noun = "state" if len(self.proofs) == 1 else "states"
            parts.append(f"has signed {len(self.proofs)} {noun} of proof")
        return _listed(parts)


def contributors_markdown(bound: BoundEdition, textual: Set[str]) -> str:
    """Return the page of contributors; ``textual`` are the notes that stand among the letters."""
    edition = bound.edition
    works = {name: Work() for name in edition.contributors}
    for document in edition.documents.values():
        _gather(document, works, textual)
    for essay in sorted(edition.essays.values(), key=lambda one: (one.order, one.id)):
        if essay.author in works:
            works[essay.author].signed.setdefault("essay", []).append(_essay(essay))
    head = front_matter({"title": "Contributors", "hide": ("navigation",)})
    licence = text(f"Licence of what they have contributed: {edition.description.license}.")
    people = [_person(one, works[name], edition) for name, one in edition.contributors.items()]
    return "\n\n".join([head, "# Contributors", licence, *people]) + "\n"


def _gather(document: Document, works: Mapping[str, Work], textual: Set[str]) -> None:
    title, page = document.description.title, document_page(document.id)
    whole = link(text(title), relative(CONTRIBUTORS, page))
    for kind, records in (
        ("note", document.notes),
        ("emendation", document.emendations),
        ("variant", document.variants),
    ):
        for record in records:
            fragment = note_fragment(record.id, textual=f"{document.id}#{record.id}" in textual)
            address = relative(CONTRIBUTORS, page, fragment)
            words = link(text(f"{title}, {kind} \u201c{record.label}\u201d"), address)
            if record.author in works:
                works[record.author].signed.setdefault(kind, []).append(words)
                works[record.author].documents[whole] += 1
            if isinstance(record, Note) and record.reviewer in works:
                works[record.reviewer].reviewed.append(f"{words}, {text('as reviewer')}")
    for proof in document.description.proof:
        if proof.by in works:
            address = relative(CONTRIBUTORS, PROOF, f"document-{document.id}")
            words = link(text(f"{title}, {proof.scope}"), address)
            works[proof.by].proofs.append(f"{words}, {text(f'proof, {proof.on}')}")


def _essay(essay: Essay) -> str:
    page, fragment = page_of("essay", essay.id)
    return link(text(essay.title), relative(CONTRIBUTORS, page, fragment))


def _person(person: Contributor, work: Work, edition: Edition) -> str:
    role = person.role or ("editor" if person.id in edition.description.editors else "")
    parts = [f"## {text(person.name)} {{: #{person.id} }}"]
    parts += [text(_sentence(one)) for one in (role, work.count()) if one]
    if person.orcid:
        parts.append(link(text(f"ORCID {person.orcid}"), f"https://orcid.org/{person.orcid}"))
    if person.url:
        parts.append(link(text(person.url), person.url))
    done = [one for links in work.signed.values() for one in links]
    everything = [*done, *work.reviewed, *work.proofs]
    if len(everything) > MANY:
        essays = work.signed.get("essay", [])
        counted = [f"{words}&#58; {count}" for words, count in work.documents.items()]
        parts += _list([*counted, *essays, *work.proofs], f"{len(counted)} documents")
    else:
        parts += _list(everything, f"All {len(everything)} contributions")
    return "\n\n".join(parts)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _list(links: Sequence[str], title: str) -> Iterator[str]:
    if not links:
        return
    lines = "\n".join(f"- {one}" for one in links)
    if len(links) <= FEW:
        yield element("div", {"class": "ed-places", **BLOCK}, f"\n\n{lines}\n\n")
        return
    summary = element("summary", {"markdown": "span"}, text(title))
    yield element("details", {"class": "ed-places", **BLOCK}, f"\n{summary}\n\n{lines}\n\n")
