"""What is seen of each document, in each view, is its text.

Classes alone do not prove what a reader sees, so the browser is asked (`innerText`), after a
click on the switch that a reader uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.conftest import ROOT, SOUND, Built, RunOn, SeenBlock, Shown, served

pytestmark = pytest.mark.browser

VIEWS = ("reading", "transcribed", "expanded", "facsimile")
OF_THE_WITNESS = ("transcribed", "facsimile")
SIZES = {1440: 900, 390: 844}

# Markers and words for screen readers are no words of the document.
REMOVE = "document.querySelectorAll('article sup, .ed-said').forEach(one => one.remove())"

# innerText of something that is not rendered gives its source, so that is asked first.
SEEN = """
() => {
  const seen = one => one.getClientRects().length ? one.innerText : null;
  const box = one => { const b = one.getBoundingClientRect(); return [b.left, b.right, b.height]; };
  return {
    fragments: [...document.querySelectorAll('[data-block]')].map(one => ({
      block: one.dataset.block, seq: Number(one.dataset.seq), text: seen(one), box: box(one),
    })),
    copies: [...document.querySelectorAll('[data-copy]')].map(one => ({
      block: one.dataset.copy, text: seen(one),
    })),
    width: document.documentElement.clientWidth,
    overflow: document.documentElement.scrollWidth,
  };
}
"""

# The boxes of the last word seen of one element and the first word seen of another.
WORDS = """
([first, second]) => {
  const words = element => {
    const found = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const match of walker.currentNode.data.matchAll(/[^ \\t\\n\\r]+/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, match.index);
        range.setEnd(walker.currentNode, match.index + match[0].length);
        const rects = range.getClientRects();
        if (rects.length && !walker.currentNode.parentElement.closest('sup, .ed-said')) {
          found.push(rects);
        }
      }
    }
    return found;
  };
  const box = rect => ({ left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom });
  const before = words(document.getElementById(first)).at(-1);
  const after = words(document.getElementById(second))[0];
  return [box(before[before.length - 1]), box(after[0])];
}
"""


def fold(text: str) -> str:
    """Fold the white space of a layout; other spaces are text."""
    for character in "\t\n\r\f":
        text = text.replace(character, " ")
    return " ".join(word for word in text.split(" ") if word)


@dataclass
class Visit:
    """A page that was opened, with everything it asked for and complained about."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Take down requests and complaints from now on."""
        self.page.on("request", lambda one: self.requests.append(one.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))
        self.page.on("response", self._response)
        self.page.on("console", self._console)

    def _failed(self, request: Any) -> None:  # noqa: ANN401
        # Left for the next page before it had come: the reader's doing, not the site's.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _response(self, response: Any) -> None:  # noqa: ANN401
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _console(self, message: Any) -> None:  # noqa: ANN401
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def elsewhere(self) -> list[str]:
        """Return the requests that leave the server."""
        allowed = (self.address, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(allowed)]

    def choose(self, view: str) -> None:
        """Press the label of a view, as a reader does."""
        # A page behind others is drawn rarely, and a click waits until it is.
        self.page.bring_to_front()
        radio = self.page.locator(f'input[name="ed-view"][value="{view}"]')
        name = radio.get_attribute("id")
        self.page.locator(f'label[for="{name}"]').click()
        assert radio.is_checked()


def _context(browser: Browser, width: int, *, javascript: bool) -> BrowserContext:
    size: ViewportSize = {"width": width, "height": SIZES.get(width, 900)}
    return browser.new_context(
        viewport=size, java_script_enabled=javascript, reduced_motion="reduce"
    )


@pytest.fixture(params=[ROOT, SOUND], ids=["edition", "test texts"], scope="module")
def built(request: pytest.FixtureRequest, build: Callable[[Path], Built]) -> Built:
    """Build the project's edition, and one of texts that try every kind of mark and script."""
    return build(request.param)


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    with served(built.folder) as url:
        yield url


