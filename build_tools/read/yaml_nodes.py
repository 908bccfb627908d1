"""YAML, a strict subset: texts, lists and mappings, each with its place; nothing else.

Every scalar is the text that was written, so that ``no``, dates and numbers stay what they are.
Anchors, aliases, tags, merge keys, duplicate keys and further documents are refused where they
stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

import yaml

from build_tools.model.nearest import clipped
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.read.text import invalid_characters
from build_tools.read.yaml_messages import QUOTE, explain, unclosed

DEEPEST = 12
"""How deep lists and mappings may stand in one another."""


@dataclass(frozen=True)
class Scalar:
    """A text; ``given`` is false where nothing, not even ``""``, was written."""

    text: str
    place: Place
    given: bool = True


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class Mapping:
    """Keys with their values, in order."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping

CURLY = frozenset("\u201c\u201d\u201e\u201f\u00ab\u00bb")
"""Quotation marks of print: a word processor sets them for the straight ones that YAML needs."""


class _StopError(Exception):
    """The text cannot be read on; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_yaml(text: str, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Read one YAML document that is a mapping; None where it cannot be understood."""
    reader = _Reader(text, file)
    try:
        root = reader.document()
    except _StopError as stop:
        return None, (*reader.problems, stop.problem)
    except yaml.MarkedYAMLError as error:
        return None, (*reader.problems, reader.explained(error))
    return root, tuple(reader.problems)


