"""Weaving: each view's text is the concatenation of what it shows; markers never stand inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.bind import bind_edition
from build_tools.model.bound import BoundEdition
from build_tools.model.woven import (
    EXPANDED,
    READING,
    TRANSCRIBED,
    LineBreak,
    Marker,
    Piece,
    Segment,
    WovenBlock,
    WovenDocument,
)
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from build_tools.weave import weave_edition

DESCRIPTION = """
title: "A letter"
heading: "A letter"
kind: "letter"
language: "en"
source: "Written for a test."
head: []
witnesses:
  - siglum: "T"
    title: "The text"
basis: "T"
lines: "transcript"
pages: []
apply: "high"
"""

SIGNED = 'author: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n'


class Edition:
    """A small edition on disk, written piece by piece."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("edition.yml", EDITION)
        self.write("contributors/editors.yml", 'name: "The editors"\nkind: "corporate"\n')
        self.write("documents/d/document.yml", DESCRIPTION)

    def write(self, path: str, text: str) -> None:
        file = self.root / "edition" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def text(self, words: str) -> None:
        self.write("documents/d/transcription.txt", f"@p p1\n{words}\n")

    def note(self, name: str, target: str, kind: str = "context") -> None:
        head = f'target: {target}\nlabel: "{name}"\nkind: "{kind}"\nstanding: "fact"\n{SIGNED}'
        self.write(f"documents/d/notes/{name}.md", f"---\n{head}---\nWords.\n")

    def emendation(self, name: str, *changes: str) -> None:
        listed = "".join(f"  - {change}\n" for change in changes)
        head = (
            f'changes:\n{listed}label: "{name}"\ncertainty: "high"\nevidence: "internal"\n'
            f'fault: "typing"\n{SIGNED}'
        )
        self.write(f"documents/d/emendations/{name}.md", f"---\n{head}---\nWords.\n")

    def term(self, name: str, forms: str) -> None:
        self.write(f"glossary/{name}.md", f'---\nterm: "{name}"\nforms: {forms}\n---\nWords.\n')

    def bound(self) -> BoundEdition:
        edition, problems = read_edition(FolderTree(self.root))
        assert problems == ()
        assert edition is not None
        bound, faults = bind_edition(edition)
        assert faults == ()
        return bound

    def woven(self) -> WovenDocument:
        return weave_edition(self.bound()).documents["d"]


