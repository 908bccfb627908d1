"""Base text: every character of a block, marks removed, white space folded.

Anchors are offsets into base text, and nothing else anchors anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from build_tools.model.folding import LAYOUT
from build_tools.model.kinds import BLOCKS, GAP_SIGN
from build_tools.model.place import Place
from build_tools.model.transcription import (
    MORE,
    Comment,
    Fragment,
    Inline,
    Mark,
    PageBreak,
    Text,
    Transcription,
)


@dataclass(frozen=True)
class MarkSpan:
    """A mark laid on base text; ``number`` counts the block's marks in order of their opening."""

    number: int
    mark: Mark
    start: int
    end: int
    inside: tuple[int, ...]
    """Numbers of the marks this one stands in, outermost first."""


def needs_caret(add: Mark, marks: Iterable[MarkSpan]) -> bool:
    """Tell whether an insertion has a caret that is to be drawn.

    The witness has a sign where the insertion is not only inferred, and where the words stand
    above the line; it is drawn where the transcription does not have it as a character.
    """
    if add.name != "add" or add.get("inferred") or add.get("place") in ("inline", "below"):
        return False
    marks = tuple(marks)
    own = next((span for span in marks if span.mark.place == add.place), None)
    for span in marks:
        if span.mark.name != "caret" or span.start == span.end:
            continue
        target = span.mark.get("for")
        if target and target == add.get("id"):
            return False
        # A sign that names nothing belongs to the insertion that it touches.
        touches = own and (-1 <= own.start - span.end <= 1 or -1 <= span.start - own.end <= 1)
        if not target and touches:
            return False
    return True


@dataclass(frozen=True)
class FragmentSpan:
    """The part of a block that stands on one page; ``seq`` is its order in the whole witness."""

    seq: int
    number: int
    page: str
    start: int
    end: int
    fragment: Fragment


@dataclass(frozen=True)
class LineEnd:
    """A line end of the source inside a fragment.

    ``offset`` is that of the space it was folded to; after a word break there is no space and the
    line ends before the character at ``offset``. ``blank`` tells whether a blank line follows.
    """

    offset: int
    folded: bool
    blank: bool


@dataclass(frozen=True)
class Block:
    """A block of a transcription with its base text and what is laid upon it."""

    id: str
    kind: str
    base: str
    fragments: tuple[FragmentSpan, ...]
    marks: tuple[MarkSpan, ...]
    line_ends: tuple[LineEnd, ...]
    origins: tuple[tuple[int, int, int], ...] = field(repr=False)
    """Offset, line and column of each point from which on columns can be counted."""

    @property
    def group(self) -> str:
        """``text``, ``field`` or ``furniture``."""
        return BLOCKS[self.kind].group

    @property
    def place(self) -> Place:
        """Where the block is opened."""
        return self.fragments[0].fragment.place

    def get(self, key: str) -> str:
        """Return an attribute of the block, or the empty string."""
        return self.fragments[0].fragment.get(key)

    def place_of(self, start: int, end: int) -> Place:
        """Return the place in the source of a stretch of base text."""
        line, column = self.place.line, self.place.column
        for offset, at_line, at_column in self.origins:
            if offset > start:
                break
            line, column = at_line, at_column + start - offset
        return Place(self.place.file, line, column, max(1, end - start))


RUNS = re.compile(r"[\t\n\r ]+|[^\t\n\r ]+")
SIGNS = frozenset("{}\\@#")
"""Signs that the source writes with a backslash, the last two at the start of a line."""
PIECES = re.compile(r"[{}\\]|[^{}\\]+")


def _after(space: str, line: int, column: int) -> tuple[int, int]:
    """Return the line and column that follow white space."""
    newlines = space.count("\n")
    if not newlines:
        return line, column + len(space)
    return line + newlines, len(space) - space.rindex("\n")


def _pieces(run: str, line_start: bool) -> Iterator[str]:
    """Cut a run of letters and signs at each sign that is written with a backslash."""
    if line_start and run[0] in "@#":
        yield run[0]
        run = run[1:]
    yield from PIECES.findall(run)