class _Reader:
    """Builds nodes from the events of the parser, which know every place."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.quoted: yaml.ScalarEvent | None = None
        """The last value in quotation marks: where it was not closed, trouble comes later."""
        self.starts = [0]
        self.starts += [offset + 1 for offset, character in enumerate(text) if character == "\n"]
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))

    def place_at(self, offset: int, length: int = 1) -> Place:
        """Return the place of an offset; lines end at line feeds and nowhere else."""
        line = bisect_right(self.starts, offset)
        return Place(self.file, line, offset - self.starts[line - 1] + 1, max(1, length))

    def place_of(self, event: yaml.Event) -> Place:
        start, end = _start(event), _end(event)
        line_end = self.text.find("\n", start)
        return self.place_at(start, min(end, line_end if line_end >= 0 else end) - start)

    def document(self) -> Mapping | None:
        first = Place(self.file, 1, 1)
        root: Node = Mapping((), first)
        number = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                number += 1
                if number > 1 or event.version or event.tags:
                    self.stop(event, "the head of a record is one block, without % and --- in it")
                root = self.node(next(self.events), 0)
        if isinstance(root, Scalar) and not root.given:
            return Mapping((), first)
        if not isinstance(root, Mapping):
            self.problems.append(_not_a_mapping(root.place))
            return None
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.refuse_extras(event)
        if depth > DEEPEST:
            self.stop(event, "lists and keys stand too deep in one another")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        assert isinstance(event, yaml.MappingStartEvent)
        return self.mapping(event, depth)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self.place_of(event)
        text = event.value
        if event.style in ("|", ">"):
            text = text.rstrip("\n")
        if event.style == '"' and "\\" in self.written(event):
            for problem in invalid_characters(text, self.file):
                self.problems.append(Problem(problem.code, place, problem.message, problem.hint))
        if event.style:
            self.quoted = event
        else:
            self.refuse_comment(event)
            self.refuse_curly(text, place)
        return Scalar(text, place, bool(event.value or event.style))

    def refuse_curly(self, text: str, place: Place) -> None:
        """Refuse a value in the quotation marks of a word processor, which YAML takes for words."""
        if text[:1] in CURLY and text[-1:] in CURLY and len(text) > 1:
            self.problems.append(
                Problem(
                    "yaml-invalid",
                    place,
                    f"the value stands in typographic quotation marks, {text[0]} and {text[-1]}",
                    f'write straight ones around it:   "{text[1:-1]}"',
                )
            )

    def written(self, event: yaml.Event) -> str:
        return self.text[_start(event) : _end(event)]

    def sequence(self, event: yaml.Event, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(each := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(each, depth + 1))
        return Sequence(tuple(items), self.place_of(event))

    def mapping(self, event: yaml.Event, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(each := next(self.events), yaml.MappingEndEvent):
            key = self.node(each, depth + 1)
            if not isinstance(key, Scalar):
                self.stop(each, "a key is a plain word")
            value = self.node(next(self.events), depth + 1)
            if key.text in entries:
                self.problems.append(_twice(key, entries[key.text][0].place))
            elif key.text == "<<":
                self.problems.append(_refused(key.place, '"<<" would merge another mapping'))
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), self.place_of(event))

    def refuse_extras(self, event: yaml.Event) -> None:
        """Report an alias, an anchor or a tag; they end the reading, being no text of anybody."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is None and tag is None:
            return
        place = self.place_at(_start(event))
        if isinstance(event, yaml.AliasEvent):
            raise _StopError(_refused(place, f'"*{anchor}" stands for words given elsewhere'))
        if anchor is not None:
            self.problems.append(_refused(place, f'"&{anchor}" names a value'))
        if tag is not None:
            self.problems.append(_refused(place, f'"{clipped(tag)}" gives a type to a value'))

    def refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """Report words cut off by a # that the writer may have meant as part of the value."""
        end = _end(event)
        line_end = self.text.find("\n", end)
        rest = self.text[end : line_end if line_end >= 0 else len(self.text)]
        if event.value and rest.lstrip(" \t").startswith("#"):
            at = end + rest.index("#")
            self.problems.append(
                Problem(
                    "yaml-invalid",
                    self.place_at(at, len(rest) - rest.index("#")),
                    "after a value without quotation marks, # and what follows is cut off",
                    f"{QUOTE}, or write the comment on a line of its own",
                )
            )

    def explained(self, error: yaml.MarkedYAMLError) -> Problem:
        if self.quoted and "\n" in self.written(self.quoted).rstrip("\n"):
            return unclosed(self.place_of(self.quoted))
        return explain(error, self.text, self.place_at)

    def stop(self, event: yaml.Event, message: str) -> NoReturn:
        raise _StopError(Problem("yaml-invalid", self.place_at(_start(event)), message, QUOTE))


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _refused(place: Place, what: str) -> Problem:
    return Problem("yaml-invalid", place, f"{what}; that is not used here", QUOTE)


def _twice(key: Scalar, first: Place) -> Problem:
    return Problem(
        "key-duplicate",
        key.place,
        f'the key "{clipped(key.text)}" is given twice: first in line {first.line}',
        "keep one of them; what would be a list is written with a hyphen before every item",
    )


def _not_a_mapping(place: Place) -> Problem:
    return Problem(
        "yaml-invalid",
        place,
        "here a key with its value should stand",
        'write a key, a colon, a space and the value: label: "Four days"',
    )


def split_front_matter(text: str, file: str) -> tuple[str, str, int, tuple[Problem, ...]]:
    """Divide a record into its head, its body and the line in which the body begins.

    The head keeps the line of hyphens it begins with, so that its lines keep their numbers.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text, 1, (_headless(Place(file, 1, 1)),)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            head = "\n".join(["---", *lines[1:number]]) + "\n"
            return head, "\n".join(lines[number + 1 :]), number + 2, ()
    return "", "", len(lines), (_endless(Place(file, 1, 1)),)


def _headless(place: Place) -> Problem:
    return Problem(
        "yaml-invalid",
        place,
        "the record does not begin with its head",
        "write --- on the first line, then the keys, then --- again, then the text",
    )


def _endless(place: Place) -> Problem:
    return Problem(
        "yaml-invalid",
        place,
        "the head of the record does not end",
        "write --- on a line of its own between the keys and the text",
    )
