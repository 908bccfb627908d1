"""The road of a note: words selected on the page, a draft, a file, and `edition check`."""

from __future__ import annotations

import gzip
import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from build_tools import cli, pipeline
from build_tools.read.tree import FolderTree
from tests.browser.conftest import SOUND, Built, served
from tests.browser.opening import choose, focused, opened
from tests.browser.selecting import (
    BUTTON,
    PANEL,
    QUOTED,
    STATE,
    accepted,
    all_accepted,
    download,
    drag,
    field,
    fill,
    select,
    suggest,
)
from tests.copies import run

pytestmark = pytest.mark.browser


LARGEST = 12_288
"""Bytes of the panel's scripts together, as a server sends them."""

LETTER = "edition/letter/"
TEXT = "It says so in a test text [@manual, p. 3]."

WORDS = {
    "reading": ("the errors", "teh errors"),
    "transcribed": ("teh errors", "teh errors"),
    "expanded": ("The Office of Test Texts asks", "The OTT asks"),
    "facsimile": ("teh errors", "teh errors"),
}
"""What is selected in each view, and what is quoted: the words of the witness."""


@pytest.fixture(scope="module")
def texts(build: Callable[[Path], Built]) -> Path:
    """Build the test texts, with the offline site."""
    built = build(SOUND)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        assert cli.run(["--root", str(built.folder.parent), "build", "--offline"]) == 0
    return built.folder


@pytest.fixture(scope="module")
def online(texts: Path) -> Iterator[str]:
    with served(texts) as url:
        yield url + LETTER


@pytest.fixture(scope="module")
def offline(texts: Path) -> str:
    return (texts.parent / "site-offline" / LETTER / "index.html").as_uri()


@pytest.fixture(params=["online", "offline"])
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        complaints: list[str] = []
        page.on("console", lambda one: complaints.append(one.text))
        page.on("pageerror", lambda one: complaints.append(str(one)))
        yield page
        assert complaints == []


def told(page: Page, name: str) -> str:
    return page.locator(field(page, f"{name}-fault")).inner_text()


def test_from_a_selection_to_a_file_that_the_check_accepts_in_every_view(
    page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = []
    for view, (seen, quoted) in WORDS.items():
        choose(page, view)
        drag(page, "p1" if view == "expanded" else "p4", seen)
        suggest(page)
        assert focused(page) == "ed.draft-title"
        expect(page.locator(QUOTED)).to_have_text(quoted)
        expect(page.locator(STATE)).to_have_text("These words stand once in this paragraph.")
        fill(page, f"Errors of typing, {view}", f"It says so, {view} [@manual, p. 3].")
        name, text = download(page)
        assert name == f"errors-of-typing-{view}.md"
        assert f'  exact: "{quoted}"\n' in text
        texts.append(text)
        page.keyboard.press("Escape")
    assert all_accepted(tmp_path, texts), capsys.readouterr().err


IDS = (
    "0000-0002-1694-233x",
    "0000-0002-1825-0097",
    "0000000218250097",
    "0000 0002 1825 0097",
    "orcid.org/0000-0002-1825-0097",
    "https://orcid.org/0000-0002-1825-0097/",
)
"""One iD as people write it; the first is another, whose last sign is a letter."""


def test_the_file_is_clean(browser: Browser, online: str) -> None:
    with opened(browser, online) as page:
        select(page, "#p4", "hand")
        suggest(page)
        fill(page, "A hand: “one”", "First line.  \n\n*Second*\tline\u0301.\r\n\n")
        for written in IDS:
            page.locator(field(page, "orcid")).fill(written)
            page.locator(field(page, "orcid")).blur()
            assert not told(page, "orcid"), written
        today = page.evaluate("new Date().toLocaleDateString('sv')")
        assert download(page) == (
            "a-hand-one.md",
            "---\n"
            "# edition/documents/letter/notes/a-hand-one.md\n"
            "target:\n"
            '  block: "p4"\n'
            '  exact: "hand"\n'
            'label: "A hand: “one”"\n'
            'kind: "context"\n'
            'standing: "inference"\n'
            "author:\n"
            '  name: "A. Reader"\n'
            '  orcid: "0000-0002-1825-0097"\n'
            'license: "CC-BY-4.0"\n'
            f'date: "{today}"\n'
            "---\n"
            "First line.\n\n*Second*\tlin\u00e9.\n",
        )


def test_by_touch(browser: Browser, online: str, tmp_path: Path) -> None:
    with opened(browser, online, 390, 844, has_touch=True, is_mobile=True) as page:
        select(page, "#p5", "errata")
        page.locator(BUTTON).tap()
        page.locator(QUOTED).wait_for()
        for name, words in (("label", "Errata"), ("text", "Latin."), ("name", "A. Reader")):
            page.locator(field(page, name)).tap()
            page.keyboard.insert_text(words)
        page.locator(field(page, "standing")).select_option("inference")
        page.locator(field(page, "agreed")).tap()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download the file").tap()
        text = Path(waiting.value.path()).read_text(encoding="utf-8")
        assert accepted(tmp_path, "errata.md", text)


def test_by_keyboard_only(browser: Browser, online: str, tmp_path: Path) -> None:
    """Without a selection: a paragraph, then words of it, by the keys that select anywhere."""
    with opened(browser, online) as page:
        page.locator(".ed-suggest").focus()
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        tab_to(page, "ed.draft-passage")
        page.keyboard.type("Paragraph 4")
        page.keyboard.press("Tab")
        assert focused(page) == "ed.draft-words"
        for _ in range(10):
            page.keyboard.press("ArrowRight")
        for _ in range(4):
            page.keyboard.press("Shift+ArrowRight")
        expect(page.locator(QUOTED)).to_have_text("left")
        for name, words in (("label", "Left"), ("text", "Written by keys."), ("name", "A. Reader")):
            tab_to(page, f"ed.draft-{name}")
            page.keyboard.type(words)
            if name == "label":
                tab_to(page, "ed.draft-standing")
                page.keyboard.type("inf")
        tab_to(page, "ed.draft-agreed")
        page.keyboard.press("Space")
        with page.expect_download() as waiting:
            tab_to(page, "", "Download the file")
            page.keyboard.press("Enter")
        text = Path(waiting.value.path()).read_text(encoding="utf-8")
        assert 'block: "p4"\n  exact: "left"\n' in text
        assert accepted(tmp_path, "left.md", text)
        page.keyboard.press("Escape")
        expect(page.locator(PANEL)).to_be_hidden()
        assert focused(page) == "ed-suggest"


def tab_to(page: Page, identifier: str, words: str = "") -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == identifier:
            return
        if words and page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"the Tab key does not come to {identifier or words}")


