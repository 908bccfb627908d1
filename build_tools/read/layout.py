"""Where the files of an edition lie, and which kind of thing each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from build_tools.model.nearest import clipped, listed, nearest, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import FOLDERS
from build_tools.read.tree import TOP

EDITION_FILE = f"{TOP}/edition.yml"
DOCUMENTS = "documents"
DESCRIPTION, TRANSCRIPTION, EXPANDED = "document.yml", "transcription.txt", "expanded.txt"
WITNESS, FACSIMILES = "witness", "facsimiles"

SHELVES = {
    "contributors": ("contributor", ".yml"),
    "sources": ("source", ".yml"),
    "glossary": ("term", ".md"),
    "essays": ("essay", ".md"),
    **{f"registers/{folder}": (register, ".md") for register, folder in FOLDERS.items()},
}
"""Folders of records under ``edition/``, with the kind and the ending of their files."""

DOCUMENT_SHELVES = {
    "notes": ("note", ".md"),
    "emendations": ("emendation", ".md"),
    "variants": ("variant", ".md"),
}
"""Folders of records under ``edition/documents/<document>/``."""

DOCUMENT_FILES = (DESCRIPTION, TRANSCRIPTION, EXPANDED)


@dataclass(frozen=True)
class Filed:
    """A file with its kind: that of its record, the name of a document's own file, or a folder."""

    path: str
    kind: str
    document: str = ""

    @property
    def id(self) -> str:
        """The id that the name of the file gives to its record."""
        return PurePosixPath(self.path).stem


def filed(path: str) -> Filed | None:
    """Tell what a file is; None for one that does not belong there."""
    if path == EDITION_FILE:
        return Filed(path, "edition")
    parts = path.split("/")[1:]
    if parts[0] == DOCUMENTS:
        return _filed_in_document(path, parts[1:])
    kind, ending = SHELVES.get("/".join(parts[:-1]), ("", ""))
    return Filed(path, kind) if kind and path.endswith(ending) else None


def is_record(path: str) -> bool:
    """Tell whether a file is that of a record, on a shelf of the edition or of a document."""
    found = filed(path)
    kinds = {kind for kind, _ in (*SHELVES.values(), *DOCUMENT_SHELVES.values())}
    return found is not None and found.kind in kinds


def _filed_in_document(path: str, parts: list[str]) -> Filed | None:
    if len(parts) == 2 and parts[1] in DOCUMENT_FILES:
        return Filed(path, parts[1], parts[0])
    if len(parts) > 2 and parts[1] == FACSIMILES:
        return Filed(path, FACSIMILES, parts[0])
    if len(parts) != 3:
        return None
    if parts[1] == WITNESS:
        return Filed(path, WITNESS, parts[0])
    kind, ending = DOCUMENT_SHELVES.get(parts[1], ("", ""))
    return Filed(path, kind, parts[0]) if kind and path.endswith(ending) else None


def unknown(path: str) -> Problem:
    """Report a file that does not belong where it lies, and say where such files go."""
    parts = path.split("/")[1:]
    in_document = parts[0] == DOCUMENTS and len(parts) > 2
    shelves = DOCUMENT_SHELVES if in_document else SHELVES
    names = parts[2:] if in_document else parts
    folder = "/".join(names[:-1])
    if folder in shelves:
        kind, ending = shelves[folder]
        return _unknown(path, f"a {kind} is a file in {folder}/ whose name ends in {ending}", ())
    closest = nearest(folder, shelves) if folder else ()
    return _unknown(
        path,
        suggestion(
            tuple(f"the folder {name}/" for name in closest),
            _of_a_document() if in_document or parts[0] == DOCUMENTS else _of_the_edition(),
        ),
        closest,
    )


def _unknown(path: str, hint: str, closest: tuple[str, ...]) -> Problem:
    name = clipped(PurePosixPath(path).name)
    return Problem("file-unknown", Place(path), f"{name} does not belong here", hint, closest)


def _of_a_document() -> str:
    folders = listed(f"{name}/" for name in (*DOCUMENT_SHELVES, WITNESS, FACSIMILES))
    return (
        f"a document is a folder under documents/ with {DESCRIPTION}, {TRANSCRIPTION}, perhaps "
        f"{EXPANDED}, and files in {folders}; files of other kinds go outside of edition/"
    )


def _of_the_edition() -> str:
    folders = listed(f"{name}/" for name in (*SHELVES, DOCUMENTS))
    return (
        f"beside edition.yml there are files in {folders}; files of other kinds go outside of "
        "edition/"
    )
