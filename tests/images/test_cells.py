"""Lines of a typewriter: nothing is lost, nothing is too wide."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.images.cells import Line, Run, cells_of, is_right_to_left, width, wrap

PLAIN = frozenset[str]()


def shown(lines: tuple[Line, ...]) -> list[str]:
    """Give each line as it stands on the paper, spaces for its indent."""
    return [
        " " * (line[0].column if line else 0) + "".join(piece.text for piece in line)
        for line in lines
    ]


def wrapped(text: str, columns: int = 10, indent: int = 0) -> list[str]:
    return shown(wrap((Run(text),), columns, indent))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("  \n \n", []),
        ("one two", ["one two"]),
        ("one two three", ["one two", "three"]),
        ("exactly 10 x", ["exactly 10", "x"]),
        ("one  two", ["one  two"]),
        ("one      two three", ["one", "two three"]),
        ("\none\n\ntwo\n", ["one", "", "two"]),
        ("  one  \n  two", ["one", "two"]),
        ("abcdefghijklmn", ["abcdefghij", "klmn"]),
        ("a bcdefghijklmn", ["a", "bcdefghijk", "lmn"]),
        ("\u5317\u4eac\u7684\u4e00\u4efd\u7535", ["\u5317\u4eac\u7684\u4e00\u4efd", "\u7535"]),
        ("abc\u5317\u4eac\u7684\u4e00", ["abc\u5317\u4eac\u7684", "\u4e00"]),
        ("e\u0301" * 11, ["e\u0301" * 10, "e\u0301"]),
        ("no\u00a0break here", ["no\u00a0break", "here"]),
        ("tab\there", ["tab here"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert wrapped(text) == lines


def test_only_the_first_line_is_indented() -> None:
    assert wrapped("one two three\nfour", indent=5) == ["     one", "two three", "four"]


def test_pieces_bear_their_marks() -> None:
    struck = frozenset(("del",))
    (line,) = wrap((Run("a "), Run("bc", struck), Run(" d")), 10)
    assert [(piece.text, piece.marks, piece.column, piece.cells) for piece in line] == [
        ("a ", PLAIN, 0, 2),
        ("bc", struck, 2, 2),
        (" d", PLAIN, 4, 2),
    ]


def test_a_mark_may_run_over_lines() -> None:
    struck = frozenset(("del",))
    lines = wrap((Run("one "), Run("two three four", struck)), 10)
    assert shown(lines) == ["one two", "three four"]
    assert lines[0][1].marks == lines[1][0].marks == struck


@pytest.mark.parametrize(
    ("character", "cells"), [("a", 1), ("\u5317", 2), ("\uff21", 2), ("\u0301", 0), ("\u200d", 0)]
)
def test_widths(character: str, cells: int) -> None:
    assert width(character) == cells


@pytest.mark.parametrize(
    ("text", "backwards"),
    [
        ("abc", False),
        ("12 \u05d0", True),
        ("\u0627\u0644 abc", True),
        ("a \u05d0", False),
        ("", False),
    ],
)
def test_direction(text: str, backwards: bool) -> None:
    assert is_right_to_left(text) is backwards


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"))
runs = st.lists(st.builds(Run, texts, st.frozensets(st.sampled_from(("add", "del")), max_size=2)))


@given(runs, st.integers(4, 30), st.integers(0, 2))
def test_nothing_is_lost_and_nothing_too_wide(
    given_runs: list[Run], columns: int, indent: int
) -> None:
    lines = wrap(given_runs, columns, indent)
    kept = "".join(piece.text for line in lines for piece in line)
    everything = "".join(run.text for run in given_runs)

    def words(text: str) -> str:
        # Combining characters at the start of a line have no letter to stand on, and make one.
        return "".join(c for c in text if c not in " \n" and not unicodedata.combining(c))

    assert words(kept) == words(everything)
    for line in lines:
        assert cells_of(line) <= columns
        for one, two in itertools.pairwise(line):
            assert one.column + one.cells == two.column
            assert one.marks != two.marks


@given(st.integers(200, 400))
def test_a_long_text_takes_no_longer_than_its_length(words: int) -> None:
    assert len(wrapped("word " * words, columns=66)) == -(-words // 13)