def test_an_emendation(browser: Browser, online: str, tmp_path: Path) -> None:
    with opened(browser, online) as page:
        select(page, "#p5", "errata")
        suggest(page)
        page.locator('[name="ed.what"][value="emendation"]').check()
        expect(page.locator(f"{PANEL} h2")).to_have_text("Propose an emendation")
        fill(page, "Corrigenda", "Another word.")
        page.locator(field(page, "reading")).fill("corrigenda")
        page.locator(field(page, "certainty")).select_option("low")
        name, text = download(page)
        assert accepted(tmp_path, name, text, "emendations")
        adopted(tmp_path, f"edition/documents/letter/emendations/{name}")


PLAIN = "The paper has SYC here. I saw it in the archive."
"""What a reader writes who has seen the paper: nothing of it hedges."""


def test_an_error_is_a_textual_note_that_nobody_has_verified(
    browser: Browser, online: str, tmp_path: Path
) -> None:
    with opened(browser, online) as page:
        select(page, "#p5", "errata")
        suggest(page)
        page.locator('[name="ed.what"][value="error"]').check()
        fill(page, "Reading in doubt", f"{PLAIN}\n\n> typed", standing="")
        expect(page.locator(".ed-preview")).to_contain_text(f"This has not been verified.{PLAIN}")
        name, text = download(page)
        assert 'kind: "textual"\nstanding: "unverified"\n' in text
        assert f"---\nThis has not been verified.\n\n{PLAIN}\n\n> typed\n" in text
        assert accepted(tmp_path, name, text)


def test_an_error_that_says_that_nobody_has_verified_it_says_it_once(
    browser: Browser, online: str, tmp_path: Path
) -> None:
    with opened(browser, online) as page:
        select(page, "#p5", "errata")
        suggest(page)
        page.locator('[name="ed.what"][value="error"]').check()
        says = "The paper has SYC here; that has not yet been verified."
        fill(page, "Reading in doubt", says, standing="")
        name, text = download(page)
        assert f"---\n{says}\n" in text
        assert accepted(tmp_path, name, text)


