"""Nothing is said twice: no two notes share a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.model.bound import BoundEdition
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.prose import Paragraph, words
from build_tools.model.records import Document, Emendation, Note, Variant

SENTENCE = re.compile(r"[^.;:?!]+[.;:?!]?")
SPACED = re.compile(r"\s+(?=[.;:?!]$)")
"""The space that a citation leaves before a stop."""
LEAST = 8
"""From how many words on a sentence is looked at: short ones may well come again."""


@dataclass(frozen=True)
class _Said:
    """A sentence of a record, in the paragraph that begins at a line of its file."""

    record: Note | Emendation | Variant
    line: int
    sentence: str


def no_prose_repeats_another(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each note that has a sentence of an older note of its document.

    Where of two none is older, nobody can tell which was written first: both are named.
    """
    for document in bound.edition.documents.values():
        same: dict[str, list[_Said]] = {}
        for said in _sentences(document):
            known = re.findall(r"\w+", said.sentence.casefold())
            if len(known) >= LEAST:
                same.setdefault(" ".join(known), []).append(said)
        for some in same.values():
            yield from _repeated(document.id, some)


def _sentences(document: Document) -> Iterator[_Said]:
    for record in document.records:
        for block in record.body.blocks:
            if isinstance(block, Paragraph):
                for sentence in SENTENCE.findall(words(block.content)):
                    yield _Said(record, block.line, SPACED.sub("", sentence.strip()))


def _repeated(document: str, some: Sequence[_Said]) -> Iterator[Problem]:
    first = {said.record.id: said for said in reversed(some)}
    in_order = sorted(first.values(), key=lambda said: said.record.date)
    for said in in_order:
        others = [one for one in in_order if one is not said]
        if others and said.record.date >= others[0].record.date:
            yield _problem(document, said, others[0])


def _problem(document: str, said: _Said, other: _Said) -> Problem:
    file = other.record.place.file
    return Problem(
        "prose-repeats",
        Place(said.record.place.file, said.line),
        f'"{said.record.id}" says again what "{other.record.id}" says ({file}:{other.line}): '
        f'"{said.sentence}"',
        f"say it once, and link to the other: [words](note:{document}#{other.record.id})",
        about=file,
    )
