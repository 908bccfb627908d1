"""Prose of notes, entries and essays: a fixed subset of Markdown, parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from build_tools.model.place import Place


@dataclass(frozen=True)
class Words:
    """Plain words; ``breaks`` is a hard line break, with no text."""

    text: str
    breaks: bool = False


@dataclass(frozen=True)
class Emphasis:
    """Words set in italic, or in bold when ``strong``."""

    content: tuple[Span, ...]
    strong: bool = False


@dataclass(frozen=True)
class Link:
    """A link: ``target`` is an https, http or mailto address."""

    content: tuple[Span, ...]
    target: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Reference:
    """A link inside the edition: ``kind`` (note, block, person, term, ...) and what it names."""

    content: tuple[Span, ...]
    kind: str
    name: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Citation:
    """``[@source, locator]``."""

    source: str
    locator: str
    place: Place = field(compare=False)


Span: TypeAlias = Words | Emphasis | Link | Reference | Citation


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``line`` is that of its file at which it begins, where it has one."""

    content: tuple[Span, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Heading:
    """A heading of an essay; ``level`` is 2 or 3."""

    content: tuple[Span, ...]
    level: int


@dataclass(frozen=True)
class Quote:
    """A quotation set apart."""

    content: tuple[ProseBlock, ...]


@dataclass(frozen=True)
class Listing:
    """A list, numbered when ``ordered``."""

    items: tuple[tuple[ProseBlock, ...], ...]
    ordered: bool


ProseBlock: TypeAlias = Paragraph | Heading | Quote | Listing


@dataclass(frozen=True)
class Prose:
    """The body of a record."""

    blocks: tuple[ProseBlock, ...]

    def spans(self) -> Iterator[Span]:
        """Yield every span, those inside others after them, in order."""
        yield from _spans_of_blocks(self.blocks)

    def citations(self) -> tuple[Citation, ...]:
        """Return the citations in order."""
        return tuple(span for span in self.spans() if isinstance(span, Citation))

    def references(self) -> tuple[Reference, ...]:
        """Return the links inside the edition in order."""
        return tuple(span for span in self.spans() if isinstance(span, Reference))


def _spans_of_blocks(blocks: tuple[ProseBlock, ...]) -> Iterator[Span]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from _spans(block.content)
        elif isinstance(block, Quote):
            yield from _spans_of_blocks(block.content)
        else:
            for item in block.items:
                yield from _spans_of_blocks(item)


def _spans(content: tuple[Span, ...]) -> Iterator[Span]:
    for span in content:
        yield span
        if isinstance(span, Emphasis | Link | Reference):
            yield from _spans(span.content)


def words(content: tuple[Span, ...]) -> str:
    """Return the plain words of spans, without citations."""
    return "".join(
        span.text if isinstance(span, Words) else words(span.content)
        for span in content
        if not isinstance(span, Citation)
    )
