"""Corrections that know every character: each has a serial number and keeps it for life."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.harness.texts import ODD, SHORT, WORDS, look_alike

Char = tuple[str, int]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Paper:
    """A text in the making: blocks of numbered characters. An id given up is never used again."""

    blocks: list[tuple[str, list[Char]]]
    serials: itertools.count[int]
    names: itertools.count[int]
    touched: set[int]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Paper:
        serials = itertools.count()
        blocks = [(name, [(c, next(serials)) for c in base]) for name, base in texts.items()]
        return cls(blocks, serials, itertools.count(1), set())

    def texts(self) -> dict[str, str]:
        return {name: "".join(c for c, _ in chars) for name, chars in self.blocks}

    def typed(self, words: str) -> list[Char]:
        """Return newly typed characters."""
        return [(c, next(self.serials)) for c in words]

    def name(self) -> str:
        return f"n{next(self.names)}"

    def tidy(self) -> None:
        """Keep white space single and blocks not empty, as base text has it."""
        tidied: list[tuple[str, list[Char]]] = []
        for name, chars in self.blocks:
            kept: list[Char] = []
            for char in chars:
                if char[0] != " " or (kept and kept[-1][0] != " "):
                    kept.append(char)
            while kept and kept[-1][0] == " ":
                kept.pop()
            if kept:
                tidied.append((name, kept))
        self.blocks = tidied or [(self.name(), self.typed("SECRET"))]


def words_of(chars: list[Char]) -> list[tuple[int, int]]:
    """Return the stretches between spaces."""
    found: list[tuple[int, int]] = []
    start = 0
    for at, (character, _) in enumerate([*chars, (" ", -1)]):
        if character == " ":
            if at > start:
                found.append((start, at))
            start = at + 1
    return found


def sentences_of(chars: list[Char]) -> list[tuple[int, int]]:
    """Return the sentences, each with its stop."""
    found: list[tuple[int, int]] = []
    start = 0
    for first, end in words_of(chars):
        start = first if start < 0 else start
        if chars[end - 1][0] in ".;?" or end == len(chars):
            found.append((start, end))
            start = -1
    return found


def _string(chars: list[Char]) -> str:
    return "".join(character for character, _ in chars)


Change = Callable[[random.Random, Paper], None]


def _block(dice: random.Random, paper: Paper) -> list[Char]:
    return dice.choices(paper.blocks, weights=[len(c) for _, c in paper.blocks])[0][1]


def letter(dice: random.Random, paper: Paper) -> None:
    """One letter put in, taken out, exchanged, or two changing places."""
    chars = _block(dice, paper)
    at = dice.randrange(len(chars))
    while chars[at][0] == " ":
        at = dice.randrange(len(chars))
    kind = dice.randrange(5)
    if kind == 0:
        chars.insert(at, paper.typed(dice.choice(LETTERS))[0])
    elif kind == 1:
        del chars[at]
    elif kind == 2:
        chars[at] = paper.typed(dice.choice(LETTERS))[0]
    elif kind == 3 and at + 1 < len(chars) and chars[at + 1][0] != " ":
        chars[at], chars[at + 1] = chars[at + 1], chars[at]
    else:
        chars[at] = paper.typed(chars[at][0].swapcase()[:1])[0]


def space(dice: random.Random, paper: Paper) -> None:
    """A word cut in two, or two run together."""
    chars = _block(dice, paper)
    spaces = [at for at, (c, _) in enumerate(chars) if c == " "]
    if spaces and dice.random() < 0.5:
        del chars[dice.choice(spaces)]
    else:
        chars.insert(dice.randrange(len(chars)), paper.typed(" ")[0])


def sign(dice: random.Random, paper: Paper) -> None:
    """Stops, quotation marks, hyphens, gaps and deleted words come with better observation."""
    chars = _block(dice, paper)
    start, end = dice.choice(words_of(chars))
    kind = dice.randrange(6)
    if kind == 0:
        chars.insert(end, paper.typed(dice.choice(",;.-"))[0])
    elif kind == 1 and chars[end - 1][0] in ",.;?" and end - start > 1:
        del chars[end - 1]
    elif kind == 2:
        chars[end:end] = paper.typed("\u201d")
        chars[start:start] = paper.typed("\u201c")
    elif kind == 3:
        chars[end:end] = paper.typed(" [\u2026]")
    elif kind == 4 and end - start > 4:
        chars[start + 2 : start + 2] = paper.typed("-")
    else:
        chars[end:end] = paper.typed(f" {dice.choice(WORDS)}")


def word(dice: random.Random, paper: Paper) -> None:
    """One word put in, taken out, exchanged, or written twice."""
    chars = _block(dice, paper)
    start, end = dice.choice(words_of(chars))
    fresh = dice.choice(ODD if dice.random() < 0.1 else WORDS)
    kind = dice.randrange(4)
    if kind == 0:
        chars[start:start] = paper.typed(f"{fresh} ")
    elif kind == 1:
        del chars[start : end + 1]
    elif kind == 2:
        chars[start:end] = paper.typed(fresh)
    else:
        chars[end:end] = paper.typed(" " + _string(chars[start:end]))


def phrase(dice: random.Random, paper: Paper) -> None:
    """A few words taken out, or words from elsewhere written here as well."""
    chars, start, end = _sentence(dice, paper)
    words = words_of(chars[start:end])
    if not words:
        return
    first = dice.randrange(len(words))
    last = min(len(words), first + dice.randint(2, 5)) - 1
    start, end = start + words[first][0], start + words[last][1]
    if dice.random() < 0.4:
        del chars[start : end + 1]
        return
    copied = _string(chars[start:end])
    other, start, end = _sentence(dice, paper)
    if end:
        at = start + dice.choice(words_of(other[start:end]))[0]
        _touch(paper, other, at, paper.typed(f"{copied} "))


def _touch(paper: Paper, chars: list[Char], at: int, typed: list[Char]) -> None:
    chars[at:at] = typed
    paper.touched.update(serial for _, serial in typed)


def _fresh_sentences(chars: list[Char], paper: Paper) -> list[tuple[int, int]]:
    """Return the sentences that no larger change has touched yet."""
    return [
        (start, end)
        for start, end in sentences_of(chars)
        if not any(serial in paper.touched for _, serial in chars[start:end])
    ]


def _sentence(dice: random.Random, paper: Paper) -> tuple[list[Char], int, int]:
    chars = _block(dice, paper)
    spans = _fresh_sentences(chars, paper)
    if not spans:
        return chars, 0, 0
    start, end = dice.choice(spans)
    paper.touched.update(serial for _, serial in chars[start:end])
    return chars, start, end


def _put_sentence(dice: random.Random, paper: Paper, sentence: list[Char]) -> None:
    """Put a sentence before another, or at the end of a block."""
    paper.tidy()
    chars = _block(dice, paper)
    at = dice.choice([*(start for start, _ in sentences_of(chars)), len(chars)])
    _touch(paper, chars, at, [*paper.typed(" "), *sentence, *paper.typed(" ")])


def sentence_gone(dice: random.Random, paper: Paper) -> None:
    """A sentence taken out."""
    chars, start, end = _sentence(dice, paper)
    if not end:
        return
    del chars[start : end + 1]


def sentence_new(dice: random.Random, paper: Paper) -> None:
    """A sentence written in that says again what another says, or nearly."""
    chars, start, end = _sentence(dice, paper)
    if not end:
        return
    words = _string(chars[start:end])
    if dice.random() < 0.5:
        words = look_alike(dice, words)
    _put_sentence(dice, paper, paper.typed(words))


def sentence_moved(dice: random.Random, paper: Paper) -> None:
    """A sentence cut out and pasted elsewhere: its characters live on."""
    chars, start, end = _sentence(dice, paper)
    if not end:
        return
    cut = chars[start:end]
    del chars[start : end + 1]
    _put_sentence(dice, paper, cut)


def sentence_retyped(dice: random.Random, paper: Paper) -> None:
    """A sentence taken out, and the same words, or nearly, typed elsewhere: new characters."""
    chars, start, end = _sentence(dice, paper)
    if not end:
        return
    words = _string(chars[start:end])
    if dice.random() < 0.3:
        words = look_alike(dice, words)
    del chars[start : end + 1]
    _put_sentence(dice, paper, paper.typed(words))


def sentence_masked(dice: random.Random, paper: Paper) -> None:
    """Of two sentences that differ in one word at most, one goes and one gets its words."""
    every = [
        (chars, *span) for _, chars in paper.blocks for span in _fresh_sentences(chars, paper)
    ]
    dice.shuffle(every)
    for one, two in itertools.combinations(every, 2):
        (chars, start, end), (others, first, last) = one, two
        words, own = _string(chars[start:end]).split(" "), _string(others[first:last]).split(" ")
        differing = [n for n, pair in enumerate(zip(words, own, strict=False)) if len({*pair}) > 1]
        if len(words) == len(own) > 2 and len(differing) <= 1:
            gone = {serial for _, serial in chars[start : end + 1]}
            for n in differing:
                at, until = words_of(others[first:last])[n]
                others[first + at : first + until] = paper.typed(words[n])
            paper.touched.update(serial for _, serial in others[first:last])
            chars[:] = [char for char in chars if char[1] not in gone]
            return


def block_new(dice: random.Random, paper: Paper) -> None:
    """A block put in: new words, or a copy of another."""
    words = _string(dice.choice(paper.blocks)[1])
    if dice.random() < 0.5:
        words = " ".join(dice.choices(WORDS, k=dice.randint(1, 12))) + "."
    elif dice.random() < 0.5:
        words = look_alike(dice, words)
    elif dice.random() < 0.3:
        words = dice.choice(SHORT)
    paper.blocks.insert(dice.randint(0, len(paper.blocks)), (paper.name(), paper.typed(words)))


def block_gone(dice: random.Random, paper: Paper) -> None:
    """A block taken out."""
    del paper.blocks[dice.randrange(len(paper.blocks))]


def block_split(dice: random.Random, paper: Paper) -> None:
    """A block divided at a word; either half keeps the id."""
    at = dice.randrange(len(paper.blocks))
    name, chars = paper.blocks[at]
    cuts = [s for s, _ in (words_of(chars) if dice.random() < 0.4 else sentences_of(chars))][1:]
    if cuts:
        cut = dice.choice(cuts)
        names = [name, paper.name()]
        if dice.random() < 0.3:
            names.reverse()
        paper.blocks[at : at + 1] = [(names[0], chars[:cut]), (names[1], chars[cut:])]


def block_merged(dice: random.Random, paper: Paper) -> None:
    """A block and the next become one; either id stays."""
    if len(paper.blocks) > 1:
        at = dice.randrange(len(paper.blocks) - 1)
        (one, first), (two, second) = paper.blocks[at : at + 2]
        name = one if dice.random() < 0.7 else two
        paper.blocks[at : at + 2] = [(name, [*first, *paper.typed(" "), *second])]


def blocks_moved(dice: random.Random, paper: Paper) -> None:
    """A block set in another place, or all of them in another order."""
    if dice.random() < 0.2:
        dice.shuffle(paper.blocks)
    else:
        taken = paper.blocks.pop(dice.randrange(len(paper.blocks)))
        paper.blocks.insert(dice.randint(0, len(paper.blocks)), taken)


def basis(dice: random.Random, paper: Paper) -> None:
    """A better witness becomes the basis: many small changes at once."""
    for _ in range(max(2, sum(len(c) for _, c in paper.blocks) // dice.randint(40, 120))):
        dice.choices((letter, space, sign, word, phrase), weights=(6, 1, 4, 3, 1))[0](dice, paper)
        paper.tidy()


CHANGES: Mapping[Change, int] = {
    letter: 14, space: 3, sign: 10, word: 12, phrase: 8, sentence_gone: 4, sentence_new: 5,
    sentence_moved: 3, sentence_retyped: 3, sentence_masked: 3, block_new: 4, block_gone: 4,
    block_split: 6, block_merged: 6, blocks_moved: 5, basis: 4,
}  # fmt: skip


def correct(dice: random.Random, paper: Paper) -> tuple[str, ...]:
    """Make one correction, of one change or several; return what was done."""
    size = dice.choices((1, 2, 3, 5, 9), weights=(5, 4, 3, 2, 1))[0]
    done = dice.choices(list(CHANGES), weights=list(CHANGES.values()), k=size)
    for change in done:
        change(dice, paper)
        paper.tidy()
    return tuple(change.__name__ for change in done)
