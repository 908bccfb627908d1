"""Giving keys of a mapping in a YAML text other values; everything else stays letter for letter.

One key is changed after another, and the text is read anew each time. In the end it is read once
more: it must say what it said, but for what was to be changed, or no text is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from build_tools.author.values import quoted
from build_tools.model.place import Place

ORDER = ("block", "exact", "prefix", "suffix")
"""After which of these a key of a target goes that was not there before."""

BLANKS = " \r\n"
Path: TypeAlias = "tuple[int | str, ...]"
"""The way to a mapping: numbers of items, and keys."""


@dataclass(frozen=True)
class Change:
    """Other values for keys of the mapping whose ``block`` stands at a place.

    None takes a key out.
    """

    place: Place
    values: Mapping[str, str | None]


def rewritten(data: bytes, changes: Sequence[Change]) -> bytes | None:
    """Make changes in a file: a record with its head, or a whole file of YAML.

    None where the YAML is written in a way that does not let it be done.
    """
    text = data.decode("utf-8")
    size = _size_of_head(text)
    head, rest = text[:size], text[size:]
    try:
        root = _read(head)
        paths = {_place(head, _value(node, "block")): path for path, node in _targets(root)}
        orders = [
            (paths[change.place.line, change.place.column], name, value)
            for change in changes
            for name, value in change.values.items()
        ]
        new = head
        for path, name, value in orders:
            new = _changed(new, path, name, value)
        if _plain(_read(new)) != _wanted(_plain(root), orders):
            return None
    except (yaml.YAMLError, LookupError, ValueError):
        return None
    return (new + rest).encode()


def _wanted(said: object, orders: Sequence[tuple[Path, str, str | None]]) -> object:
    """Return what a text is to say after all changes."""
    for path, name, value in orders:
        node = said
        for step in path:
            node = node[step]  # type: ignore[index]
        assert isinstance(node, dict)
        node.pop(name, None)
        if value is not None:
            node[name] = value
    return said


def _size_of_head(text: str) -> int:
    """Return where the YAML of a file ends: before the second line of hyphens, or at the end."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return len(text)
    size = len(lines[0]) + 1
    for line in lines[1:]:
        if line.rstrip() == "---":
            return size
        size += len(line) + 1
    return len(text)


# reading


def _read(text: str) -> yaml.Node:
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None  # a change names a place in it
    return node


def _targets(root: yaml.Node) -> Iterator[tuple[Path, yaml.MappingNode]]:
    """Yield every mapping that names a block, with the way to it."""
    pending: list[tuple[Path, yaml.Node]] = [((), root)]
    while pending:
        path, node = pending.pop()
        if isinstance(node, yaml.SequenceNode):
            pending += [((*path, number), item) for number, item in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            pending += [((*path, key.value), value) for key, value in node.value]
            if any(key.value == "block" for key, _ in node.value):
                yield path, node


def _value(node: yaml.MappingNode, name: str) -> yaml.Node:
    found: yaml.Node = next(value for key, value in node.value if key.value == name)
    return found


def _place(text: str, node: yaml.Node) -> tuple[int, int]:
    """Return line and column as they are told: lines end at line feeds and nowhere else."""
    at = node.start_mark.index
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _plain(node: yaml.Node) -> object:
    """Return what a node says, without the way in which it is written."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value.rstrip("\n") if _is_in_lines(node) else node.value


def _is_in_lines(node: yaml.Node) -> bool:
    """Tell whether a value is written in lines of its own, below a sign."""
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


# changing


def _changed(text: str, path: Path, name: str, value: str | None) -> str:
    """Change one key of the mapping at the end of a path."""
    node = dict(_targets(_read(text)))[path]
    keys = [key.value for key, _ in node.value]
    if name not in keys:
        if value is None:
            return text
        after = [key for key in ORDER[: ORDER.index(name)] if key in keys][-1]
        return _with(text, node, keys.index(after), f"{name}: {quoted(value)}")
    if value is None:
        without = _without_in_flow if node.flow_style else _without_in_block
        return without(text, node, keys.index(name))
    key, found = node.value[keys.index(name)]
    return _exchanged(text, key, found, quoted(value))


def _exchanged(text: str, key: yaml.Node, value: yaml.Node, words: str) -> str:
    start, end = value.start_mark.index, _end(text, value)
    if start == end:  # nothing was written: it goes behind the colon
        start = end = text.index(":", key.end_mark.index) + 1
        words = f" {words}"
    comment = _comment_in(text, value)
    return text[:start] + words + (f" {comment}" if comment else "") + text[end:]


def _comment_in(text: str, value: yaml.Node) -> str:
    """Return the comment in the head of a value that is written in lines of its own."""
    start = value.start_mark.index
    line = text[start : _line_end(text, start)]
    return line[line.index("#") :] if _is_in_lines(value) and "#" in line else ""


def _end(text: str, node: yaml.Node) -> int:
    """Return the end of a value, without the line ends that a block of lines counts as its own."""
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    return end


def _line_end(text: str, at: int) -> int:
    """Return the end of a line, before its line end."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" else end


def _with(text: str, node: yaml.MappingNode, at: int, line: str) -> str:
    """Add a key after another: on a line of its own, or within the braces."""
    key, value = node.value[at]
    end = _end(text, value)
    if node.flow_style:
        return f"{text[:end]}, {line}{text[end:]}"
    end = _line_end(text, max(end, key.end_mark.index))
    line_end = "\r\n" if text[end : end + 2] == "\r\n" else "\n"
    return f"{text[:end]}{line_end}{' ' * node.start_mark.column}{line}{text[end:]}"


def _without_in_block(text: str, node: yaml.MappingNode, at: int) -> str:
    """Take a key out with its lines; a comment beside it stays."""
    key, value = node.value[at]
    start, end = key.start_mark.index, max(_end(text, value), key.end_mark.index)
    first = text.rfind("\n", 0, start) + 1
    stop = _line_end(text, end)
    rest = _comment_in(text, value) or text[end:stop].lstrip(": ")
    if rest.startswith("#"):
        return text[:start] + rest + text[stop:]
    if not text[first:start].strip(" "):
        stop = text.find("\n", stop)
        return text[:first] + (text[stop + 1 :] if stop >= 0 else "")
    following = node.value[at + 1][0].start_mark.index
    return text[:start] + text[following:]


def _without_in_flow(text: str, node: yaml.MappingNode, at: int) -> str:
    """Take a key out with its comma; a comment beside it stays."""
    key, value = node.value[at]
    start, end = key.start_mark.index, max(_end(text, value), key.end_mark.index)
    if at + 1 < len(node.value):
        following = node.value[at + 1][0].start_mark.index
        if "#" not in text[end:following]:
            return text[:start] + text[following:]
        comma = _comma(text, end, following)
        return text[:start] + text[end:comma] + text[comma + 1 :]
    before = _end(text, node.value[at - 1][1])
    if "#" not in text[before:start]:
        return text[:before] + text[end:]
    comma = _comma(text, before, start)
    return text[:comma] + text[comma + 1 : start] + text[end:]


def _comma(text: str, start: int, end: int) -> int:
    """Return where the comma between two keys stands; comments have commas of their own."""
    at = start
    while at < end:
        if text[at] == ",":
            return at
        at = text.index("\n", at) if text[at] == "#" else at + 1
    raise ValueError
