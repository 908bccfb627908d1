"""Permalinks, citations, menus: what they say, and that copying works where there is no server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.browser.opening import focused, opened

if TYPE_CHECKING:
    from tests.browser.conftest import Built, Unpacked

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
VERSION = str(yaml.safe_load((ROOT / "edition" / "edition.yml").read_bytes())["version"])
FORMATS = ("chicago", "mla", "bibtex", "ris")
CITE = ".ed-menu--cite > summary"


def text(page: Page, name: str) -> str:
    return page.locator(f'[id="cite.{name}.text"]').inner_text()


def open_citations(page: Page) -> None:
    """Open the menu, and wait until the script has filled it."""
    page.locator(CITE).click()
    page.locator(".ed-copy").first.wait_for()
    # It is filled anew when the browser tells that it was opened, which is a moment later.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")


def first_block(built: Built) -> str:
    return next(block.id for block in built.documents[0].blocks if block.shown == "text")


def test_citations_name_version_day_and_address(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url) as page:
        open_citations(page)
        for name in FORMATS:
            assert url in text(page, name)
            assert VERSION in text(page, name)
            assert "⟨" not in text(page, name)
        assert text(page, "bibtex").startswith("@incollection{")
        assert text(page, "ris").startswith("TY  - CHAP\n")
        assert "\nER  -" in text(page, "ris")


def test_a_paragraph_and_a_note_are_cited_by_their_address(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url) as page:
        link = page.locator(".ed-p > .ed-perma").last
        said = (link.get_attribute("aria-label") or "").lower()
        link.click()
        open_citations(page)
        assert f", {said}, {url}?view=reading#" in text(page, "chicago")
        assert f"SE  - {said}\n" in text(page, "ris")
        page.goto(url + "#" + (page.locator(".ed-note--n").first.get_attribute("id") or ""))
        # The address named the view, so this one opens the page anew.
        open_citations(page)
        assert ", note 1, " in text(page, "mla")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_has_a_link_to_itself(
    browser: Browser, built: Built, address: str, javascript: bool
) -> None:
    with opened(browser, address + built.documents[0].path, java_script_enabled=javascript) as page:
        for kind in ("n", "t"):
            note = page.locator(f".ed-notes .ed-note--{kind}").nth(1)
            link = note.locator(".ed-meta > .ed-permalink")
            link.click()
            page.wait_for_url("**#" + (note.get_attribute("id") or ""))
            assert note.evaluate("one => one.matches(':target')")
            box = link.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
            if javascript:
                assert "?view=reading#" in page.url


def test_a_copy_of_a_note_leads_to_the_note(browser: Browser, built: Built, address: str) -> None:
    for width in (1440, 390):
        with opened(browser, address + built.documents[0].path, width) as page:
            page.locator(".ed-ref--n > a").locator("visible=true").nth(2).click()
            note = page.locator(".ed-open").get_attribute("data-note") or ""
            page.locator(".ed-open .ed-permalink").click()
            page.wait_for_url(f"**?view=reading#{note}")
            assert page.locator(f'[id="{note}"]').evaluate("one => one.matches(':target')")
            assert page.locator(".ed-popover").locator("visible=true").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_an_open_note_is_what_is_cited(
    browser: Browser, built: Built, address: str, width: int
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url, width) as page:
        link = page.locator(".ed-kickers .ed-ref > a, .ed-address .ed-ref--n > a").first
        link.click()
        note = page.locator(".ed-open").get_attribute("data-note") or ""
        page.locator(CITE).scroll_into_view_if_needed()
        open_citations(page)
        assert f"#{note}" in text(page, "ris")
        assert "note " in text(page, "chicago")
        # Whoever takes the address of another place means that.
        page.locator(CITE).click()
        page.locator(".ed-p > .ed-perma").last.click()
        open_citations(page)
        assert ", paragraph " in text(page, "chicago")


def test_a_note_that_opened_under_the_pointer_is_not_what_is_cited(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        page.locator(".ed-p > .ed-perma").last.click()
        page.locator(".ed-stub").locator("visible=true").first.hover()
        page.locator(".ed-open").wait_for()
        open_citations(page)
        assert ", paragraph " in text(page, "chicago")


@pytest.mark.parametrize(
    ("place", "cited", "said"),
    [
        ("letterhead", "letterhead", "letterhead"),
        ("drafting", "drafting", "field “Revised by”"),
        ("class-1", "class-1", "class 1"),
        ("facs.2", "facs.2", "facsimile of page 2"),
        ("fnref:il28s", "fn:il28s", "note "),
        ("fnref2:drafters", "fn:drafters", "note "),
        ("tnref:cuba", "tn:cuba", "textual note "),
    ],
)
def test_every_place_is_cited_by_its_name(
    browser: Browser, built: Built, address: str, place: str, cited: str, said: str
) -> None:
    url = f"{address}{built.documents[0].path}?view=facsimile"
    with opened(browser, f"{url}#{place}") as page:
        assert page.locator(f'[id="{place}"]').count() == 1
        open_citations(page)
        assert f", {said}" in text(page, "chicago")
        assert f"{url}#{cited}" in text(page, "chicago")


@pytest.mark.parametrize("view", ["reading", "transcribed"])
def test_a_page_of_the_paper_has_an_address_and_is_cited_by_it(
    browser: Browser, built: Built, address: str, view: str
) -> None:
    url = f"{address}{built.documents[0].path}?view={view}"
    with opened(browser, url) as page:
        page.locator(".ed-pb > a").last.click()
        number = page.locator(".ed-page").last.get_attribute("data-page")
        page.wait_for_url(f"**#page.{number}")
    # Somebody who is sent the address comes to the place, below header and bar.
    with opened(browser, f"{url}#page.{number}") as page:
        box = page.locator(".ed-pb:target").bounding_box()
        assert box is not None
        assert 80 < box["y"] < 300
        open_citations(page)
        assert f", page {number}, " in text(page, "chicago")


def test_an_entry_is_cited_by_its_heading(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, address + "edition/persons/") as page:
        heading = page.locator("h2").first
        words = heading.evaluate("one => one.firstChild.data").strip()
        heading.hover()
        heading.locator(".headerlink").click()
        open_citations(page)
        assert f"s.v. “{words}”" in text(page, "chicago")


def test_menus_need_no_script(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, address + built.documents[0].path, java_script_enabled=False) as page:
        page.locator(CITE).click()
        assert f"version {VERSION}" in text(page, "chicago")
        assert page.locator(".ed-copy").locator("visible=true").count() == 0
        page.locator(CITE).click()
        page.locator(".ed-menu > summary", has_text="Download").click()
        links = page.locator(".ed-menu[open] li > a")
        assert links.count() >= 2
        for href in links.evaluate_all("all => all.map(one => one.href)"):
            assert page.request.get(href).ok, href


def test_one_menu_at_a_time_and_escape_closes(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        open_citations(page)
        page.locator(".ed-menu > summary", has_text="Download").click()
        assert page.locator(".ed-bar .ed-menu[open]").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(".ed-bar .ed-menu[open]").count() == 0
        assert focused(page) == "SUMMARY"


def test_menus_open_within_the_window(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        for width in (1440, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            for summary in page.locator(".ed-bar .ed-menu > summary").all():
                summary.click()
                box = page.locator(".ed-bar .ed-menu[open] > .ed-panel").bounding_box()
                assert box is not None
                assert box["x"] >= 0, width
                assert box["x"] + box["width"] <= width
            page.keyboard.press("Escape")


def test_copying_with_a_server(browser: Browser, built: Built, address: str) -> None:
    with opened(
        browser,
        address + built.documents[0].path,
        permissions=["clipboard-read", "clipboard-write"],
    ) as page:
        open_citations(page)
        page.locator(".ed-copy").first.click()
        page.locator("[data-status]", has_text="Copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text(page, "chicago")


def test_copying_from_a_folder(browser: Browser, unpacked: Unpacked) -> None:
    path = unpacked.documents[0].path + "index.html"
    with opened(browser, unpacked.address + path) as page:
        open_citations(page)
        assert "file:" not in text(page, "chicago")
        page.locator(".ed-copy").first.click()
        page.locator("[data-status]", has_text="Copied.").wait_for()
        page.evaluate("document.body.append(document.createElement('textarea'))")
        page.locator("body > textarea").focus()
        page.keyboard.press("Control+V")
        assert page.locator("body > textarea").input_value() == text(page, "chicago")


@pytest.mark.parametrize("javascript", [True, False])
def test_permalinks_of_paragraphs(
    browser: Browser, built: Built, address: str, javascript: bool
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url, java_script_enabled=javascript) as page:
        for block in built.documents[0].blocks:
            link = page.locator(f'[id="{block.id}"] > .ed-perma')
            assert link.count() == (block.shown == "text")
        first = first_block(built)
        page.locator(f'[id="{first}"]').hover()
        page.locator(f'[id="{first}"] > .ed-perma').click()
        # Another reader may have chosen another view, which a script remembers.
        assert page.url == url + ("?view=reading" if javascript else "") + f"#{first}"


def test_the_key_for_bibtex_is_the_same_in_a_folder(
    browser: Browser, built: Built, address: str, unpacked: Unpacked
) -> None:
    paths = {
        built.documents[0].path: built.documents[0].path + "index.html",
        "edition/persons/": "edition/persons.html",
        "": "index.html",
    }
    for online, offline in paths.items():
        keys = []
        for url in (address + online, unpacked.address + offline):
            with opened(browser, url) as page:
                source = page.locator('[id="cite.bibtex.text"]').text_content() or ""
                keys.append(source.strip().split("{")[1].split(",")[0])
        assert keys[0] == keys[1]
        assert "index" not in keys[0]
