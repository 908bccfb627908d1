"""Which targets stand as they stood."""

from __future__ import annotations

from pathlib import Path

from build_tools.author.given import as_given, earlier_names
from build_tools.model.records import Document
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from tests.repositories import LETTER, annotate, passage, small_edition

TEXTS = {"p1": "One two three.", "p2": "One two three four."}
BOTH = 'target:\n  - block: "p1"\n  - block: "p2"'


def page(root: Path, notes: dict[str, str]) -> Document:
    edition, _ = read_edition(FolderTree(small_edition(root, TEXTS, notes)))
    assert edition is not None
    return edition.documents["page"]


def given(old: Document, new: Document) -> list[tuple[str, str, bool]]:
    return [(one.id, one.target.block, same) for one, same in as_given(old, new)]


def test_targets_are_compared_in_their_order(tmp_path: Path) -> None:
    """Two blocks have changed names: neither target stands as it stood, though both are there."""
    old = page(tmp_path / "old", {"both": BOTH})
    new = page(tmp_path / "new", {"both": 'target:\n  - block: "p2"\n  - block: "p1"'})
    assert given(old, new) == [("both", "p2", False), ("both", "p1", False)]
    less = page(tmp_path / "less", {"both": 'target:\n  block: "p2"'})
    assert given(old, less) == [("both", "p2", True)]
    assert given(less, old) == [("both", "p1", False), ("both", "p2", True)]


def test_a_record_with_another_name_is_known_by_its_targets(tmp_path: Path) -> None:
    old = page(tmp_path / "old", {"one": passage("p1", "two"), "same": passage("p2", "four")})
    new = page(tmp_path / "new", {"two": passage("p1", "two"), "same": passage("p2", "four")})
    assert given(old, new) == [("same", "p2", True), ("two", "p1", True)]
    annotate(tmp_path / "old", "other", passage("p1", "two"))
    twice, _ = read_edition(FolderTree(tmp_path / "old"))
    assert twice is not None
    # Of two that are gone either may be it.
    assert given(twice.documents["page"], new)[1] == ("two", "p1", False)


def test_a_document_with_another_name_is_known_by_its_texts(tmp_path: Path) -> None:
    old = page(tmp_path / "old", {"one": passage("p1", "two")})
    (tmp_path / "old" / LETTER).rename(tmp_path / "old/edition/documents/leaf")
    edition, _ = read_edition(FolderTree(tmp_path / "old"))
    assert edition is not None
    leaf = edition.documents["leaf"]
    assert earlier_names({"page": old}, {"leaf": leaf}) == {"leaf": "page"}
    assert earlier_names({"page": old}, {"page": old, "leaf": leaf}) == {"page": "page"}
    assert earlier_names({"page": old, "note": old}, {"leaf": leaf}) == {}
    assert earlier_names({"page": old}, {"leaf": leaf, "copy": leaf}) == {}
