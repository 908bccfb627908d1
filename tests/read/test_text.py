from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.model.problem import Problem
from build_tools.read.text import REPLACEMENT, decode, invalid_characters, place_at


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def where(problem: Problem) -> tuple[str, int, int, int]:
    place = problem.place
    return problem.code, place.line, place.column, place.length


def test_plain_text_is_itself() -> None:
    text = "Ёлки, naïve “quotes”\tand 漢字 \U0001f4dc\nمرحبا\u200f!\n"
    assert decode(text.encode(), "f") == (text, ())


def test_line_ends_are_those_of_the_witness_and_ours_elsewhere() -> None:
    assert decode(b"a\r\nb\n", "f") == ("a\nb\n", ())
    assert decode(b"a\r\nb\rc\n", "f", witness=True) == ("a\r\nb\rc\n", ())


def test_a_lone_carriage_return_is_refused() -> None:
    text, problems = decode(b"a\r\nb\rc", "f")
    assert text == f"a\nb{REPLACEMENT}c"
    assert where(only(problems)) == ("character-invalid", 2, 2, 1)
    assert "CARRIAGE RETURN" in only(problems).message


def test_a_byte_order_mark_is_a_problem_and_no_text() -> None:
    text, problems = decode(b"\xef\xbb\xbftitle", "f")
    assert text == "title"
    assert where(only(problems)) == ("encoding-invalid", 1, 1, 1)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"caf\xe9", 1, 4),
        ("ä\nbü".encode() + b"\xff", 2, 3),
        (b"a\xc3", 1, 2),
        (b"\xed\xa0\x80", 1, 1),
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, line: int, column: int) -> None:
    text, problems = decode(data, "f")
    assert text is None
    assert where(only(problems)) == ("encoding-invalid", line, column, 1)


def test_utf16_is_named() -> None:
    assert "UTF-16" in only(decode("title".encode("utf-16"), "f")[1]).message


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9f",
        "\ufeff",
        "\ufffe",
        "\U0010ffff",
    ],
)
@pytest.mark.parametrize("witness", [False, True])
def test_characters_that_may_stand_nowhere(character: str, witness: bool) -> None:
    text, problems = decode(f"one\nt{character}o".encode(), "f", witness=witness)
    assert text == f"one\nt{REPLACEMENT}o"
    assert where(only(problems)) == ("character-invalid", 2, 2, 1)


def test_a_character_is_reported_once_with_its_number() -> None:
    problem = only(decode(b"a\x07b\n\x07\x07", "f")[1])
    assert where(problem) == ("character-invalid", 1, 2, 1)
    assert "2 more" in problem.message


@pytest.mark.parametrize(
    "character", [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
)
def test_controls_of_direction_are_for_witnesses_only(character: str) -> None:
    data = f"a{character}b".encode()
    problem = only(decode(data, "f")[1])
    assert where(problem) == ("character-invalid", 1, 2, 1)
    assert "only in transcriptions" in problem.hint
    assert decode(data, "f", witness=True)[1] == ()
    assert decode(data, "f", transcription=True)[1] == ()


def test_the_first_place_that_is_not_nfc() -> None:
    problem = only(decode("fine\nun cafe\u0301, deux cafe\u0301s".encode(), "f")[1])
    assert where(problem) == ("character-invalid", 2, 7, 2)
    assert "COMBINING ACUTE ACCENT" in problem.message
    assert "U+00E9 LATIN SMALL LETTER E WITH ACUTE" in problem.message
    assert 'write "é"' in problem.hint


@pytest.mark.parametrize(
    ("text", "column", "length"),
    [
        ("5 \u212b", 3, 1),  # a sign that has another form
        ("a\u0323\u0307", 1, 3),  # two marks on one letter
        ("xa\u0307\u0323", 2, 3),  # marks in the wrong order
        ("\u1112\u1161\u11ab", 1, 3),  # letters of a Korean syllable
        ("q\u0307\u0323", 1, 3),  # nothing is composed, only the order changes
    ],
)
def test_kinds_of_text_that_are_not_nfc(text: str, column: int, length: int) -> None:
    problem = only(tuple(invalid_characters(text, "f")))
    assert where(problem) == ("character-invalid", 1, column, length)
    found = text[column - 1 : column - 1 + length]
    assert f'write "{unicodedata.normalize("NFC", found)}"' in problem.hint


@given(st.text())
@settings(deadline=None)
def test_problems_stand_where_they_say(text: str) -> None:
    lines = text.split("\n")
    for problem in invalid_characters(text, "f"):
        place = problem.place
        found = lines[place.line - 1][place.column - 1 : place.column - 1 + place.length]
        assert len(found) == place.length
        assert problem.code == "character-invalid"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
@settings(deadline=None)
def test_what_is_read_has_only_sound_characters(text: str) -> None:
    read, problems = decode(text.encode(), "f", witness=True)
    if not problems:
        assert read == text
    assert read is not None
    assert "\ufeff" not in read


def test_place_of_an_offset() -> None:
    place = place_at("ab\ncd", 4, "f", first_line=10, length=1)
    assert (place.line, place.column) == (11, 2)
