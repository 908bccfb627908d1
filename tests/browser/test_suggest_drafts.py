"""Drafts of the panel in bad circumstances, passages in other scripts, and a finger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.conftest import ROOT, Built, served
from tests.browser.opening import choose, opened
from tests.browser.selecting import (
    BUTTON,
    FIND,
    PANEL,
    QUOTED,
    all_accepted,
    download,
    field,
    fill,
    select,
    suggest,
)
from tests.copies import run

pytestmark = pytest.mark.browser

DONE = ".ed-done"

FULL = """() => {
  Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
FORBIDDEN = """() => Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); }
})"""


@pytest.mark.parametrize("refusal", [FULL, FORBIDDEN])
def test_what_the_browser_does_not_keep_stays_as_long_as_the_page(
    browser: Browser, sound_url: str, refusal: str
) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        faults: list[str] = []
        page.on("pageerror", lambda one: faults.append(str(one)))
        page.evaluate(refusal)
        select(page, "#p5", "errata")
        suggest(page)
        page.locator(field(page, "label")).press_sequentially("E")
        expect(page.locator(DONE)).to_contain_text("keeps no drafts: download the file")
        page.get_by_role("button", name="Close").click()
        page.locator(".ed-suggest").click()
        assert page.locator(field(page, "label")).input_value() == "E"
        asked: list[str] = []

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        page.reload()
        assert asked == ["beforeunload"]
        assert faults == []


def test_half_a_source_is_kept_too(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, "#p5", "errata")
        suggest(page)
        page.get_by_text("A source that is not listed").click()
        page.locator(field(page, "new-title")).press_sequentially("On I")
        page.locator(field(page, "locator")).fill("p. 9")
        page.reload()
        page.locator(".ed-suggest").click()
        assert page.locator(field(page, "new-title")).input_value() == "On I"
        assert page.locator(field(page, "locator")).input_value() == "p. 9"
        page.locator(field(page, "new-title")).fill("On Ink")
        page.locator(field(page, "new-title-short")).fill("Ink")
        page.locator(field(page, "new-type")).select_option("book")
        page.get_by_role("button", name="Add this source").click()
        assert page.locator(field(page, "new-title")).input_value() == ""
        page.reload()
        page.locator(".ed-suggest").click()
        expect(page.locator(".ed-chosen li")).to_contain_text("Ink")
        assert page.locator(field(page, "new-title")).input_value() == ""


def test_two_tabs_lose_nothing(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as one:
        select(one, "#p5", "errata")
        suggest(one)
        one.locator(field(one, "label")).fill("Begun")
        other = one.context.new_page()
        other.goto(f"{sound_url}letter/")
        other.locator(".ed-suggest").click()
        other.locator(field(other, "label")).fill("In the other")
        one.locator(field(one, "text")).fill("In the first.")
        expect(one.locator(DONE)).to_contain_text("changed in another tab")
        one.locator(field(one, "text")).fill("In the first, and more.")
        other.locator(field(other, "text")).fill("Other words.")
        kept = one.evaluate(
            """() => Object.keys(localStorage).filter(key => key.startsWith("edition.draft:"))
            .map(key => JSON.parse(localStorage[key])).map(one => [one.label, one.text]).sort()"""
        )
        assert kept == [["Begun", "In the first, and more."], ["In the other", "Other words."]]
        expect(other.locator(".ed-drafts summary")).to_have_text("Drafts kept in this browser: 2")


def test_an_emendation_as_it_is_preset_is_accepted_by_the_edition(
    browser: Browser, build: Callable[[Path], Built], tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "edition", tmp_path / "edition")
    with served(build(ROOT).folder) as url, opened(browser, f"{url}edition/usun-1158/") as page:
        for block, words, reading in (("p6", "surveillance", "reconnaissance"),):
            select(page, f'[id="{block}"]', words)
            suggest(page)
            page.locator('[name="ed.what"][value="emendation"]').check()
            fill(page, "Another word", "The word is a slip for another one.")
            page.locator(field(page, "reading")).fill(reading)
            assert "raise it to high" in page.locator(field(page, "certainty-hint")).inner_text()
            _, text = download(page)
            (tmp_path / text.split("\n")[1].removeprefix("# ")).write_text(text, encoding="utf-8")
    assert run(tmp_path, "check") == 0


@pytest.mark.parametrize(("width", "height"), [(844, 390), (390, 420)])
def test_in_a_low_window_the_exits_stay_in_sight_below_the_form(
    browser: Browser, sound_url: str, width: int, height: int
) -> None:
    with opened(browser, f"{sound_url}letter/", width, height) as page:
        select(page, "#p5", "errata")
        suggest(page)
        for place in ("ed.draft-text", "ed.draft-label"):
            page.locator(f'[id="{place}"]').scroll_into_view_if_needed()
            for way in page.locator(".ed-exit").all():
                expect(way).to_be_in_viewport(ratio=1)
        foot = page.locator(".ed-drafting-foot").bounding_box()
        panel = page.locator(PANEL).bounding_box()
        assert foot
        assert panel
        assert foot["height"] < panel["height"] / 2
        page.get_by_role("button", name="Copy").click()
        assert page.evaluate("document.activeElement.id") == "ed.draft-label"
        fault = page.locator(field(page, "label-fault")).bounding_box()
        assert fault
        assert fault["y"] + fault["height"] <= page.locator(".ed-drafting-foot").bounding_box()["y"]  # type: ignore[index]


def test_escape_leads_back_to_the_paragraph(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, "#p5", "errata")
        suggest(page)
        expect(page.locator(BUTTON)).to_be_hidden()
        page.keyboard.press("Escape")
        expect(page.locator(PANEL)).to_be_hidden()
        assert page.evaluate("document.activeElement.hash") == "#p5"


@pytest.mark.parametrize(
    ("width", "height", "view"),
    [
        (320, 640, "reading"),
        (390, 844, "transcribed"),
        (1024, 768, "reading"),
        (1180, 820, "facsimile"),
        (1440, 900, "reading"),
    ],
)
def test_the_words_stay_in_sight_beside_the_panel(
    browser: Browser, build: Callable[[Path], Built], width: int, height: int, view: str
) -> None:
    with (
        served(build(ROOT).folder) as url,
        opened(browser, f"{url}edition/usun-1158/", width, height) as page,
    ):
        choose(page, view)
        select(page, '[id="p6"]', "surveillance")
        suggest(page)
        expect(page.locator(QUOTED)).to_have_text("surveillance")
        page.wait_for_function(
            """() => {
              const [words] = CSS.highlights.get("ed-drafting");
              const { top, bottom, right } = words.getBoundingClientRect();
              const panel = document.querySelector(".ed-drafting").getBoundingClientRect();
              const isBeside = right <= panel.left || bottom <= panel.top;
              return top > 40 && bottom < innerHeight && isBeside;
            }"""
        )


def test_words_that_are_emended_are_not_emended_again(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, "#p4", "the errors")
        suggest(page)
        page.locator('[name="ed.what"][value="emendation"]').check()
        page.locator(field(page, "certainty")).select_option("high")
        page.get_by_role("button", name="Copy").click()
        fault = page.locator(field(page, "passage-fault"))
        expect(fault).to_contain_text("emended already")
        page.locator(field(page, "certainty")).select_option("low")
        expect(fault).to_be_empty()


SCRIPTS = {
    "greek": "Ἄννα",
    "cyrillic": "Анны",
    "hebrew": "חַנָּה",
    "arabic": "حَنَّة",
    "chinese": "一個名字，安娜也",
    "thai": "เป็น",
    "mixed": "安娜",
    "combining": "x̂, q̣̈",
    "astral": "𝔫𝔞 and 🖋️",
    "spaces": "An\u00adna",
    "markdown": "[Anna](anna) ![Anna][1]",
    "html": "<!-- Anna -->",
    "braces": "{% Anna %}",
}


def test_passages_in_every_script_are_found_by_the_check(
    browser: Browser, sound_url: str, tmp_path: Path
) -> None:
    texts = []
    with opened(browser, f"{sound_url}names/") as page:
        for block, words in SCRIPTS.items():
            select(page, f'[id="{block}"]', words)
            suggest(page)
            expect(page.locator(QUOTED)).to_contain_text(words)
            fill(page, f"On {block}", f"It says {block}, in a test text [@manual].")
            texts.append(download(page)[1])
            page.get_by_role("button", name="Close").click()
    assert len(set(texts)) == len(SCRIPTS)
    assert "𝔄𝔫𝔫𝔞 and" in texts[list(SCRIPTS).index("astral")]
    assert all_accepted(tmp_path, texts)


def test_what_is_read_leads_to_what_the_witness_has(
    browser: Browser, build: Callable[[Path], Built]
) -> None:
    with served(build(ROOT).folder) as url, opened(browser, f"{url}edition/usun-1158/") as page:
        find = "[...document.querySelectorAll('.ed-block')].find(p => /BALL/.test(p.innerText)).id"
        select(page, f'[id="{page.evaluate(find)}"]', "BALL")
        suggest(page)
        expect(page.locator(QUOTED)).to_have_text("HALL")


def test_a_finger_finds_the_button_where_the_system_has_nothing(
    browser: Browser, sound_url: str, tmp_path: Path
) -> None:
    texts = []
    with opened(browser, f"{sound_url}letter/", 390, 844, has_touch=True, is_mobile=True) as page:
        for view, words in (("reading", "hand"), ("transcribed", "left"), ("facsimile", "typing")):
            choose(page, view)
            pressed_long(page, "#p4", words)
            page.locator(BUTTON).wait_for()
            assert page.evaluate("getSelection().toString()") == words
            chosen = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
            box = page.locator(BUTTON).bounding_box()
            assert box
            assert box["height"] >= 44
            assert 844 - 160 < box["y"] < 844 - box["height"] - 40
            assert box["y"] - chosen > 60
            tapped(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            expect(page.locator(QUOTED)).to_have_text(words)
            fill(page, f"By touch, {view}", f"It says so, {view} [@manual].")
            texts.append(download(page)[1])
            page.get_by_role("button", name="Close").tap()
    assert all_accepted(tmp_path, texts)


def pressed_long(page: Page, part: str, word: str) -> None:
    """Hold a finger on a word until the browser selects it."""
    found, _ = page.evaluate(FIND, [part, word])
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmitTouchEventsForMouse", {"enabled": True})
    x, y = int((found["left"] + found["right"]) / 2), int(found["middle"])
    point = {"x": x, "y": y, "button": "left", "clickCount": 1}
    session.send("Input.emulateTouchFromMouseEvent", {"type": "mousePressed", **point})
    page.wait_for_function("() => getSelection().toString()")
    session.send("Input.emulateTouchFromMouseEvent", {"type": "mouseReleased", **point})
    session.send("Emulation.setEmitTouchEventsForMouse", {"enabled": False})
    session.detach()


def tapped(page: Page, x: float, y: float) -> None:
    """Put a finger on the screen and take it away, as a touch screen tells it."""
    session = page.context.new_cdp_session(page)
    point = [{"x": x, "y": y}]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
