"""The picture of the README, taken from the finished site: ``make picture``."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.conftest import ARGUMENTS, browser_programs, served

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "about" / "reading-page.png"
PAGE = "edition/usun-1158/"
WINDOW: ViewportSize = {"width": 1280, "height": 800}


def take() -> None:
    """Open the telegram in a window, with its first points in view, and take the picture."""
    program = next((path for path in browser_programs() if path.is_file()), None)
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(f"{address}{PAGE}#opening", wait_until="networkidle")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take()
