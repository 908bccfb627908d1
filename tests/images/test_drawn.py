"""Drawn pages: well-formed, plain, the same bytes for the same page, and honest."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.images.cells import CARET
from build_tools.images.drawn import (
    COLUMNS,
    LEFT,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    Drawing,
    DrawnFragment,
    DrawnPage,
    Run,
    drawn_page,
)
from build_tools.images.pages import drawn_pages
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
WARNING = (
    "Drawn from the transcription (witness T). Not a photograph. "
    "Line breaks and placement are conjectural."
)


def draw(*fragments: DrawnFragment) -> Drawing:
    return drawn_page(DrawnPage("2", "Telegram 1158", "en", "T", fragments))


def fragment(kind: str, text: str, *marks: str, continues: bool = False) -> DrawnFragment:
    return DrawnFragment(kind, "text", (Run(text, frozenset(marks)),), continues)


def root(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.data)


def words(drawing: Drawing) -> list[ElementTree.Element]:
    """Give the text elements after the one that says that the page is drawn."""
    return list(root(drawing).iter(f"{SVG}text"))[1:]


def test_says_that_it_is_drawn() -> None:
    tree = root(draw(fragment("p", "Words.")))
    assert tree.findtext(f"{SVG}title") == "Telegram 1158, page 2, drawn"
    assert tree.findtext(f"{SVG}desc") == WARNING
    assert next(tree.iter(f"{SVG}text")).text == WARNING


def test_has_a_size() -> None:
    drawing = draw(fragment("p", "Words."))
    assert (drawing.width, drawing.height) == (SHEET_WIDTH, SHEET_HEIGHT)
    assert root(drawing).get("viewBox") == f"0 0 {SHEET_WIDTH} {SHEET_HEIGHT}"


def test_grows_with_a_long_text() -> None:
    drawing = draw(fragment("p", "word " * 2000))
    assert drawing.height > SHEET_HEIGHT
    assert max(float(word.get("y", "")) for word in words(drawing)) < drawing.height


def test_nothing_that_the_security_policy_drops() -> None:
    text = draw(fragment("p", "x", "del"), fragment("stamp", "y")).data.decode()
    for refused in ("style", "<script", "<a ", "href", "url(", "@import", "class="):
        assert refused not in text


def test_paragraphs_are_indented_and_continuations_are_not() -> None:
    first, second, other = words(
        draw(fragment("p", "a"), fragment("p", "b", continues=True), fragment("field", "c"))
    )
    assert (first.get("x"), second.get("x"), other.get("x")) == (
        f"{LEFT + 50}",
        f"{LEFT}",
        f"{LEFT}",
    )


@pytest.mark.parametrize("kind", ["classification", "letterhead"])
def test_centred(kind: str) -> None:
    (word,) = words(draw(fragment(kind, "CONFIDENTIAL")))
    assert float(word.get("x", "")) + float(word.get("textLength", "")) / 2 == SHEET_WIDTH / 2


def test_only_stamps_are_framed() -> None:
    grounds = len(list(root(draw(fragment("classification", "SECRET"))).iter(f"{SVG}rect")))
    stamped = draw(fragment("stamp", "REVIEWED\n\nDATE"))
    frames = list(root(stamped).iter(f"{SVG}rect"))[grounds:]
    assert [frame.get("fill") for frame in frames] == ["none"]
    top = float(frames[0].get("y", ""))
    bottom = top + float(frames[0].get("height", ""))
    assert all(top < float(word.get("y", "")) < bottom for word in words(stamped))


def test_deletions_are_struck_and_insertions_raised() -> None:
    drawing = draw(
        DrawnFragment(
            "field",
            "field",
            (Run("a "), Run("b", frozenset(("del",))), Run(" "), Run("c", frozenset(("add",)))),
        )
    )
    plain, struck, raised = words(drawing)
    assert float(raised.get("y", "")) < float(plain.get("y", "")) == float(struck.get("y", ""))
    assert float(raised.get("font-size", "")) < 16
    (line,) = root(drawing).iter(f"{SVG}path")
    assert line.get("d", "").startswith(f"M{LEFT + 20} ")


def test_a_caret_is_drawn_under_the_line_where_an_insertion_begins() -> None:
    added = frozenset(("add", CARET))
    runs = (Run("a "), Run("new", added), Run("er", added | {"underline"}), Run(" word"))
    drawing = draw(DrawnFragment("field", "field", runs))
    carets = [path for path in root(drawing).iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len(carets) == 1
    x, y = map(float, carets[0].get("d", "").removeprefix("M").split("l")[0].split())
    assert x + 3 == LEFT + 20
    assert y > float(words(drawing)[0].get("y", ""))


def test_an_insertion_that_has_its_sign_in_the_text_has_none_drawn() -> None:
    """The letter of the test texts has an insertion with a transcribed caret, and one without."""
    edition, _ = read_edition(FolderTree(ROOT / "tests" / "sound_edition"))
    assert edition is not None
    drawings = drawn_pages(edition.documents["letter"]).values()
    tops = [
        one
        for drawing in drawings
        for one in root(drawing).iter(f"{SVG}path")
        if one.get("fill") == "none"
    ]
    assert len(tops) == 1


@pytest.mark.parametrize("place", ["inline", "below"])
def test_insertions_elsewhere_are_not_raised(place: str) -> None:
    (plain,) = words(draw(fragment("field", "a")))
    (word,) = words(draw(fragment("field", "a", "add", place)))
    assert float(word.get("y", "")) >= float(plain.get("y", ""))


def test_text_that_runs_backwards_begins_at_the_right() -> None:
    (word,) = words(draw(fragment("field", "\u05d0\u05d1\u05d2")))
    assert word.get("direction") == "rtl"
    assert word.get("text-anchor") == "start"
    assert word.get("x") == f"{LEFT + COLUMNS * 10}"


def test_markup_is_text() -> None:
    drawing = drawn_page(
        DrawnPage('2"', "<a> & b", 'e"n', "<T>", (fragment("field", "</text><script>&amp;"),))
    )
    tree = root(drawing)
    assert [word.text for word in words(drawing)] == ["</text><script>&amp;"]
    assert tree.findtext(f"{SVG}title") == '<a> & b, page 2", drawn'


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
kinds = st.sampled_from(("p", "stamp", "classification", "signature", "number", "field"))
marks = st.frozensets(st.sampled_from(("add", "del", "underline", "unclear", "below")))
fragments = st.builds(
    DrawnFragment,
    kinds,
    st.just("text"),
    st.lists(st.builds(Run, texts, marks), max_size=4).map(tuple),
    st.booleans(),
)


@given(st.lists(fragments, max_size=5))
def test_any_text_is_drawn_whole(given_fragments: list[DrawnFragment]) -> None:
    drawing = draw(*given_fragments)
    assert draw(*given_fragments) == drawing
    drawn = "".join(word.text or "" for word in words(drawing))
    everything = "".join(run.text for one in given_fragments for run in one.runs)

    def visible(text: str) -> str:
        held = (c if c >= " " and c not in "\ufffe\uffff" else "\ufffd" for c in text)
        return "".join(c for c in held if not c.isspace())

    # White space of the source is layout; what XML cannot hold is shown as the sign for that.
    source = everything.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    assert visible(drawn) == visible(source)