class _Base:
    """Collects the base text of one block, fragment by fragment."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.open: list[int] = []
        self.marks: list[tuple[Mark, tuple[int, ...]]] = []
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.empty: dict[int, int] = {}
        self.line_ends: list[LineEnd] = []
        self.origins: list[tuple[int, int, int]] = []
        self.pending: tuple[tuple[int, ...], int] | None = None
        self.after_wordbreak = False

    def put(self, words: str, owners: Iterable[int]) -> None:
        for number in owners:
            self.first.setdefault(number, len(self.characters))
            self.last[number] = len(self.characters) + len(words)
        self.characters.extend(words)

    def flush(self) -> None:
        """Settle the white space seen so far: one space, or none after a word break."""
        if self.pending is None:
            return
        owners, newlines = self.pending
        self.pending = None
        if not self.characters:
            return
        if newlines:
            at = len(self.characters)
            self.line_ends.append(LineEnd(at, not self.after_wordbreak, newlines > 1))
        if not self.after_wordbreak:
            self.put(" ", owners)
        self.after_wordbreak = False

    def text(self, text: str, line: int, column: int, line_start: bool) -> None:
        fresh = True
        for run in RUNS.findall(text):
            if run[0] in LAYOUT:
                owners, newlines = self.pending or (tuple(self.open), 0)
                self.pending = (owners, newlines + run.count("\n"))
                line, column = _after(run, line, column)
                line_start = run[-1] == "\n"
                fresh = True
                continue
            self.flush()
            for words in _pieces(run, line_start):
                escaped = words in SIGNS and (words in "{}\\" or line_start)
                line_start = False
                if fresh or escaped:
                    self.origins.append((len(self.characters), line, column))
                self.put(words, self.open)
                fresh = escaped
                column += len(words) + escaped

    def content(self, content: tuple[Inline, ...], line_start: bool = True) -> None:
        for node in content:
            if isinstance(node, Text):
                self.text(node.text, node.place.line, node.place.column, node.place.column == 1)
            elif isinstance(node, Mark):
                self.mark(node)
            else:
                assert isinstance(node, Comment)

    def mark(self, node: Mark) -> None:
        number = len(self.marks)
        self.marks.append((node, tuple(self.open)))
        self.open.append(number)
        if node.name == "gap":
            self.flush()
            self.origins.append((len(self.characters), node.place.line, node.place.column))
            self.put(GAP_SIGN, self.open)
        self.content(node.content)
        self.open.pop()
        if node.name == "wordbreak":
            self.after_wordbreak = True
        self.empty[number] = len(self.characters)

    def end_fragment(self, divided: bool) -> None:
        """Join the next fragment with one space, or with nothing where a word is divided."""
        self.pending = None
        if not divided and self.characters and not self.after_wordbreak:
            self.put(" ", ())
        self.after_wordbreak = False

    def spans(self) -> tuple[MarkSpan, ...]:
        return tuple(
            MarkSpan(
                number,
                mark,
                self.first.get(number, self.empty[number]),
                self.last.get(number, self.empty[number]),
                inside,
            )
            for number, (mark, inside) in enumerate(self.marks)
        )


def blocks(transcription: Transcription) -> tuple[Block, ...]:
    """Put the blocks of a transcription together, in the order in which they are opened."""
    parts: dict[str, list[tuple[int, str, Fragment]]] = {}
    page = ""
    for seq, part in enumerate(transcription.parts):
        if isinstance(part, PageBreak):
            page = part.n
        elif part.kind != MORE or part.id in parts:
            parts.setdefault(part.id, []).append((seq, page, part))
    return tuple(_block(found) for found in parts.values())


def _block(parts: list[tuple[int, str, Fragment]]) -> Block:
    base = _Base()
    bounds: list[int] = []
    for number, (_, _, fragment) in enumerate(parts):
        bounds.append(len(base.characters))
        base.content(fragment.content)
        if number + 1 < len(parts):
            base.end_fragment(divided=parts[number + 1][2].get("divided") == "yes")
    bounds.append(len(base.characters))
    spans = tuple(
        FragmentSpan(seq, number, page, bounds[number], bounds[number + 1], fragment)
        for number, (seq, page, fragment) in enumerate(parts)
    )
    first = parts[0][2]
    return Block(
        first.id,
        first.kind,
        "".join(base.characters),
        spans,
        base.spans(),
        tuple(end for end in base.line_ends if end.offset < len(base.characters)),
        tuple(base.origins),
    )
