"""The preview of a branch in a browser, from a folder: it asks for nothing, and has views."""

from __future__ import annotations

from pathlib import Path

import pytest
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


LOOKS = """target => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
    .map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const style = getComputedStyle(target);
  const [one, two] = [light(style.color), light(style.backgroundColor)];
  const bars = [...document.querySelectorAll(".ed-bar")].map(bar => bar.getBoundingClientRect());
  const place = target.getBoundingClientRect();
  return {
    contrast: (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05),
    hidden: bars.some(bar => bar.top < place.bottom && bar.bottom > place.top),
    shown: place.top >= 0 && place.bottom <= innerHeight,
  };
}"""


@pytest.mark.parametrize("width", [400, 1200])
def test_what_the_list_leads_to_can_be_read(browser: Browser, tmp_path: Path, width: int) -> None:
    root = repository(sound_copy(tmp_path / "edition"))
    branch(root)
    file = tmp_path / "preview.html"
    assert run(root, "diff", "HEAD", "--html", str(file)) == 0
    page = browser.new_page(viewport={"width": width, "height": 600})
    page.goto(file.as_uri())
    links = page.locator("header a")
    assert "the text of block p1" in links.all_inner_texts()
    for link in links.all():
        link.click()
        page.wait_for_timeout(50)
        target = page.locator(":target")
        looks = target.evaluate(LOOKS)
        assert looks["shown"], target.inner_text()
        assert not looks["hidden"], target.inner_text()
        if "rv-tag" in (target.get_attribute("class") or ""):
            assert looks["contrast"] > 4.5
    page.close()
