from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.read.yaml_nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    read_yaml,
    split_front_matter,
)
from tests.growth import assert_grows_in_step
from tests.read.triples import Triple, shown, triples


def written(node: Node) -> str:
    match node:
        case Scalar():
            return node.text.replace("\n", "|") if node.given else "(not given)"
        case Sequence():
            return f"[{', '.join(map(written, node.items))}]"
        case Mapping():
            return (
                f"{{{', '.join(f'{key.text}: {written(value)}' for key, value in node.entries)}}}"
            )


@pytest.mark.parametrize("triple", triples("yaml.md"), ids=str)
def test_yaml(triple: Triple) -> None:
    root, problems = read_yaml(f"---\n{triple.given}", "f")
    if problems:
        assert shown(problems) == triple.expected
        assert all(problem.hint for problem in problems)
    else:
        assert root is not None
        lines = [f"{key.text} = {written(value)}\n" for key, value in root.entries]
        assert "".join(lines) == triple.expected


def test_messages_are_for_historians() -> None:
    _, (problem,) = read_yaml("label: Four days: a count\n", "f")
    assert "colon" in problem.message
    assert "double quotation marks" in problem.hint
    assert "mapping" not in problem.message


def test_places_count_characters_and_lines_end_at_line_feeds() -> None:
    root, problems = read_yaml('a: "Ä\u2028\U0001f4dc"\nb: {ключ: "x"}\n', "f")
    assert problems == ()
    assert root is not None
    (_, first), (_, second) = root.entries
    assert (first.place.line, first.place.column) == (1, 4)
    assert isinstance(second, Mapping)
    ((key, value),) = second.entries
    assert (key.place.line, key.place.column, key.place.length) == (2, 5, 4)
    assert (value.place.line, value.place.column, value.place.length) == (2, 11, 3)


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "a: b\n", "&a ", "? "])
def test_no_text_takes_long(piece: str) -> None:
    assert_grows_in_step(lambda size: read_yaml(piece * (size // len(piece)), "f"), 12_500)


@given(st.text("ab:-#\"'\\[]{},&*!|>%@`? \n\t\u2028é", max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_and_every_problem_has_a_place(text: str) -> None:
    root, problems = read_yaml(text, "f")
    lines = text.split("\n")
    assert root is not None or problems
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@given(
    st.dictionaries(st.text("abc", min_size=1), st.text(st.characters(exclude_categories=["Cs"])))
)
@settings(deadline=None)
def test_a_quoted_text_is_read_as_it_was(values: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        escaped = (c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text)
        return f'"{"".join(escaped)}"'

    source = "".join(f"{key}: {quoted(value)}\n" for key, value in values.items())
    root, _ = read_yaml(source, "f")
    assert root is not None
    found = {key.text: value.text for key, value in root.entries if isinstance(value, Scalar)}
    assert found == values


@pytest.mark.parametrize(
    ("text", "head", "body", "line"),
    [
        ("---\na: b\n---\nBody\n", "---\na: b\n", "Body\n", 4),
        ("---\n---\n", "---\n", "", 3),
        ("--- \na: b\n---\t\n\nBody\n---\nmore", "---\na: b\n", "\nBody\n---\nmore", 4),
    ],
)
def test_head_and_body(text: str, head: str, body: str, line: int) -> None:
    assert split_front_matter(text, "f") == (head, body, line, ())


@pytest.mark.parametrize(
    "text", ["", "Body", "\n---\na: b\n---\n", "---\na: b\n", "----\na: b\n---\n"]
)
def test_a_record_without_a_head(text: str) -> None:
    *_, (problem,) = split_front_matter(text, "f")
    assert (problem.code, problem.place.line, problem.place.column) == ("yaml-invalid", 1, 1)
