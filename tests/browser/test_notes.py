"""Notes beside their lines, in a box, and at the foot; what lights what; there and back."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.opening import choose, focused, opened

if TYPE_CHECKING:
    from tests.browser.conftest import Built

pytestmark = pytest.mark.browser

DRIFT = 160
"""How far a line of the margin may stand below its marker, in pixels: one address line of the
first edition has seven textual notes."""

LINES = """
() => [...document.querySelectorAll(".ed-stub")].filter(one => one.checkVisibility({
  visibilityProperty: true,
})).map(one => {
  const box = one.getBoundingClientRect();
  const markers = [...document.querySelectorAll(".ed-ref > a")].filter(link =>
    decodeURIComponent(link.hash.slice(1)) === one.dataset.note && link.getClientRects().length);
  const marker = markers.at(-1)?.parentElement.getBoundingClientRect();
  return { note: one.dataset.note, top: box.top, bottom: box.bottom, left: box.left,
    right: box.right, marker: marker ? marker.top : null };
})
"""

LIT = """
() => [...new Set([...document.querySelectorAll(".ed-lit")].map(one =>
  one.matches(".ed-lemma") ? "passage" : one.className.split(" ")[0]))].sort()
"""


def document(built: Built, address: str) -> str:
    return address + built.documents[0].path


def marked(page: Page) -> list[str]:
    """Return the notes of the first series whose markers are seen, in order."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll(".ed-ref--n > a")]
              .filter(one => one.getClientRects().length)
              .map(one => decodeURIComponent(one.hash.slice(1)))"""
        )
    )


def marker(page: Page, note: str) -> Any:  # noqa: ANN401
    return page.locator(f'[id="fnref:{note.removeprefix("fn:")}"] > a')


def test_lines_of_the_margin_stand_by_their_markers_and_never_overlap(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address), java_script_enabled=False) as page:
        for view, series in (("reading", "fn:"), ("expanded", "fn:"), ("transcribed", "tn:")):
            choose(page, view)
            lines = page.evaluate(LINES)
            assert lines, view
            assert all(line["note"].startswith(series) for line in lines)
            text = page.locator(".ed-text").bounding_box()
            assert text is not None
            for above, below in itertools.pairwise(lines):
                assert below["top"] >= above["bottom"] - 0.5, (above, below)
            for line in lines:
                assert line["left"] >= text["x"] + text["width"]
                assert line["right"] <= 1440
                assert -10 <= line["top"] - line["marker"] <= DRIFT, line


def test_every_marked_note_has_a_line_in_the_margin(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address)) as page:
        lines = {line["note"] for line in page.evaluate(LINES)}
        assert lines == set(marked(page))


def test_an_open_note_pushes_the_others_down(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, document(built, address)) as page:
        for note in marked(page)[::9]:
            marker(page, note).click()
            assert page.locator(".ed-open").count() == 1
            lines = page.evaluate(LINES)
            for above, below in itertools.pairwise(lines):
                assert below["top"] >= above["bottom"] - 0.5


def test_passage_and_note_light_each_other(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, document(built, address)) as page:
        note = next(
            one
            for one in marked(page)
            if page.locator(f'.ed-lemma[data-notes="{one.removeprefix("fn:")}"]').count()
        )
        targets = {
            "marker": marker(page, note),
            "passage": page.locator(f'.ed-lemma[data-notes="{note.removeprefix("fn:")}"]').first,
            "line": page.locator(f'.ed-stub[data-note="{note}"]'),
            "note": page.locator(f'[id="{note}"]'),
        }
        for where, target in targets.items():
            target.hover()
            assert page.evaluate(LIT) == ["ed-note", "ed-ref", "ed-stub", "passage"], where
            page.locator("h1").hover()
            assert page.evaluate(LIT) == [], where
        # What has the keyboard is lit while the pointer is elsewhere.
        targets["marker"].focus()
        page.locator("h1").hover()
        assert page.evaluate(LIT) == ["ed-note", "ed-ref", "ed-stub", "passage"]


LIGHTING = """
() => {
  const seen = one => one.checkVisibility({ visibilityProperty: true });
  const all = selector => [...document.querySelectorAll(selector)].filter(seen);
  const over = one => one.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  const keys = one => { one.focus(); };
  const dark = () => { document.activeElement.blur(); over(document.querySelector("h1")); };
  const lit = one => one.classList.contains("ed-lit");
  const faults = [];
  let count = 0;
  for (const note of all(".ed-notes .ed-note")) {
    const name = note.id.slice(3);
    const markers = all(".ed-ref > a").filter(one =>
      decodeURIComponent(one.hash.slice(1)) === note.id);
    const words = all(".ed-lemma").filter(one => one.dataset.notes.split(" ").includes(name));
    const lines = all(".ed-stub").filter(one => one.dataset.note === note.id);
    const any = document.querySelector(`.ed-lemma[data-notes~="${CSS.escape(name)}"]`);
    const whole = any ? [] : markers.map(one =>
      one.closest(".ed-block, .ed-pb, .ed-kicker, td")).filter(one => one);
    if (!markers.length) {
      continue;
    }
    const wanted = [note, ...markers.map(one => one.parentElement), ...words, ...lines, ...whole];
    if (wanted.length < 3 && any && words.length) {
      faults.push(`${note.id} has no passage`);
    }
    const links = words.map(one => one.querySelector("a[href]")).filter(one => one && seen(one));
    const own = [...note.querySelectorAll("a")].find(seen);
    const ways = [...[note, ...markers, ...words, ...lines].map(one => [over, one]),
      ...[...markers, ...links, own].map(one => [keys, one])];
    for (const [does, one] of ways) {
      dark();
      if (document.querySelector(".ed-lit")) {
        faults.push(`${note.id} stays lit`);
      }
      does(one);
      count += 1;
      wanted.filter(one => !lit(one)).forEach(missing =>
        faults.push(`${note.id}, from ${one.className}: ${missing.className} is dark`));
    }
  }
  return [count, faults];
}
"""


@pytest.mark.parametrize("view", ["reading", "transcribed", "expanded", "facsimile"])
def test_every_note_lights_and_is_lit_in_every_view(
    browser: Browser, built: Built, address: str, view: str
) -> None:
    for width in (1440, 390):
        with opened(browser, f"{document(built, address)}?view={view}", width) as page:
            count, faults = page.evaluate(LIGHTING)
            assert faults == []
            assert count > 100


def test_where_two_lit_passages_overlap_it_is_seen(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address)) as page:
        both = page.locator('.ed-lemma[data-notes*=" "]').locator("visible=true").first
        both.hover()
        style = "one => getComputedStyle(one).textDecorationStyle"
        assert both.evaluate(style) == "double"
        styles = page.locator(".ed-lemma.ed-lit:not(.ed-lit--both)").evaluate_all(
            "all => all.map(one => getComputedStyle(one).textDecorationStyle)"
        )
        assert set(styles) <= {"solid"}


def test_from_the_text_to_the_note_beside_and_back_by_keyboard(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address)) as page:
        note = marked(page)[3]
        marker(page, note).focus()
        page.keyboard.press("Enter")
        assert focused(page) == "ed-open"
        page.keyboard.press("Escape")
        assert focused(page) == f"fnref:{note.removeprefix('fn:')}"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert focused(page) == f"fnref:{note.removeprefix('fn:')}"


def test_a_link_in_the_open_note_leads_on(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, document(built, address)) as page:
        for note in marked(page):
            marker(page, note).click()
            link = page.locator(".ed-open a.ed-cite")
            if link.count():
                link.first.click()
                page.wait_for_url("**/sources/#*")
                return
        pytest.fail("no note cites a source")


@pytest.mark.parametrize(("width", "touch"), [(390, True), (768, False)])
def test_in_a_narrow_window_a_note_opens_in_a_box_and_focus_returns(
    browser: Browser, built: Built, address: str, width: int, touch: bool
) -> None:
    with opened(browser, document(built, address), width, has_touch=touch) as page:
        assert page.evaluate(LINES) == []
        note = marked(page)[4]
        link = marker(page, note)
        link.scroll_into_view_if_needed()
        if touch:
            link.tap()
        else:
            link.click()
        box = page.locator(".ed-popover")
        assert box.is_visible()
        assert focused(page) == "ed-open"
        shape = box.bounding_box()
        assert shape is not None
        assert shape["x"] >= 0
        assert shape["x"] + shape["width"] <= width
        assert shape["height"] <= 450
        page.keyboard.press("Escape")
        assert not box.is_visible()
        assert focused(page) == f"fnref:{note.removeprefix('fn:')}"
        link.click()
        page.locator("h1").evaluate("one => one.scrollIntoView()")
        page.locator("h1").click()
        assert not box.is_visible()


def test_a_tap_on_a_passage_opens_its_note(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, document(built, address), 390, has_touch=True) as page:
        passage = page.locator(".ed-lemma:not(:has(a))").locator("visible=true").first
        notes = (passage.get_attribute("data-notes") or "").split()
        passage.scroll_into_view_if_needed()
        passage.tap()
        opened_note = page.locator(".ed-popover .ed-open").get_attribute("data-note") or ""
        assert opened_note.split(":", 1)[1] in notes


@pytest.mark.parametrize("javascript", [True, False])
def test_both_series_stand_at_the_foot_in_full(
    browser: Browser, built: Built, address: str, javascript: bool
) -> None:
    with opened(browser, document(built, address), java_script_enabled=javascript) as page:
        for kind in ("n", "t"):
            notes = page.locator(f".ed-notes .ed-note--{kind}")
            assert notes.count() > 0
            heights = notes.evaluate_all("all => all.map(one => one.clientHeight)")
            assert min(heights) > 20


def test_without_a_script_the_marker_leads_to_the_foot_and_back(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address), java_script_enabled=False) as page:
        page.locator(".ed-ref--n > a").first.click()
        assert page.locator(".ed-note:target").count() == 1
        page.locator(".ed-note:target .ed-num").click()
        assert page.locator("sup:target").count() == 1


@pytest.mark.parametrize("series", ["n", "t"])
def test_the_first_return_from_the_foot_has_the_focus_too(
    browser: Browser, built: Built, address: str, series: str
) -> None:
    with opened(browser, document(built, address)) as page:
        for number in (4, 5):
            link = page.locator(f".ed-notes .ed-note--{series} > p > .ed-back:first-child")
            link = link.locator("visible=true").nth(number)
            place = link.evaluate("one => decodeURIComponent(one.hash.slice(1))")
            link.focus()
            for _ in range(2):
                page.keyboard.press("Enter")
                page.wait_for_url(f"**#{place}")
                drawn(page)
                assert focused(page) == place
                assert page.evaluate("document.activeElement.tagName") == "A"
                # Once more, when the address is this place's already.
                link.focus()


def drawn(page: Page) -> None:
    """Wait until the page has been drawn, and what belongs to that is done."""
    page.evaluate(
        "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r())))"
    )
    page.wait_for_timeout(100)


FOLLOWING = """
id => {
  const links = [...document.querySelectorAll(".md-content a[href]")].filter(one =>
    one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) &&
    !one.closest(".ed-open"));
  const next = links[links.findIndex(one => one.parentElement.id === id) + 1];
  return next.closest("sup")?.id || next.textContent;
}
"""
"""The link after a marker in the text."""


@pytest.mark.parametrize("width", [1440, 768])
def test_the_tab_key_goes_on_from_the_marker(
    browser: Browser, built: Built, address: str, width: int
) -> None:
    at = "() => document.activeElement.closest('sup')?.id || document.activeElement.textContent"
    with opened(browser, document(built, address), width) as page:
        for note in marked(page)[2:30:9]:
            place = f"fnref:{note.removeprefix('fn:')}"
            marker(page, note).focus()
            page.keyboard.press("Enter")
            assert focused(page) == "ed-open"
            page.keyboard.press("Shift+Tab")
            assert page.evaluate(at) == place
            page.keyboard.press("Enter")
            links = page.locator(".ed-open a").locator("visible=true").count()
            for _ in range(links):
                page.keyboard.press("Tab")
                assert page.evaluate("document.activeElement.closest('.ed-open') !== null")
            page.keyboard.press("Tab")
            assert page.evaluate(at) == page.evaluate(FOLLOWING, place)
            drawn(page)
            assert page.locator(".ed-popover").locator("visible=true").count() == 0
            assert page.evaluate(at) == page.evaluate(FOLLOWING, place)


def test_one_switch_turns_the_notes_off_and_is_remembered(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address)) as page:
        page.locator('label[for="notes.on"]').click()
        for what in (".ed-ref", ".ed-stub", ".ed-notes"):
            assert page.locator(what).locator("visible=true").count() == 0, what
        page.reload(wait_until="load")
        assert not page.locator('[id="notes.on"]').is_checked()


def test_a_marker_says_its_kind(browser: Browser, built: Built, address: str) -> None:
    with opened(browser, document(built, address), java_script_enabled=False) as page:
        names = page.locator(".ed-ref > a").evaluate_all("all => all.map(one => one.ariaLabel)")
        assert all(name.startswith(("Commentary ", "Textual note ")) for name in names)
        assert all(": " in name for name in names)


def test_signs_are_large_enough_to_read(browser: Browser, built: Built, address: str) -> None:
    """Figures as large as the letters of a map, whatever the theme does to them besides."""
    sizes = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    for width in (1440, 390):
        with opened(browser, document(built, address), width) as page:
            for kind in ("n", "t"):
                signs = page.locator(f'.ed-block[data-shown="text"] .ed-ref--{kind} > a')
                assert min(signs.evaluate_all(sizes)) >= 10, (width, kind)


@pytest.mark.parametrize("width", [1440, 390])
def test_an_address_that_names_a_note_leads_to_it_where_notes_are_off(
    browser: Browser, built: Built, address: str, width: int
) -> None:
    url = document(built, address)
    with opened(browser, url, width) as page:
        note = marked(page)[4]
        page.locator('label[for="notes.on"]').click()
        page.goto("about:blank")
        page.goto(f"{url}#{note}", wait_until="load")
        place = page.locator(f'[id="{note}"]')
        place.wait_for(state="visible")
        top = "id => document.getElementById(id).getBoundingClientRect().top < 300"
        page.wait_for_function(top, arg=note)
        # What the reader chose is kept for the next page.
        page.goto(url, wait_until="load")
        assert not page.locator('[id="notes.on"]').is_checked()


def test_a_note_at_the_foot_leads_back_where_its_marker_is_not_shown(
    browser: Browser, built: Built, address: str
) -> None:
    url = document(built, address)
    with opened(browser, url) as page:
        note = marked(page)[4]
        page.goto(f"{url}?view=transcribed#{note}", wait_until="load")
        page.locator(f'[id="{note}"] .ed-back').first.click()
        marker(page, note).wait_for(state="visible")
        box = marker(page, note).bounding_box()
        assert box is not None
        assert 0 < box["y"] < 900


def test_a_box_at_the_foot_of_the_window_does_not_cover_its_marker(
    browser: Browser, built: Built, address: str
) -> None:
    with opened(browser, document(built, address), 390) as page:
        for note in marked(page)[3::20]:
            link = marker(page, note)
            link.evaluate("one => one.scrollIntoView({ block: 'end' })")
            link.evaluate("one => one.click()")
            box = page.locator(".ed-popover").bounding_box()
            sign = link.bounding_box()
            assert box is not None
            assert sign is not None
            assert 0 < sign["y"] < box["y"]
            page.keyboard.press("Escape")
