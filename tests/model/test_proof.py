"""States of proof: where nobody has signed the answer is no, and a changed text takes it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools import pipeline
from build_tools.check.proof import every_proof_fits, every_proof_is_of_something
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.place import Place
from build_tools.model.proof import (
    NO,
    SCOPE,
    STALE,
    STATES,
    YES,
    Ledger,
    digest,
    hashes,
    ledger,
)
from build_tools.model.records import Proof
from build_tools.read.document import read_document
from build_tools.read.tree import FolderTree
from tests.copies import SOUND

HERE = Place("edition/documents/letter/document.yml", 1, 1)


@pytest.fixture(scope="module")
def bound() -> BoundEdition:
    found, problems = pipeline.bind_tree(FolderTree(SOUND))
    assert problems == ()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def letter(bound: BoundEdition) -> BoundDocument:
    return bound.documents["letter"]


def proof(scope: str, state: str, sha256: str, on: str = "2026-11-24") -> Proof:
    return Proof(scope, state, "tester", on, "A", sha256, HERE, HERE, HERE)


def with_proofs(document: BoundDocument, *proofs: Proof) -> BoundDocument:
    own = document.document
    described = replace(own.description, proof=proofs)
    return replace(document, document=replace(own, description=described))


def opened(document: BoundDocument, *proofs: Proof) -> Ledger:
    return ledger(with_proofs(document, *proofs))


def test_a_page_is_its_fragments_in_the_order_of_the_witness(letter: BoundDocument) -> None:
    spans = sorted(
        (span.seq, one.block.base[span.start : span.end])
        for one in letter.blocks.values()
        for span in one.block.fragments
        if span.page == "2"
    )
    assert hashes(letter)["page 2"] == digest("\n".join(words for _, words in spans))


def test_a_note_is_the_bytes_of_its_file(letter: BoundDocument) -> None:
    for folder, name in (("notes", "blot"), ("emendations", "the"), ("variants", "b-slip")):
        file = SOUND / "edition" / "documents" / "letter" / folder / f"{name}.md"
        assert hashes(letter)[f"note {name}"] == digest(file.read_text(encoding="utf-8"))


def test_without_a_record_every_answer_is_no(letter: BoundDocument) -> None:
    book = opened(letter)
    assert {book.answer(scope, state).says for scope in book.now for state in STATES} == {NO}


def test_a_record_that_fits_says_yes_for_its_scope_and_state_only(letter: BoundDocument) -> None:
    book = opened(letter, proof("page 1", "second", hashes(letter)["page 1"]))
    assert book.answer("page 1", "second").says == YES
    assert book.answer("page 1", "image").says == NO
    assert book.answer("page 2", "second").says == NO
    assert book.answer("document", "second").says == NO


def test_what_is_said_of_the_document_holds_of_its_pages_and_not_of_its_notes(
    letter: BoundDocument,
) -> None:
    book = opened(letter, proof("document", "image", hashes(letter)["document"]))
    assert {book.answer(page, "image").says for page in book.pages()} == {YES}
    assert book.count(book.notes(), "image") == 0


@pytest.mark.parametrize("sha256", ["", digest("another text")])
def test_a_record_of_another_text_or_of_none_is_stale(letter: BoundDocument, sha256: str) -> None:
    book = opened(letter, proof("page 1", "second", sha256))
    assert book.answer("page 1", "second").says == STALE
    assert book.count(book.pages(), "second") == 0


def test_a_new_record_takes_the_place_of_a_stale_one(letter: BoundDocument) -> None:
    fresh = proof("page 1", "second", hashes(letter)["page 1"])
    for records in ((proof("page 1", "second", ""), fresh), (fresh, proof("page 1", "second", ""))):
        assert opened(letter, *records).answer("page 1", "second").proof == fresh


def checked(bound: BoundEdition, *proofs: Proof) -> list[tuple[str, str, str]]:
    documents = {"letter": with_proofs(bound.documents["letter"], *proofs)}
    whole = replace(bound, documents=documents)
    found = [*every_proof_is_of_something(whole), *every_proof_fits(whole)]
    return [(one.code, one.severity, one.hint) for one in found]


def test_the_warning_tells_the_new_hash(bound: BoundEdition) -> None:
    now = hashes(bound.documents["letter"])["note blot"]
    for sha256 in ("", digest("another text")):
        [(code, severity, hint)] = checked(bound, proof("note blot", "second", sha256))
        assert (code, severity) == ("proof-stale", "warning")
        assert f'sha256: "{now}"' in hint
    assert checked(bound, proof("note blot", "second", now)) == []


@pytest.mark.parametrize(
    ("scope", "code"), [("page 9", "page-unknown"), ("note blots", "link-broken")]
)
def test_a_scope_must_be_there(bound: BoundEdition, scope: str, code: str) -> None:
    assert [one[0] for one in checked(bound, proof(scope, "second", ""))] == [code]


@pytest.mark.parametrize("scope", ["document", "page 1", "page 12a", "note blot"])
def test_scopes(scope: str) -> None:
    assert SCOPE.fullmatch(scope)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("scope", "pages 1"),
        ("scope", "paragraph 1"),
        ("scope", "note Blot"),
        ("state", "checked"),
        ("state", "Second"),
        ("sha256", "abc"),
    ],
)
def test_scope_state_and_hash_are_validated_where_they_are_read(key: str, value: str) -> None:
    path = SOUND / "edition" / "documents" / "letter" / "document.yml"
    words = path.read_text(encoding="utf-8")
    head, tail = words.split("proof:\n")
    lines = [
        f'    {key}: "{value}"' if line.strip().startswith(f"{key}:") else line
        for line in tail.replace("  - scope:", "  -\n    scope:").split("\n")
    ]
    _, problems = read_document(head + "proof:\n" + "\n".join(lines), str(path))
    assert [one.code for one in problems] == ["value-invalid"]
