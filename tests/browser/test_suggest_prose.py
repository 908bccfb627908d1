"""What the panel lets pass in a text the check lets pass: texts of signs that mean something."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from build_tools.read.prose import parse_prose
from tests.browser.conftest import ROOT
from tests.browser.opening import opened, panel_knows, scripted
from tests.browser.selecting import PANEL

pytestmark = pytest.mark.browser

CASES = ROOT / "tests" / "prose-cases.json"
FAULTS = panel_knows("texts => texts.map(one => prose(one, []).faults)")
PIECES = (
    *("word", "a", "*", "**", "_", "__", "`", "``", "```", "~~~", "#", "##", ">", "> ", "- ", "-"),
    *("+ ", "1. ", "1) ", "2. ", "10. ", "--", "---", "===", "=", "|", "|-|-|", ":-:", "\\", "!"),
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "[a](https://example.org)",
        "[a](mailto:a@example.org)",
        "[@manual]",
    ),
    *(
        "[@manual, p. 3]",
        "[@",
        "@manual-two",
        "a@b-c.org",
        "[^1]",
        "{",
        "}",
        "<",
        ">",
        "<b>",
        "&amp;",
    ),
    *("&#8238;", "&lt;", "[a]: https://example.org", "https://example.org", "[b](note:letter#p1)"),
    *("[c](person:x)", "[d](person:x#y)", "[e](javascript:x)", "[](https://example.org)"),
    *("    ", "\t", "  ", " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "\u00a0", "“", "é", "."),
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with scripted(browser) as opened:
        yield opened


def refused(text: str) -> list[str]:
    """Return what the check says of a text, apart from entries that only the edition knows."""
    body = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    prose, problems = parse_prose(body, "note.md", 1)
    unknown = [one.source for one in prose.citations()]
    said = [f"{one.code}: {one.message}" for one in problems]
    return said + [one for one in unknown if one != "manual"]


def test_what_passes_here_passes_the_check(page: Page) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    texts = ["".join(chance.choices(PIECES, k=chance.randrange(1, 12))) for _ in range(6000)]
    # Whether *[ begins emphasis depends on what stands beside it: the check knows, not the panel.
    texts = [text for text in texts if text.strip() and "*[" not in text]
    faults = page.evaluate(FAULTS, texts)
    passing = [text for text, fault in zip(texts, faults, strict=True) if not fault]
    assert len(passing) > 200
    wrong = [(text, said) for text in passing if (said := refused(text))]
    assert wrong == [], (seed, len(wrong))


def test_every_case_comes_out_as_the_check_has_it(browser: Browser, sound_url: str) -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    with opened(browser, f"{sound_url}letter/") as page:
        page.locator(".ed-suggest").click()
        page.locator(PANEL).wait_for()
        found = page.evaluate(FAULTS, [case["text"] for case in cases])
    assert len(found) > 60
    for case, faults in zip(cases, found, strict=True):
        assert bool(faults) == ("says" in case), (case["title"], faults)
        assert case.get("says", "") in " ".join(faults), case["title"]


def test_of_another_document_the_page_says_what_it_does_not_know(
    browser: Browser, sound_url: str
) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        page.locator(".ed-suggest").click()
        text = page.locator('[id="ed.draft-text"]')
        preview = page.locator(".ed-preview")
        text.fill("See [there](block:letter#p4).")
        expect(preview).to_have_text("See there.")
        text.fill("See [there](block:names#greek).")
        expect(preview).to_have_text("See there [the check tells whether it is there].")
