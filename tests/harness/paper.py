"""A text in the making, every character with a number that it keeps for life."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Char = tuple[str, int]
Chars = list[Char]
Span = tuple[int, int]
Row = list[Chars]
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
    first: dict[int, str] = field(default_factory=dict)
    """For each character that was there at first, the sentence it stood in."""
    sentences: list[Chars] = field(default_factory=list)
    """The sentences that were there at first."""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Paper:
        paper = cls([])
        paper.blocks = [(name, paper.typed(base)) for name, base in texts.items()]
        for _, chars in paper.blocks:
            for start, end in sentences_of(chars):
                words = string(chars[start:end])
                paper.first.update((number, words) for _, number in chars[start:end])
                paper.sentences.append(chars[start:end])
        return paper

    def said(self, chars: Chars) -> set[str]:
        """Return what a sentence says, and what it said at first."""
        return {string(chars), *(self.first[n] for _, n in chars if n in self.first)}

    def texts(self) -> dict[str, str]:
        return {name: string(chars) for name, chars in self.blocks}

    def state(self) -> State:
        """Return how it stands now."""
        return State.of({name: list(chars) for name, chars in self.blocks})

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

    def settle(self, earlier: Sequence[State]) -> None:
        """Undo what nobody can see: numbers are as in the earliest state that reads the same.

        Words taken out and typed in again where they stood are the words that stood there; a row
        of the same words that is as long as before is the same row, in the same order.
        """
        texts = list(self.texts().items())
        for state in earlier:
            if texts == state.texts:
                self.blocks = [(name, list(chars)) for name, chars in state.blocks.items()]
                return
        now = self.state()
        for state in earlier:
            for words, row in state.rows:
                self._settle_row(row, [other for its, other in now.rows if its == words])
            # A seam that went over sentences hides nothing; blocks in another order are seen.
            common = [name for name in state.blocks if name in now.blocks]
            if common == [name for name in now.blocks if name in state.blocks]:
                for words, row in state.over_seams:
                    within = state.blocks_of(row)
                    others = [its for said, its in now.over_seams if said == words]
                    self._settle_row(
                        row, [its for its in others if now.blocks_of(its) & {*common} <= within]
                    )

    def _settle_row(self, row: Row, others: Sequence[Row]) -> None:
        if not others:
            return
        every = {number for _, chars in self.blocks for _, number in chars}
        standing = {number for member in row for _, number in member} & every
        for other in others:
            own = {number for member in other for _, number in member}
            if len(row) == len(other) and standing and standing <= own:
                self._renumber(other, row)
                return

    def _renumber(self, row: Row, as_in: Row) -> None:
        given = {
            new[1]: old[1]
            for member, one in zip(row, as_in, strict=True)
            for new, old in zip(member, one, strict=True)
        }
        for _, chars in self.blocks:
            chars[:] = [(character, given.get(number, number)) for character, number in chars]


@dataclass(frozen=True)
class State:
    """A text as it stood, with its rows of the same words, or sentences."""

    blocks: Mapping[str, Chars]
    texts: list[tuple[str, str]]
    rows: list[tuple[str, Row]]
    over_seams: list[tuple[str, Row]]
    """Rows of sentences, as if all blocks were one."""

    def blocks_of(self, row: Row) -> set[str]:
        """Return the blocks in which a row lies."""
        own = {number for member in row for _, number in member}
        return {name for name, chars in self.blocks.items() if any(n in own for _, n in chars)}

    @classmethod
    def of(cls, blocks: Mapping[str, Chars]) -> State:
        texts = [(name, string(chars)) for name, chars in blocks.items()]
        found = [
            (string(row[0]), row)
            for chars in blocks.values()
            for cut in (sentences_of, words_of)
            for row in rows(chars, cut)
        ]
        over = list(rows(in_one(blocks), sentences_of))
        return cls(blocks, texts, found, [(string(row[0]), row) for row in over])


def in_one(blocks: Mapping[str, Chars]) -> Chars:
    """Return all blocks as one, with a space of no number between them: a seam hides nothing."""
    return [char for chars in blocks.values() for char in (*chars, (" ", -1))]


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


def rows(chars: Chars, cut: Cut) -> Iterator[Row]:
    """Yield each row of the same words, or sentences, standing one after another."""
    row: Row = []
    for start, end in [*cut(chars), (0, 0)]:
        member = chars[start:end]
        if row and string(member) != string(row[0]):
            if len(row) > 1:
                yield row
            row = []
        row.append(member)
