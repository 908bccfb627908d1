"""Words selected on a page as a reader does it, and the panel that opens for them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

from tests.copies import run, sound_copy

# The rectangles of the first and the last letter of words that are seen in a part of the page.
FIND = """
([selector, words]) => {
  const part = [...document.querySelectorAll(selector)].find(one => one.getClientRects().length);
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const letters = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (parent.getClientRects().length && !parent.closest("sup, .ed-said")) {
      let offset = 0;
      for (const sign of node.data) {
        letters.push([node, offset, sign]);
        offset += sign.length;
      }
    }
  }
  const at = letters.map(one => one[2]).join("").indexOf(words);
  if (at < 0) throw new Error("not seen: " + words);
  const count = letters.map(one => one[2]).join("").slice(0, at);
  const first = letters[[...count].length];
  const last = letters[[...count].length + [...words].length - 1];
  const range = document.createRange();
  range.setStart(first[0], first[1]);
  range.setEnd(last[0], last[1] + last[2].length);
  part.scrollIntoView({ block: "center" });
  const box = rect =>
    ({ left: rect.left, right: rect.right, middle: (rect.top + rect.bottom) / 2 });
  const rects = [...range.getClientRects()].filter(one => one.width);
  window.rangeFound = range;
  return [box(rects[0]), box(rects.at(-1))];
}
"""
SELECT = "() => { getSelection().removeAllRanges(); getSelection().addRange(window.rangeFound); }"

BUTTON = ".ed-suggestion button"
PANEL = ".ed-drafting"
QUOTED = ".ed-quoted mark"
STATE = ".ed-quoted + [role=status]"


def drag(page: Page, block: str, words: str) -> None:
    """Select words by pressing and dragging over them."""
    first, last = page.evaluate(FIND, [f'[id="{block}"]', words])
    page.mouse.move(first["left"] + 1, first["middle"])
    page.mouse.down()
    page.mouse.move(last["right"] - 1, last["middle"], steps=4)
    page.mouse.up()


def select(page: Page, part: str, words: str) -> None:
    """Select words of a part of the page that is seen, as handles on a touch screen do."""
    page.evaluate(FIND, [part, words])
    page.evaluate(SELECT)


def suggest(page: Page) -> None:
    """Press the button by the selection, and wait for the panel."""
    page.locator(BUTTON).click()
    page.locator(PANEL).wait_for()


def field(page: Page, name: str) -> str:
    """Return the selector of a field of the panel."""
    return f'[id="ed.draft-{name}"]'


def fill(page: Page, label: str, text: str, standing: str = "inference") -> None:
    """Fill in what every note needs, with a name and the consent."""
    page.locator(field(page, "label")).fill(label)
    page.locator(field(page, "text")).fill(text)
    if standing and page.locator(field(page, "standing")).is_visible():
        page.locator(field(page, "standing")).select_option(standing)
    page.locator(field(page, "name")).fill("A. Reader")
    page.locator(field(page, "agreed")).check()


def download(page: Page) -> tuple[str, str]:
    """Press the exit that gives the file; return its name and what is in it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the file").click()
    found = waiting.value
    return found.suggested_filename, Path(found.path()).read_text(encoding="utf-8")


def accepted(root: Path, name: str, text: str, shelf: str = "notes") -> bool:
    """Tell whether `edition check` accepts a file put into the letter of the test texts."""
    if not (root / "edition").exists():
        sound_copy(root)
    place = root / "edition" / "documents" / "letter" / shelf / name
    assert not place.exists()
    place.write_text(text, encoding="utf-8")
    return run(root, "check") == 0


def all_accepted(root: Path, texts: Iterable[str]) -> bool:
    """Tell whether `edition check` accepts files put where their second lines say."""
    sound_copy(root)
    for text in texts:
        place = root / text.split("\n")[1].removeprefix("# ")
        assert not place.exists()
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return run(root, "check") == 0


__all__ = [
    *("BUTTON", "FIND", "PANEL", "accepted", "all_accepted"),
    *("download", "drag", "field", "fill", "select", "suggest"),
]
