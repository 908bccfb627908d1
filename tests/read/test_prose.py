from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.model.place import Place
from build_tools.model.prose import (
    Citation,
    Emphasis,
    Heading,
    Link,
    Listing,
    Paragraph,
    Prose,
    ProseBlock,
    Quote,
    Reference,
    Span,
    Words,
)
from build_tools.read.prose import parse_prose
from tests.growth import assert_grows_in_step
from tests.read.triples import Triple, shown, triples


def block(node: ProseBlock) -> str:
    match node:
        case Paragraph():
            return f"p: {spans(node.content)}"
        case Heading():
            return f"h{node.level}: {spans(node.content)}"
        case Quote():
            return f"quote: {', '.join(map(block, node.content))}"
        case Listing():
            items = (f"[{', '.join(map(block, item))}]" for item in node.items)
            return f"{'ol' if node.ordered else 'ul'}: {' '.join(items)}"


def spans(content: tuple[Span, ...]) -> str:
    return "".join(map(span, content))


def span(node: Span) -> str:
    match node:
        case Words():
            return "/" if node.breaks else node.text
        case Emphasis():
            return f"{'strong' if node.strong else 'em'}({spans(node.content)})"
        case Citation():
            return f"cite({node.source}{'|' if node.locator else ''}{node.locator})"
        case Link():
            return f"link({spans(node.content)}|{node.target})"
        case Reference():
            return f"ref({spans(node.content)}|{node.kind}|{node.name})"


@pytest.mark.parametrize("triple", triples("prose.md"), ids=str)
def test_prose(triple: Triple) -> None:
    prose, problems = parse_prose(triple.given, "f", 1)
    if problems:
        assert shown(problems) == triple.expected
        assert all(problem.message and problem.hint for problem in problems)
    else:
        assert "".join(f"{block(each)}\n" for each in prose.blocks) == triple.expected


def test_an_essay_has_headings() -> None:
    prose, problems = parse_prose("## One\n\nWords\n\n### *Two* ##\n", "f", 1, headings=True)
    assert problems == ()
    assert [block(each) for each in prose.blocks] == ["h2: One", "p: Words", "h3: em(Two)"]


def test_headings_an_essay_may_not_have() -> None:
    body = "# One\n\n#### Four\n\n- ## Two\n\nUnder\n=====\n\n## <b>\n"
    _, problems = parse_prose(body, "f", 1, headings=True)
    assert shown(problems) == (
        "markup-refused 1:1+1\nmarkup-refused 3:1+4\nmarkup-refused 5:3+2\nmarkup-refused 8:1+1\n"
        "html-refused 10:4+3\n"
    )


def test_nothing() -> None:
    assert parse_prose("", "f", 1) == (Prose(()), ())
    assert parse_prose(" \n\n", "f", 1) == (Prose(()), ())


def test_places_are_those_of_the_file() -> None:
    prose, _ = parse_prose("One\n[@a]", "edition/x.md", 12)
    (citation,) = prose.citations()
    assert citation.place == Place("edition/x.md", 13, 1, 4)


MARKED = st.sampled_from(
    ["[@a-b]", "[@c, p. 3]", "[words](https://example.org)", "[x *y*](note:d#n)", "[z](term:t)"]
)
PLAIN = st.sampled_from(
    ["word", "naïve", "漢字", "*em*", "\\*", "&amp;", "a > b", "\U0001f4dc", "1."]
)
LINE = st.lists(MARKED | PLAIN, min_size=1, max_size=6).map(" ".join)
LEAD = st.sampled_from(
    ["", "> ", ">", "- ", "1. ", "> - ", "- > ", "> > ", "   ", "  - ", ">\t", "-   "]
)
CONTINUED = st.sampled_from(["", "  ", "> ", ">  ", "      ", "   > ", "\t"])


@given(
    st.lists(st.tuples(LEAD, LINE, st.lists(st.tuples(CONTINUED, LINE), max_size=2)), max_size=4)
)
@settings(max_examples=400, deadline=None)
def test_places_are_exact_wherever_things_stand(
    paragraphs: list[tuple[str, str, list[tuple[str, str]]]],
) -> None:
    lines: list[str] = []
    for lead, first, others in paragraphs:
        lines += [lead + first, *(more + line for more, line in others), ""]
    prose, problems = parse_prose("\n".join(lines), "f", 7)
    for problem in problems:  # only lists that begin with a number, four spaces, too deep
        assert problem.code == "markup-refused"
    for found in prose.spans():
        if isinstance(found, Citation | Link | Reference):
            place = found.place
            start = place.column - 1
            written = lines[place.line - 7][start : start + place.length]
            assert written.startswith("[")
            assert written.endswith(("]", ")"))
            assert span(found).split("(")[1].split("|")[0][:1] in written


@given(st.text('ab*_[]()<>{}`~#-=+>|:!@^&;\\\n \t1.é"/', max_size=60))
@settings(max_examples=800, deadline=None)
def test_any_text_is_read_and_every_problem_has_a_place(body: str) -> None:
    prose, problems = parse_prose(body, "f", 1)
    lines = body.split("\n")
    for place in [problem.place for problem in problems] + [
        found.place for found in prose.spans() if isinstance(found, Citation | Link | Reference)
    ]:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


@given(st.text('ab*_[]()<>{}`~#+>|:!@^&;\\é"/.', min_size=1, max_size=40))
@settings(max_examples=400, deadline=None)
def test_words_whose_signs_are_escaped_are_those_words(words: str) -> None:
    written = "x" + "".join(c if c.isalnum() else f"\\{c}" for c in words)
    prose, problems = parse_prose(written, "f", 1)
    assert problems == ()
    assert prose.blocks == (Paragraph((Words(f"x{words}"),)),)


@pytest.mark.parametrize(
    "piece", ["[", "[@", "*", "*a ", "> ", "- ", "`", "<", "{", "[a](", "![", "&", "\\"]
)
def test_no_text_takes_long(piece: str) -> None:
    assert_grows_in_step(lambda size: parse_prose(piece * (size // len(piece)), "f", 1), 2_500)
