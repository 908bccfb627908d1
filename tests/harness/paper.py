"""A text in the making, every character with a number that it keeps for life."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Char = tuple[str, int]
Chars = list[Char]
Span = tuple[int, int]
Cut = Callable[[Chars], list[Span]]


@dataclass
class Paper:
    """Blocks of numbered characters. An id that was given up is never used again.

    ``touched`` holds the characters that a larger change has been about.
    """

    blocks: list[tuple[str, Chars]]
    numbers: Iterator[int] = field(default_factory=itertools.count)
    names: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    touched: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Paper:
        paper = cls([])
        paper.blocks = [(name, paper.typed(base)) for name, base in texts.items()]
        return paper

    def texts(self) -> dict[str, str]:
        return {name: string(chars) for name, chars in self.blocks}

    def copy(self) -> dict[str, Chars]:
        return {name: list(chars) for name, chars in self.blocks}

    def typed(self, words: str) -> Chars:
        """Return newly typed characters."""
        return [(character, next(self.numbers)) for character in words]

    def name(self) -> str:
        return f"n{next(self.names)}"

    def tidy(self) -> None:
        """Keep white space single and blocks not empty, as base text has them."""
        tidied: list[tuple[str, Chars]] = []
        for name, chars in self.blocks:
            kept: Chars = []
            for char in chars:
                if char[0] != " " or (kept and kept[-1][0] != " "):
                    kept.append(char)
            while kept and kept[-1][0] == " ":
                kept.pop()
            if kept:
                tidied.append((name, kept))
        self.blocks = tidied or [(self.name(), self.typed("SECRET"))]

    def settle(self, earlier: Sequence[Mapping[str, Chars]]) -> None:
        """Undo what nobody can see: numbers are as in the earliest state that reads the same.

        Words taken out and typed in again where they stood are the words that stood there; a row
        of the same words that is as long as before is the same row, in the same order.
        """
        for state in earlier:
            if list(self.texts().items()) == [(n, string(chars)) for n, chars in state.items()]:
                self.blocks = [(name, list(chars)) for name, chars in state.items()]
                return
        for state in earlier:
            for cut in (sentences_of, words_of):
                self._settle_rows(state, cut)

    def _settle_rows(self, state: Mapping[str, Chars], cut: Cut) -> None:
        now = [(string(row[0]), row) for _, chars in self.blocks for row in rows(chars, cut)]
        every = {number for _, chars in self.blocks for _, number in chars}
        for row in (row for chars in state.values() for row in rows(chars, cut)):
            standing = {number for member in row for _, number in member} & every
            for words, other in now:
                own = {number for member in other for _, number in member}
                if words == string(row[0]) and len(row) == len(other) and standing & own:
                    if standing <= own:
                        self._renumber(other, row)
                    break

    def _renumber(self, row: Sequence[Chars], as_in: Sequence[Chars]) -> None:
        given = {
            new[1]: old[1]
            for member, one in zip(row, as_in, strict=True)
            for new, old in zip(member, one, strict=True)
        }
        for _, chars in self.blocks:
            chars[:] = [(character, given.get(number, number)) for character, number in chars]


def string(chars: Sequence[Char]) -> str:
    return "".join(character for character, _ in chars)


def words_of(chars: Sequence[Char]) -> list[Span]:
    """Return the stretches between spaces."""
    found: list[Span] = []
    start = 0
    for at, (character, _) in enumerate([*chars, (" ", -1)]):
        if character == " ":
            if at > start:
                found.append((start, at))
            start = at + 1
    return found


def sentences_of(chars: Sequence[Char]) -> list[Span]:
    """Return the sentences, each with its stop."""
    found: list[Span] = []
    start = -1
    for first, end in words_of(chars):
        start = first if start < 0 else start
        if chars[end - 1][0] in ".;?" or end == len(chars):
            found.append((start, end))
            start = -1
    return found


def rows(chars: Chars, cut: Cut) -> Iterator[list[Chars]]:
    """Yield each row of the same words, or sentences, standing one after another."""
    row: list[Chars] = []
    for start, end in [*cut(chars), (0, 0)]:
        member = chars[start:end]
        if row and string(member) != string(row[0]):
            if len(row) > 1:
                yield row
            row = []
        row.append(member)
