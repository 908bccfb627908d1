"""The offline edition, unpacked from its zip and opened from the folder, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.test_views import REMOVE, SEEN, VIEWS, Visit, _compare, assert_quiet

if TYPE_CHECKING:
    from tests.browser.conftest import Unpacked

pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(
        viewport={"width": 1440, "height": 900}, offline=True, reduced_motion="reduce"
    ) as opened:
        yield opened


def opened(context: BrowserContext, unpacked: Unpacked, path: str) -> Visit:
    visit = Visit(context.new_page(), unpacked.address)
    visit.watch()
    visit.page.goto(unpacked.address + path, wait_until="load")
    return visit


def assert_silent(visit: Visit) -> None:
    visit.page.wait_for_load_state("networkidle")
    assert visit.elsewhere() == []
    assert visit.complaints == []


def test_from_the_first_page_a_reader_comes_to_a_document(
    context: BrowserContext, unpacked: Unpacked
) -> None:
    visit = opened(context, unpacked, "index.html")
    path = unpacked.documents[0].path
    visit.page.locator(f'article a[href^="{path}index.html"]').first.click()
    visit.page.wait_for_url(f"{unpacked.address}{path}index.html*")
    assert_silent(visit)


def test_every_view_shows_its_text(context: BrowserContext, unpacked: Unpacked) -> None:
    for document in unpacked.documents:
        visit = opened(context, unpacked, f"{document.path}index.html")
        visit.page.evaluate(REMOVE)
        for view in VIEWS:
            visit.choose(view)
            assert _compare(view, document, visit.page.evaluate(SEEN)) == []
        assert_silent(visit)


TOOLTIP = ".md-tooltip2--active, .md-tooltip--active"


def search(page: Page, words: str) -> list[str]:
    """Type into the search field, and return the addresses of the hits."""
    field = page.locator(".md-search__input")
    field.click()
    # At once: with every letter the list would be another.
    field.fill(words)
    field.press("Shift")
    links = page.locator(".md-search-result__link")
    links.first.wait_for()
    return [str(href) for href in links.evaluate_all("all => all.map(one => one.href)")]


def test_search_finds_and_a_hit_opens(context: BrowserContext, unpacked: Unpacked) -> None:
    visit = opened(context, unpacked, "index.html")
    document = unpacked.documents[0]
    text = next(one.reading for one in document.blocks if one.shown == "text" and one.reading)
    hits = search(visit.page, max(text.split(), key=len).strip(".,;:()"))
    inside = [hit for hit in hits if hit.startswith(f"{unpacked.address}{document.path}")]
    assert inside, f"the document is not among the hits: {hits}"
    at = hits.index(inside[0])
    visit.page.locator(".md-search-result__link").nth(at).click()
    visit.page.wait_for_url(f"{unpacked.address}{document.path}index.html*")
    assert visit.page.locator(".ed-text").is_visible()
    assert_silent(visit)


def test_an_expansion_is_shown(context: BrowserContext, unpacked: Unpacked) -> None:
    """Pointing shows it, and so does the keyboard."""
    visit = opened(context, unpacked, f"{unpacked.documents[0].path}index.html")
    terms = visit.page.locator(".ed-text a.ed-term:visible")
    for term, show in ((terms.first, terms.first.hover), (terms.last, terms.last.focus)):
        expansion = term.get_attribute("title")
        assert expansion
        show()
        visit.page.locator(TOOLTIP, has_text=expansion).first.wait_for()
    assert_silent(visit)


def test_no_page_asks_elsewhere_or_complains(context: BrowserContext, unpacked: Unpacked) -> None:
    pages = sorted(
        file.relative_to(unpacked.folder).as_posix() for file in unpacked.folder.rglob("*.html")
    )
    assert "404.html" not in pages, "it finds its files only on a server"
    assert_quiet(context, unpacked.address, pages)
