"""Only the values change: whatever the YAML looks like, the rest stays letter for letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.author.values import quoted
from build_tools.author.yaml_values import Change, rewritten
from build_tools.model.place import Place
from build_tools.read.yaml_nodes import Mapping, Sequence, read_yaml, split_front_matter
from tests.author.test_values import plain

BODY = "---\nThe body.  \n\n* it has  spaces, --- and\ttabs \u2028 and: colons\n---\n"
ONE_LINE = ("plain", "single", "double")
STYLES = (*ONE_LINE, "literal", "folded", "stripped", "several")
WORDS = st.text("abc de,.'\"#:\u201c\u00e9\U0001f4dc-[]{}", min_size=1, max_size=14)


@dataclass(frozen=True)
class Item:
    """A key of a target: its value, how it is written, and a comment."""

    name: str
    value: str
    style: str
    comment: str

    def written(self, indent: str) -> str:
        """Write the key and its value as somebody may."""
        note = f"  {self.comment}" if self.comment else ""
        match self.style:
            case "plain":
                return f"{self.name}: w{plainly(self.value)}{note}"
            case "single":
                return f"{self.name}:   '{self.single}'{note}"
            case "double":
                return f"{self.name}: {quoted(self.value)}{note}"
            case "several":
                return f"{self.name}:\n{indent}   {quoted(self.value)}{note}"
        sign = {"literal": "|", "folded": ">", "stripped": ">-"}[self.style]
        return f"{self.name}: {sign}{note}\n{indent}  w{plainly(self.value)}"

    @property
    def single(self) -> str:
        return self.value.replace("'", "''")

    @property
    def says(self) -> str:
        is_plain = self.style not in ("single", "double", "several")
        return f"w{plainly(self.value)}" if is_plain else self.value


def plainly(words: str) -> str:
    return "".join(character for character in words if character not in ":#,[]{}").rstrip()


def items(styles: tuple[str, ...]) -> st.SearchStrategy[list[Item]]:
    comments = st.sampled_from(["", "", "# why, then", "# a: {b}"])
    one = st.builds(Item, st.just(""), WORDS, st.sampled_from(styles), comments)
    names = st.sets(st.sampled_from(["exact", "prefix", "suffix"])).flatmap(
        lambda some: st.permutations(["block", *sorted(some)])
    )
    return st.tuples(names, st.lists(one, min_size=4, max_size=4)).map(
        lambda pair: [
            Item(name, one.value, one.style, one.comment)
            for name, one in zip(pair[0], pair[1], strict=False)
        ]
    )


def in_block(target: list[Item], lead: str, indent: str) -> str:
    lines = [one.written(indent) for one in target]
    return lead + f"\n{indent}".join(lines) + "\n"


def in_flow(target: list[Item], lead: str) -> str:
    """Write a target in braces; with a comment, what follows stands on the next line."""
    parts = []
    for number, one in enumerate(target):
        comma = "," if number + 1 < len(target) else ""
        value = {"single": f"'{one.single}'", "double": quoted(one.value)}[one.style]
        note = f" {one.comment}\n      " if one.comment else " "
        parts.append(f"{one.name}: {value}{comma}{note}")
    return lead + "{" + "".join(parts) + "}\n"


CHANGES = st.dictionaries(
    st.sampled_from(["block", "exact", "prefix", "suffix"]), st.none() | WORDS, min_size=1
).filter(lambda values: values.get("block", "") is not None)


def place_of(text: str, number: int) -> Place:
    """Return where the value of the block of a target stands, as the reader tells it."""
    root, problems = read_yaml(split_front_matter(text, "f")[0], "f")
    assert root is not None, (problems, text)
    node = next(value for key, value in root.entries if key.text == "target")
    found = node.items[number] if isinstance(node, Sequence) else node
    assert isinstance(found, Mapping)
    return next(value.place for key, value in found.entries if key.text == "block")


def said(text: str) -> Any:  # noqa: ANN401
    root, problems = read_yaml(split_front_matter(text.replace("\r\n", "\n"), "f")[0], "f")
    assert root is not None, (problems, text)
    return plain(root)


@given(st.data())
def test_the_values_change_and_nothing_else(data: st.DataObject) -> None:
    draw = data.draw
    is_flow, is_list = draw(st.booleans()), draw(st.booleans())
    styles = ("single", "double") if is_flow else STYLES
    targets = draw(st.lists(items(styles), min_size=1, max_size=3 if is_list else 1))
    leads = ["  - " if is_list else "  "] * len(targets)
    written = [
        in_flow(one, lead) if is_flow else in_block(one, lead, "    " if is_list else "  ")
        for one, lead in zip(targets, leads, strict=True)
    ]
    before, after = "---\n# The head.\nlabel: 'A' \ntarget: # of it\n", "# last\nkind:  no\n"
    text = before + "".join(written) + after + BODY
    number = draw(st.integers(0, len(targets) - 1))
    values = draw(CHANGES)
    change = Change(place_of(text, number), values)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
        before, after = (part.replace("\n", "\r\n") for part in (before, after))
    made = rewritten(text.encode(), [change])
    assert made is not None, text
    new = made.decode()
    # The neighbours stand as they stood.
    line_end = "\r\n" if "\r\n" in text else "\n"
    other = [one.replace("\n", line_end) for one in written]
    assert new.startswith(before + "".join(other[:number]))
    assert new.endswith("".join(other[number + 1 :]) + after + BODY.replace("\n", line_end))
    assert new.count("\n") == new.count(line_end)
    # The target says what it is to say, and every comment stands.
    wanted = {one.name: one.says for one in targets[number]} | values
    wanted = {name: value for name, value in wanted.items() if value is not None}
    was, now = said(text), said(new)
    of_it = now["target"][number] if is_list else now["target"]
    assert of_it == wanted
    assert {**now, "target": 0} == {**was, "target": 0}
    for one in targets[number]:
        assert not one.comment or new.count(one.comment) == text.count(one.comment)
    # Where a key is only given another value, not even a space beside it changes.
    if not is_flow and exchangeable(targets[number], values):
        wanted_lines = [
            Item(one.name, values.get(one.name) or "", "double", one.comment)
            if one.name in values
            else one
            for one in targets[number]
        ]
        alone = in_block(wanted_lines, leads[number], "    " if is_list else "  ")
        middle = alone.replace("\n", line_end)
        assert new[len(before + "".join(other[:number])) :].startswith(middle)


def exchangeable(target: list[Item], values: dict[str, str | None]) -> bool:
    doubled = {one.name for one in target if one.style == "double"}
    return None not in values.values() and values.keys() <= doubled


CASES: dict[str, tuple[str, dict[str, str | None], str]] = {
    "a key without a value": (
        "target:\n  block: p1\n  prefix:\n", {"prefix": "a"}, 'prefix: "a"\n'
    ),
    "no line end": ("target:\n  block: p1", {"exact": "a"}, 'block: p1\n  exact: "a"'),
    "keys in quotation marks": ('target: {"block":"p1"}\n', {"block": "p2"}, '{"block":"p2"}'),
    "a comma at the end": (
        "target: {block: p1, exact: b,}\n", {"exact": None, "block": "p3"}, '{block: "p3",}'
    ),
    "the first of an item": (
        "target:\n  - exact: b # why\n    block: p1\n",
        {"exact": None},
        "  - # why\n    block: p1\n",
    ),
    "a literal before a comment": (
        "target:\n  block: p1\n  exact: |\n    b\n  suffix: c  # why\n",
        {"suffix": None},
        "  exact: |\n    b\n  # why\n",
    ),
    "a comment in the head of a literal": (
        "target:\n  block: p1\n  exact: >- # why\n    b\n    c\nlabel: x\n",
        {"exact": "d"},
        '  exact: "d" # why\nlabel: x\n',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_as_it_should_look(name: str) -> None:
    text, values, wanted = CASES[name]
    place = place_of(f"---\n{text}\n---\n", 0)
    made = rewritten(text.encode(), [Change(Place("f", place.line - 1, place.column), values)])
    assert made is not None
    assert wanted in made.decode()


def test_several_targets_of_one_file() -> None:
    text = 'target:\n  - {block: p1}\n  - block: p2\n    exact: "b"\n  - block: p3\n'
    changes = [
        Change(Place("f", 2, 13), {"block": "p2"}),
        Change(Place("f", 3, 12), {"block": "p1", "exact": "c", "suffix": "d"}),
        Change(Place("f", 5, 12), {"block": "p9"}),
    ]
    made = rewritten(text.encode(), changes)
    assert made is not None
    assert made.decode() == (
        'target:\n  - {block: "p2"}\n  - block: "p1"\n    exact: "c"\n    suffix: "d"\n'
        '  - block: "p9"\n'
    )


@pytest.mark.parametrize("text", ["target:\n  ? block\n  : p1\n  ? exact\n  : a\n", "a: [\n"])
def test_what_cannot_be_changed_is_not_tried(text: str) -> None:
    changes = [Change(Place("f", 3, 5), {"exact": None}), Change(Place("f", 9, 9), {"block": "x"})]
    assert rewritten(text.encode(), changes) is None
    assert rewritten(text.encode(), changes[:1]) in (None, b"target:\n  ? block\n  : p1\n")
