from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build_tools.model.base import blocks
from build_tools.model.kinds import BLOCKS, MARKS, MORE_ATTRIBUTES, PAGE_ATTRIBUTES, SUPPLIED
from build_tools.model.place import Place
from build_tools.model.transcription import (
    Attributes,
    Comment,
    Fragment,
    Inline,
    Mark,
    PageBreak,
    Text,
    Transcription,
    received,
    write,
)
from build_tools.read.transcription import DEEPEST, MAY_BE_EMPTY, parse_transcription
from tests.growth import assert_grows_in_step
from tests.read.triples import Triple, shown, triples

NOWHERE = Place("")


@pytest.mark.parametrize("triple", triples("transcription.md"), ids=str)
def test_problems(triple: Triple) -> None:
    _, problems = parse_transcription(triple.given, "t.txt")
    assert shown(problems) == triple.expected
    assert all(problem.message and problem.hint for problem in problems)
    assert {problem.place.file for problem in problems} <= {"t.txt"}


@pytest.mark.parametrize("triple", triples("expanded.md"), ids=str)
def test_problems_with_brackets(triple: Triple) -> None:
    _, problems = parse_transcription(triple.given, "t.txt", brackets=True)
    assert shown(problems) == triple.expected


# what is made of it


def test_the_nodes_of_a_transcription() -> None:
    source = '#c\n@page 1\n\n@p p1 hand=x\nA {del rend="a b": b\n#d\nc}\\}\n@more p1 divided=yes\nD'
    transcription, problems = parse_transcription(source, "t.txt")
    assert problems == ()
    deleted = Mark(
        "del",
        (("rend", "a b"),),
        (Text("b\n", NOWHERE), Comment("d", NOWHERE), Text("c", NOWHERE)),
        NOWHERE,
    )
    assert transcription == Transcription(
        (Comment("c", NOWHERE),),
        (
            PageBreak("1", (), (Text("\n", NOWHERE),), NOWHERE),
            Fragment(
                "p",
                "p1",
                (("hand", "x"),),
                (Text("A ", NOWHERE), deleted, Text("}\n", NOWHERE)),
                NOWHERE,
            ),
            Fragment("more", "p1", (("divided", "yes"),), (Text("D", NOWHERE),), NOWHERE),
        ),
    )
    spelled = "".join(run.text for run in received(transcription, {"del": "~%~"}))
    assert spelled == "\nA ~b\nc~}\nD"


def test_places_of_nodes() -> None:
    source = "@p p1\nA {del: b}\\{c\n#d\n\\@e"
    transcription, _ = parse_transcription(source, "t.txt")
    (block,) = transcription.parts
    assert block.place == Place("t.txt", 1, 1, 5)
    assert [node.place for node in block.content] == [
        Place("t.txt", 2, 1),
        Place("t.txt", 2, 3, 4),
        Place("t.txt", 2, 11),
        Place("t.txt", 3, 1, 2),
        Place("t.txt", 4, 1),
    ]


def test_supplied_words_are_marks() -> None:
    source = "@p p1\n[The] end \\[x\\] {underline: [is] near}"
    transcription, problems = parse_transcription(source, "t.txt", brackets=True)
    assert problems == ()
    content = transcription.parts[0].content
    assert content[0] == Mark(SUPPLIED, (), (Text("The", NOWHERE),), NOWHERE)
    assert isinstance(content[-1], Mark)
    assert content[-1].content[0] == Mark(SUPPLIED, (), (Text("is", NOWHERE),), NOWHERE)
    (block,) = blocks(transcription)
    assert block.base == "The end [x] is near"
    assert block.place_of(9, 10).column == 13, "escaped brackets keep places exact"


def test_what_is_wrong_is_read_as_the_words_it_is() -> None:
    source = "@para p1\nA {dle: b} {del c} {add: d\n@more p1\nE"
    transcription, problems = parse_transcription(source, "t.txt")
    assert len(problems) == 4
    (block,) = blocks(transcription)
    assert block.base == "A b c d E"
    assert [span.mark.name for span in block.marks] == ["del", "add"]


# there and back

VALUES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=8
) | st.text(' \t":={}\\ab', max_size=6)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.text(
    'ab {}\\@#\n[]:"', min_size=1, max_size=12
)
BLANKS = st.text(" \t\n\r", min_size=1, max_size=4)
COMMENTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=8)


