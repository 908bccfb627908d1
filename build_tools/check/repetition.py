"""Nothing is said twice: no two notes share a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.check.standing import plain
from build_tools.model.bound import BoundEdition
from build_tools.model.place import Place
from build_tools.model.problem import Problem

SENTENCE = re.compile(r"[^.;:?!]+[.;:?!]?")
LEAST = 8
"""From how many words on a sentence is looked at: short ones may well come again."""


def no_prose_repeats_another(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each note that has a sentence of another note of its document."""
    for document in bound.edition.documents.values():
        first: dict[str, str] = {}
        for record in document.records:
            for sentence in SENTENCE.findall(plain(record.body)):
                words = re.findall(r"\w+", sentence.casefold())
                other = first.setdefault(" ".join(words), record.id)
                if len(words) >= LEAST and other != record.id:
                    yield Problem(
                        "prose-repeats",
                        Place(record.place.file),
                        f'"{record.id}" says again what "{other}" says: "{sentence.strip()}"',
                        f"say it once, and link to the other: [words](note:{document.id}#{other})",
                    )
