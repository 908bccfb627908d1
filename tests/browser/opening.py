"""Opens pages of the built site as a reader has them: a window, colours, with a script or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from build_tools.render.drafting import drafting_script
from tests.browser.conftest import ROOT, SOUND

SUGGEST = ROOT / "build_tools" / "theme" / "suggest"


@contextmanager
def opened(
    browser: Browser,
    url: str,
    width: int = 1440,
    height: int = 900,
    **options: Any,  # noqa: ANN401
) -> Iterator[Page]:
    """Open one page in a window of its own, without movement unless it is asked for."""
    settings = {"reduced_motion": "reduce", **options}
    with browser.new_context(viewport={"width": width, "height": height}, **settings) as context:
        page = context.new_page()
        page.goto(url, wait_until="load")
        yield page


@contextmanager
def scripted(browser: Browser) -> Iterator[Page]:
    """Open an empty page with the panel's data for the test texts."""
    edition, _ = read_edition(FolderTree(SOUND))
    assert edition is not None
    with browser.new_context() as context:
        page = context.new_page()
        page.evaluate(drafting_script(edition).decode())
        yield page


def panel_knows(function: str) -> str:
    """Return a function as the panel has it among its own: it may call what finds and reads."""
    parts = [(SUGGEST / f"{part}.js").read_text(encoding="utf-8") for part in ("anchors", "prose")]
    return "given => {\nlet blocks;\n" + "\n".join(parts) + f"\nreturn ({function})(given);\n}}"


def choose(page: Page, view: str) -> None:
    """Press the label of a view."""
    page.locator(f'label[for="view.{view}"]').click()
    assert page.locator(f'[id="view.{view}"]').is_checked()


def focused(page: Page) -> str:
    """Say what has the focus: its id, or that of the marker it is in, or its class."""
    return str(
        page.evaluate(
            """() => {
              const one = document.activeElement;
              const ours = [...one.classList].find(name => name.startsWith("ed-"));
              return one.id || one.closest("sup")?.id || ours || one.tagName;
            }"""
        )
    )
