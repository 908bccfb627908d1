"""A sound site has no problems, and its page spells out what its sources say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from build_tools.verify.html import DocumentPage, block_text, read_document, spelled_witness

if TYPE_CHECKING:
    from tests.verify.conftest import Site


def _page(site: Site) -> DocumentPage:
    data = (site.root / site.document.page).read_bytes()
    return read_document(etree.fromstring(data, etree.HTMLParser(encoding="utf-8")))


def test_sound_site_has_no_problems(site: Site) -> None:
    assert site.verify() == ()


def test_site_without_documents_is_followed_all_the_same(site: Site) -> None:
    site.replace("notes/index.html#sov", "notes/index.html#sow", "index.html")
    document = replace(site.document, page="index.html")
    site.document = document
    codes = {problem.code for problem in site.verify()}
    assert codes == {"text-differs", "link-broken"}


def test_fragments_come_in_the_order_of_the_witness(site: Site) -> None:
    page = _page(site)
    assert [(f.block, f.number) for f in page.fragments] == [
        ("number-1", 1),
        ("p1", 1),
        ("catch", 1),
        ("drafting", 1),
        ("class-2", 1),
        ("p1", 2),
        ("p2", 1),
    ]


def test_views_of_a_block_are_told_apart(site: Site) -> None:
    fragments = [f for f in _page(site).fragments if f.block == "p2"]
    assert block_text(fragments, "transcribed") == (
        "2. They said QUOTE yes not at all, Sovv & others did agree."
    )
    assert block_text(fragments, "reading") == "2. They said QUOTE yes, Sov & others agree."
    assert block_text(fragments, "expanded") == "2. They said QUOTE yes, Soviets & others agree."


def test_witness_is_spelled_with_its_signs_and_lines(site: Site) -> None:
    spelled = spelled_witness(_page(site), site.document.notation)
    assert "left/ ~~Monday~~ ^{Tuesday} with the ca-\nrgo of" in spelled
    # One deletion, cut twice on the page, is one deletion of the witness.
    assert "yes ~~not at \nall~~, Sovv" in spelled
    # Inferred marks have no sign, a gap has no words.
    assert "said QUOTE \nyes" in spelled
    assert "was  reached" in spelled


def test_witness_that_is_an_image_is_not_spelled(site: Site) -> None:
    site.document = replace(site.document, witness_text=None)
    site.replace('data-inferred="high"', "")
    assert site.verify() == ()


def test_missing_page_is_told(site: Site) -> None:
    site.document = replace(site.document, page="edition/other/index.html")
    (problem,) = site.verify()
    assert problem.code == "text-differs"
    assert problem.place.file == "edition/other/index.html"
    assert "not in the site" in problem.message


def test_empty_page_is_told(site: Site) -> None:
    (site.root / "edition/letter/index.html").write_text("", encoding="utf-8")
    found = [problem for problem in site.verify() if problem.place.file == site.document.page]
    assert [problem.message for problem in found] == ["the page cannot be read"]


def test_deeply_nested_page_is_told_not_a_crash(site: Site) -> None:
    site.replace("They said", "<b>" * 50_000 + "They said" + "</b>" * 50_000)
    assert {problem.code for problem in site.verify()} <= {"text-differs", "link-broken"}
