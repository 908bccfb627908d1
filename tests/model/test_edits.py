"""From base text to the text that is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.model.base import Block
from build_tools.model.edits import Change, Edited, edited, final
from tests.model.test_base import block_of


def change(block: Block, words: str, reading: str, name: str = "e") -> Change:
    start = block.base.index(words)
    return Change(name, 0, start, start + len(words), reading)


def point(block: Block, after: str, reading: str) -> Change:
    at = block.base.index(after) + len(after)
    return Change("e", 0, at, at, reading)


def test_the_final_text_lacks_deletions_and_carets_and_keeps_single_spaces() -> None:
    block = block_of("@p p1\n{del: So} the {del: very} last{caret: /} word {del: ends}\n")
    assert final(block).text == "the last word"


def test_a_substitution_reads_as_what_was_inserted() -> None:
    block = block_of("@p p1\nis {subst: {add: proscribed} {del: prescribed}} here\n")
    assert final(block).text == "is proscribed here"


def test_a_word_break_is_joined() -> None:
    assert final(block_of("@p p1\ninspec{wordbreak: -}\ntion\n")).text == "inspection"


@pytest.mark.parametrize(
    ("source", "words", "reading", "expected"),
    [
        ("with Sovs and Caba, US", "Caba", "Cuba", "with Sovs and Cuba, US"),
        ("one QUOTE two", "QUOTE", "", "one two"),
        ("one two QUOTE.", "QUOTE", "", "one two."),
        ("QUOTE one", "QUOTE", "", "one"),
        ("one QUOTE", "QUOTE", "", "one"),
        ("one, two", ",", "", "one two"),
    ],
)
def test_a_change_replaces_and_a_removal_takes_one_space(
    source: str, words: str, reading: str, expected: str
) -> None:
    block = block_of(f"@p p1\n{source}\n")
    assert edited(block, [change(block, words, reading)]).text == expected


@pytest.mark.parametrize(
    ("source", "after", "reading", "expected"),
    [
        ("REPRODUCTION FROM COPY", "FROM", "THIS", "REPRODUCTION FROM THIS COPY"),
        ("covering{caret: /} all", "covering", "QUOTE", "covering QUOTE all"),
        ("(note that", "(", "please", "(please note that"),
        ("the end", "the end", ".", "the end."),
        ("one two", "one", ",", "one, two"),
    ],
)
def test_an_insertion_gets_the_spaces_its_neighbours_need(
    source: str, after: str, reading: str, expected: str
) -> None:
    block = block_of(f"@p p1\n{source}\n")
    assert edited(block, [point(block, after, reading)]).text == expected


def test_a_moved_word_is_a_removal_and_an_insertion() -> None:
    block = block_of("@p p1\nOctober 27 QUOTE is clear in covering{caret: /} all\n")
    moved = edited(block, [change(block, "QUOTE", ""), point(block, "covering", "QUOTE")])
    assert moved.text == "October 27 is clear in covering QUOTE all"


def test_ranges_map_to_base_and_back() -> None:
    block = block_of("@p p1\nThe {del: very} last Caba here\n")
    reading = edited(block, [change(block, "Caba", "Cuba")])
    at = reading.text.index("Cuba")
    assert reading.to_base(at, at + 4) == (14, 18)
    assert reading.from_base(14, 18) == (at, at + 4)
    assert reading.to_base(4, 8) == (9, 13)
    assert reading.from_base(4, 8) == (0, 0), "deleted words are nowhere in the reading text"


WORDS = st.lists(st.sampled_from(["a", "bb", "c.", "(d", "e,", "f"]), min_size=1, max_size=8)
MARKS = st.lists(st.sampled_from(["", "del", "add", "caret"]), min_size=8, max_size=8)


@given(WORDS, MARKS, st.data())
def test_every_character_of_base_is_kept_or_dropped_and_spaces_stay_single(
    words: list[str], marks: list[str], data: st.DataObject
) -> None:
    source = " ".join(f"{{{m}: {w}}}" if m else w for w, m in zip(words, marks, strict=False))
    block = block_of(f"@p p1\n{source}\n")
    count = data.draw(st.integers(0, 2))
    starts = sorted(data.draw(st.permutations(range(len(words))))[:count])
    offsets = [sum(len(w) + 1 for w in words[:i]) for i in starts]
    readings = data.draw(st.lists(st.sampled_from(["", "x", "y z"]), min_size=2, max_size=2))
    changes = [
        Change("e", n, at, at + len(words[i]), readings[n])
        for n, (i, at) in enumerate(zip(starts, offsets, strict=True))
    ]
    text = edited(block, changes)
    _accounts_for_all(block, text)
    assert "  " not in text.text
    assert text.text == text.text.strip()


def _accounts_for_all(block: Block, text: Edited) -> None:
    at = 0
    for stretch in text.stretches:
        assert stretch.start == at
        at = stretch.end
        if stretch.why != "inserted":
            assert stretch.text == block.base[stretch.start : stretch.end]
    assert at == len(block.base)
    assert text.text == "".join(s.text for s in text.stretches if s.is_read)
