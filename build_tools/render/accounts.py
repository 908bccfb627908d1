"""Who made the edition, and what can be taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.records import Contributor
from build_tools.render.addresses import (
    CONVENTIONS,
    DOWNLOADS,
    apparatus_page,
    relative,
)
from build_tools.render.markdown import front_matter, link, text

FILES = {
    "transcription.txt": "the transcription",
    "expanded.txt": "the reading text with supplied words",
}


def contributors_markdown(bound: BoundEdition) -> str:
    """Return the page of contributors, with what each has signed."""
    signed: Counter[tuple[str, str]] = Counter()
    for document in bound.edition.documents.values():
        for name, records in (
            ("note", document.notes),
            ("emendation", document.emendations),
            ("variant", document.variants),
        ):
            signed.update((record.author, name) for record in records)
    signed.update((essay.author, "essay") for essay in bound.edition.essays.values())
    sections = [
        _contributor(person, signed, bound) for person in bound.edition.contributors.values()
    ]
    head = front_matter({"title": "Contributors", "hide": ("navigation",)})
    return "\n\n".join([head, "# Contributors", *sections]) + "\n"


def _contributor(person: Contributor, signed: Counter[tuple[str, str]], bound: BoundEdition) -> str:
    counts = [
        f"{signed[person.id, name]} {name}{'s' if signed[person.id, name] > 1 else ''}"
        for name in ("note", "emendation", "variant", "essay")
        if signed[person.id, name]
    ]
    lines = [f"## {text(person.name)} {{: #{person.id} }}"]
    role = "editor" if person.id in bound.edition.description.editors else ""
    told = [person.role or role, "signs " + ", ".join(counts) if counts else ""]
    words = "; ".join(part for part in told if part)
    lines.append(text(f"{words[:1].upper()}{words[1:]}.") if words else "")
    if person.orcid:
        lines.append(link(text(f"ORCID {person.orcid}"), f"https://orcid.org/{person.orcid}"))
    if person.url:
        lines.append(link(text(person.url), person.url))
    return "\n\n".join(line for line in lines if line)


def downloads_markdown(bound: BoundEdition, files: Mapping[str, bytes]) -> str:
    """Return the page of downloads; ``files`` are the sources by path."""
    head = front_matter({"title": "Downloads", "hide": ("navigation",)})
    lead = text("The sources of the texts, as they are kept. How they are written: ")
    lead += link("conventions", relative(DOWNLOADS, CONVENTIONS))
    lead += text(f". Licence of the edition: {bound.edition.description.license}.")
    sections = [head, "# Downloads", lead]
    for document in bound.documents.values():
        title = document.document.description.title
        sections.append(f"## {text(title)} {{: #document-{document.id} }}")
        rows = [
            f"- {link(text(name), relative(DOWNLOADS, path))}&#58; "
            f"{text(says)}, {len(data):,} bytes"
            for path, name, says, data in copies(document, files)
        ]
        rows.append(f"- {link('Apparatus', relative(DOWNLOADS, apparatus_page(document.id)))}")
        sections.append("\n".join(rows))
    return "\n\n".join(sections) + "\n"


def copies(
    bound: BoundDocument, files: Mapping[str, bytes]
) -> Iterator[tuple[str, str, str, bytes]]:
    """Yield the files that stand beside a document's page: path, name, what it is, bytes."""
    folder = f"edition/documents/{bound.id}/"
    says = dict(FILES)
    for witness in bound.document.description.witnesses:
        if witness.file and witness.siglum in bound.document.witness_texts:
            says[witness.file] = f"witness {witness.siglum} as received"
    for name, words in says.items():
        data = files.get(folder + name)
        if data is not None:
            file = name.rsplit("/", 1)[-1]
            yield f"edition/{bound.id}/files/{file}", file, words, data
