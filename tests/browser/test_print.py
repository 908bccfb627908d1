"""The printed page, as the browser makes it: what every sheet says, and where words stand."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PageObject, PdfReader

from tests.browser.opening import opened

if TYPE_CHECKING:
    from tests.browser.conftest import Built, Unpacked

pytestmark = pytest.mark.browser

LEAST_WIDTH = 0.25
"""A letter is wider than this part of its size, on the average of a few words."""
LEAST_LINE = 0.6
"""Two lines that stand closer than this part of their size overprint each other."""


@dataclass(frozen=True)
class Words:
    """Words of a sheet, with the left end of their base line, in points from the lower left."""

    text: str
    x: float
    y: float
    size: float


def printed(page: Page) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def words_of(sheet: PageObject) -> list[Words]:
    found: list[Words] = []

    def take(text: str, outer: Any, inner: Any, _font: Any, size: float) -> None:  # noqa: ANN401
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            found.append(Words(text.strip(), x, y, size * abs(outer[0])))

    sheet.extract_text(visitor_text=take)
    return found


def overprinted(sheet: PageObject) -> Iterator[tuple[str, str]]:
    """Yield words that stand on others, with these."""
    for one, other in itertools.combinations(words_of(sheet), 2):
        first, second = sorted((one, other), key=lambda words: words.x)
        apart = abs(one.y - other.y)
        beside = second.x >= first.x + LEAST_WIDTH * first.size * len(first.text)
        if not beside and apart < LEAST_LINE * min(one.size, other.size):
            yield one.text, other.text


def test_every_sheet_says_what_it_is_of(browser: Browser, built: Built, address: str) -> None:
    path = f"{address}{built.documents[0].path}"
    for url in (f"{path}?view=transcribed", f"{address}edition/chronology/"):
        with opened(browser, url) as page:
            sheets = printed(page)
            assert len(sheets) > 2
            for number, sheet in enumerate(sheets, 1):
                foot = " ".join(one.text for one in words_of(sheet) if one.y < 60)
                assert "Telegram 1158, version " in foot
                assert url in foot.replace(" ", "")
                assert str(number) in foot.split()


def test_a_sheet_from_a_folder_names_no_disk(browser: Browser, unpacked: Unpacked) -> None:
    with opened(browser, f"{unpacked.address}edition/chronology.html") as page:
        for sheet in printed(page):
            foot = " ".join(one.text for one in words_of(sheet) if one.y < 60)
            assert "Telegram 1158, version " in foot
            assert "file:" not in foot


def test_words_that_are_printed_on_others_are_found(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        lines = "<p>The first line of the sheet</p><p{}>The second line of it</p>"
        page.set_content(lines.format(""))
        assert list(overprinted(printed(page)[0])) == []
        page.set_content(lines.format(' style="margin-top: -1.6em"'))
        assert len(list(overprinted(printed(page)[0]))) == 1


def test_no_words_of_the_chronology_are_printed_on_others(
    browser: Browser, built: Built, address: str
) -> None:
    assert (built.folder / "edition" / "chronology").is_dir()
    with opened(browser, f"{address}edition/chronology/") as page:
        for sheet in printed(page):
            assert list(overprinted(sheet)) == []
