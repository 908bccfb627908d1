"""The pictures of README and of the guide for contributors, taken by ``make picture``.

They are taken from the finished page itself, pressed and typed into as a reader does, so that the
guide shows what is there. Run it again when the page has changed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright

from tests.browser.conftest import ARGUMENTS, browser_programs, served
from tests.browser.selecting import PANEL, drag, field, suggest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "about"
PAGE = "edition/usun-1158/"
WINDOW: ViewportSize = {"width": 1280, "height": 800}
SMALL: ViewportSize = {"width": 1080, "height": 620}

BLOCK, WORDS = "p2", "four days have now passed"
NOTE = {
    "label": "Four days",
    "text": "Counted from Khrushchev’s letter of 28 October [@frus-6-68].",
    "name": "Your name",
}
SOMEWHERE = "https://github.com/owner/repository"
"""Where an edition is kept that does not say it yet: its first way out is as it will be."""


AS_WEBP = """
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.8);
}
"""


def take() -> None:
    """Take every picture."""
    program = next((path for path in browser_programs() if path.is_file()), None)
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        reading(browser, address)
        road(browser, address)
        browser.close()


def reading(browser: Browser, address: str) -> None:
    """Show the telegram in a window, with its first points in view."""
    with opened(browser, f"{address}{PAGE}#opening", WINDOW) as page:
        page.screenshot(path=FOLDER / "reading-page.png")


def road(browser: Browser, address: str) -> None:
    """Go the road of a note in four steps: select, see the passage, write, send."""
    with opened(browser, f"{address}{PAGE}#{BLOCK}", SMALL) as page:
        drag(page, BLOCK, WORDS)
        page.locator(".ed-suggestion").wait_for()
        page.mouse.move(20, 600)
        shoot(page, "road-1-select")
        suggest(page)
        page.locator(f"{PANEL} legend").first.click()
        show(page, "passage")
        shoot(page, "road-2-passage")
        write(page)
        show(page, "label")
        shoot(page, "road-3-write")
        page.locator(field(page, "agreed")).check()
        show(page, "name")
        shoot(page, "road-4-send")


def write(page: Page) -> None:
    """Write the note into the form."""
    for name, words in NOTE.items():
        page.locator(field(page, name)).fill(words)
    page.locator(field(page, "standing")).select_option("inference")


def show(page: Page, name: str) -> None:
    """Bring a field to the top of the panel, with the words over it."""
    page.locator(field(page, name)).evaluate(
        "one => one.closest('fieldset').scrollIntoView({ block: 'start' })"
    )


@contextmanager
def opened(browser: Browser, address: str, window: ViewportSize) -> Iterator[Page]:
    """Open a page in a window of a size, without movement and without the focus anywhere."""
    with browser.new_context(
        viewport=window, color_scheme="light", reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.route("**/drafting.js", somewhere)
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(500)
        yield page


def somewhere(route: Route) -> None:
    """Say where the edition is kept, if it does not."""
    answer = route.fetch()
    script = re.sub(
        r'"repository":"","forge":""', f'"repository":"{SOMEWHERE}","forge":"github"', answer.text()
    )
    route.fulfill(response=answer, body=script)


def shoot(page: Page, name: str) -> None:
    """Take a picture once nothing moves any more; the browser itself makes a small file of it."""
    page.wait_for_timeout(400)
    seen = base64.b64encode(page.screenshot()).decode()
    with page.context.browser.new_context() as context:  # type: ignore[union-attr]
        made = context.new_page().evaluate(AS_WEBP, f"data:image/png;base64,{seen}")
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(made.partition(",")[2]))


if __name__ == "__main__":
    take()
