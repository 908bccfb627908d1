"""References as plain text, for terminals and summaries."""

from __future__ import annotations

from pathlib import Path

from build_tools.model.records import Cited
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from build_tools.render.plain import reference

ROOT = Path(__file__).parents[2]


def test_the_address_of_a_source_is_told_once() -> None:
    edition, _ = read_edition(FolderTree(ROOT))
    assert edition is not None
    addressed = [one for one in edition.sources.values() if "URL" in one.fields]
    assert addressed
    for source in addressed:
        said = reference(Cited(source.id, "", source.place), edition)
        assert said.count(source.fields["URL"]) == 1, said
