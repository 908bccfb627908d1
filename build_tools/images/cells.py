"""Text in the cells of a typewriter: how wide characters are, and where lines end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

ZERO_WIDTH = ("Mn", "Me", "Cf")
RIGHT_TO_LEFT = ("R", "AL")
STRONG = ("L", *RIGHT_TO_LEFT)

CARET = "with caret"


@dataclass(frozen=True)
class Run:
    """A stretch of text with the names of the marks round it; line ends are ``\\n``.

    The marks are those of the transcription. An ``add`` that does not stand above the line comes
    with ``below`` or ``inline``, one whose caret is to be drawn with `CARET`.
    """

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """A stretch of one line that bears the same marks; ``column`` counts from the line's start."""

    text: str
    marks: frozenset[str]
    column: int
    cells: int


@dataclass(frozen=True)
class Cluster:
    """A character with the combining ones that belong to it."""

    text: str
    cells: int
    marks: frozenset[str]


Line = tuple[Piece, ...]


@lru_cache(maxsize=65536)
def width(character: str) -> int:
    """Give the number of cells that a character takes: none, one, or two in East Asian scripts."""
    if unicodedata.category(character) in ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction of its own runs from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in directions if one in STRONG), "L") in RIGHT_TO_LEFT


def cells_of(line: Line) -> int:
    """Give the number of cells up to the end of a line."""
    return line[-1].column + line[-1].cells if line else 0


def wrap(runs: Sequence[Run], columns: int, indent: int = 0) -> tuple[Line, ...]:
    """Break runs into lines of at most ``columns`` cells, the first indented by ``indent``.

    A line end of the text ends a line; blank lines at both ends are dropped. A word longer than a
    line is cut.
    """
    lines: list[Line] = []
    for clusters in _source_lines(runs):
        lines.extend(_wrap_line(clusters, columns, indent if not lines else 0))
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _source_lines(runs: Sequence[Run]) -> Iterator[list[Cluster]]:
    """Give the lines of the text as clusters, without white space at their ends."""
    clusters: list[Cluster] = []
    for run in runs:
        for character in run.text:
            if character == "\n":
                yield _stripped(clusters)
                clusters = []
                continue
            cells = width(character)
            if cells == 0 and clusters:
                last = clusters[-1]
                clusters[-1] = Cluster(last.text + character, last.cells, last.marks)
            else:
                plain = " " if character in "\t\r" else character
                clusters.append(_cluster(plain, cells, run.marks))
    yield _stripped(clusters)


@lru_cache(maxsize=4096)
def _cluster(text: str, cells: int, marks: frozenset[str]) -> Cluster:
    """Make a cluster once: a page has thousands, and few that differ."""
    return Cluster(text, cells, marks)


def _stripped(clusters: list[Cluster]) -> list[Cluster]:
    start, end = 0, len(clusters)
    while start < end and clusters[start].text == " ":
        start += 1
    while end > start and clusters[end - 1].text == " ":
        end -= 1
    return clusters[start:end]


def _wrap_line(clusters: list[Cluster], columns: int, indent: int) -> Iterator[Line]:
    start, column = indent, indent
    line: list[Cluster] = []
    for word in _words(clusters):
        whole = sum([cluster.cells for cluster in word])
        if column + whole <= columns:
            line.extend(word)
            column += whole
            continue
        spaces = [cluster for cluster in word if cluster.text == " "]
        letters = [cluster for cluster in word if cluster.text != " "]
        size = sum(cluster.cells for cluster in letters)
        if line and column + len(spaces) + size > columns:
            yield _line(line, start)
            line, start, column, spaces = [], 0, 0, []
        for cluster in [*spaces, *letters]:
            if line and column + cluster.cells > columns:
                yield _line(line, start)
                line, start, column = [], 0, 0
            line.append(cluster)
            column += cluster.cells
    yield _line(line, start)


def _words(clusters: list[Cluster]) -> Iterator[list[Cluster]]:
    """Give the words, each with the spaces before it; a wide character is a word of its own."""
    word: list[Cluster] = []
    for cluster in clusters:
        after_letter = bool(word) and word[-1].text != " "
        if after_letter and (cluster.text == " " or cluster.cells == 2 or word[-1].cells == 2):
            yield word
            word = []
        word.append(cluster)
    if word:
        yield word


def _line(clusters: list[Cluster], start: int) -> Line:
    """Join the clusters that bear the same marks."""
    pieces: list[Piece] = []
    column = start
    for marks, same in groupby(clusters, key=attrgetter("marks")):
        own = list(same)
        cells = sum(cluster.cells for cluster in own)
        pieces.append(Piece("".join(cluster.text for cluster in own), marks, column, cells))
        column += cells
    return tuple(pieces)
