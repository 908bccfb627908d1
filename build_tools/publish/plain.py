"""Python-Markdown, spared from looking for marks in words that have none.

For each piece of text between two tags Python-Markdown tries every pattern of inline Markdown, one
after the other, which is most of the time that a site takes. Most pieces hold none of the
characters with which a pattern begins. The pages are the same, byte for byte: a test compares them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

MARKS = {
    "autolink": "<",
    "automail": "<",
    "backtick": "`",
    "entity": "&",
    "escape": "\\",
    "footnote": "[^",
    "html": "<",
    "image_link": "![",
    "image_reference": "![",
    "linebreak": "  \n",
    "link": "[",
    "reference": "[",
    "short_image_ref": "![",
    "short_reference": "[",
}
"""What a text must hold for a pattern to match (``markdown.inlinepatterns``), by its name.

A pattern that is not named here is tried on every text.
"""
PRIORITY = 20
"""Of the processor that is replaced, in Python-Markdown."""
FIRST = 1000
"""Before every other preprocessor."""
ANCHORS = "mkdocs_raw_html"
"""MkDocs' reading of a whole page for the ids in its HTML, against which it checks fragments."""


class PlainWords(Extension):
    """Put the sparing processor in the place of Python-Markdown's, and leave ids to the proof."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Replace it under its own name."""
        md.treeprocessors.register(Sparing(md), "inline", PRIORITY)
        md.preprocessors.register(NoAnchors(md), "edition_no_anchors", FIRST)


class NoAnchors(Preprocessor):
    """Keep MkDocs from parsing each page twice: the proof looks for the end of every link."""

    def run(self, lines: list[str]) -> list[str]:
        """Leave the page as it is."""
        if ANCHORS in self.md.preprocessors:
            vars(self.md.preprocessors[ANCHORS])["run"] = list
        return lines


class Sparing(InlineProcessor):
    """Try a pattern only on a text in which it can match."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns that are known now: extensions add their own until a page is read."""
        registered = self.md.inlinePatterns
        marks = {id(registered[name]): mark for name, mark in MARKS.items() if name in registered}
        self._tried = [(pattern, marks.get(id(pattern), "")) for pattern in registered]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Do what the method of this name does there, and skip what cannot match."""
        if isinstance(data, AtomicString):
            return data
        start, tried, at = 0, self._tried, patternIndex
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        while at < len(tried):
            pattern, mark = tried[at]
            matched = False
            if mark in data:
                data, matched, start = apply(pattern, data, at, start)
            if not matched:
                at, start = at + 1, 0
        return data
