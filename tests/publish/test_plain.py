"""Pages are the same whether every pattern is tried on every text or not."""

from __future__ import annotations

from pathlib import Path

import markdown
from hypothesis import given
from hypothesis import strategies as st

from build_tools.publish.plain import MARKS, PlainWords

PROJECT = Path(__file__).resolve().parents[2]
EXTENSIONS = [
    "attr_list",
    "md_in_html",
    "footnotes",
    "tables",
    "def_list",
    "build_tools.markdown_safe",
]
PIECES = [
    *("word", " ", "  \n", "\n", "\n\n", "\\", "`", "``", "[", "]", "(", ")", "!", "![", "[^n]"),
    *(
        "<b>",
        "</b>",
        "<",
        ">",
        "&amp;",
        "&",
        "*",
        "**",
        "_",
        "__",
        "{: #id }",
        "https://example.org",
    ),
    *("<https://example.org>", "<a@example.org>", "[a](b.md)", "[a][r]", "\n\n[r]: c.md\n\n"),
    *(
        "\n\n[^n]: note\n\n",
        "| a | b |\n| - | - |\n| c | d |\n",
        "<div markdown='1'>\n\n",
        "</div>\n\n",
    ),
]


def converted(text: str, *more: PlainWords) -> str:
    return markdown.Markdown(extensions=[*EXTENSIONS, *more]).convert(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_marks(text: str) -> None:
    assert converted(text, PlainWords()) == converted(text)


def test_our_own_pages() -> None:
    pages = sorted((PROJECT / "docs").glob("*/*.md"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert converted(text, PlainWords()) == converted(text)


def test_every_pattern_is_known() -> None:
    """A new version may bring others: they are tried on every text until they are named."""
    found = markdown.Markdown(extensions=EXTENSIONS).inlinePatterns
    assert all(name in found for name in MARKS)
    assert len(found) == len(MARKS) + len(["em_strong"])