class Names:
    """Gives every id once, and remembers them."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def fresh(self) -> str:
        self.given.append(f"x{len(self.given)}-a")
        return self.given[-1]


@st.composite
def attributes(
    draw: st.DrawFn,
    allowed: dict[str, tuple[str, ...]],
    names: Names,
    required: tuple[str, ...] = (),
) -> Attributes:
    keys = draw(st.lists(st.sampled_from(sorted(allowed)), unique=True, max_size=3))
    found = []
    for key in dict.fromkeys([*keys, *required]):
        if key == "id":
            found.append((key, names.fresh()))
        elif key == "for":
            if names.given:
                found.append((key, draw(st.sampled_from(names.given))))
        else:
            found.append((key, draw(st.sampled_from(allowed[key]) if allowed[key] else VALUES)))
    return tuple(found)


@st.composite
def marks(draw: st.DrawFn, names: Names, depth: int, among: tuple[str, ...]) -> Mark:
    kind = MARKS[draw(st.sampled_from(among))]
    given = draw(attributes(dict(kind.attributes), names))
    content: tuple[Inline, ...] = ()
    if kind.holds != "nothing":
        content = draw(contents(names, depth - 1, kind.holds, inside=True))
    if not content and kind.name not in MAY_BE_EMPTY:
        content = (Text("w", NOWHERE),) if kind.holds == "text" else (Text(" ", NOWHERE),)
    return Mark(kind.name, given, content, NOWHERE)


@st.composite
def contents(
    draw: st.DrawFn, names: Names, depth: int, holds: str = "text", *, inside: bool = False
) -> tuple[Inline, ...]:
    """Draw content as it can be parsed: texts apart, comments only at the start of a line."""
    nodes: list[Inline] = []
    among = tuple(sorted(MARKS)) if holds == "text" else tuple(holds.split())
    for what in draw(st.lists(st.sampled_from(["text", "mark", "comment"]), max_size=5)):
        last = nodes[-1] if nodes else None
        if what == "text" and not isinstance(last, Text):
            words = draw(WORDS if holds == "text" else BLANKS)
            nodes.append(Text(words, NOWHERE))
        elif what == "mark" and depth > 0 and holds != "outside":
            nodes.append(draw(marks(names, depth, among)))
        elif what == "comment" and at_line_start(last, inside):
            nodes.append(Comment(draw(COMMENTS), NOWHERE))
    return tuple(nodes)


def at_line_start(last: Inline | None, inside: bool) -> bool:
    if last is None:
        return not inside
    return isinstance(last, Comment) or (isinstance(last, Text) and last.text.endswith("\n"))


def ended(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """End the last line: what follows is a line that begins with @."""
    last = content[-1] if content else None
    if last is None or at_line_start(last, inside=False):
        return content
    if isinstance(last, Text):
        return (*content[:-1], Text(last.text + "\n", NOWHERE))
    return (*content, Text("\n", NOWHERE))


@st.composite
def transcriptions(draw: st.DrawFn) -> Transcription:
    names = Names()
    opened: list[str] = []
    parts: list[PageBreak | Fragment] = []
    for number, what in enumerate(draw(st.lists(st.sampled_from(["block", "more", "page"])))):
        if what == "page":
            given = draw(attributes(dict(PAGE_ATTRIBUTES), names))
            content = draw(contents(names, 0, "outside"))
            parts.append(PageBreak(f"{number}v", given, content, NOWHERE))
        elif what == "more" and opened:
            given = draw(attributes(dict(MORE_ATTRIBUTES), names))
            name = draw(st.sampled_from(opened))
            parts.append(Fragment("more", name, given, draw(contents(names, 3)), NOWHERE))
        else:
            kind = BLOCKS[draw(st.sampled_from(sorted(BLOCKS)))]
            opened.append(names.fresh())
            given = draw(attributes(dict(kind.attributes), names, kind.required))
            content = draw(contents(names, 3))
            parts.append(Fragment(kind.name, opened[-1], given, content, NOWHERE))
    preamble = draw(contents(names, 0, "outside"))
    if parts:
        preamble = ended(preamble)
    for number, part in enumerate(parts[:-1]):
        fields = (part.attributes, ended(part.content), NOWHERE)
        if isinstance(part, PageBreak):
            parts[number] = PageBreak(part.n, *fields)
        else:
            parts[number] = Fragment(part.kind, part.id, *fields)
    return Transcription(preamble, tuple(parts))


@given(transcriptions())
@settings(max_examples=400, deadline=None)
def test_what_is_written_is_read_again(transcription: Transcription) -> None:
    source = write(transcription)
    read, problems = parse_transcription(source, "t.txt")
    assert problems == ()
    assert read == transcription
    assert write(read) == source


@given(st.text('ab {}\\@#\n[]:="p1del@more', max_size=60), st.booleans())
@example("@p p1\n{del: \\", False)
@settings(max_examples=600, deadline=None)
def test_any_text_is_read_and_every_problem_has_a_place(source: str, brackets: bool) -> None:
    transcription, problems = parse_transcription(source, "t.txt", brackets=brackets)
    lines = source.split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.hint
    if not problems and not brackets:
        again, _ = parse_transcription(write(transcription), "t.txt")
        assert again == transcription


# time


@pytest.mark.parametrize("brackets", [False, True])
@pytest.mark.parametrize(
    "piece",
    [
        *("{", "}", "[", "]", "\\", '"', "#", "{del: ", "{del: \n", "{del: x}", '{del rend="'),
        *("{a b=c", "{subst: ", "@p x\n", "@p p{n}\n@more q{n}\n", "{caret for=x{n}}", "words "),
        "\n",
    ],
)
def test_time_grows_as_the_text_does(piece: str, brackets: bool) -> None:
    def parse(size: int) -> None:
        times = size // len(piece)
        repeated = (piece.replace("{n}", str(n)) for n in range(times)) if "{n}" in piece else ()
        source = "@p p1\n" + ("".join(repeated) or piece * times)
        parse_transcription(source, "t.txt", brackets=brackets)

    assert_grows_in_step(parse, 5_000)


def test_marks_stand_in_one_another_as_deep_as_is_said() -> None:
    source = "@p p1\n" + "{del: " * DEEPEST + "x" + "}" * DEEPEST
    assert parse_transcription(source, "t.txt")[1] == ()
    deeper = "@p p1\n" + "{del: " * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1)
    assert [problem.code for problem in parse_transcription(deeper, "t.txt")[1]] == [
        "mark-misplaced"
    ]
