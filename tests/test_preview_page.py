"""The preview of a branch: one file that needs nothing, lets nothing out, and marks what is new."""

from __future__ import annotations

import re

import pytest
from lxml import html

from build_tools.model.base import blocks
from build_tools.publish.alone import LARGEST, Shown, Told, alone
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from tests.copies import SOUND, run, sound_copy
from tests.repositories import repository
from tests.test_diff import LETTER, branch, change


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    """Make the preview of the branch of the other tests, with a change in a second document."""
    root = repository(sound_copy(tmp_path_factory.mktemp("preview") / "edition"))
    branch(root)
    change(root / "edition/documents/names/notes/arabic.md", "From right", "Written from right")
    file = root.parent / "preview.html"
    assert run(root, "diff", "HEAD", "--html", str(file)) == 0
    once = file.read_bytes()
    assert run(root, "diff", "HEAD", "--html", str(file)) == 0
    assert file.read_bytes() == once
    return html.document_fromstring(once.decode())


def values(page: html.HtmlElement, name: str) -> list[str]:
    return [str(value) for value in page.xpath(f"//@{name}")]


def test_nothing_is_fetched_and_nothing_runs(page: html.HtmlElement) -> None:
    for name in ("script", "iframe", "object", "embed", "link", "base", "form", "template"):
        assert not page.xpath(f"//{name}"), name
    assert all(value.startswith("data:image/") for value in values(page, "src"))
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not values(page, "style")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    (styles,) = page.xpath("//style/text()")
    assert "url(" not in styles
    assert "@import" not in styles


def test_every_link_leads_somewhere(page: html.HtmlElement) -> None:
    ids = values(page, "id")
    assert len(ids) == len(set(ids)), "two documents share no id"
    links = values(page, "href")
    assert "https://example.org/?a=1&b=2" in links
    for address in links:
        assert address.startswith(("#", "https://", "http://", "mailto:"))
        assert not address.startswith("#") or address[1:] in ids, address
    for name in ("for", "aria-labelledby", "aria-describedby"):
        assert all(one in ids for value in values(page, name) for one in value.split())


def test_what_is_new_is_marked(page: html.HtmlElement) -> None:
    notes = {e.get("id"): e for e in page.iter() if "rv-note" in (e.get("class") or "").split()}
    assert [*notes] == ["names--fn:arabic", "letter--fn:ink", "letter--tn:catchword"]
    states = [e.xpath(".//strong[@class='rv-tag']")[0].text for e in notes.values()]
    assert states == ["changed", "new", "changed"]
    passages = page.xpath("//*[contains(@class, 'rv-lit')]")
    words = {" ".join(e.text_content().split()) for e in passages}
    assert {"bring green ink", "nor does it say"} <= words
    assert "slow" not in " ".join(words)
    blocks = page.xpath("//*[contains(@class, 'rv-block')]/@data-block")
    assert set(blocks) == {"p1"}
    listed = [" ".join(e.text_content().split()) for e in page.xpath("//header//li")]
    assert "removed note page-2, \u201cThe second page\u201d" in listed
    assert "corrected the text of block p1" in listed
    assert "moved what note overlapping is about" in listed
    assert f"changed {LETTER}/transcription.txt" in listed
    assert "#letter--p1" in page.xpath("//header//a/@href")
    (about,) = page.xpath("//header/p/text()")
    assert "HEAD" in about


def test_words_stay_words(page: html.HtmlElement) -> None:
    (note,) = page.xpath("//*[@id='letter--fn:ink']")
    assert "<script>alert(1)</script> <img src=x onerror=alert(1)>" in note.text_content()
    assert not note.xpath(".//img")
    (report,) = page.xpath("//header//pre")
    assert "new: note ink" in report.text_content()
    assert len(report) == 0


def test_the_text_is_that_of_the_transcription(page: html.HtmlElement) -> None:
    """What is no text of the witness is left out by the contract of the document page."""
    edition, _ = read_edition(FolderTree(SOUND))
    assert edition is not None
    (text,) = page.xpath("//div[@data-document='names']")
    left_out = ("ed-read", "ed-ex", "ed-sup", "ed-said", "ed-pb")
    for block in blocks(edition.documents["names"].transcription):
        shown = ""
        for fragment in text.xpath(f".//*[@data-block='{block.id}']"):
            for words in fragment.xpath(".//text()[not(ancestor::sup)]"):
                around = {name for e in words.getparent().iterancestors() for name in classes(e)}
                if not {*around, *classes(words.getparent())} & {*left_out}:
                    shown += words
        assert "".join(shown.split()) == "".join(block.base.split())


def classes(element: html.HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def test_an_image_that_is_too_large_is_named() -> None:
    picture = '![The page](page-1.png "x")\n\n![Another](page-2.png)\n\n![Gone](page-3.png)\n'
    images = {"page-1.png": b"x" * (LARGEST + 1), "page-2.png": b"y"}
    made = alone("T", "A", [Told("new", "n")], [Shown("d", picture, images, {}, frozenset())], "r")
    page = html.document_fromstring(made.decode())
    assert "[The page: too large for this preview]" in made.decode()
    assert values(page, "src") == ["data:image/png;base64,eQ=="]


def test_styles_cannot_end_their_element(page: html.HtmlElement) -> None:
    (styles,) = page.xpath("//style/text()")
    assert not re.search("</", styles)
