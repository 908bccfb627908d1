"""How marks that the page cuts are put together again, and spelled with the witness's signs."""

from __future__ import annotations

import pytest
from lxml import etree

from build_tools.verify.pieces import PieceReader, spell, text_of_view

NOTATION = {"add": "^{%}", "del": "~~%~~"}
END = '<br class="ed-lb" hidden>'

SPELLED = {
    "a mark": ('a <del data-mark="0">b</del> c', "a ~~b~~ c"),
    "a mark cut in two": ('<del data-mark="0">b</del><del data-mark="0"> c</del>', "~~b c~~"),
    "two marks side by side": (
        '<del data-mark="0">b</del><del data-mark="1"> c</del>',
        "~~b~~~~ c~~",
    ),
    "a mark cut by a marker": (
        '<ins data-mark="0">b</ins><sup id="x">1</sup><ins data-mark="0"> c</ins>',
        "^{b c}",
    ),
    "a mark cut by words that are not the witness's": (
        '<ins data-mark="0">b</ins><span class="ed-read">x</span><ins data-mark="0"> c</ins>',
        "^{b c}",
    ),
    "a mark cut by words of the witness": (
        '<ins data-mark="0">b</ins>x<ins data-mark="0"> c</ins>',
        "^{b}x^{ c}",
    ),
    "a mark in a mark, cut in two": (
        '<del data-mark="0">a <ins data-mark="1">b</ins></del>'
        '<del data-mark="0"><ins data-mark="1"> c</ins> d</del>',
        "~~a ^{b c} d~~",
    ),
    "the inner mark alone": (
        '<del data-mark="0"><ins data-mark="1">b</ins></del><ins data-mark="1"> c</ins>',
        "~~^{b}~~^{ c}",
    ),
    "a line end in a mark": (f'<del data-mark="0">a {END}b</del>', "~~a \nb~~"),
    "a line end between the parts of a mark": (
        f'<del data-mark="0">a </del>{END}<del data-mark="0">b</del>',
        "~~a \nb~~",
    ),
    "a line end after a mark": (f'<del data-mark="0">a</del> {END}b', "~~a~~ \nb"),
    "a word divided at the end of a mark": (
        f'<del data-mark="0">a<span class="ed-wordbreak" data-mark="1">-</span></del>{END}b',
        "~~a-~~\nb",
    ),
    "a word divided inside a mark": (
        f'<del data-mark="0">a<span class="ed-wordbreak" data-mark="1">-</span></del>{END}'
        '<del data-mark="0">b</del>',
        "~~a-\nb~~",
    ),
    "a mark without words": ('a<ins data-mark="0"></ins>b', "a^{}b"),
    "a gap in a mark": (
        '<del data-mark="0">a <span class="ed-gap" data-mark="1">[…]</span> b</del>',
        "~~a  b~~",
    ),
    "a mark that is inferred": ('a <del data-mark="0" data-inferred="low">b</del> c', "a b c"),
    "a mark the witness has no sign for": ('<u data-mark="0">a</u>', "a"),
    "two blank lines": (f"a {END}{END}b", "a \n\nb"),
}


def _read(words: str) -> PieceReader:
    root = etree.fromstring(f"<p>{words}</p>", etree.HTMLParser(encoding="utf-8"))
    reader = PieceReader()
    reader.read(next(root.iter("p")))
    return reader


@pytest.mark.parametrize("name", SPELLED)
def test_spelled(name: str) -> None:
    words, spelled = SPELLED[name]
    reader = _read(words)
    assert reader.faults == []
    assert spell(reader.pieces, NOTATION) == spelled


def test_notation_is_the_documents_own() -> None:
    pieces = _read('<del data-mark="0">a</del><ins data-mark="1">b</ins>').pieces
    assert spell(pieces, {"add": "<+%+>", "del": "%"}) == "a<+b+>"
    assert spell(pieces, {}) == "ab"


def test_line_ends_are_no_characters_of_a_view() -> None:
    pieces = _read(f"a {END}b").pieces
    assert text_of_view(pieces, "transcribed") == "a b"
