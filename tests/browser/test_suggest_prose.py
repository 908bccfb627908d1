"""What the panel lets pass in a text the check lets pass: texts of signs that mean something."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from build_tools.read.prose import parse_prose
from tests.browser.opening import scripted

pytestmark = pytest.mark.browser

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
    with scripted(browser, "prose.js") as opened:
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
    faults = page.evaluate(
        "texts => texts.map(one => editionDrafting.prose(one, []).faults)", texts
    )
    passing = [text for text, fault in zip(texts, faults, strict=True) if not fault]
    assert len(passing) > 200
    wrong = [(text, said) for text in passing if (said := refused(text))]
    assert wrong == [], (seed, len(wrong))
