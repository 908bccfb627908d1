"""What people have verified of a document, and whether the record of it still fits the text.

A record names a scope, a state and the hash of the text that was looked at. Where there is none
the answer is no; where the text has changed since, the record is stale and proves nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.model.bound import BoundDocument
from build_tools.model.records import Proof

STATES = ("transcribed", "collated", "image", "second")
"""Transcribed from a witness; collated with another; checked against an image; read by a second
person."""

SCOPE = re.compile(r"document|page [A-Za-z0-9][A-Za-z0-9.-]*|note [a-z][a-z0-9-]*")
WHOLE = "document"
YES, NO, STALE = "yes", "no", "stale"


@dataclass(frozen=True)
class Answer:
    """Whether a scope is in a state; ``proof`` is the record that says so, or that is stale."""

    says: str
    proof: Proof | None = None


def digest(text: str) -> str:
    """Return the SHA-256 hash of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hashes(bound: BoundDocument) -> Mapping[str, str]:
    """Return the hash of every scope of a document as it now is.

    A page is the base text of its fragments in the order of the witness, the document that of its
    blocks, each on a line of its own; a note (emendation, variant) is its file.
    """
    found = {f"page {n}": digest(text) for n, text in _pages(bound).items()}
    found |= {f"note {one.id}": one.digest for one in bound.document.records}
    found[WHOLE] = digest("\n".join(one.block.base for one in bound.blocks.values()))
    return found


def _pages(bound: BoundDocument) -> Mapping[str, str]:
    pages: dict[str, list[tuple[int, str]]] = {
        page.n: [] for page in bound.document.description.pages
    }
    for one in bound.blocks.values():
        for span in one.block.fragments:
            words = one.block.base[span.start : span.end]
            pages.setdefault(span.page, []).append((span.seq, words))
    return {n: "\n".join(words for _, words in sorted(parts)) for n, parts in pages.items() if n}


@dataclass(frozen=True)
class Ledger:
    """The records of a document, and the hashes of what it has now."""

    records: tuple[Proof, ...]
    now: Mapping[str, str]

    def fits(self, proof: Proof) -> bool:
        """Whether the text is still the one that was looked at."""
        return bool(proof.sha256) and self.now.get(proof.scope) == proof.sha256

    def answer(self, scope: str, state: str) -> Answer:
        """Say whether a scope is in a state; what is said of the document holds of its pages."""
        wider = (scope, WHOLE) if scope.startswith("page ") else (scope,)
        found = [one for one in self.records if one.state == state and one.scope in wider]
        fresh = [one for one in found if self.fits(one)]
        if fresh:
            return Answer(YES, fresh[-1])
        return Answer(STALE, found[-1]) if found else Answer(NO)

    def pages(self) -> tuple[str, ...]:
        """Return the scopes that are pages, or the document where it counts none."""
        return tuple(scope for scope in self.now if scope.startswith("page ")) or (WHOLE,)

    def notes(self) -> tuple[str, ...]:
        """Return the scopes that are notes, emendations and variants."""
        return tuple(scope for scope in self.now if scope.startswith("note "))

    def count(self, scopes: tuple[str, ...], state: str) -> int:
        """Count the scopes that are in a state."""
        return sum(self.answer(scope, state).says == YES for scope in scopes)


def ledger(bound: BoundDocument) -> Ledger:
    """Open the ledger of a document."""
    return Ledger(bound.document.description.proof, hashes(bound))
