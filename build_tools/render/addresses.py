"""Where things are published: pages under ``docs/`` and the fragments in them."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from build_tools.model.records import FOLDERS

CONTENTS = "edition/index.md"
GLOSSARY = "edition/glossary.md"
SOURCES = "edition/sources.md"
CHRONOLOGY = "edition/chronology.md"
CONVENTIONS = "edition/conventions.md"
CONTRIBUTORS = "edition/contributors.md"
DOWNLOADS = "edition/downloads.md"
PROOF = "edition/proof.md"
SCORECARD = "edition/scorecard.md"
MESSAGES = "edition/messages.md"


def document_page(document: str) -> str:
    """Return the page of a document."""
    return f"edition/{document}/index.md"


def apparatus_page(document: str) -> str:
    """Return the page of a document's apparatus."""
    return f"edition/{document}/apparatus.md"


def page_of(kind: str, name: str) -> tuple[str, str]:
    """Return page and fragment of ``kind:name``, as prose and the text link to it.

    A note's own kind (commentary or textual) decides its fragment: see :func:`note_fragment`.
    """
    if kind == "term":
        return GLOSSARY, name
    if kind == "source":
        return SOURCES, name
    if kind == "essay":
        return f"edition/essays/{name}.md", ""
    if kind == "block":
        document, _, block = name.partition("#")
        return document_page(document), block
    if kind == "event":
        return CHRONOLOGY, name
    return f"edition/{FOLDERS[kind]}.md", name


def note_fragment(note: str, *, textual: bool) -> str:
    """Return the fragment of a note: ``fn:`` for commentary, ``tn:`` for the text."""
    return f"tn:{note}" if textual else f"fn:{note}"


def relative(page: str, target: str, fragment: str = "") -> str:
    """Return the address of ``target`` as written on ``page``, in Markdown's source terms."""
    if page == target and fragment:
        return f"#{fragment}"
    path = _path(posixpath.dirname(page), target)
    return f"{path}#{fragment}" if fragment else path


@lru_cache(maxsize=65536)
def _path(folder: str, target: str) -> str:
    """Find the way once for each folder: a page of a register leads to each document many times."""
    return posixpath.relpath(target, folder)
