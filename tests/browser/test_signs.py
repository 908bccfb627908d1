"""The signs in the text: insertions, what is supplied, and markers that a finger meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser

from tests.browser.opening import opened

if TYPE_CHECKING:
    from tests.browser.conftest import Built

pytestmark = pytest.mark.browser


def test_words_on_a_line_of_their_own_hang_over_the_line_they_belong_to(
    browser: Browser, built: Built, address: str
) -> None:
    for view in ("transcribed", "facsimile"):
        url = f"{address}{built.documents[0].path}?view={view}#p7"
        with opened(browser, url) as page:
            above, own, below = page.evaluate(
                """() => {
                  const block = document.getElementById("p7");
                  const own = block.querySelector(".ed-add").getBoundingClientRect();
                  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                  const boxes = [];
                  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    const range = document.createRange();
                    range.selectNodeContents(node);
                    if (node.parentElement.closest(".ed-ref, .ed-said, .ed-add")) continue;
                    boxes.push(...range.getClientRects());
                  }
                  const middle = (own.top + own.bottom) / 2;
                  const tall = boxes.filter(one => one.width > 4);
                  const over = tall.filter(one => one.bottom < middle).at(-1);
                  const under = tall.find(one => one.top > middle);
                  return [over.bottom, middle, under.top];
                }"""
            )
            assert below - own < own - above, view


def test_what_is_supplied_says_where_it_comes_from(
    browser: Browser, built: Built, address: str
) -> None:
    url = f"{address}{built.documents[0].path}?view=expanded"
    with opened(browser, url, java_script_enabled=False) as page:
        for kind in (".ed-ex", ".ed-sup"):
            assert page.locator(kind).count() > 10
            without = page.locator(f"{kind}:not([title]):not(:has([title]))")
            assert without.count() == 0
        own = page.locator(".ed-ex [title]").evaluate_all("all => all.map(one => one.title)")
        assert all(" in the text, expanded by the glossary under " in title for title in own)


TARGETS = """
least => {
  const seen = one => one.checkVisibility({ visibilityProperty: true });
  const apart = ".ed-address, .ed-signature, .ed-number, .ed-folio, .ed-field, .ed-form, " +
    ".ed-kickers, .ed-classification, .ed-letterhead, .ed-stamp, .ed-notice";
  const all = [...document.querySelectorAll(".md-content a[href]")].filter(seen);
  const middle = box => [box.left + box.width / 2, box.top + box.height / 2];
  const small = [];
  let count = 0;
  for (const link of all.filter(one => one.matches(".ed-ref > a") && one.closest(apart))) {
    link.scrollIntoView({ block: "center" });
    const [x, y] = middle(link.getBoundingClientRect());
    const hit = (dx, dy) => link.contains(document.elementFromPoint(x + dx, y + dy));
    const reach = (dx, dy) => {
      let n = 0;
      while (n < 60 && hit(dx * n, dy * n)) n += 1;
      return n;
    };
    const wide = reach(-1, 0) + reach(1, 0) - 1;
    const high = reach(0, -1) + reach(0, 1) - 1;
    const near = all.filter(one => one !== link).some(one => [...one.getClientRects()].some(box => {
      const dx = Math.max(box.left - x, 0, x - box.right);
      const dy = Math.max(box.top - y, 0, y - box.bottom);
      return Math.hypot(dx, dy) < least / 2;
    }));
    count += 1;
    if (near && (wide < least - 0.5 || high < least - 0.5)) {
      small.push([link.parentElement.id, wide, high]);
    }
  }
  return [count, small];
}
"""


@pytest.mark.parametrize("view", ["reading", "transcribed", "expanded", "facsimile"])
@pytest.mark.parametrize("width", [1440, 390])
def test_markers_outside_sentences_are_large_enough_for_a_finger(
    browser: Browser, built: Built, address: str, view: str, width: int
) -> None:
    """24 pixels each way, or as much to the next target: WCAG 2.5.8, which lets off sentences."""
    url = f"{address}{built.documents[0].path}?view={view}"
    with opened(browser, url, width) as page:
        count, small = page.evaluate(TARGETS, 24)
        assert count >= 8
        assert small == []