@pytest.fixture(params=[True, False], ids=["script", "no script"], scope="module")
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=SIZES, ids=lambda width: f"{width} px", scope="module")
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def visits(
    browser: Browser, built: Built, address: str, width: int, javascript: bool
) -> Iterator[list[tuple[Shown, Visit]]]:
    """Open every document once."""
    with _context(browser, width, javascript=javascript) as context:
        yield [(document, _open(context, address, document.path)) for document in built.documents]


def _open(context: BrowserContext, address: str, path: str) -> Visit:
    visit = Visit(context.new_page(), address)
    visit.watch()
    visit.page.goto(address + path, wait_until="load")
    return visit


def _lines(text: str | None) -> list[str] | None:
    """Return the lines that are seen, blank ones left out."""
    if text is None:
        return None
    return [line for line in map(fold, text.split("\n")) if line]


def _expected_lines(block: SeenBlock) -> list[list[str]]:
    return [[line for line in map(fold, lines) if line] for lines in block.lines]


def _joined(block: SeenBlock, texts: Sequence[str | None]) -> str:
    """Join what is seen of a block's fragments as its text joins them."""
    parts = []
    for text, join in zip(texts, block.joins, strict=True):
        parts += [text or "", join]
    return fold("".join(parts))


def _compare(view: str, document: Shown, seen: dict[str, Any]) -> list[str]:
    """Say for each block what is seen that should not be, or not seen that should."""
    faults = []
    for block in document.blocks:
        own = [one for one in seen["fragments"] if one["block"] == block.id]
        texts = [one["text"] for one in sorted(own, key=lambda one: int(one["seq"]))]
        copies = [one["text"] for one in seen["copies"] if one["block"] == block.id]
        got: Any
        want: Any
        want_copies: list[str | None]
        if view in OF_THE_WITNESS:
            got, want = [_lines(text) for text in texts], _expected_lines(block)
            got_copies, want_copies = copies, [None] * len(copies)
        else:
            read = block.reading if view == "reading" else block.expanded
            in_place = block.shown in ("text", "line")
            got = _joined(block, texts) if in_place else texts
            want = fold(read) if in_place else [None] * len(block.lines)
            got_copies = [fold(text or "") for text in copies]
            want_copies = [fold(read)] if block.shown == "form" else []
        if got != want:
            faults.append(f"{block.id}, {view}: seen {got!r}, source {want!r}")
        if got_copies != want_copies:
            faults.append(f"{block.id}, {view}, form: seen {got_copies!r}, source {want_copies!r}")
    return faults


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_seen_is_the_text(visits: list[tuple[Shown, Visit]], view: str) -> None:
    for document, visit in visits:
        visit.page.evaluate(REMOVE)
        visit.choose(view)
        seen = visit.page.evaluate(SEEN)
        assert _compare(view, document, seen) == []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_seen_lies_beside_the_page(visits: list[tuple[Shown, Visit]], view: str) -> None:
    for _, visit in visits:
        visit.choose(view)
        seen = visit.page.evaluate(SEEN)
        assert seen["overflow"] <= seen["width"]
        for one in seen["fragments"]:
            if one["text"]:
                left, right, height = one["box"]
                assert left >= 0, one
                assert right <= seen["width"] + 1, one
                assert height > 0, one


def test_reading_is_chosen_first(
    browser: Browser, built: Built, address: str, javascript: bool
) -> None:
    with _context(browser, 1440, javascript=javascript) as context:
        for document in built.documents:
            page = _open(context, address, document.path).page
            page.evaluate(REMOVE)
            assert page.locator('input[name="ed-view"]:checked').input_value() == "reading"
            assert _compare("reading", document, page.evaluate(SEEN)) == []


def test_reading_text_stands_alone_without_styles(
    browser: Browser, built: Built, address: str
) -> None:
    with _context(browser, 1440, javascript=False) as context:
        context.route("**/*.css", lambda route: route.abort())
        for document in built.documents:
            page = context.new_page()
            page.goto(address + document.path, wait_until="load")
            page.evaluate(REMOVE)
            assert _compare("reading", document, page.evaluate(SEEN)) == []


