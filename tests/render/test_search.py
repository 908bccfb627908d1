"""What the search finds is made from the records, also on the pages that list every document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.read.tree import FolderTree

SECTION = re.compile(rb"^## .*\{: #document-", re.MULTILINE)


@pytest.fixture(scope="module")
def made() -> tuple[pipeline.Made, dict[str, bytes]]:
    tree = FolderTree(Path(__file__).parents[1] / "sound_edition")
    bound, problems = pipeline.bind_tree(tree)
    assert bound is not None
    assert problems == ()
    return pipeline.make_pages(tree, bound)


def test_no_page_with_a_section_a_document_is_left_to_the_publisher(
    made: tuple[pipeline.Made, dict[str, bytes]],
) -> None:
    """The publisher's own search takes the square of the number of sections."""
    known = made[0].unsearched | {page.page for page in made[0].searched}
    listing = {path for path, data in made[1].items() if SECTION.search(data)}
    assert {"edition/proof.md", "edition/downloads.md"} <= listing
    assert listing <= known


def test_entries_of_lists_lead_to_their_sections(
    made: tuple[pipeline.Made, dict[str, bytes]],
) -> None:
    pages = {page.page: page for page in made[0].searched}
    for name in ("edition/proof.md", "edition/downloads.md"):
        entries = pages[name].entries
        assert entries[0].fragment == ""
        for entry in entries[1:]:
            assert f"{{: #{entry.fragment} }}".encode() in made[1][name]
            assert entry.runs[0][1]
    proof = next(one for one in pages["edition/proof.md"].entries if "letter" in one.fragment)
    assert "ranscribed" in proof.runs[0][1]
