"""Any text put into the page of the contract comes back, and one changed character is found.

The page is written here by a small writer of its own, so that nothing is shared with the rooms
that write pages.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.verify.difference import fold
from build_tools.verify.document import compare_document
from build_tools.verify.expected import ExpectedBlock, ExpectedDocument
from build_tools.verify.html import read_document

T, R, E = "transcribed", "reading", "expanded"
SHOWN = {
    "": {T, R, E},
    "ed-wit": {T},
    "ed-read": {R, E},
    "ed-ab": {T, R},
    "ed-ab ed-read": {R},
    "ed-ex": {E},
    "ed-sup": {E},
}
SIGNS = {"ins": ("^{", "}"), "del": ("~~", "~~"), "u": ("", "")}


@dataclass(frozen=True)
class Item:
    """Words of one view and one nest of marks, cut into several elements."""

    text: str
    css: str
    marks: tuple[tuple[str, bool], ...]
    cuts: tuple[int, ...]
    noise: str

    def parts(self) -> list[str]:
        """Return the words as they are cut."""
        at = sorted({0, *(cut for cut in self.cuts if cut < len(self.text)), len(self.text)})
        return [self.text[a:b] for a, b in itertools.pairwise(at)]

    def witness(self) -> str:
        """Spell the words with their signs, a newline after each space where they are cut."""
        words = self.text
        for tag, inferred in reversed(self.marks):
            before, after = ("", "") if inferred else SIGNS[tag]
            words = before + words + after
        return words


NOISE = (
    "",
    "<sup>1</sup>",
    '<span class="ed-said">deleted</span>',
    "<!-- nothing -->",
)

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"))
    | st.sampled_from(" \t\n\u00a0\u200b<>&\"'-~^{}"),
    min_size=1,
    max_size=12,
)
items = st.builds(
    Item,
    words,
    st.sampled_from(sorted(SHOWN)),
    st.lists(st.tuples(st.sampled_from(sorted(SIGNS)), st.booleans()), max_size=3).map(tuple),
    st.lists(st.integers(1, 11), max_size=3).map(tuple),
    st.sampled_from(NOISE),
)
fragments = st.lists(items, max_size=5)
blocks = st.lists(st.lists(fragments, min_size=1, max_size=3), min_size=1, max_size=3)


def _element(item: Item, number: int) -> str:
    """Write an item as flat spans, one for each part, with the same marks in each."""
    out = []
    for part in item.parts():
        inner = html.escape(part, quote=False)
        for depth, (tag, inferred) in reversed(list(enumerate(item.marks))):
            said = ' data-inferred="low"' if inferred else ""
            inner = f'<{tag} data-mark="{number + depth}"{said}>{inner}</{tag}>'
        if item.css:
            hidden = "" if R in SHOWN[item.css] else " hidden"
            inner = f'<span class="{item.css}"{hidden}>{inner}</span>'
        lines = '<br class="ed-lb" hidden>' if part.endswith(" ") and T in SHOWN[item.css] else ""
        out.append(inner + lines + item.noise)
    return "".join(out)


def _fragment(block: int, index: int, seq: int, content: Sequence[Item]) -> str:
    id_ = f"p{block}" + (f".{index + 1}" if index else "")
    # Numbers of marks run on through a block; ten for each item leave room for its nest.
    body = "".join(_element(item, 1000 * index + 10 * at) for at, item in enumerate(content))
    return (
        f'<p id="{id_}" data-block="p{block}" data-frag="{index + 1}" data-seq="{seq}"'
        f' data-shown="text">{body}</p>'
    )


def _written(
    document: list[list[list[Item]]], order: Sequence[int]
) -> tuple[bytes, ExpectedDocument]:
    """Write a page with the fragments of its blocks in an order, and say what it must show."""
    at = dict.fromkeys(range(len(document)), 0)
    lines, witness = [], []
    for seq, block in enumerate(order):
        content = document[block][at[block]]
        lines.append(_fragment(block, at[block], seq, content))
        witness.append("".join(item.witness() for item in content if T in SHOWN[item.css]))
        at[block] += 1
    page = '<!doctype html><div id="ed.text" data-document="d">' + "\n".join(lines) + "</div>"
    expected = ExpectedDocument(
        "d",
        "d/index.html",
        "transcription.txt",
        "T.txt",
        "\n".join(witness),
        {"add": "^{%}", "del": "~~%~~"},
        tuple(_expected(number, block) for number, block in enumerate(document)),
    )
    return page.encode(), expected


def _expected(number: int, block: list[list[Item]]) -> ExpectedBlock:
    base, reading, expanded = (
        "".join(item.text for part in block for item in part if view in SHOWN[item.css])
        for view in (T, R, E)
    )
    return ExpectedBlock(
        f"p{number}", base, reading, expanded, Place("transcription.txt", 1, 1), "text"
    )


def _problems(page: bytes, expected: ExpectedDocument) -> list[Problem]:
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    return list(compare_document(expected, read_document(root)))


def _order(data: st.DataObject, document: list[list[list[Item]]]) -> list[int]:
    numbers = [number for number, block in enumerate(document) for _ in block]
    return data.draw(st.permutations(numbers))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=blocks, data=st.data())
def test_any_text_comes_back(document: list[list[list[Item]]], data: st.DataObject) -> None:
    assert _problems(*_written(document, _order(data, document))) == []


def _with(block: ExpectedBlock, name: str, text: str) -> ExpectedBlock:
    return ExpectedBlock(
        block.id,
        text if name == "base" else block.base,
        text if name == "reading" else block.reading,
        text if name == "expanded" else block.expanded,
        block.place,
        block.shown,
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=blocks, data=st.data(), other=words)
def test_any_change_is_found(
    document: list[list[list[Item]]], data: st.DataObject, other: str
) -> None:
    page, expected = _written(document, _order(data, document))
    number = data.draw(st.integers(0, len(document) - 1))
    view = data.draw(st.sampled_from(("base", "reading", "expanded", "witness")))
    block = expected.blocks[number]
    text = expected.witness_text if view == "witness" else getattr(block, view)
    assert text is not None
    at = data.draw(st.integers(0, len(text)))
    changed = text[:at] + other + text[at + 1 :]
    assume(fold(changed) != fold(text))
    if view == "witness":
        expected = replace(expected, witness_text=changed)
    else:
        mended = _with(block, view, changed)
        others = tuple(mended if one is block else one for one in expected.blocks)
        expected = replace(expected, blocks=others)
    (problem,) = _problems(page, expected)
    assert problem.code == "text-differs"
    where = "spelled out" if view == "witness" else f"block {block.id} of d"
    assert where in problem.message


@given(text=words)
def test_folding_touches_only_layout_white_space(text: str) -> None:
    folded = fold(text)
    assert [c for c in folded if c != " "] == [c for c in text if c not in " \t\n\r\f"]
    assert "  " not in folded
    assert folded == folded.strip(" ")
    assert fold(folded) == folded
