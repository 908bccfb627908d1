"""Schemas: tables that say which keys a record has, and what each may be.

A table is data that can be read aloud; reading a mapping by it gives :class:`Fields`, and a
problem at the exact place for everything that the table does not allow. What is wrong or missing
is read as empty, or as the first allowed choice, so that later stages can look at the rest;
:class:`Fields` tells where it was so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from build_tools.model.nearest import clipped, listed, nearest, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.read import yaml_nodes


@dataclass(frozen=True)
class Text:
    """Any text; ``check`` says what is wrong with one, or nothing.

    ``blank`` tells whether ``""`` is a value like others; ``advice`` is for the writer who gives
    something else than a text.
    """

    check: Callable[[str], str] | None = None
    blank: bool = False
    advice: str = 'write it in double quotation marks: key: "value"'


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class ListOf:
    """A list; with ``or_one`` a single item may stand in its place."""

    item: Shape
    or_one: bool = False


@dataclass(frozen=True)
class MapOf:
    """A mapping with keys of the writer's own."""

    value: Text


@dataclass(frozen=True)
class Record:
    """A mapping with the keys of a table; a bare text may stand for the key ``short``."""

    keys: Mapping[str, Key]
    short: str = ""


@dataclass(frozen=True)
class Either:
    """A text, or in its place a mapping with the keys of a table."""

    text: Text
    record: Record


Shape: TypeAlias = Text | Choice | ListOf | MapOf | Record | Either


@dataclass(frozen=True)
class Key:
    """A key of a table; ``says`` completes the sentence "The key says ..."."""

    says: str
    shape: Shape = field(default_factory=Text)
    required: bool = True


def needs(says: str, shape: Shape | None = None) -> Key:
    """Return a key that must be given."""
    return Key(says, shape or Text())


def may(says: str, shape: Shape | None = None) -> Key:
    """Return a key that may be given."""
    return Key(says, shape or Text(), required=False)


@dataclass(frozen=True)
class Given:
    """A text as it was given."""

    text: str
    place: Place


@dataclass(frozen=True)
class Fields:
    """A mapping that was read by its table; a key that was not given reads as empty."""

    place: Place
    values: Mapping[str, Read]
    keys: Mapping[str, Place]
    """Where each key stands, also those without a value."""
    stand_ins: frozenset[str] = frozenset()
    """Keys whose value is a choice that nobody made: it was missing, or none of those allowed."""
    misspelt: frozenset[str] = frozenset()
    """Keys that are not there, and that an unknown key is probably meant to be."""

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str) -> str:
        """Return the text of a key."""
        return self.given(key).text

    def given(self, key: str) -> Given:
        """Return the text of a key with its place."""
        value = self.values.get(key, Given("", self.keys.get(key, self.place)))
        assert isinstance(value, Given)
        return value

    def texts(self, key: str) -> tuple[Given, ...]:
        """Return the texts of a list."""
        return tuple(item for item in self._list(key) if isinstance(item, Given))

    def records(self, key: str) -> tuple[Fields, ...]:
        """Return the mappings of a list."""
        return tuple(item for item in self._list(key) if isinstance(item, Fields))

    def record(self, key: str) -> Fields:
        """Return the mapping of a key."""
        value = self.values.get(key, Fields(self.place, {}, {}))
        assert isinstance(value, Fields)
        return value

    def mapping(self, key: str) -> dict[str, str]:
        """Return a mapping with keys of the writer's own."""
        fields = self.record(key)
        return {name: fields.text(name) for name in fields.values}

    def _list(self, key: str) -> tuple[Read, ...]:
        value = self.values.get(key, ())
        assert isinstance(value, tuple)
        return value


Read: TypeAlias = Given | Fields | tuple["Read", ...]


def read_fields(node: yaml_nodes.Mapping, record: Record) -> tuple[Fields, tuple[Problem, ...]]:
    """Read a mapping by its table."""
    reader = _Reader()
    fields = reader.record(node, record)
    return fields, tuple(reader.problems)


def blank(record: Record, place: Place) -> Fields:
    """Return the fields of a record that could not be read."""
    fallbacks = dict(_fallbacks(record, place))
    return Fields(place, fallbacks, {}, frozenset(fallbacks))


