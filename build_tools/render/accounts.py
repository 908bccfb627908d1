"""What can be taken away: the sources of the texts, as they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.render.addresses import (
    CONVENTIONS,
    DOWNLOADS,
    apparatus_page,
    relative,
)
from build_tools.render.markdown import front_matter, link, text

DOWNLOADS_LEAD = "The sources of the texts, as they are kept."

FILES = {
    "transcription.txt": "the transcription",
    "expanded.txt": "the reading text with supplied words",
}


def downloads_markdown(bound: BoundEdition, files: Mapping[str, bytes]) -> str:
    """Return the page of downloads; ``files`` are the sources by path."""
    head = front_matter({"title": "Downloads", "hide": ("navigation",)})
    lead = text(f"{DOWNLOADS_LEAD} How they are written: ")
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
