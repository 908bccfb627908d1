"""The page of contributors stays readable where one person has written very much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from build_tools import pipeline
from build_tools.read.tree import FolderTree
from build_tools.render.contributors import MANY, contributors_markdown

SOUND = Path(__file__).parents[1] / "sound_edition"


def test_very_many_contributions_are_told_document_by_document() -> None:
    bound, _ = pipeline.bind_tree(FolderTree(SOUND))
    assert bound is not None
    documents = dict(bound.edition.documents)
    letter = documents["letter"]
    mine = [one for one in letter.notes if one.author == "tester"]
    more = tuple(replace(mine[0], id=f"more-{number}") for number in range(MANY))
    documents["letter"] = replace(letter, notes=(*letter.notes, *more))
    crowded = replace(bound, edition=replace(bound.edition, documents=documents))
    section = contributors_markdown(crowded, frozenset()).partition("{: #tester }")[2]
    everywhere = [note for one in bound.edition.documents.values() for note in one.notes]
    signed = sum(one.author == "tester" for one in everywhere)
    assert f"igns {MANY + signed} notes" in section
    assert "more-7" not in section
    emendations = sum(one.author == "tester" for one in letter.emendations)
    count = MANY + len(mine) + emendations
    assert f"](letter/index.md)&#58; {count}\n" in section
