"""What a selection on the page quotes: the words of the witness, and nothing else of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from build_tools import pipeline
from build_tools.model.edits import Change, Edited
from build_tools.read.tree import FolderTree
from tests.browser.conftest import ROOT, SOUND, Built, served
from tests.browser.opening import choose, opened, panel_knows
from tests.browser.selecting import (
    BUTTON,
    PANEL,
    QUOTED,
    STATE,
    accepted,
    download,
    drag,
    field,
    fill,
    select,
    suggest,
)

pytestmark = pytest.mark.browser


def test_every_base_text_is_read_from_the_page_and_what_is_read_leads_back_to_it(
    browser: Browser, build: Callable[[Path], Built]
) -> None:
    for source in (ROOT, SOUND):
        built = build(source)
        bound, _ = pipeline.bind_tree(FolderTree(source))
        assert bound is not None
        with served(built.folder) as url:
            for name, document in bound.documents.items():
                with opened(browser, f"{url}edition/{name}/") as page:
                    page.locator(".ed-suggest").click()
                    page.locator(PANEL).wait_for()
                    bases = page.evaluate(
                        panel_knows("() => readBlocks().map(b => [b.id, b.base])")
                    )
                    assert bases == [[i, one.block.base] for i, one in document.blocks.items()]
                    ids = sorted(bound.edition.documents[name].note_ids)
                    assert page.evaluate(panel_knows("ids => ids.filter(noteOf)"), ids) == ids
                    assert page.evaluate(panel_knows(READ)) == [
                        [i, *_trimmed(one.block.base, change.start, change.end)]
                        for i, one in document.blocks.items()
                        for change in _inserted(one.reading)
                    ]


# Of each word that is read and not written: for which words of the witness it stands.
READ = """
() => readBlocks().flatMap(block =>
  block.pieces.filter((one, index, all) => one.read && !all[index - 1].read)
  .map(one => [block.id, block.base.slice(one.start, one.end).trim()]))
"""


def _inserted(reading: Edited) -> list[Change]:
    """Return the changes that put words in the place of others."""
    return [one.change for one in reading.stretches if one.why == "inserted" and one.change]


def _trimmed(base: str, start: int, end: int) -> list[str]:
    return [base[start:end].strip(" ")]


def test_a_selection_widens_to_words_and_says_why_not(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, "#p4", "eft the err")
        suggest(page)
        expect(page.locator(QUOTED)).to_have_text("left teh errors")
        page.keyboard.press("Escape")
        page.evaluate(
            """() => getSelection().setBaseAndExtent(document.querySelector("#p4").firstChild, 0,
              document.querySelector("#p5").lastChild, 2)"""
        )
        suggest(page)
        expect(page.locator(STATE)).to_contain_text("A passage stays in one paragraph")
        choose(page, "expanded")
        select(page, "#p2", "[I have]")
        suggest(page)
        expect(page.locator(STATE)).to_contain_text("supplied by the editors")


def test_a_drag_that_begins_on_a_name_selects_words_and_does_not_follow_it(
    browser: Browser, sound_url: str
) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        link = page.locator(".ed-text a.ed-name").locator("visible=true").first
        words = link.inner_text()
        block = link.evaluate("one => one.closest('.ed-block').id")
        drag(page, block, words)
        page.locator(BUTTON).wait_for()
        assert page.evaluate("getSelection().toString()") == words
        assert page.url.split("?")[0].endswith("/letter/")
        page.keyboard.press("Escape")
        # A press without a drag leads there as ever.
        link.click()
        page.wait_for_url(lambda url: "/letter/" not in url)


def test_the_open_draft_takes_other_words(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, "#p4", "hand")
        suggest(page)
        page.locator(field(page, "label")).fill("A hand")
        select(page, "#p5", "errata")
        expect(page.locator(BUTTON)).to_have_text("Take these words")
        suggest(page)
        expect(page.locator(QUOTED)).to_have_text("errata")
        assert page.locator(field(page, "label")).input_value() == "A hand"


def test_markers_do_not_leak_in(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        page.evaluate(
            """() => { const sup = document.querySelector(".ed-text .ed-block sup");
              getSelection().selectAllChildren(sup.closest("p")); }"""
        )
        suggest(page)
        quoted = page.locator(QUOTED).inner_text()
        base = page.evaluate(
            panel_knows("id => readBlocks().find(b => b.id === id).base"),
            page.locator(field(page, "passage")).input_value(),
        )
        assert quoted == base.strip()


def test_context_is_added_where_words_stand_twice(
    browser: Browser, sound_url: str, tmp_path: Path
) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        choose(page, "transcribed")
        page.evaluate(
            """() => { const p = document.querySelector("#p4"), walker =
              document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const at = walker.currentNode.data.lastIndexOf("as");
                if (at >= 0) { getSelection().setBaseAndExtent(walker.currentNode, at,
                  walker.currentNode, at + 2); }
              } }"""
        )
        suggest(page)
        expect(page.locator(STATE)).to_contain_text("2 times; yours are those")
        fill(page, "As", "Typed twice.")
        name, text = download(page)
        assert "\n  suffix: " in text or "\n  prefix: " in text
        assert accepted(tmp_path, "as-two.md", text), name


def test_a_field_of_the_form_is_quoted_where_its_words_are_shown_again(
    browser: Browser, sound_url: str
) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, 'td[data-copy="typed"]', "the Copyist")
        suggest(page)
        expect(page.locator(QUOTED)).to_have_text("the Copyist")
        assert page.locator(field(page, "passage")).input_value() == "typed"


def test_notes_that_are_there_are_named(browser: Browser, sound_url: str) -> None:
    with opened(browser, f"{sound_url}letter/") as page:
        select(page, "#p4", "the errors")
        suggest(page)
        expect(page.locator(".ed-drafting a[href^='#tn:']").first).to_be_visible()
