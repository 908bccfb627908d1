"""Fragments as Markdown: what is said aloud, where links end, and permalinks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from build_tools.model.base import MarkSpan
from build_tools.model.place import Place
from build_tools.model.transcription import Mark
from build_tools.model.woven import EVERYWHERE, EXPANDED, TRANSCRIBED, LinkTo, Segment
from build_tools.render.fragment import MarkerNames, Setting, anchored, fragment

WITNESS = frozenset({TRANSCRIBED})
NAME = LinkTo("place:havana", "Havana")


def mark(number: int, name: str, **attributes: str) -> MarkSpan:
    return MarkSpan(number, Mark(name, tuple(attributes.items()), (), Place("T")), 0, 9, ())


def setting(marks: Sequence[MarkSpan] = ()) -> Setting:
    return Setting("edition/letter/index.md", marks, MarkerNames({}, {}))


def words(text: str, **changes: object) -> Segment:
    values = {"kind": "witness", "shown": EVERYWHERE, "start": 0, "end": len(text), **changes}
    return Segment(text, **values)  # type: ignore[arg-type]


def test_a_deletion_is_said_once_where_it_begins_and_ends() -> None:
    marks = [mark(0, "del")]
    cut = [
        words("struck ", shown=WITNESS, marks=(0,)),
        words("out", shown=WITNESS, marks=(0,), notes=("why",)),
        words(" kept"),
    ]
    written = fragment(cut, setting(marks))
    assert written.count("\\[deleted&#58;") == 1
    assert written.count('<span class="ed-said" hidden data-search-exclude>') == 2
    assert written.index("deleted") < written.index("struck")
    assert written.index("out</del>") < written.index("\\]</span>") < written.index("kept")


def test_what_is_inferred_or_in_doubt_is_said_so() -> None:
    marks = [mark(0, "add", inferred="high"), mark(1, "unclear")]
    written = fragment([words("in", marks=(0,)), words("doubt", marks=(1,))], setting(marks))
    assert "inserted as inferred&#58;" in written
    # In doubt in every view; inserted in two only.
    assert '<span class="ed-said" data-search-exclude>\\[unclear&#58;' in written


def test_an_underline_is_not_said() -> None:
    assert "ed-said" not in fragment([words("so", marks=(0,))], setting([mark(0, "underline")]))


def test_spaces_at_the_edges_of_a_link_stand_outside_it() -> None:
    written = fragment([words(" in Havana ", link=NAME)], setting())
    assert written.startswith("&#32;[in Havana](")
    assert written.endswith("{: .ed-name }&#32;")
    assert fragment([words(" ", link=NAME)], setting()) == "&#32;"


def test_a_misreading_is_no_name_of_the_entry() -> None:
    assert "rel=nofollow" in fragment([words("Havanna", shown=WITNESS, link=NAME)], setting())
    assert "rel=" not in fragment([words("Havana", link=NAME)], setting())


def test_the_numeral_of_a_block_is_its_permalink() -> None:
    marks = [mark(0, "label")]
    pieces = [words("1.", marks=(0,)), words(" First", start=2, end=8)]
    written = anchored("p1", "Paragraph 1", pieces, setting(marks))
    assert written.startswith('<a class="ed-perma" href="&#35;p1" aria-label="Paragraph 1"><span')
    assert written.endswith("1.</span></a>&#32;First")


def test_a_numeral_within_a_block_is_not() -> None:
    marks = [mark(0, "label")]
    pieces = [words("Then "), words("2.", start=5, end=7, marks=(0,))]
    written = anchored("p", "P", pieces, setting(marks))
    assert written.startswith('<a class="ed-perma" href="&#35;p" aria-label="P"></a>Then&#32;')


EXPANDED_ONLY = frozenset({EXPANDED})


def expansion(form: str, text: str, link: LinkTo | None = None) -> str:
    segment = words(text, kind="expansion", shown=EXPANDED_ONLY, form=form, term="x", link=link)
    names = MarkerNames({}, {}, {}, {"x": "The entry"})
    return fragment([segment], Setting("edition/letter/index.md", (), names))


@pytest.mark.parametrize(
    ("form", "text", "marked"),
    [
        ("Sovs", "Soviets", "Sov<i>iet</i>s"),
        ("US", "United States", "U<i>nited </i>S<i>tates</i>"),
        ("U. S.", "United States", "U<i>nited </i>S<i>tates</i>"),
        ("SYG", "Secretary-General", "S<i>ecretar</i>y<i>-</i>G<i>eneral</i>"),
        ("reps", "representatives", "rep<i>resentative</i>s"),
        ("w/", "with", "w<i>ith</i>"),
        ("e.g.", "for example", "<i>for example</i>"),
    ],
)
def test_kept_and_supplied_letters_are_told_apart(form: str, text: str, marked: str) -> None:
    written = expansion(form, text).replace("&#45;", "-")
    assert f">{marked}</span>" in written


def test_what_is_supplied_says_where_it_comes_from() -> None:
    said = "“US” in the text, expanded by the glossary under “The entry”"
    assert f'title="{said}"' in expansion("US", "United States")
    linked = expansion("US", "United States", LinkTo("term:x", "United States"))
    assert linked.count("“US” in the text") == 1
    assert "(../glossary.md#x" in linked
    supplied = fragment([words("[the] ", kind="supplied", shown=EXPANDED_ONLY)], setting())
    assert 'title="Supplied by the editors' in supplied


def spans(*found: tuple[str, int, int, dict[str, str]]) -> list[MarkSpan]:
    return [
        MarkSpan(n, Mark(name, tuple(more.items()), (), Place("T", n + 1)), start, end, ())
        for n, (name, start, end, more) in enumerate(found)
    ]


@pytest.mark.parametrize(
    ("marks", "drawn"),
    [
        ([("add", 4, 8, {})], True),
        ([("add", 4, 8, {"inferred": "high"})], False),
        ([("add", 4, 8, {"place": "inline"})], False),
        ([("add", 4, 8, {"id": "one"}), ("caret", 0, 1, {"for": "one"})], False),
        ([("add", 4, 8, {"id": "one"}), ("caret", 0, 1, {"for": "two"})], True),
        ([("add", 4, 8, {"id": "one"}), ("caret", 2, 2, {"for": "one"})], True),
        ([("add", 4, 8, {}), ("caret", 3, 4, {})], False),
        ([("add", 4, 8, {}), ("caret", 20, 21, {})], True),
    ],
)
def test_one_caret_and_no_second(
    marks: list[tuple[str, int, int, dict[str, str]]], drawn: bool
) -> None:
    written = fragment([words("word", start=4, end=8, marks=(0,))], setting(spans(*marks)))
    assert ("ed-add--caret" in written) == drawn
