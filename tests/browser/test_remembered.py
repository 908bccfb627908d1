"""The view and the switch of notes: the address goes first, and the browser remembers both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import served
from tests.browser.opening import choose, opened
from tests.browser.selecting import field

if TYPE_CHECKING:
    from tests.browser.conftest import Built

pytestmark = pytest.mark.browser

FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("forbidden", "SecurityError"); } })"""


def view(page: Page) -> str:
    return page.locator("input.ed-view:checked").input_value()


def test_the_address_goes_before_what_is_remembered(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url) as page:
        choose(page, "facsimile")
        page.goto(url + "?view=reading")
        for _ in range(2):
            assert view(page) == "reading"
            assert page.url == url + "?view=reading"
            page.reload(wait_until="load")
        page.goto(url, wait_until="load")
        assert view(page) == "reading"


def test_another_window_opens_in_the_view_and_with_the_notes_that_were_left(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url) as page:
        choose(page, "expanded")
        page.locator('label[for="notes.on"]').click()
        other = page.context.new_page()
        page.close()
        other.goto(url, wait_until="load")
        assert view(other) == "expanded"
        assert not other.locator('[id="notes.on"]').is_checked()


def test_a_link_made_in_reading_opens_in_reading(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url) as page:
        link = page.locator(".ed-p > .ed-perma").first
        link.click(button="right")
        sent = str(link.evaluate("one => one.href"))
    with opened(browser, url) as page:
        choose(page, "facsimile")
        page.goto(sent, wait_until="load")
        assert view(page) == "reading"


def test_where_storage_is_forbidden_the_views_work(
    browser: Browser, built: Built, address: str
) -> None:
    with browser.new_context() as context:
        context.add_init_script(FORBIDDEN)
        page = context.new_page()
        page.goto(address + built.documents[0].path, wait_until="load")
        choose(page, "expanded")
        page.reload(wait_until="load")
        assert view(page) == "expanded"
        assert page.locator('[id="notes.on"]').is_checked()


@pytest.fixture
def neighbours(built: Built, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Serve two sites at one origin, and give the addresses of a document in each."""
    for name in ("a", "b"):
        (tmp_path / name).symlink_to(built.folder)
    with served(tmp_path) as url:
        yield f"{url}a/{built.documents[0].path}", f"{url}b/{built.documents[0].path}"


def test_two_editions_at_one_origin_remember_each_its_own(
    browser: Browser, neighbours: tuple[str, str]
) -> None:
    one, other = neighbours
    with opened(browser, one) as page:
        choose(page, "expanded")
        page.locator('label[for="notes.on"]').click()
        page.goto(other, wait_until="load")
        assert view(page) == "reading"
        assert page.locator('[id="notes.on"]').is_checked()
        choose(page, "transcribed")
        page.goto(one, wait_until="load")
        assert view(page) == "expanded"
        assert not page.locator('[id="notes.on"]').is_checked()


def test_two_editions_at_one_origin_keep_each_its_own_drafts(
    browser: Browser, neighbours: tuple[str, str]
) -> None:
    one, other = neighbours
    with opened(browser, one) as page:
        page.locator(".ed-suggest").click()
        page.locator(field(page, "label")).fill("Mine")
        page.goto(other, wait_until="load")
        assert page.locator(".ed-suggest").inner_text() == "Suggest a note"
        page.locator(".ed-suggest").click()
        page.locator(field(page, "label")).wait_for()
        assert page.locator(field(page, "label")).input_value() == ""
        assert page.locator(".ed-drafts").locator("visible=true").count() == 0
        page.goto(one, wait_until="load")
        assert page.locator(".ed-suggest").inner_text() == "Suggest a note · 1 draft"
