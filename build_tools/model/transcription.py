"""A transcription as it is written: pages, fragments of blocks, marks and comments.

Take away the lines that begin with ``@`` or ``#``, translate the marks, and what remains is the
witness. Every node can write its own source: ``parse(write(x)) == x``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from build_tools.model.place import Place

Attributes: TypeAlias = tuple[tuple[str, str], ...]

MORE = "more"


@dataclass(frozen=True)
class Text:
    """Characters of the witness, escapes resolved."""

    text: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Comment:
    """A line that begins with ``#``; ``text`` is what follows the sign."""

    text: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Mark:
    """One editorial observation inside the text, ``{name key=value: content}``."""

    name: str
    attributes: Attributes
    content: tuple[Inline, ...]
    place: Place = field(compare=False)
    values: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Where the values of attributes stand."""

    def get(self, key: str) -> str:
        """Return an attribute's value, or the empty string."""
        return dict(self.attributes).get(key, "")


Inline: TypeAlias = Text | Mark | Comment


@dataclass(frozen=True)
class Run:
    """Characters of the witness as spelled out, and where in the source they come from."""

    text: str
    place: Place


@dataclass(frozen=True)
class PageBreak:
    """The milestone ``@page n``: what follows stands on page ``n``."""

    n: str
    attributes: Attributes
    content: tuple[Inline, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Fragment:
    """A block, or with ``kind`` ``more`` the continuation of one, on one page."""

    kind: str
    id: str
    attributes: Attributes
    content: tuple[Inline, ...]
    place: Place = field(compare=False)
    values: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Where the values of attributes stand."""

    def get(self, key: str) -> str:
        """Return an attribute's value, or the empty string."""
        return dict(self.attributes).get(key, "")


@dataclass(frozen=True)
class Transcription:
    """A whole file: what stands before the first ``@`` line, then pages and fragments in order."""

    preamble: tuple[Inline, ...]
    parts: tuple[PageBreak | Fragment, ...]

    def contents(self) -> Iterator[tuple[Inline, ...]]:
        """Yield the inline content of every part in the order of the file."""
        yield self.preamble
        for part in self.parts:
            yield part.content


def write(transcription: Transcription) -> str:
    """Write the source text of a transcription."""
    out: list[str] = []
    _write_inline(transcription.preamble, out)
    for part in transcription.parts:
        if out and not out[-1].endswith("\n"):
            out.append("\n")
        head = f"@page {part.n}" if isinstance(part, PageBreak) else f"@{part.kind} {part.id}"
        out.append(head + _write_attributes(part.attributes) + "\n")
        _write_inline(part.content, out)
    return "".join(out)


def _write_inline(content: tuple[Inline, ...], out: list[str]) -> None:
    for node in content:
        if isinstance(node, Text):
            out.append(escape(node.text, line_start=not out or out[-1].endswith("\n")))
        elif isinstance(node, Comment):
            out.append(f"#{node.text}\n")
        else:
            out.append("{" + node.name + _write_attributes(node.attributes))
            if node.content:
                out.append(": ")
                _write_inline(node.content, out)
            out.append("}")


def escape(text: str, *, line_start: bool) -> str:
    """Escape braces and backslashes, and ``@`` and ``#`` at the start of a line."""
    out: list[str] = []
    for character in text:
        if character in "{}\\" or (line_start and character in "@#"):
            out.append("\\")
        out.append(character)
        line_start = character == "\n"
    return "".join(out)


def _write_attributes(attributes: Attributes) -> str:
    return "".join(f" {key}={_write_value(value)}" for key, value in attributes)


def _write_value(value: str) -> str:
    if value and not any(c in value for c in ' \t":={}\\'):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def received(transcription: Transcription, notation: Mapping[str, str]) -> tuple[Run, ...]:
    """Spell the witness out in its own notation, as runs that know where they come from.

    ``notation`` maps ``add`` and ``del`` to a pattern with ``%`` for the words, as declared in
    document.yml. An inferred insertion or deletion is spelled without its sign.
    """
    return tuple(
        run
        for content in transcription.contents()
        for run in _received(content, notation)
        if run.text
    )


def _received(content: tuple[Inline, ...], notation: Mapping[str, str]) -> Iterator[Run]:
    for node in content:
        if isinstance(node, Text):
            yield Run(node.text, node.place)
        elif isinstance(node, Mark) and node.name != "gap":
            pattern = "%" if node.get("inferred") else notation.get(node.name, "%")
            before, _, after = pattern.partition("%")
            yield Run(before, node.place)
            yield from _received(node.content, notation)
            yield Run(after, node.place)
