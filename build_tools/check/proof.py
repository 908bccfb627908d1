"""States of proof are of something that is there, and of the text as it now is."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.nearest import did_you_mean
from build_tools.model.problem import Problem
from build_tools.model.proof import Ledger, ledger
from build_tools.model.records import Proof


def every_proof_is_of_something(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each scope that names a page or note the document does not have."""
    for document in bound.documents.values():
        book = ledger(document)
        for proof in book.records:
            if proof.scope and proof.scope not in book.now:
                yield _unknown(proof, document, book)


def _unknown(proof: Proof, document: BoundDocument, book: Ledger) -> Problem:
    kind, _, name = proof.scope.partition(" ")
    known = [scope.partition(" ")[2] for scope in book.now if scope.startswith(f"{kind} ")]
    if kind == "page":
        return Problem(
            "page-unknown",
            proof.scope_place,
            f'document {document.id} has no page "{name}"',
            f"its pages are {', '.join(known) or 'none'}",
        )
    return Problem(
        "link-broken",
        proof.scope_place,
        f'document {document.id} has no note "{name}"',
        did_you_mean(name, known, "name a note, emendation or variant of this document"),
    )


def every_proof_fits(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a warning for each record of a text that has changed since."""
    for document in bound.documents.values():
        book = ledger(document)
        for proof in book.records:
            now = book.now.get(proof.scope)
            if now and proof.state and not book.fits(proof):
                yield _stale(proof, now)


def _stale(proof: Proof, now: str) -> Problem:
    if not proof.sha256:
        return Problem(
            "proof-stale",
            proof.hash_place,
            f'{proof.scope} is on record as "{proof.state}", and no hash tells of which text',
            f'add   sha256: "{now}"',
        )
    return Problem(
        "proof-stale",
        proof.hash_place,
        f'{proof.scope} has changed since {proof.by} put it on record as "{proof.state}", '
        f"{proof.on}",
        f'look at it again; then write the day, and   sha256: "{now}"',
    )
