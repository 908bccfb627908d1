"""Pages that Material puts in place of each other, without loading them anew.

It does so only where the configuration names the address that the site is read at.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SOUND, build_copy, served
from tests.browser.opening import choose, focused, opened

pytestmark = pytest.mark.browser

STAYED = "window.stayed === true"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the test texts at the address that their configuration names."""
    root = tmp_path_factory.mktemp("instant")
    (root / "site").mkdir()
    with served(root / "site") as url:
        build_copy(SOUND, root, f"\nsite_url: {url}\n")
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        complaints: list[str] = []
        page.on("console", lambda one: complaints.append(one.text))
        page.on("pageerror", lambda one: complaints.append(str(one)))
        page.wait_for_load_state("networkidle")
        page.evaluate("window.stayed = true")
        yield page
        assert page.evaluate(STAYED), "the page was loaded anew"
        assert complaints == []


def go(page: Page, address: str, path: str) -> None:
    """Follow a link that the page has, and wait until the other page is there."""
    page.locator(f'a[href="{address}{path}"]').first.evaluate("one => one.click()")
    page.wait_for_url(f"{address}{path}")
    page.wait_for_function(
        "path => document.querySelector('[rel=canonical]').href === path", arg=f"{address}{path}"
    )


def test_the_document_works_as_when_it_is_loaded(page: Page, address: str) -> None:
    go(page, address, "edition/")
    go(page, address, "edition/letter/")
    assert page.locator(".md-tabs__link--within").count() <= 1
    choose(page, "transcribed")
    page.wait_for_url("**/letter/?view=transcribed")
    marker = page.locator(".ed-ref--t > a:visible").first
    marker.focus()
    page.keyboard.press("Enter")
    assert focused(page) == "ed-open"
    page.keyboard.press("Escape")
    assert focused(page) == marker.locator("..").get_attribute("id")
    page.locator(".ed-menu--cite > summary").click()
    page.locator(".ed-copy").first.wait_for()


def test_the_view_is_kept_on_the_way_from_page_to_page(page: Page, address: str) -> None:
    go(page, address, "edition/")
    go(page, address, "edition/letter/")
    choose(page, "expanded")
    go(page, address, "edition/")
    go(page, address, "edition/letter/")
    page.wait_for_url("**/letter/?view=expanded")
    assert page.locator("input.ed-view:checked").input_value() == "expanded"


@pytest.mark.parametrize("after_another", [False, True])
def test_a_step_within_the_page_leaves_the_page_in_place(
    page: Page, address: str, after_another: bool
) -> None:
    if after_another:
        go(page, address, "edition/")
        go(page, address, "edition/letter/")
    else:
        page.goto(f"{address}edition/letter/", wait_until="networkidle")
        page.evaluate("window.stayed = true")
    page.locator(".ed-text").evaluate("one => { one.mine = true; }")
    back = page.locator(".ed-notes .ed-back").locator("visible=true").last
    back.focus()
    foot = page.evaluate("scrollY")
    assert foot > 0
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    page.wait_for_url("**ref:*")
    page.wait_for_timeout(500)
    assert page.locator(".ed-text").evaluate("one => one.mine === true")
    assert page.evaluate("document.activeElement.matches('.ed-ref > a')")
    assert page.evaluate("scrollY") < foot
    page.go_back()
    page.wait_for_timeout(500)
    assert page.locator(".ed-text").evaluate("one => one.mine === true")
    assert page.evaluate("scrollY") == pytest.approx(foot, abs=2)


def test_back_leads_to_the_page_before(page: Page, address: str) -> None:
    go(page, address, "edition/")
    go(page, address, "edition/letter/")
    page.locator(".ed-p > .ed-perma").first.evaluate("one => one.click()")
    page.wait_for_url("**#*")
    page.go_back()
    page.wait_for_timeout(300)
    page.go_back()
    page.wait_for_url(f"{address}edition/")
    page.locator(".ed-text").wait_for(state="detached")
