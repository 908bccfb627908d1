"""Giving keys of a mapping in a YAML text other values; everything else stays letter for letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from build_tools.author.values import quoted
from build_tools.model.place import Place

ORDER = ("block", "exact", "prefix", "suffix")
"""After which of these a key of a target goes that was not there before."""


@dataclass(frozen=True)
class Splice:
    """A stretch of a text and what stands in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Change:
    """Other values for keys of the mapping whose ``block`` stands at a place.

    None takes a key out.
    """

    place: Place
    values: Mapping[str, str | None]


def rewritten(data: bytes, changes: list[Change]) -> bytes:
    """Make changes in a file: a record with its head, or a whole file of YAML."""
    text = data.decode("utf-8")
    mappings = {_at(_value(node, "block")): node for node in _mappings(_head(text))}
    splices = [
        splice
        for change in changes
        for splice in _splices(
            text, mappings[change.place.line, change.place.column], change.values
        )
    ]
    for splice in sorted(splices, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text.encode()


def _head(text: str) -> str:
    """Return the YAML of a file: all of it, or what stands between the lines of hyphens."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return text
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), len(lines))
    return "".join(lines[:end])


def _mappings(text: str) -> Iterator[yaml.MappingNode]:
    """Yield every mapping that names a block."""
    pending = [yaml.compose(text, Loader=yaml.CSafeLoader)]
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.SequenceNode):
            pending += node.value
        elif isinstance(node, yaml.MappingNode):
            pending += [value for _, value in node.value]
            if any(key.value == "block" for key, _ in node.value):
                yield node


def _value(node: yaml.MappingNode, name: str) -> yaml.Node:
    found: yaml.Node = next(value for key, value in node.value if key.value == name)
    return found


def _at(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _splices(
    text: str, node: yaml.MappingNode, values: Mapping[str, str | None]
) -> Iterator[Splice]:
    keys = [key.value for key, _ in node.value]
    added: dict[str, list[str]] = {}
    for name, value in values.items():
        if name not in keys and value is not None:
            earlier = ORDER[: ORDER.index(name)]
            stays = [key for key in earlier if key in keys and values.get(key, "") is not None]
            added.setdefault(stays[-1], []).append(f"{name}: {quoted(value)}")
        elif name in keys and value is None:
            yield _without(text, node, keys.index(name))
        elif value is not None:
            found = _value(node, name)
            yield Splice(found.start_mark.index, _end(text, found), quoted(value))
    for after, lines in added.items():
        yield _with(text, node, keys.index(after), lines)


def _end(text: str, node: yaml.Node) -> int:
    """Return the end of a value, without the line ends that a block of lines counts as its own."""
    end: int = node.end_mark.index
    while text[end - 1] in " \r\n":
        end -= 1
    return end


def _with(text: str, node: yaml.MappingNode, at: int, lines: list[str]) -> Splice:
    """Add keys after one: on lines of their own, or within the braces."""
    key, value = node.value[at]
    end = _end(text, value)
    if node.flow_style:
        return Splice(end, end, "".join(f", {line}" for line in lines))
    end = text.find("\n", end) if "\n" in text[end:] else len(text)
    line_end = "\r\n" if text[end - 1 : end] == "\r" else "\n"
    end -= len(line_end) - 1
    indent = " " * key.start_mark.column
    return Splice(end, end, "".join(f"{line_end}{indent}{line}" for line in lines))


def _without(text: str, node: yaml.MappingNode, at: int) -> Splice:
    """Take a key out, with its line where it has one; a comment beside or below it stays."""
    key, value = node.value[at]
    start, end = key.start_mark.index, _end(text, value)
    if at + 1 < len(node.value):
        following = node.value[at + 1][0].start_mark.index
        return Splice(start, end if "#" in text[end:following] else following, "")
    if at:
        before = _end(text, node.value[at - 1][1])
        start = start if "#" in text[before:start] else before
    return Splice(start, end, "")
