"""The preview of a branch in a browser, from a folder: it asks for nothing, and has views."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.copies import run, sound_copy
from tests.repositories import repository
from tests.test_diff import branch


def test_a_preview_is_whole_in_itself(browser: Browser, tmp_path: Path) -> None:
    root = repository(sound_copy(tmp_path / "edition"))
    branch(root)
    file = tmp_path / "preview.html"
    assert run(root, "diff", "HEAD", "--html", str(file)) == 0
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    assert page.locator(".rv-note").count() == 2
    assert (
        page.locator("[data-block=p1]").first.inner_text().startswith("1.\nThis letter was written")
    )
    page.get_by_text("As transcribed", exact=True).click()
    assert "writ-\nten" in page.locator("[data-block=p1]").first.inner_text()
    page.get_by_text("With facsimile", exact=True).click()
    drawn = page.locator(".ed-facs img").first
    drawn.scroll_into_view_if_needed()
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="note ink").click()
    assert page.url.endswith("#letter--note--ink")
    assert [one for one in asked if not one.startswith("data:")] == [file.as_uri()]
    assert said == []
    page.close()
