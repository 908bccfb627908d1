"""Any text that the grammar admits comes out of the published HTML unchanged, in every context.

The oracle is the road itself: the project's own mkdocs.yml decides which extensions run, the
sanitiser runs last, and an HTML parser reads the result.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import lxml.html
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from build_tools.read.text import invalid_characters
from build_tools.render.markdown import element, empty_element, front_matter, link, text

CONFIGURATION = Path(__file__).parents[2] / "mkdocs.yml"


@cache
def publisher() -> Markdown:
    extensions = yaml.safe_load(CONFIGURATION.read_text())["markdown_extensions"]
    return Markdown(extensions=list(extensions), extension_configs=extensions)


def published(markdown: str) -> lxml.html.HtmlElement:
    html = publisher().reset().convert(markdown)
    return lxml.html.fromstring(f"<div id='root'>{html}</div>")


def is_admitted(words: str) -> bool:
    return not list(invalid_characters(words, "x", directions=True))


def folded(words: str) -> str:
    """Base text has single plain spaces and none at the edges."""
    return " ".join(part for part in words.replace("\n", " ").replace("\t", " ").split(" ") if part)


NASTY = [
    *"\\`*_{}[]()<>#+-.!|~^=$&:;\"'/@%,?",
    "[^a]", "*[A]: b", "{: #id }", "{.cls}", "![x](y)", "[x](y)", "<b>", "<!-- x -->", "</div>",
    "&amp;", "&#65;", "&copy", "http://x.org", "a@b.org", "```", "~~~", "    ", "1. ", "- ", "# ",
    "> ", "| a | b |", "---", "===", "$x$", "==m==", "^^i^^", "++k++", ":smile:", "--8<--", "\\(",
    "\u00a0", "\u2028", "\u3000", "\u200b", "\u05d0", "\u0301", "\U0001f600",
    "///Footnotes Go Here///",
]  # fmt: skip

TEXTS = (
    st.lists(
        st.one_of(
            st.sampled_from(NASTY),
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4),
            st.sampled_from(["word", " ", "A"]),
        ),
        max_size=8,
    )
    .map("".join)
    .map(lambda words: folded(unicodedata.normalize("NFC", words)))
    .filter(is_admitted)
)


def in_fragment(words: str) -> str:
    inner = f'<span class="ed-wit" hidden>{text(words)}</span>'
    page = element("p", {"class": "ed-block", "data-block": "p1", "markdown": "span"}, inner)
    (span,) = published(page).xpath("//p[@data-block='p1']/span")
    return str(span.text_content())


def in_bare_fragment(words: str) -> str:
    page = element(
        "p", {"class": "ed-block", "data-block": "p1", "markdown": "span"}, f"x{text(words)}x"
    )
    (found,) = published(page).xpath("//p[@data-block='p1']")
    return str(found.text_content())[1:-1]


def in_marks(words: str) -> str:
    inner = f'<del class="ed-del" data-mark="0">{text(words)}</del>'
    page = element("p", {"data-block": "p1", "markdown": "span"}, inner)
    return str(published(page).xpath("//del")[0].text_content())


def in_link(words: str) -> str:
    page = element("p", {"markdown": "span"}, link(text(f"x{words}x"), "a.md", css="ed-term"))
    (anchor,) = published(page).xpath("//a[@class='ed-term']")
    return str(anchor.text_content())[1:-1]


def in_link_title(words: str) -> str:
    page = element("p", {"markdown": "span"}, link("x", "a.md", title=f"x{words}x", css="ed-term"))
    (anchor,) = published(page).xpath("//a[@class='ed-term']")
    return str(anchor.get("title"))[1:-1]


def in_attribute(words: str) -> str:
    page = element("p", {"title": f"x{words}x", "markdown": "span"}, "y")
    return str(published(page).xpath("//p/@title")[0])[1:-1]


def in_paragraph(words: str) -> str:
    found = published(text(words, starts_block=True)).xpath("//p")
    return str(found[0].text_content()) if found else ""


def in_heading(words: str) -> str:
    (heading,) = published(f"## {text('x' + words + 'x')} {{: #h }}").xpath("//h2")
    for permalink in heading.xpath("a"):
        permalink.drop_tree()
    return str(heading.text_content())[1:-1]


def in_list(words: str) -> str:
    (item,) = published(f"- {text('x' + words + 'x')}").xpath("//li")
    return str(item.text_content())[1:-1]


def in_quotation(words: str) -> str:
    (quote,) = published(f"> {text('x' + words + 'x')}").xpath("//blockquote/p")
    return str(quote.text_content())[1:-1]


def in_footnote(words: str) -> str:
    body = text(words, starts_block=True)
    page = f"x[^n]\n\n///Footnotes Go Here///\n\n[^n]: label\n\n    {body}\n\n    the last"
    paragraphs = published(page).xpath("//li[@id='fn:n']/p")
    return str(paragraphs[1].text_content()) if len(paragraphs) > 2 else ""


def in_image(words: str) -> str:
    image = empty_element("img", {"src": "page-1.svg", "alt": f"x{words}x"})
    page = element("figure", {"class": "ed-facs", "markdown": "block"}, image)
    (found,) = published(page).xpath("//img")
    return str(found.get("alt"))[1:-1]


def in_cell(words: str) -> str:
    cell = element("td", {"data-copy": "f", "markdown": "span"}, text(words))
    page = element(
        "table", {"markdown": "block"}, f"\n{element('tr', {'markdown': 'block'}, cell)}\n"
    )
    return str(published(page).xpath("//td")[0].text_content())


CONTEXTS: list[Callable[[str], str]] = [
    in_fragment,
    in_bare_fragment,
    in_marks,
    in_link,
    in_link_title,
    in_attribute,
    in_paragraph,
    in_heading,
    in_list,
    in_quotation,
    in_footnote,
    in_image,
    in_cell,
]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)
@settings(max_examples=150, deadline=None)
@given(words=TEXTS)
@example("1. Kennedy")
@example("- a")
@example("# x")
@example("IL28's [are] {included} *and* _are_ <b>being</b> dismantled\\")
@example("\u00a0x\u00a0")
@example(": x")
@example("[^n]: x")
@example("///Footnotes Go Here///")
def test_text_comes_out_as_it_went_in(context: Callable[[str], str], words: str) -> None:
    assert context(words) == words


@settings(max_examples=150, deadline=None)
@given(words=TEXTS)
def test_front_matter_is_escaped_once_for_a_theme_that_prints_it_raw(words: str) -> None:
    _, head, _ = front_matter({"title": words}).split("---\n", 2)
    printed = f"<title>x{yaml.safe_load(head)['title']}x</title>"
    title = lxml.html.document_fromstring(f"<html><head>{printed}</head><body></body></html>")
    assert title.findtext(".//title") == f"x{words}x"
    assert "<" not in yaml.safe_load(head)["title"]
