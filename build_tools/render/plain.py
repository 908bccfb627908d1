"""Prose and references as plain text: the very words of the page, for terminals and summaries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import markdown

from build_tools.model.prose import Listing, Paragraph, Prose, ProseBlock, Quote
from build_tools.model.records import Cited, Edition
from build_tools.render.markdown import text
from build_tools.render.prose import Setting, prose
from build_tools.render.sources import full

LINK = re.compile(r'<a\b[^<>]*\bhref="((?:https?|mailto):[^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
BREAK = re.compile(r"<br ?/?>")


def body(of: Prose, edition: Edition, textual: frozenset[str]) -> str:
    """Return the words of a body, with its citations as the page has them."""
    setting = Setting("edition/index.md", edition, textual)
    return "\n\n".join(_lines(of.blocks, setting))


def _lines(blocks: tuple[ProseBlock, ...], setting: Setting) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Quote):
            yield from (f"  {line}" for line in _lines(block.content, setting))
        elif isinstance(block, Listing):
            for number, item in enumerate(block.items, 1):
                sign = f"{number}." if block.ordered else "-"
                yield f"{sign} " + "\n  ".join(_lines(item, setting))
        else:
            alone = Paragraph(block.content)
            yield _plain(prose(Prose((alone,)), setting))


def reference(cited: Cited, edition: Edition) -> str:
    """Return a source in full, as the list of sources has it, with the place that is cited."""
    source = edition.sources.get(cited.source)
    if source is None:
        return cited.source
    locator = f"  [{text(cited.locator)}]" if cited.locator else ""
    return _plain(full(source) + locator)


def _plain(written: str) -> str:
    page = markdown.markdown(written, extensions=["attr_list"])
    page = LINK.sub(_addressed, BREAK.sub("\n", page))
    return html.unescape(TAG.sub("", page)).strip()


def _addressed(found: re.Match[str]) -> str:
    """Let the address of a link be seen, if its words are not the address."""
    address, words = found[1], TAG.sub("", found[2])
    # Signs that would be markup are written by their numbers.
    is_seen = html.unescape(words) == html.unescape(address)
    return words if is_seen else f"{words} &lt;{address}&gt;"
