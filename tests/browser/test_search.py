"""The search finds passages, in the words of any view, and a hit leads to its passage."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from build_tools import cli

if TYPE_CHECKING:
    from tests.browser.conftest import Built

pytestmark = pytest.mark.browser

FIELD, HITS, COUNT = ".md-search__input", ".md-search-result__link", ".md-search-result__meta"
DOCUMENT = "edition/usun-1158/"
TITLE = "Telegram 1158"


@pytest.fixture(scope="module")
def offline(built: Built) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        assert cli.run(["--root", str(built.folder.parent), "build", "--offline"]) == 0
    return built.folder.parent / "site-offline"


@pytest.fixture(scope="module", params=["web", "offline"])
def page(
    request: pytest.FixtureRequest, browser: Browser, address: str, offline: Path
) -> Iterator[Page]:
    first = address if request.param == "web" else (offline / "index.html").as_uri()
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        opened = context.new_page()
        opened.goto(first, wait_until="load")
        complaints: list[str] = []
        opened.on("console", lambda one: complaints.append(one.text))
        opened.on("pageerror", lambda one: complaints.append(str(one)))
        yield opened
        assert complaints == []


def search(page: Page, words: str) -> list[tuple[str, str]]:
    """Type words; return the hits as the end of their address and what they say."""
    field = page.locator(FIELD)
    field.click()
    field.fill("")
    field.press("Shift")
    expect(page.locator(COUNT)).to_have_text("Type to start searching")
    field.fill(words)
    field.press("Shift")
    expect(page.locator(COUNT)).to_have_text(re.compile("matching document"))
    page.locator("details.md-search-result__more > summary").evaluate_all(
        "all => all.forEach(one => { one.parentElement.open = true; })"
    )
    return [
        (str(link.evaluate("one => one.pathname + one.search + one.hash")), link.inner_text())
        for link in page.locator(HITS).all()
    ]


def passages(hits: list[tuple[str, str]], fragment: str) -> list[tuple[str, str]]:
    return [hit for hit in hits if DOCUMENT in hit[0] and hit[0].endswith(f"#{fragment}")]


@pytest.mark.parametrize(
    ("words", "view"),
    [("Soviet", ""), ("Soviets", "expanded"), ("Sovs", ""), ("Cuba", ""), ("Caba", "transcribed")],
)
def test_the_words_of_every_view_find_the_passage(page: Page, words: str, view: str) -> None:
    ((address, says),) = passages(search(page, words), "p6")
    assert ("view=" + view in address) if view else ("view=" not in address)
    assert says.startswith("¶ 6")
    assert words in says


def test_a_hit_names_its_document(page: Page) -> None:
    search(page, "surveillance")
    item = page.locator(".md-search-result__item", has_text="¶ 6")
    assert TITLE in item.locator("h1").inner_text()


def test_all_words_are_required(page: Page) -> None:
    assert passages(search(page, "surveillance elemental"), "p6")
    assert not passages(search(page, "surveillance bombers"), "p6")


def test_beginnings_of_words_are_enough_and_middles_are_not(page: Page) -> None:
    assert passages(search(page, "surveill"), "p6")
    assert search(page, "urveillance") == []


def test_words_in_quotation_marks_stand_together(page: Page) -> None:
    assert passages(search(page, '"aerial surveillance"'), "p6")
    assert search(page, '"surveillance aerial"') == []
    assert passages(search(page, "surveillance aerial"), "p6")


def test_a_word_with_a_minus_is_absent(page: Page) -> None:
    assert not passages(search(page, "surveillance -aerial"), "p6")


def test_notes_and_entries_are_found(page: Page) -> None:
    assert [one for one in search(page, "Mikoyan") if one[0].endswith("#mikoyan-ai")]
    assert [one for one in search(page, "Brubeck") if "#fn:brubeck" in one[0]]


def test_markup_in_a_query_is_only_text(page: Page) -> None:
    assert search(page, "<img src=x onerror=alert(1)>") == []


def test_a_hit_lands_on_its_passage(page: Page) -> None:
    search(page, "Caba")
    page.locator(HITS, has_text="¶ 6").click()
    page.wait_for_url("**/usun-1158/**p6")
    passage = page.locator("#p6")
    expect(passage).to_be_in_viewport()
    expect(passage).to_contain_text("Caba")
    assert page.locator('input[name="ed-view"]:checked').input_value() == "transcribed"


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_a_hit_on_the_page_that_is_read_lands_as_well(
    browser: Browser, address: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        opened = context.new_page()
        opened.goto(address + DOCUMENT, wait_until="load")
        if width < 960:
            opened.locator("label.md-header__button[for=__search]").click()
        search(opened, "Caba")
        opened.locator(HITS, has_text="¶ 6").click()
        opened.wait_for_url("**p6")
        expect(opened.locator("#p6")).to_be_in_viewport()
        expect(opened.locator('input[name="ed-view"]:checked')).to_have_value("transcribed")


def test_a_page_does_not_load_the_texts_before_somebody_searches(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        opened = context.new_page()
        asked: list[str] = []
        opened.on("request", lambda one: asked.append(one.url))
        opened.goto(address, wait_until="networkidle")
        assert not [url for url in asked if "/search/part-" in url]
        search(opened, "surveillance")
        assert [url for url in asked if "/search/part-" in url]