def _fallbacks(record: Record, place: Place) -> Iterable[tuple[str, Given]]:
    for name, key in record.keys.items():
        if key.required and isinstance(key.shape, Choice):
            yield name, Given(key.shape.values[0], place)


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def value(self, node: yaml_nodes.Node, shape: Shape, name: str) -> Read | None:
        """Read a value; None where it is not what it should be."""
        match shape:
            case Text() | Choice():
                return self.text(node, shape, name)
            case ListOf():
                return self.list_of(node, shape, name)
            case MapOf():
                return self.map_of(node, shape, name)
            case Record():
                return self.short_or_record(node, shape, name)
            case Either():
                if isinstance(node, yaml_nodes.Mapping):
                    return self.record(node, shape.record)
                return self.text(node, shape.text, name)

    def text(self, node: yaml_nodes.Node, shape: Text | Choice, name: str) -> Given | None:
        if not isinstance(node, yaml_nodes.Scalar):
            advice = shape.advice if isinstance(shape, Text) else Text.advice
            self.wrong(node, name, "a text", advice)
            return None
        if isinstance(shape, Choice):
            return self.choice(node, shape, name)
        fault = shape.check(node.text) if shape.check else ""
        if fault:
            self.invalid(node.place, f'"{name}" cannot be "{clipped(node.text)}"', fault)
        return Given(node.text, node.place)

    def choice(self, node: yaml_nodes.Scalar, shape: Choice, name: str) -> Given:
        if node.text in shape.values:
            return Given(node.text, node.place)
        closest = nearest(node.text, shape.values)
        allowed = f'"{name}" is {listed(shape.values)}'
        self.problems.append(
            Problem(
                "value-invalid",
                node.place,
                f'"{clipped(node.text)}" is not a value of "{name}"',
                suggestion(closest, allowed),
                closest,
            )
        )
        return Given(shape.values[0], node.place)

    def list_of(self, node: yaml_nodes.Node, shape: ListOf, name: str) -> tuple[Read, ...] | None:
        if isinstance(node, yaml_nodes.Sequence):
            items = node.items
        elif shape.or_one:
            items = (node,)
        else:
            self.wrong(node, name, "a list", _ADVICE_LIST)
            return None
        found = [self.item(each, shape.item, name) for each in items]
        return tuple(item for item in found if item is not None)

    def item(self, node: yaml_nodes.Node, shape: Shape, name: str) -> Read | None:
        if _is_empty(node, shape):
            self.invalid(node.place, f'an item of "{name}" is empty', "fill it, or take it out")
            return None
        return self.value(node, shape, name)

    def map_of(self, node: yaml_nodes.Node, shape: MapOf, name: str) -> Fields | None:
        if not isinstance(node, yaml_nodes.Mapping):
            self.wrong(node, name, "a group of keys", _ADVICE_KEYS)
            return None
        values: dict[str, Read] = {}
        for key, value in node.entries:
            if _is_empty(value, shape.value):
                self.missing(key.text, Key("its value"), key.place, node.place)
            elif (found := self.value(value, shape.value, key.text)) is not None:
                values[key.text] = found
        return Fields(node.place, values, {key.text: key.place for key, _ in node.entries})

    def short_or_record(self, node: yaml_nodes.Node, shape: Record, name: str) -> Fields | None:
        if isinstance(node, yaml_nodes.Mapping):
            return self.record(node, shape)
        if not shape.short or not isinstance(node, yaml_nodes.Scalar):
            self.wrong(node, name, _either(shape), _ADVICE_KEYS)
            return None
        found = self.value(node, shape.keys[shape.short].shape, name)
        values = {} if found is None else {shape.short: found}
        return Fields(node.place, values, {shape.short: node.place})

    def record(self, node: yaml_nodes.Mapping, shape: Record) -> Fields:
        values: dict[str, Read] = dict(_fallbacks(shape, node.place))
        stand_ins = set(values)
        keys: dict[str, Place] = {}
        misspelt: set[str] = set()
        given = {name.text for name, _ in node.entries}
        filled: set[str] = set()
        for name, value in node.entries:
            key = shape.keys.get(name.text)
            if key is None:
                others = [one for one in shape.keys if one not in given]
                misspelt.update(self.unknown(name, value, shape, others))
                continue
            keys[name.text] = name.place
            if _is_empty(value, key.shape):
                continue
            filled.add(name.text)
            found = self.value(value, key.shape, name.text)
            if found is not None:
                values[name.text] = found
            if _is_chosen(value, key.shape):
                stand_ins.discard(name.text)
        misspelt -= given
        for text, key in shape.keys.items():
            # A key that is misspelt is not missing as well.
            if key.required and text not in filled and text not in misspelt:
                self.missing(text, key, keys.get(text), node.place)
        return Fields(node.place, values, keys, frozenset(stand_ins), frozenset(misspelt))

    def missing(self, name: str, key: Key, at: Place | None, record: Place) -> None:
        self.problems.append(
            Problem(
                "key-missing",
                at or record,
                f'the key "{name}" has no value' if at else f'the key "{name}" is missing',
                f"add {name}: {key.says}{_choices(key.shape)}",
            )
        )

    def unknown(
        self,
        key: yaml_nodes.Scalar,
        value: yaml_nodes.Node,
        shape: Record,
        others: Iterable[str],
    ) -> tuple[str, ...]:
        """Report a key that there is not; return those that it looks like, first of the others."""
        closest = nearest(key.text, others) or nearest(key.text, shape.keys)
        hint = suggestion(closest, f"the keys are {listed(shape.keys)}")
        if isinstance(value, yaml_nodes.Scalar) and not value.given:
            hint += "; if this belongs to the value before it, put that value in double quotes"
        self.problems.append(
            Problem(
                "key-unknown",
                key.place,
                f'there is no key "{clipped(key.text)}" here',
                hint,
                closest,
            )
        )
        return closest

    def wrong(self, node: yaml_nodes.Node, name: str, expected: str, advice: str) -> None:
        found = _KINDS[type(node)]
        self.invalid(node.place, f'"{name}" is {found}, and should be {expected}', advice)

    def invalid(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem("value-invalid", place, message, hint))


_KINDS = {
    yaml_nodes.Scalar: "a text",
    yaml_nodes.Sequence: "a list",
    yaml_nodes.Mapping: "a group of keys",
}


_ADVICE_LIST = "write every item on a line of its own, after a hyphen and a space"
_ADVICE_KEYS = "write every key with its value on a line of its own, indented"


def _choices(shape: Shape) -> str:
    return f" ({listed(shape.values)})" if isinstance(shape, Choice) else ""


def _is_chosen(node: yaml_nodes.Node, shape: Shape) -> bool:
    """Tell whether a value is one of those that its key may have."""
    if not isinstance(shape, Choice) or not isinstance(node, yaml_nodes.Scalar):
        return False
    return node.text in shape.values


def _either(shape: Record) -> str:
    keys = f"a group of keys: {', '.join(shape.keys)}"
    return f"a text, or {keys}" if shape.short else keys


def _is_empty(node: yaml_nodes.Node, shape: Shape) -> bool:
    if not isinstance(node, yaml_nodes.Scalar) or node.text.strip():
        return False
    return not (isinstance(shape, Text) and shape.blank and node.given)