EDITION = """
title: "A test"
editors: ["editors"]
license: "CC-BY-4.0"
version: "1"
language: "en"
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return Edition(tmp_path)


def pieces(block: WovenBlock) -> list[Piece]:
    return [piece for fragment in block.fragments for piece in fragment.pieces]


def shown(block: WovenBlock, view: str) -> str:
    return "".join(p.text for p in pieces(block) if isinstance(p, Segment) and view in p.shown)


def written(block: WovenBlock) -> str:
    """Write a block with all its pieces: ``{t:witness only} {r:read} {a:ab} {x:expanded} ^id``."""
    out = []
    signs = {
        frozenset({TRANSCRIBED}): "t",
        frozenset({READING, EXPANDED}): "re",
        frozenset({TRANSCRIBED, READING}): "tr",
        frozenset({READING}): "r",
        frozenset({EXPANDED}): "e",
    }
    for piece in pieces(block):
        if isinstance(piece, Marker):
            out.append(f"^{piece.id}^")
        elif isinstance(piece, LineBreak):
            out.append("/")
        elif piece.shown in signs:
            out.append(f"<{signs[piece.shown]}:{piece.text}>")
        else:
            out.append(piece.text)
    return "".join(out)


def test_an_emended_word_keeps_its_marker_after_both_readings(edition: Edition) -> None:
    edition.text("with Sovs and Caba, US")
    edition.emendation("cuba", '{block: "p1", exact: "Caba", reading: "Cuba"}')
    edition.note("here", '{block: "p1", exact: "Sovs and Caba"}')
    woven = edition.woven()
    assert written(woven.blocks["p1"]) == "with Sovs and <t:Caba><re:Cuba>^here^^cuba^, US"
    assert woven.letters == {"cuba": "a"}
    assert woven.commentary == ("here",)


def test_a_deleted_word_takes_its_space_and_the_marker_stands_at_the_seam(edition: Edition) -> None:
    edition.text("The President {del: manifestly} particularly desires")
    edition.note("gone", '{block: "p1", exact: "manifestly"}')
    assert (
        written(edition.woven().blocks["p1"])
        == "The President<t: ><t:manifestly>^gone^ particularly desires"
    )


def test_an_expansion_stands_after_its_form_and_joins(edition: Edition) -> None:
    edition.text("so QUOTE all Sovs UNCT.")
    edition.emendation("end", '{block: "p1", exact: "UNCT", reading: "UNQUOTE"}')
    edition.term("sovs", '[{form: "Sovs", expansion: "Soviets"}]')
    edition.term("quote", '[{form: "QUOTE", expansion: "“", joins: "next"}]')
    edition.term("unquote", '[{form: "UNQUOTE", expansion: "”", joins: "previous"}]')
    block = edition.woven().blocks["p1"]
    assert written(block) == (
        "so <tr:QUOTE><e:“><tr: >all <tr:Sovs><e:Soviets><tr: ><t:UNCT><r:UNQUOTE><e:”>^end^."
    )
    assert shown(block, EXPANDED) == "so “all Soviets”."


def test_a_moved_word_has_one_marker_where_it_is_read(edition: Edition) -> None:
    edition.text("of October 27\n{add: QUOTE}\nis clear in covering{caret: /} all")
    edition.emendation(
        "moved",
        '{block: "p1", exact: "QUOTE", reading: ""}',
        '{block: "p1", prefix: "covering", suffix: "/ all", reading: "QUOTE"}',
    )
    block = edition.woven().blocks["p1"]
    assert shown(block, READING) == "of October 27 is clear in covering QUOTE all"
    assert written(block).count("^moved^") == 1
    assert "covering<re: QUOTE>^moved^<t:/> all" in written(block)


def test_an_absence_is_marked_at_its_point(edition: Edition) -> None:
    edition.text("The President's emphasis Khrushchev's reply")
    edition.note("verb", '{block: "p1", prefix: "emphasis", suffix: "Khrushchev\'s"}')
    assert written(edition.woven().blocks["p1"]) == (
        "The President's emphasis^verb^ Khrushchev's reply"
    )


def test_overlapping_passages_are_cut_never_nested(edition: Edition) -> None:
    edition.text("one two three four")
    edition.note("a", '{block: "p1", exact: "one two three"}')
    edition.note("b", '{block: "p1", exact: "two three four"}')
    found = [p for p in pieces(edition.woven().blocks["p1"]) if isinstance(p, Segment)]
    assert [(p.text, p.notes) for p in found] == [
        ("one ", ("a",)),
        ("two three", ("a", "b")),
        (" four", ("b",)),
    ]


def test_markers_at_one_place_stand_longer_passage_first(edition: Edition) -> None:
    edition.text("one two three")
    edition.note("short", '{block: "p1", exact: "three"}')
    edition.note("long", '{block: "p1", exact: "two three"}')
    assert written(edition.woven().blocks["p1"]) == "one two three^long^^short^"


def test_a_note_on_several_passages_has_one_marker_at_the_last(edition: Edition) -> None:
    edition.text("one two three")
    edition.note("both", '[{block: "p1", exact: "three"}, {block: "p1", exact: "one"}]')
    assert written(edition.woven().blocks["p1"]) == "one two three^both^"


def test_notes_on_the_document_and_a_whole_block(edition: Edition) -> None:
    edition.text("one two")
    edition.note("all", '{document: "true"}')
    edition.note("block", '{block: "p1"}')
    woven = edition.woven()
    assert woven.head_markers == (Marker("commentary", "all"),)
    assert written(woven.blocks["p1"]) == "one two^block^"
    assert woven.commentary == ("all", "block")


def test_a_line_end_follows_its_space(edition: Edition) -> None:
    edition.text("one\ntwo inspec{wordbreak: -}\ntion")
    assert written(edition.woven().blocks["p1"]) == "one /two inspec<t:->/tion"


WORDS = st.lists(
    st.sampled_from(["Sovs", "US", "{del: b}", "{add: c}", "d{caret: /}", "e,", "{gap}", "NY\n"]),
    min_size=2,
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(words=WORDS, data=st.data())
def test_what_each_view_shows_is_the_text_of_that_view(
    words: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    edition = Edition(tmp_path_factory.mktemp("woven"))
    edition.text(" ".join(words))
    edition.term("sovs", '[{form: "Sovs", expansion: "Soviets"}]')
    edition.term("us", '[{form: "US", expansion: "United States", joins: "next"}]')
    edition.term("ny", '[{form: "NY", expansion: "New York", joins: "previous"}]')
    base = edition.bound().documents["d"].blocks["p1"].block.base
    tokens = base.split(" ")
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, len(tokens) - 1))
    exact = " ".join(tokens[first : last + 1])
    before, after = " ".join(tokens[:first]), " ".join(tokens[last + 1 :])
    target = f'{{block: "p1", exact: "{exact}", prefix: "{before}", suffix: "{after}"}}'
    edition.note("n", target)
    bound = edition.bound().documents["d"].blocks["p1"]
    block = edition.woven().blocks["p1"]
    assert shown(block, TRANSCRIBED) == base
    assert shown(block, READING) == bound.reading.text
    assert shown(block, EXPANDED) == bound.expanded
    assert sum(isinstance(p, Marker) for p in pieces(block)) == 1


def test_records_of_a_document_share_one_space_of_ids(edition: Edition) -> None:
    edition.text("one teh three")
    edition.note("same", '{block: "p1", exact: "three"}')
    edition.emendation("same", '{block: "p1", exact: "teh", reading: "the"}')
    read, _ = read_edition(FolderTree(edition.root))
    assert read is not None
    assert [problem.code for problem in bind_edition(read)[1]] == ["id-duplicate"]