def test_a_whole_paragraph_with_sources_old_and_new(
    browser: Browser, online: str, tmp_path: Path
) -> None:
    with opened(browser, online) as page:
        page.locator(".ed-suggest").click()
        page.locator(field(page, "passage")).select_option("p2")
        page.locator(field(page, "whole")).check()
        fill(page, "Ink", "")
        page.locator(field(page, "source")).fill("The manual [manual]")
        page.locator(field(page, "locator")).fill("p. 3")
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_text("A source that is not listed").click()
        page.get_by_role("button", name="Add this source").click()
        assert told(page, "new-title")
        page.locator(field(page, "new-type")).select_option("book")
        for key, words in {
            "title": 'On "ink": green',
            "title-short": "On Ink",
            "author": "Writer, A.; The Ink Society",
            "issued": "1962-11",
            "URL": "https://example.org/ink?a=1&b=2",
            "locator": "p. 9",
        }.items():
            page.locator(field(page, f"new-{key}")).fill(words)
        page.get_by_role("button", name="Add this source").click()
        page.locator(field(page, "text")).fill("Green")
        page.get_by_role("button", name="Cite in the text").last.click()
        expect(page.locator(".ed-preview")).to_have_text("Green (On Ink, p. 9)")
        name, text = download(page)
        assert "exact" not in text
        assert "Green [@on-ink, p. 9]" in text
        assert '    locator: "p. 9"\n' in text
        assert accepted(tmp_path, name, text)
        bound, _ = pipeline.bind_tree(FolderTree(tmp_path))
        assert bound is not None
        assert bound.edition.sources["on-ink"].fields["title"] == 'On "ink": green'
        assert [
            one.family or one.literal for one in bound.edition.sources["on-ink"].names["author"]
        ]
        assert bound.edition.contributors["a-reader"].name == "A. Reader"
        adopted(tmp_path, "edition/documents/letter/notes/ink.md", "sources/on-ink.yml")


def adopted(root: Path, path: str, *records: str) -> None:
    """Make records of what a file of the panel brings, and look that all is well with them."""
    assert run(root, "adopt", str(root / path)) == 0
    for record in ("contributors/a-reader.yml", *records):
        assert (root / "edition" / record).is_file(), record
    text = (root / path).read_text(encoding="utf-8")
    assert 'author: "a-reader"\n' in text
    assert "new:" not in text
    assert run(root, "check") == 0


def test_what_the_check_would_say_is_told_at_the_field(browser: Browser, online: str) -> None:
    wrong = {
        "orcid": ("0000-0002-1825-0098", "digits is wrong"),
        "text": ("A <b>bold</b> word.", "HTML"),
    }
    with opened(browser, online) as page:
        select(page, "#p5", "errata")
        suggest(page)
        for name, (words, says) in wrong.items():
            page.locator(field(page, name)).fill(words)
            page.locator(field(page, name)).blur()
            assert says in told(page, name)
            assert page.locator(field(page, name)).get_attribute("aria-invalid") == "true"
        for text, says in TEXTS.items():
            page.locator(field(page, "text")).fill(text)
            assert (says in told(page, "text")) if says else not told(page, "text"), text
        page.locator(field(page, "orcid")).fill("0000-0002")
        assert "sixteen digits" in told(page, "orcid")
        page.locator(field(page, "orcid")).fill("")
        page.get_by_role("button", name="Copy").click()
        expect(page.locator(".ed-done")).to_have_text("5 still to be done.")
        assert len(page.locator(".ed-fault:visible:not(:empty)").all()) == 5
        assert focused(page) == "ed.draft-label"


TEXTS = {
    "Plain, *italic*, **bold**, [a link](https://example.org/(a)).": "",
    "a_b_c, 2 * 3 * 4, 1962. \\< \\{ &amp;\n\n- one\n- two\n\n1. a\n2. b\n\n> quoted": "",
    "[Here](javascript:alert(1))": "leads nowhere",
    "![a](b.png)": "image",
    "Some `code`": "would be code",
    "# Heading": "heading",
    "{x}": "\\{",
    "[^1]": "no notes",
    "[]( https://example.org)": "no spaces",
    "[](https://example.org)": "no words",
    "See @test-texts.": "is no citation",
    "*[a]": "*[",
    "*[a](https://example.org)* and *[sic]*": "",
    "-     x": "code",
    "&#8238;": "begins no markup",
    "words\n--": "heading",
    "2.": "begins with 1",
    "[here](person:nobody#x)": "leads nowhere",
    "[@nobody]": "no source",
    "[@Test texts]": "not a citation",
    "3. items": "begins with 1",
    "a\n---": "rule",
}


def test_words_are_never_markup(browser: Browser, online: str) -> None:
    with opened(browser, online) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        select(page, "#p5", "errata")
        suggest(page)
        attack = '<img src=x onerror="window.ran=1">'
        fill(page, attack, f"{attack} [{attack}](https://example.org) *{attack}*")
        page.reload()
        page.locator(".ed-suggest").click()
        page.locator(".ed-drafts summary").click()
        expect(page.locator(".ed-drafts")).to_contain_text(attack)
        assert page.locator(f"{PANEL} img").count() == 0
        assert page.evaluate("window.ran") is None


