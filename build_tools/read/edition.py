"""The whole edition: every file of a tree read, and everything wrong in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from build_tools.model.nearest import nearest, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import (
    REGISTERS,
    Description,
    Document,
    Edition,
    EditionDescription,
    Entry,
    PageImage,
    Witness,
)
from build_tools.model.spread import Spread, one_by_one
from build_tools.model.transcription import Transcription
from build_tools.read import layout
from build_tools.read.descriptions import read_contributor, read_description, read_source
from build_tools.read.document import read_document
from build_tools.read.ids import id_problem
from build_tools.read.layout import Filed
from build_tools.read.newcomers import welcome
from build_tools.read.records import (
    read_emendation,
    read_entry,
    read_essay,
    read_note,
    read_term,
    read_variant,
)
from build_tools.read.text import decode
from build_tools.read.transcription import parse_transcription
from build_tools.read.tree import TOP, Tree

IMAGE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF....WEBP|GIF8[79]a", re.DOTALL)
"""How the bytes of an image begin, in the formats that browsers show."""

_T = TypeVar("_T")
Reader = Callable[[str, str], tuple[_T | None, Sequence[Problem]]]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def read_edition(
    tree: Tree, spread: Spread = one_by_one
) -> tuple[Edition | None, tuple[Problem, ...]]:
    """Read everything under ``edition/``.

    The edition is None only where ``edition.yml`` cannot be read; all else that cannot be read is
    left out of it, and reported.
    """
    shelf = _Shelf(tree, spread)
    edition = shelf.edition()
    return edition, tuple(sorted(shelf.problems, key=lambda problem: problem.place))


class _Shelf:
    """The files of a tree, sorted by kind, and the problems found in them."""

    def __init__(self, tree: Tree, spread: Spread) -> None:
        self.tree = tree
        self.spread = spread
        self.problems: list[Problem] = list(tree.problems())
        self.paths = frozenset(tree.files())
        self.files: list[Filed] = []
        self.by_kind: dict[tuple[str, str], list[Filed]] = defaultdict(list)
        for path in sorted(self.paths):
            file = layout.filed(path)
            if file is None:
                self.problems.append(layout.unknown(path))
            else:
                self.files.append(file)
                self.by_kind[file.kind, file.document].append(file)

    def edition(self) -> Edition | None:
        description = self.description()
        contributors = self.records("contributor", read_contributor)
        sources = self.records("source", read_source)
        terms = self.records("term", read_term)
        entries = {
            entry.ref: entry
            for register in REGISTERS
            for entry in self.records(register, _of(register))
        }
        essays = self.records("essay", read_essay)
        documents = self.documents()
        if description is None:
            return None
        welcomed = welcome(_by_id(contributors), _by_id(sources), documents)
        self.problems += welcomed.problems
        return Edition(
            description=description,
            contributors=welcomed.contributors,
            sources=welcomed.sources,
            terms=_by_id(terms),
            entries=entries,
            essays=_by_id(essays),
            documents=_by_id(welcomed.documents),
        )

    def description(self) -> EditionDescription | None:
        if layout.EDITION_FILE not in self.paths:
            self.problems.append(
                Problem(
                    "file-missing",
                    Place(layout.EDITION_FILE),
                    "the edition has no edition.yml",
                    "write one with title, editors, license, version and language",
                )
            )
            return None
        return self.read(layout.EDITION_FILE, read_description)

    # files

    def of_kind(self, kind: str, document: str = "") -> list[Filed]:
        return self.by_kind[kind, document]

    def text(self, path: str, *, witness: bool = False, transcription: bool = False) -> str | None:
        data = self.tree.read(path)
        text, found = decode(data, path, witness=witness, transcription=transcription)
        self.problems += found
        return text

    def read(self, path: str, reader: Reader[_T]) -> _T | None:
        text = self.text(path)
        if text is None:
            return None
        record, found = reader(text, path)
        self.problems += found
        return record

    def records(self, kind: str, reader: Reader[_T], document: str = "") -> tuple[_T, ...]:
        """Read all records of a kind; those whose file has no name for an id are left out."""
        found: list[_T] = []
        for file in self.of_kind(kind, document):
            record = self.read(file.path, reader)
            fault = id_problem(file.id, Place(file.path), "the name of the file, its id,")
            if fault is not None:
                self.problems.append(fault)
            elif record is not None:
                found.append(record)
        return tuple(found)

    # documents

    def documents(self) -> tuple[Document, ...]:
        names = sorted({file.document for file in self.files if file.document})
        read = self.spread(self.document_alone, names)
        self.problems += [problem for _, problems in read for problem in problems]
        return tuple(document for document, _ in read if document is not None)

    def document_alone(self, name: str) -> tuple[Document | None, tuple[Problem, ...]]:
        """Read a document, and give its problems with it."""
        before = len(self.problems)
        document = self.document(name)
        found = tuple(self.problems[before:])
        del self.problems[before:]
        return document, found

    def document(self, name: str) -> Document | None:
        folder = f"{TOP}/{layout.DOCUMENTS}/{name}"
        fault = id_problem(name, Place(folder), "the name of the folder, its id,")
        self.problems += [fault] if fault else []
        description = self.own(folder, layout.DESCRIPTION, read_document)
        transcription = self.transcription(folder)
        expanded = self.expanded(folder)
        notes = self.records("note", read_note, name)
        emendations = self.records("emendation", read_emendation, name)
        variants = self.records("variant", read_variant, name)
        texts = self.witness_texts(folder, description.witnesses) if description else {}
        further = self.further(folder, description) if description else {}
        self.check_images(folder, description.pages if description else ())
        if fault or description is None or transcription is None:
            return None
        return Document(
            id=name,
            description=description,
            witness_texts=texts,
            further=further,
            transcription=transcription,
            expanded=expanded,
            notes=notes,
            emendations=emendations,
            variants=variants,
        )

    def own(self, folder: str, name: str, reader: Reader[_T]) -> _T | None:
        """Read one of the files that every document has."""
        path = f"{folder}/{name}"
        if path in self.paths:
            return self.read(path, reader)
        self.problems.append(
            Problem(
                "file-missing",
                Place(path),
                f"the document has no {name}",
                f"write {path}, or take the rest of {folder} away",
            )
        )
        return None

    def transcription(self, folder: str) -> Transcription | None:
        path = f"{folder}/{layout.TRANSCRIPTION}"
        if path not in self.paths:
            return self.own(folder, layout.TRANSCRIPTION, parse_transcription)
        return self.parsed(path, brackets=False)

    def expanded(self, folder: str) -> Transcription | None:
        path = f"{folder}/{layout.EXPANDED}"
        return self.parsed(path, brackets=True) if path in self.paths else None

    def parsed(self, path: str, *, brackets: bool) -> Transcription | None:
        text = self.text(path, transcription=True)
        if text is None:
            return None
        transcription, found = parse_transcription(text, path, brackets=brackets)
        self.problems += found
        return transcription

    def witness_texts(self, folder: str, witnesses: Iterable[Witness]) -> dict[str, str]:
        """Return the text of each witness by its siglum."""
        paths = {
            witness.siglum: self.path_in(folder, witness.file, witness.place)
            for witness in witnesses
            if witness.file
        }
        # Where a name is wrong, or a key, one of the unnamed files is the one that was meant.
        if all(paths.values()) and not self.is_torn(f"{folder}/{layout.DESCRIPTION}"):
            self.problems += [
                _unnamed(file.path)
                for file in self.of_kind(layout.WITNESS, folder.rsplit("/", 1)[1])
                if file.path not in paths.values()
            ]
        texts = {siglum: self.text(path, witness=True) for siglum, path in paths.items() if path}
        return {siglum: text for siglum, text in texts.items() if text is not None}

    def is_torn(self, path: str) -> bool:
        """Tell whether keys of a file are not there, or not where they should be."""
        torn = ("yaml-invalid", "key-unknown", "key-missing", "key-duplicate")
        return any(one.place.file == path and one.code in torn for one in self.problems)

    def further(self, folder: str, description: Description) -> dict[str, Transcription]:
        """Read the further witnesses that are given by their text, in the same grammar."""
        found: dict[str, Transcription] = {}
        if description.basis not in (witness.siglum for witness in description.witnesses):
            return {}  # one of them is the basis, and which one is not known
        for witness in description.witnesses:
            path = f"{folder}/{witness.file}"
            if witness.siglum == description.basis or path not in self.paths:
                continue
            transcription = self.parsed(path, brackets=False)
            if transcription is not None:
                found[witness.siglum] = transcription
        return found

    def check_images(self, folder: str, pages: Iterable[PageImage]) -> None:
        for page in pages:
            path = self.path_in(folder, page.image, page.place, "image-missing")
            if path and not IMAGE.match(self.tree.read(path)):
                self.problems.append(
                    Problem(
                        "image-invalid",
                        page.place,
                        f"{page.image} is not an image: it is neither PNG, JPEG, WebP nor GIF",
                        "save the image again in one of these formats",
                    )
                )

    def path_in(self, folder: str, value: str, place: Place, missing: str = "file-missing") -> str:
        """Return the path that a value of document.yml names; nothing, with a problem, for none."""
        if not value:
            return ""
        if re.match(r"/|[A-Za-z]:", value) or "\\" in value or ".." in value.split("/"):
            example = "facsimiles/page-1.png" if missing == "image-missing" else "witness/T.txt"
            self.problems.append(_leads_out(value, place, example))
            return ""
        path = f"{folder}/{value}"
        if path not in self.paths:
            own = [
                each.removeprefix(f"{folder}/")
                for each in self.paths
                if each.startswith(f"{folder}/")
            ]
            self.problems.append(_absent(value, path, own, place, missing))
            return ""
        return path


def _of(register: str) -> Reader[Entry]:
    return lambda text, file: read_entry(text, file, register)


def _by_id(records: Iterable[_N]) -> dict[str, _N]:
    return {record.id: record for record in records}


def _leads_out(value: str, place: Place, example: str) -> Problem:
    return Problem(
        "path-refused",
        place,
        f'"{value}" is not a path in the folder of the document',
        f"write it from that folder on, with / between names: {example}",
    )


def _absent(value: str, path: str, names: list[str], place: Place, code: str) -> Problem:
    closest = nearest(value, names)
    hint = "put it there, or mend the name; small and capital letters differ"
    other = value.casefold() in (name.casefold() for name in closest)
    if other:
        hint = "mend the name: small and capital letters differ"
    told = suggestion(closest, hint, instead=not other)
    return Problem(code, place, f"there is no file {path}", told, closest)


def _unnamed(path: str) -> Problem:
    return Problem(
        "file-unknown",
        Place(path),
        "no witness of this document has this file",
        "name it in document.yml, as file: of a witness, or take it away",
    )
