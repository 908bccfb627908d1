"""What is seen of the page as a whole: marks of pages, paper, and what a screen reader hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, SOUND, Built, served
from tests.browser.opening import choose, opened

pytestmark = pytest.mark.browser

MARKS = """
() => [...document.querySelectorAll(".ed-pb")].filter(one => one.getClientRects().length)
  .map(one => {
    const box = one.firstElementChild.getBoundingClientRect();
    return { says: one.textContent, left: box.left, right: box.right };
  })
"""

# The words around the middle of a divided word, with what stands between them in the line.
DIVIDED = """
() => [...document.querySelectorAll(".ed-divided")].map(one => {
  const mark = one.closest(".ed-page").querySelector(".ed-pb > a").getBoundingClientRect();
  const text = one.getBoundingClientRect();
  const column = document.querySelector(".ed-text").getBoundingClientRect();
  const start = column.left + parseFloat(getComputedStyle(one.closest(".ed-text")).paddingLeft);
  return { mark: mark.right, start, top: mark.top - text.top };
})
"""

# What stands left of the area that a printer prints is cut off.
CUT = """
() => {
  const cut = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest(".ed-said")) { continue; }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width && (box.left < -1 || box.right > innerWidth + 1)) { cut.push(node.data); }
    }
  }
  return cut;
}
"""

PAPER = 612
"""The width of what is printed of a page of A4, in pixels: 162 of 210 millimetres."""


@pytest.fixture(scope="module", params=[ROOT, SOUND], ids=["edition", "test texts"])
def documents(
    request: pytest.FixtureRequest, build: Callable[[Path], Built]
) -> Iterator[list[str]]:
    """Serve an edition, and give the addresses of its documents and of its chronology."""
    built = build(request.param)
    with served(built.folder) as url:
        paths = [*(one.path for one in built.documents), "edition/chronology/"]
        yield [url + path for path in paths]


def test_the_mark_of_a_page_is_never_cut(browser: Browser, documents: list[str]) -> None:
    with opened(browser, documents[0]) as page:
        for url in documents[:-1]:
            page.goto(url, wait_until="load")
            for width in (*range(1100, 1260, 20), 1440, 930, 768, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                for mark in page.evaluate(MARKS):
                    assert mark["left"] >= 0, (url, width, mark)
                    assert mark["right"] <= width, (url, width, mark)


def test_no_mark_of_a_page_stands_within_a_word(browser: Browser, documents: list[str]) -> None:
    with opened(browser, documents[0], 390) as page:
        for url in documents[:-1]:
            page.goto(url, wait_until="load")
            for width in (390, 700, 860, 1000, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                for mark in page.evaluate(DIVIDED):
                    assert mark["mark"] <= mark["start"], (url, width, mark)


def test_on_paper_nothing_is_cut_off(browser: Browser, documents: list[str]) -> None:
    with opened(browser, documents[0]) as page:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER, "height": 900})
        for url in documents:
            page.goto(url, wait_until="load")
            assert page.evaluate(CUT) == [], url
            for view in ("transcribed", "expanded") if url != documents[-1] else ():
                page.locator(f'[id="view.{view}"]').evaluate("one => one.click()")
                assert page.evaluate(CUT) == [], (url, view)


def heard(page: Page, block: str) -> str:
    """Return what a screen reader is given of a block."""
    return page.locator(f'[id="{block}"]').aria_snapshot()


def test_a_screen_reader_hears_what_is_deleted_inserted_supplied_and_emended(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        said = heard(page, "address")
        assert "Textual note d, emendation: EYES ONLY" in said
        assert "insertion" not in said
        choose(page, "transcribed")
        said = heard(page, "p8")
        assert "[inserted:" in said
        assert "- insertion: proscribed" in said
        assert "- deletion: proscribed" in said
        choose(page, "expanded")
        said = heard(page, "p1")
        assert '- insertion: "[The]"' in said
        assert "- insertion: United States" in said


def test_the_days_of_the_chronology_are_lists_in_a_list(browser: Browser, address: str) -> None:
    with opened(browser, address + "edition/chronology/", java_script_enabled=False) as page:
        days = page.locator(".ed-timeline > li > h2")
        assert days.count() > 5
        assert page.locator(".ed-timeline > li > ol > li").count() >= 35
        # Every sign of the scale that is a link leads to a day of the list.
        signs = page.locator(".ed-scale a")
        assert signs.count() == days.count()
        signs.last.click()
        box = page.locator("h2:target").bounding_box()
        assert box is not None
        assert 0 < box["y"] < 900


def test_what_is_read_stays_in_its_place_when_the_view_is_changed(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        block = page.locator('[id="p8"]')
        top = "one => one.getBoundingClientRect().top"
        block.evaluate("one => { one.scrollIntoView(); scrollBy(0, -20); }")
        before = block.evaluate(top)
        for view in ("transcribed", "expanded", "facsimile", "reading"):
            choose(page, view)
            page.wait_for_timeout(100)
            assert abs(block.evaluate(top) - before) < 10, view
        page.locator('[id="view.reading"]').focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
        assert abs(block.evaluate(top) - before) < 10