def test_a_draft_survives(browser: Browser, online: str) -> None:
    with opened(browser, online) as page:
        select(page, "#p5", "errata")
        suggest(page)
        page.locator(field(page, "label")).press_sequentially("E")
        page.reload()
        expect(page.locator(".ed-suggest")).to_have_text("Suggest a note · 1 draft")
        page.locator(".ed-suggest").click()
        expect(page.locator(QUOTED)).to_have_text("errata")
        assert page.locator(field(page, "label")).input_value() == "E"
        page.get_by_role("button", name="Close").click()
        # Another document, by Material's way of changing pages: the draft is listed there.
        page.goto(online.replace("letter", "names"))
        page.locator(".ed-suggest").click()
        page.locator(".ed-drafts summary").click()
        page.locator(".ed-drafts a").click()
        page.wait_for_url(f"{online}*")
        page.locator(".ed-suggest").click()
        page.locator(".ed-drafts summary").click()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Delete the draft E").click()
        expect(page.locator(".ed-drafts")).to_be_hidden()
        assert page.evaluate("Object.keys(localStorage).filter(k => /draft/.test(k))") == []


FORGES = {
    "github": ("https://github.com/a/b", "/a/b/new/main", "filename", "value"),
    "forgejo": ("https://codeberg.org/a/b", "/a/b/_new/main/", "filename", "value"),
    "gitea": ("https://git.example/a/b", "/a/b/_new/main/", "filename", "value"),
    "gitlab": ("https://gitlab.com/a/b", "/a/b/-/issues/new", "issue[title]", "issue[description]"),
}


@pytest.mark.parametrize("forge", FORGES)
def test_a_note_is_proposed_on_a_forge(
    browser: Browser, online: str, forge: str, tmp_path: Path
) -> None:
    repository, path, first, second = FORGES[forge]
    with opened(browser, online) as page:
        opened_with(page, repository, forge)
        fill(page, "Errata", "Of 100 % & “more” + é #1.")
        url = page.get_by_role("link", name="Propose on").get_attribute("href") or ""
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == repository + path.removeprefix(
            "/a/b"
        )
        query = parse_qs(parts.query)
        assert list(query) == [first, second]
        if forge == "gitlab":
            assert query[first] == ["Errata"]
        else:
            assert query[first] == ["edition/documents/letter/notes/errata.md"]
            assert accepted(tmp_path, "errata.md", query[second][0])
        assert page.get_by_role("link", name="Propose on").get_attribute("target") == "_blank"
        assert "Sign in at" in page.locator(".ed-exits + p").inner_text()


def opened_with(page: Page, repository: str, forge: str) -> None:
    select(page, "#p5", "errata")
    suggest(page)
    page.evaluate(
        "([repository, forge]) => Object.assign(editionDrafting.data, {repository, forge})",
        [repository, forge],
    )


def test_a_long_note_is_not_cut_off(browser: Browser, online: str) -> None:
    with opened(browser, online) as page:
        opened_with(page, "https://github.com/a/b", "github")
        link = page.get_by_role("link", name="Propose on")
        fill(page, "Errata", "word " * 400)
        assert link.get_attribute("aria-disabled") == "false"
        address = str(link.get_attribute("href"))
        twice = page.evaluate("encodeURIComponent", address)
        assert len("https://github.com/login?return_to=" + twice) <= 6000
        fill(page, "Errata", "word " * 800)
        assert link.get_attribute("aria-disabled") == "true"
        assert link.get_attribute("href") is None
        assert "too long for an address" in page.locator(".ed-exits + p").inner_text()
        _, text = download(page)
        assert text.count("word") == 800


def test_copying(browser: Browser, address: str) -> None:
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        select(page, "#p5", "errata")
        suggest(page)
        assert "not known here" in page.locator(".ed-exits + p").inner_text()
        fill(page, "Errata", TEXT)
        page.get_by_role("button", name="Copy").click()
        expect(page.locator(".ed-done")).to_contain_text("Copied")
        page.locator(field(page, "text")).fill("")
        page.locator(field(page, "text")).focus()
        page.keyboard.press("Control+V")
        assert (
            page.locator(field(page, "text"))
            .input_value()
            .startswith("---\n# edition/documents/letter/notes/errata.md\ntarget:")
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(browser: Browser, online: str, width: int, scheme: str) -> None:
    with opened(browser, online, width, color_scheme=scheme) as page:
        select(page, "#p5", "errata")
        page.locator(BUTTON).wait_for()
        assert _violations(page) == []
        suggest(page)
        page.get_by_text("A source that is not listed").click()
        page.get_by_role("button", name="Copy").click()
        assert _violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def _violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [
        f"{one['id']}: {json.dumps([node['html'][:120] for node in one['nodes']])}"
        for one in found.response["violations"]
    ]


def test_the_panel_is_small_and_a_page_loads_little_before_it_is_wanted(texts: Path) -> None:
    def size(*names: str) -> int:
        return sum(len(gzip.compress((texts / "assets" / name).read_bytes())) for name in names)

    scripts = sorted(file.name for file in (texts / "assets").glob("suggest*.js"))
    assert scripts == ["suggest-panel.js", "suggest.js"]
    assert size(*scripts) <= LARGEST
    assert size("suggest.js", "suggest.css") <= 4096
