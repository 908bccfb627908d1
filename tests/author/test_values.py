"""What the tool writes is what the reader reads."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from build_tools.author.new import Draft, new_record
from build_tools.author.values import Blank, Value, written
from build_tools.read.yaml_nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    read_yaml,
    split_front_matter,
)


def plain(node: Node) -> Any:  # noqa: ANN401
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def read(text: str) -> Any:  # noqa: ANN401
    root, problems = read_yaml(text, "f")
    assert root is not None, problems
    return plain(root)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, min_size=1) | st.dictionaries(TEXTS, inner, min_size=1),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS.filter(lambda key: key != "<<"), VALUES, min_size=1))
def test_any_text_comes_back(fields: dict[str, Value]) -> None:
    assert read(written(fields)) == fields


@given(TEXTS)
def test_a_value_stays_on_its_line(text: str) -> None:
    assert len(written({"label": text}).splitlines()) == 1


def test_a_record_looks_as_people_write_it() -> None:
    fields: dict[str, Value] = {
        "target": {"block": "p1", "exact": 'no "quotes": here # there'},
        "forms": [{"form": "SAM", "expansion": "missile"}, "SAMs"],
        "kind": Blank("what it is: a or b"),
        "reading": Blank("what is read", is_given=False),
    }
    assert written(fields) == (
        "target:\n"
        '  block: "p1"\n'
        '  exact: "no \\"quotes\\": here # there"\n'
        "forms:\n"
        '  - form: "SAM"\n'
        '    expansion: "missile"\n'
        '  - "SAMs"\n'
        'kind: ""  # what it is: a or b\n'
        "reading:  # what is read\n"
    )
    assert read(written(fields))["kind"] == ""


def test_a_record_with_prose() -> None:
    draft = Draft("note", "edition/x", ".md", {"label": "A"}, "One.  \r\n\r\nTwo.\n\n", "A")
    edit = new_record(draft, {"a"})
    assert (edit.path, edit.old) == ("edition/x/a-2.md", None)
    assert edit.new == b'---\nlabel: "A"\n---\nOne.\n\nTwo.\n'
    assert split_front_matter(edit.new.decode(), "f")[1] == "One.\n\nTwo.\n"


def test_a_record_without_prose() -> None:
    edit = new_record(Draft("source", "edition/sources", ".yml", {"title": "A"}, None, "A"), ())
    assert edit.new == b'title: "A"\n'


def test_no_letter_is_changed() -> None:
    words = unicodedata.normalize("NFD", "é") + "\u2028\ufeff\x85\u00a0𝄞"
    assert read(written({"label": words})) == {"label": words}
