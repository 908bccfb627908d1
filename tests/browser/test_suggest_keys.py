"""Words selected by keys alone, and the button that suggests a note on them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.opening import focused, opened
from tests.browser.selecting import BUTTON, PANEL, QUOTED, field, select

pytestmark = pytest.mark.browser

BUTTON_HAS_FOCUS = "() => document.activeElement.matches('.ed-suggestion button')"


def select_by_keys(page: Page, block: str, first: str, count: int) -> None:
    """Select words as the browser's search leaves them, and widen by Shift and arrows."""
    select(page, f'[id="{block}"]', first)
    for _ in range(count):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.locator(BUTTON).wait_for()


def test_one_tab_leads_from_words_to_the_button(browser: Browser, sound_url: str) -> None:
    """Between the words and the end of their paragraph stand links and markers."""
    with opened(browser, f"{sound_url}letter/") as page:
        select_by_keys(page, "p4", "I have", 4)
        page.keyboard.press("Tab")
        assert page.evaluate(BUTTON_HAS_FOCUS)
        page.keyboard.press("Enter")
        expect(page.locator(PANEL)).to_be_visible()
        expect(page.locator(QUOTED)).to_contain_text("I have left")
        assert focused(page) == "ed.draft-title"


def test_the_button_holds_nobody(browser: Browser, sound_url: str) -> None:
    """A second Tab goes on; so does one in a field of the panel, while words are selected."""
    with opened(browser, f"{sound_url}letter/") as page:
        select_by_keys(page, "p4", "I have", 4)
        page.keyboard.press("Tab")
        for key in ("Tab", "Tab", "Shift+Tab"):
            page.keyboard.press(key)
            assert not page.evaluate(BUTTON_HAS_FOCUS) or key == "Shift+Tab"
        page.locator(".ed-suggest").click()
        # The panel takes the selection away when it opens.
        page.locator(field(page, "label")).wait_for()
        select_by_keys(page, "p5", "errata", 1)
        expect(page.locator(BUTTON)).to_have_text("Take these words")
        page.locator(field(page, "label")).focus()
        page.keyboard.press("Tab")
        assert focused(page) == "ed.draft-kind"


def test_escape_takes_the_button_away(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select_by_keys(page, "p4", "I have", 2)
        page.keyboard.press("Escape")
        expect(page.locator(BUTTON)).to_be_hidden()
        page.keyboard.press("Tab")
        assert not page.evaluate(BUTTON_HAS_FOCUS)
