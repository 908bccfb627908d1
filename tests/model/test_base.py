"""Base text: what anchors are offsets into."""

from build_tools.model.base import Block, blocks
from build_tools.read.transcription import parse_transcription


def block_of(source: str, name: str = "p1") -> Block:
    transcription, problems = parse_transcription(source, "transcription.txt")
    assert problems == ()
    return next(block for block in blocks(transcription) if block.id == name)


def mark_of(block: Block, name: str) -> tuple[int, int]:
    return next((s.start, s.end) for s in block.marks if s.mark.name == name)


def test_white_space_of_the_file_is_one_space_and_none_at_the_edges() -> None:
    block = block_of("@p p1\n\n  One\n two\t three \n\n")
    assert block.base == "One two three"


def test_a_no_break_space_is_a_character_of_the_text() -> None:
    assert block_of("@p p1\n10\u00a0000 \u00a0 men\n").base == "10\u00a0000 \u00a0 men"


def test_deletions_and_insertions_are_in_base_text_and_their_spaces_outside_the_marks() -> None:
    block = block_of("@p p1\nThe {del: very} last {add place=above: word} here\n")
    assert block.base == "The very last word here"
    assert mark_of(block, "del") == (4, 8)
    assert mark_of(block, "add") == (14, 18)


def test_a_gap_stands_in_base_text_as_its_sign() -> None:
    block = block_of("@p p1\ndocu{gap unit=letter quantity=2}t and {gap unit=word} more\n")
    assert block.base == "docu[…]t and […] more"


def test_fragments_join_with_one_space_or_with_nothing_where_a_word_is_divided() -> None:
    source = "@p p1\nfirst\n\n@page 2\n@{more} p1{divided}\nsecond\n"
    joined = block_of(source.format(more="more", divided=""))
    assert joined.base == "first second"
    assert [(f.start, f.end, f.page) for f in joined.fragments] == [(0, 6, ""), (6, 12, "2")]
    divided = block_of(source.format(more="more", divided=" divided=yes"))
    assert divided.base == "firstsecond"


def test_a_word_break_leaves_its_hyphen_and_no_space() -> None:
    block = block_of("@p p1\ninspec{wordbreak: -}\ntion of ships\n")
    assert block.base == "inspec-tion of ships"
    assert [(e.offset, e.folded) for e in block.line_ends] == [(7, False)]


def test_line_ends_are_kept_at_the_space_they_were_folded_to() -> None:
    block = block_of("@p p1\none\ntwo\n\nthree\n")
    assert [(e.offset, e.folded, e.blank) for e in block.line_ends] == [
        (3, True, False),
        (7, True, True),
    ]


def test_marks_nest_and_a_comment_is_no_text() -> None:
    block = block_of("@p p1\na {subst: {add: b}\n# why\n{del: c}} d\n")
    assert block.base == "a b c d"
    assert mark_of(block, "subst") == (2, 5)
    assert [s.inside for s in block.marks] == [(), (0,), (0,)]


def test_the_place_of_a_word_is_its_line_and_column_in_the_file() -> None:
    block = block_of("@p p1\nOne {del: two}  \\{three\\} four\nfive\n")
    base = block.base
    assert base == "One two {three} four five"

    def place(word: str) -> tuple[int, int]:
        at = base.index(word)
        found = block.place_of(at, at + len(word))
        return found.line, found.column

    assert place("One") == (2, 1)
    assert place("two") == (2, 11)
    assert place("three") == (2, 19)
    assert place("four") == (2, 27)
    assert place("five") == (3, 1)