def _step(page: Page, pair: RunOn) -> tuple[bool, float]:
    """Tell whether two words share a line, and how many lines the second stands lower."""
    before, after = page.evaluate(WORDS, [pair.before, pair.after])
    style = "one => parseFloat(getComputedStyle(one).lineHeight)"
    height = page.locator(f'[id="{pair.before}"]').evaluate(style)
    middle = (after["top"] + after["bottom"] - before["top"] - before["bottom"]) / 2
    same = abs(middle) < height / 2
    if same:
        assert after["left"] >= before["right"] - 1, pair
    return same, middle / height


def _assert_runs_on(visit: Visit, pair: RunOn) -> bool:
    same, lines = _step(visit.page, pair)
    assert same or 0.5 < lines < 1.5, f"{pair}: {lines:.2f} lines apart"
    return same


@pytest.mark.parametrize("width", SIZES, scope="function")
def test_paragraph_runs_on_over_the_end_of_a_page(
    browser: Browser, built: Built, address: str, width: int
) -> None:
    with _context(browser, width, javascript=False) as context:
        for document in built.documents:
            visit = _open(context, address, document.path)
            for pair in document.run_on:
                _assert_runs_on(visit, pair)
                first = _step(visit.page, pair)
                visit.choose("transcribed")
                same, lines = _step(visit.page, pair)
                # As transcribed the end of the page stands between them.
                assert not same
                assert lines > 1.5
                visit.choose("reading")
                assert _step(visit.page, pair) == first
                visit.choose("expanded")
                _assert_runs_on(visit, pair)
                visit.choose("reading")


def test_nothing_breaks_the_line_where_a_page_ends(
    browser: Browser, built: Built, address: str
) -> None:
    """At some width of the window the two words must share a line, or something breaks it."""
    with _context(browser, 1440, javascript=False) as context:
        for document in built.documents:
            visit = _open(context, address, document.path)
            visit.choose("transcribed")
            visit.choose("reading")
            for pair in document.run_on:
                shared = []
                for width in range(390, 1000, 45):
                    visit.page.set_viewport_size({"width": width, "height": 900})
                    shared.append(_assert_runs_on(visit, pair))
                assert any(shared), pair


def test_no_request_leaves_and_nothing_complains(visits: list[tuple[Shown, Visit]]) -> None:
    for _, visit in visits:
        for view in VIEWS:
            visit.choose(view)
        visit.page.wait_for_load_state("networkidle")
        assert visit.elsewhere() == []
        assert visit.complaints == []


def test_no_page_asks_elsewhere_or_complains(browser: Browser, built: Built, address: str) -> None:
    found = sorted(
        file.relative_to(built.folder).as_posix() for file in built.folder.rglob("*.html")
    )
    # The page for missing addresses finds its files only where the site is published.
    pages = [path.removesuffix("index.html") for path in found if path != "404.html"]
    with _context(browser, 1440, javascript=True) as context:
        assert_quiet(context, address, pages)


PATIENCE = 120_000
"""Milliseconds for many pages at once, on a machine that does other work."""
AT_ONCE = 6
"""How many pages are open at once, so that they are waited for together."""


def assert_quiet(context: BrowserContext, address: str, paths: Sequence[str]) -> None:
    """Open pages until nothing is loaded any more: none asks elsewhere, and none complains."""
    for start in range(0, len(paths), AT_ONCE):
        visits = [Visit(context.new_page(), address) for _ in paths[start : start + AT_ONCE]]
        for visit, path in zip(visits, paths[start:], strict=False):
            visit.watch()
            visit.page.goto(address + path, wait_until="commit")
        for visit in visits:
            visit.page.wait_for_load_state("networkidle", timeout=PATIENCE)
        for visit in visits:
            assert visit.elsewhere() == []
            assert visit.complaints == []
            visit.page.close()
