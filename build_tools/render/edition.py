"""All pages of an edition, by path under ``docs/``."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.model.bound import BoundEdition
from build_tools.model.records import Edition, Essay
from build_tools.model.woven import WovenDocument, WovenEdition
from build_tools.render.accounts import (
    copies,
    downloads_markdown,
)
from build_tools.render.addresses import (
    CONTENTS,
    CONTRIBUTORS,
    CONVENTIONS,
    DOWNLOADS,
    GLOSSARY,
    MESSAGES,
    PROOF,
    SCORECARD,
    SOURCES,
    apparatus_page,
    document_page,
    page_of,
    relative,
)
from build_tools.render.apparatus import apparatus_markdown
from build_tools.render.backlinks import backlinks
from build_tools.render.contributors import contributors_markdown
from build_tools.render.conventions import conventions_markdown, messages_markdown
from build_tools.render.document import Facsimile, document_markdown
from build_tools.render.drafting import DRAFTING, drafting_script
from build_tools.render.markdown import element, front_matter, link, text
from build_tools.render.proof import proof_markdown
from build_tools.render.prose import Setting, person_link, prose
from build_tools.render.registers import TITLES, Register, register_pages
from build_tools.render.scorecard import scorecard_markdown


def textual_notes(bound: BoundEdition) -> frozenset[str]:
    """Return ``document#id`` of the notes of the second series, in all documents."""
    return frozenset(
        f"{name}#{note}"
        for name, document in bound.documents.items()
        for note in (
            *(one.note.id for one in document.notes if one.note.kind == "textual"),
            *(one.emendation.id for one in document.emendations),
            *(one.variant.id for one in document.variants),
        )
    )


def render_document(
    document: WovenDocument,
    edition: Edition,
    textual: frozenset[str],
    facsimiles: dict[str, Facsimile],
    files: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return the pages of one document: itself and its apparatus.

    ``facsimiles`` is by page; ``files`` are the sources of the texts, by path.
    """
    name = document.bound.id
    page, apparatus = document_page(name), apparatus_page(name)
    beside = {
        f"{says[:1].upper()}{says[1:]} ({file})": f"files/{file}"
        for _, file, says, _ in copies(document.bound, files)
    }
    shown = document_markdown(document, Setting(page, edition, textual), facsimiles, beside)
    told = apparatus_markdown(document, Setting(apparatus, edition, textual))
    return {page: shown.encode(), apparatus: told.encode()}


def render_shared(
    woven: WovenEdition, textual: frozenset[str], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the pages that belong to no document, and the copies of the sources.

    Of the woven edition the texts themselves are not needed.
    """
    edition = woven.bound.edition
    pages = register_pages(Register(woven, backlinks(woven, textual), textual))
    for essay in edition.essays.values():
        page = page_of("essay", essay.id)[0]
        pages[page] = _essay(essay, Setting(page, edition, textual))
    pages[CONTENTS] = _contents(woven)
    pages[CONVENTIONS] = conventions_markdown()
    pages[MESSAGES] = messages_markdown()
    pages[CONTRIBUTORS] = contributors_markdown(woven.bound, textual)
    pages[PROOF] = proof_markdown(woven.bound, files)
    pages[SCORECARD] = scorecard_markdown(woven.bound)
    pages[DOWNLOADS] = downloads_markdown(woven.bound, files)
    copied = {
        path: data
        for document in woven.bound.documents.values()
        for path, _, _, data in copies(document, files)
    }
    copied[DRAFTING] = drafting_script(edition)
    return {**{path: markdown.encode() for path, markdown in sorted(pages.items())}, **copied}


def _essay(essay: Essay, setting: Setting) -> str:
    author = person_link(essay.author, setting)
    signed = element("p", {"class": "ed-meta", "markdown": "span"}, author)
    parts = [
        front_matter({"title": essay.title, "hide": ("navigation",)}),
        f"# {text(essay.title, starts_block=True)}",
        prose(essay.body, setting),
        signed,
    ]
    return "\n\n".join(parts) + "\n"


def _contents(woven: WovenEdition) -> str:
    edition = woven.bound.edition
    lines = [front_matter({"title": "Contents", "hide": ("navigation",)}), "# Contents"]
    lines.append("## Documents")
    for document in woven.bound.documents.values():
        description = document.document.description
        words = link(text(description.title), relative(CONTENTS, document_page(document.id)))
        when = f" {text(description.date.words)}." if description.date else ""
        page = apparatus_page(document.id)
        apparatus = link("Apparatus", relative(CONTENTS, page))
        lines.append(f"{words}&#46; {text(description.heading)}.{when} {apparatus}.")
    if edition.essays:
        lines.append("## Essays")
        essays = sorted(edition.essays.values(), key=lambda one: (one.order, one.id))
        lines.extend(
            link(text(essay.title), relative(CONTENTS, page_of("essay", essay.id)[0]))
            for essay in essays
        )
    lines.append("## Registers")
    lines.append("\n".join(_registers(edition)))
    lines.append("## About the edition")
    lines.append("\n".join(_about()))
    return "\n\n".join(lines) + "\n"


def _about() -> list[str]:
    pages = {
        "Conventions": CONVENTIONS,
        "Proof": PROOF,
        "Scorecard": SCORECARD,
        "Contributors": CONTRIBUTORS,
        "Downloads": DOWNLOADS,
        "Messages of the check": MESSAGES,
    }
    return [f"- {link(title, relative(CONTENTS, page))}" for title, page in pages.items()]


def _registers(edition: Edition) -> list[str]:
    lines = [f"- {link('Glossary', relative(CONTENTS, GLOSSARY))} ({len(edition.terms)})"]
    for kind, title in TITLES.items():
        count = sum(entry.register == kind for entry in edition.entries.values())
        lines.append(f"- {link(title, relative(CONTENTS, page_of(kind, '')[0]))} ({count})")
    lines.append(f"- {link('Sources', relative(CONTENTS, SOURCES))} ({len(edition.sources)})")
    return lines
