"""What the pages are held to: axe, narrow windows, zoom, high contrast, still layout, weight.

Every rule of axe runs on every kind of page and in every view, wide and light, narrow and dark.
With ``EDITION_AUDIT=1`` (`make audit`) all of it runs in both schemes at three widths.
"""

from __future__ import annotations

import gzip
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from tests.browser.opening import choose, opened

if TYPE_CHECKING:
    from tests.browser.conftest import Built

pytestmark = pytest.mark.browser

VIEWS = ("reading", "transcribed", "expanded", "facsimile")
AUDIT = bool(os.environ.get("EDITION_AUDIT"))
COLOURS = "color-contrast"

# One page of each kind: what is alike is made by the same code.
KINDS = (
    "",
    "edition/",
    "edition/persons/",
    "edition/chronology/",
    "edition/glossary/",
    "edition/sources/",
    "edition/conventions/",
    "edition/proof/",
    "edition/downloads/",
    "edition/contributors/",
    "edition/messages/",
    "about/using/",
    "404.html",
)

RUN = """
([context, options]) => axe.run(context || document, options).then(found => found.violations)
"""

WINDOWS = [(1440, "light"), (390, "dark")]
if AUDIT:
    WINDOWS = [(width, scheme) for width in (1440, 768, 390) for scheme in ("light", "dark")]


def kinds(built: Built) -> list[str]:
    """Return one page of each kind that the edition has; in the audit, all pages."""
    if AUDIT:
        pages = sorted(built.folder.rglob("*.html"))
        return [
            one.relative_to(built.folder).as_posix().removesuffix("index.html") for one in pages
        ]
    essays = sorted(built.folder.glob("edition/essays/*/index.html"))[:1]
    found = [one.relative_to(built.folder).as_posix().removesuffix("index.html") for one in essays]
    return [*KINDS, f"{built.documents[0].path}apparatus/", *found]


def violations(page: Page, *, colours: bool = True, without: str = "") -> list[str]:
    """Return what axe finds on the page, or on all of it but what is looked at already."""
    rules: dict[str, Any] = {} if colours else {"rules": {COLOURS: {"enabled": False}}}
    context = {"exclude": [[without]]} if without else None
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, [context, {"resultTypes": ["violations"], **rules}])
    return [
        f"{page.url}: {one['id']}: {node['html'][:150]}: {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def overflow(page: Page) -> int:
    """Return how far the page can be scrolled sideways."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, built: Built, address: str, width: int, scheme: str
) -> None:
    faults = []
    with opened(browser, address, width, color_scheme=scheme) as page:
        for path in kinds(built):
            page.goto(address + path, wait_until="load")
            faults += violations(page)
    assert faults == []


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_axe_finds_nothing_in_any_view(
    browser: Browser, built: Built, address: str, width: int, scheme: str
) -> None:
    faults = []
    with opened(browser, address + built.documents[0].path, width, color_scheme=scheme) as page:
        for view in VIEWS:
            choose(page, view)
            # The notes at the foot are the same in every view.
            faults += violations(page, without="" if view == VIEWS[0] else ".ed-notes")
        choose(page, "reading")
        page.locator(".ed-ref--n > a").first.click()
        faults += violations(page, colours=False, without=".ed-notes")
        page.keyboard.press("Escape")
        page.locator(".ed-menu--cite > summary").click()
        faults += violations(page, colours=False, without=".ed-notes")
    assert faults == []


def test_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, address, 320) as page:
        for path in kinds(built):
            page.goto(address + path, wait_until="load")
            assert overflow(page) <= 0, path
        page.goto(address + built.documents[0].path, wait_until="load")
        for view in VIEWS:
            choose(page, view)
            assert overflow(page) <= 0, view


@pytest.mark.parametrize("way", ["window", "letters"])
def test_at_200_per_cent_everything_is_there(
    browser: Browser, built: Built, address: str, way: str
) -> None:
    """A browser that enlarges makes its window narrow; a reader may enlarge the letters alone."""
    with opened(
        browser, address + built.documents[0].path, 720 if way == "window" else 1440
    ) as page:
        if way == "letters":
            page.evaluate("document.documentElement.style.fontSize = '250%'")
        for view in VIEWS:
            choose(page, view)
            assert overflow(page) <= 0, view
            for name in (".ed-views label", ".ed-menu > summary", ".ed-switch label"):
                assert all(one.is_visible() for one in page.locator(name).all())


def test_enlarged_letters_make_no_page_scroll_sideways(
    browser: Browser, built: Built, address: str
) -> None:
    for width in (1440, 390):
        with opened(browser, address, width) as page:
            for path in kinds(built):
                page.goto(address + path, wait_until="load")
                page.evaluate("document.documentElement.style.fontSize = '250%'")
                assert overflow(page) <= 0, (path, width)


def test_high_contrast_keeps_the_sign_of_what_is_folded(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url, forced_colors="active") as page:
        sign, ground = page.evaluate(
            """() => [
              getComputedStyle(document.querySelector(".ed-witnesses > summary"), "::before"),
              getComputedStyle(document.body),
            ].map(one => one.backgroundColor)"""
        )
        assert sign != ground


def test_high_contrast_keeps_what_is_chosen_and_lit(
    browser: Browser, built: Built, address: str
) -> None:
    url = address + built.documents[0].path
    with opened(browser, url, forced_colors="active") as page:
        outline = "one => getComputedStyle(one).outlineStyle"
        assert page.locator('label[for="view.reading"]').evaluate(outline) == "solid"
        assert page.locator('label[for="view.expanded"]').evaluate(outline) == "none"
        page.locator(".ed-ref--n > a").first.hover()
        assert page.locator(".ed-ref.ed-lit").first.evaluate(outline) == "solid"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_moves_after_the_page_has_loaded(
    browser: Browser, built: Built, address: str, width: int, view: str
) -> None:
    url = f"{address}{built.documents[0].path}?view={view}"
    with opened(browser, url, width) as page:
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """() => new Promise(done => {
              let sum = 0;
              new PerformanceObserver(list => {
                for (const one of list.getEntries()) { sum += one.value; }
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift < 0.05


def test_without_movement_nothing_moves(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, address + built.documents[0].path) as page:
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter(one => {
              const style = getComputedStyle(one);
              const takes = time => time.split(",").some(part => parseFloat(part) > 0);
              return takes(style.transitionDuration) || style.animationName !== "none";
            }).map(one => one.className)"""
        )
        assert moving == []


def test_a_document_page_weighs_at_most_300_kilobytes(
    browser: Browser, built: Built, address: str
) -> None:
    """Everything the page loads, as a server sends it, but images."""
    bodies: dict[str, bytes] = {}
    with opened(browser, address) as page:

        def keep(response: Response) -> None:
            bodies[response.url] = response.body()

        page.on("response", keep)
        page.goto(address + built.documents[0].path, wait_until="networkidle")
    sizes = {
        url: len(body) if url.endswith(".woff2") else len(gzip.compress(body, 9))
        for url, body in bodies.items()
        if not re.search(r"\.(svg|png|jpe?g|webp)$", url)
    }
    assert sum(sizes.values()) <= 300_000, sizes
