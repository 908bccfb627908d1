"""A walk through a document and on to an entry, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.opening import focused, opened

if TYPE_CHECKING:
    from tests.browser.conftest import Built

pytestmark = pytest.mark.browser

MOST = 60
"""How often the Tab key is pressed, at most, on the way to something near the top of the page."""

SEEN = """
() => {
  const one = document.activeElement;
  const box = (one.labels?.[0] ?? one).getBoundingClientRect();
  const style = getComputedStyle(one.labels?.[0] ?? one);
  return {
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    size: box.width * box.height,
    inWindow: box.bottom > 0 && box.top < innerHeight,
  };
}
"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that matches has the focus; on the way the focus is seen."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement.matches(name)", selector):
            return
        if page.evaluate("() => document.activeElement.closest('.md-content') !== null"):
            seen = page.evaluate(SEEN)
            assert seen["outline"], page.evaluate("document.activeElement.outerHTML")
            assert seen["size"] > 0
            assert seen["inWindow"]
    pytest.fail(f"{MOST} presses of Tab do not lead to {selector}")


def test_a_walk_by_keyboard(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        # Past the head of the site in one step.
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.classList.contains('md-skip')")
        # The views: one stop of the Tab key, then arrows.
        tab_to(page, "input.ed-view")
        page.keyboard.press("ArrowRight")
        assert page.url.endswith("?view=transcribed")
        page.keyboard.press("ArrowLeft")
        assert page.url.endswith("?view=reading")
        # The switch of notes.
        tab_to(page, "input.ed-notes-on")
        page.keyboard.press("Space")
        assert page.locator(".ed-ref").locator("visible=true").count() == 0
        page.keyboard.press("Space")
        # The menus.
        tab_to(page, ".ed-menu--cite > summary")
        page.keyboard.press("Enter")
        page.locator(".ed-copy").first.wait_for()
        tab_to(page, ".ed-copy")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('.ed-menu--cite > summary')")
        # A marker, its note, a link in it, and back.
        tab_to(page, ".ed-text .ed-ref--n > a")
        marker = focused(page)
        page.keyboard.press("Enter")
        assert focused(page) == "ed-open"
        page.keyboard.press("Escape")
        assert focused(page) == marker
        # A name, and its entry.
        tab_to(page, ".ed-text a.ed-name")
        page.keyboard.press("Enter")
        page.wait_for_url("**/edition/*/#*")
        assert page.locator("h2:target").count() == 1


def test_the_text_can_be_walked_through(browser: Browser, built: Built, address: str) -> None:
    """Every stop of the Tab key in the text can be seen, and comes in the order of the text."""
    with opened(browser, address + built.documents[0].path) as page:
        stops = page.evaluate(
            """() => [...document.querySelectorAll(".ed-text a[href]")]
              .filter(one => one.getClientRects().length && one.tabIndex >= 0)
              .map((one, index) => { one.dataset.stop = index; return index; })"""
        )
        page.locator("[data-stop='0']").focus()
        for stop in stops[1:60]:
            page.keyboard.press("Tab")
            # An open note stands in the margin, after the text: it is no stop on the way.
            assert page.evaluate("Number(document.activeElement.dataset.stop)") == stop
