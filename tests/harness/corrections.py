"""Random corrections: letters, words, sentences, blocks, and a better witness for a basis.

Larger changes of one correction are about different sentences, and small ones about others: a
sentence that was made to look like another and is then changed again hides what was done to it,
and no text could tell; nor could it where of two that were alike one is changed and the other
set in its place. Blocks are divided, joined and set in order anywhere.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Mapping

from tests.harness.paper import Chars, Paper, Span, sentences_of, string, words_of
from tests.harness.texts import ODD, SHORT, WORDS, look_alike

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Change = Callable[[random.Random, Paper], None]


def a_block(dice: random.Random, paper: Paper) -> Chars:
    return dice.choices(paper.blocks, weights=[len(chars) for _, chars in paper.blocks])[0][1]


def a_word(dice: random.Random, paper: Paper) -> tuple[Chars, int, int] | None:
    """Choose a word that no larger change has been about."""
    chars = a_block(dice, paper)
    spans = [(s, e) for s, e in words_of(chars) if chars[s][1] not in paper.touched]
    return (chars, *dice.choice(spans)) if spans else None


def fresh(chars: Chars, paper: Paper) -> list[Span]:
    """Return the sentences that no larger change has been about."""
    return [
        (start, end)
        for start, end in sentences_of(chars)
        if not any(number in paper.touched for _, number in chars[start:end])
    ]


def a_sentence(dice: random.Random, paper: Paper) -> tuple[Chars, int, int] | None:
    """Choose a sentence for a larger change; those like it in its block are touched as well."""
    chars = a_block(dice, paper)
    spans = fresh(chars, paper)
    if not spans:
        return None
    start, end = dice.choice(spans)
    for first, last in likes(paper, chars[start:end], chars):
        touch(paper, chars[first:last])
    return chars, start, end


def likes(paper: Paper, sentence: Chars, chars: Chars) -> list[Span]:
    """Return the sentences of a block that look like one, or did so before small changes."""
    said = paper.said(sentence)
    return [
        (start, end)
        for start, end in sentences_of(chars)
        if any(is_like(one, two) for one in said for two in paper.said(chars[start:end]))
    ]


def touch(paper: Paper, chars: Chars) -> None:
    paper.touched.update(number for _, number in chars)


def put_sentence(
    dice: random.Random, paper: Paper, chars: Chars, sentence: Chars, but: int = -1
) -> None:
    """Put a sentence before another, or at the end of a block; both its neighbours are touched.

    ``but`` is a place where it is not put: the one it was taken from.
    """
    spans = sentences_of(chars)
    place = dice.choice([place for place in range(len(spans) + 1) if place != but] or [0])
    for start, end in spans[max(0, place - 1) : place + 1]:
        touch(paper, chars[start:end])
    at = spans[place][0] if place < len(spans) else len(chars)
    chars[at:at] = [*paper.typed(" "), *sentence, *paper.typed(" ")]
    touch(paper, sentence)


# small changes


def letter(dice: random.Random, paper: Paper) -> None:
    """One letter put in, taken out, exchanged, made a capital, or two changing places."""
    chosen = a_word(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    at = dice.randrange(start, end)
    kind = dice.randrange(5)
    if kind == 0:
        chars[at:at] = paper.typed(dice.choice(LETTERS))
    elif kind == 1:
        del chars[at]
    elif kind == 2:
        chars[at : at + 1] = paper.typed(dice.choice(LETTERS))
    elif kind == 3 and at + 1 < end:
        chars[at], chars[at + 1] = chars[at + 1], chars[at]
    else:
        chars[at : at + 1] = paper.typed(chars[at][0].swapcase()[:1])


def space(dice: random.Random, paper: Paper) -> None:
    """A word cut in two, or two run together."""
    chosen = a_word(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    if dice.random() < 0.5:
        del chars[end : end + 1]
    else:
        at = dice.randrange(start, end)
        chars[at:at] = paper.typed(" ")


def sign(dice: random.Random, paper: Paper) -> None:
    """Stops, quotation marks, hyphens, a gap or a deleted word: marks that come with more care."""
    chosen = a_word(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    kind = dice.randrange(6)
    if kind == 0:
        chars[end:end] = paper.typed(dice.choice(",;.-"))
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
    chosen = a_word(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    other = dice.choice(ODD if dice.random() < 0.1 else WORDS)
    kind = dice.randrange(4)
    if kind == 0:
        chars[start:start] = paper.typed(f"{other} ")
    elif kind == 1:
        del chars[start : end + 1]
    elif kind == 2:
        chars[start:end] = paper.typed(other)
    else:
        chars[end:end] = paper.typed(" " + string(chars[start:end]))


# larger changes


def phrase(dice: random.Random, paper: Paper) -> None:
    """A few words taken out, or words from elsewhere written here as well."""
    chosen = a_sentence(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    words = words_of(chars[start:end])
    first = dice.randrange(len(words))
    last = min(len(words), first + dice.randint(2, 5)) - 1
    start, end = start + words[first][0], start + words[last][1]
    if dice.random() < 0.4:
        del chars[start : end + 1]
        return
    typed = paper.typed(string(chars[start:end]) + " ")
    other = a_sentence(dice, paper)
    if other is not None:
        chars, start, end = other
        at = start + dice.choice(words_of(chars[start:end]))[0]
        chars[at:at] = typed
        touch(paper, typed)


def sentence_gone(dice: random.Random, paper: Paper) -> None:
    """A sentence taken out."""
    chosen = a_sentence(dice, paper)
    if chosen is not None:
        chars, start, end = chosen
        del chars[start : end + 1]


def sentence_new(dice: random.Random, paper: Paper) -> None:
    """A sentence written in that says again what another says, or nearly."""
    busy = set(paper.touched)
    chosen = a_sentence(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    sentence = chars[start:end]
    other = a_block(dice, paper)
    if any(n in busy for at, until in likes(paper, sentence, other) for _, n in other[at:until]):
        return
    words = string(sentence)
    if dice.random() < 0.5:
        words = look_alike(dice, words)
    put_sentence(dice, paper, other, paper.typed(words))


def sentence_moved(dice: random.Random, paper: Paper) -> None:
    """A sentence cut out and pasted elsewhere: its characters live on."""
    _displace(dice, paper, lambda cut: cut)


def sentence_retyped(dice: random.Random, paper: Paper) -> None:
    """A sentence taken out, and the same words, or nearly, typed elsewhere: new characters."""

    def typed(cut: Chars) -> Chars:
        words = string(cut)
        return paper.typed(look_alike(dice, words) if dice.random() < 0.3 else words)

    _displace(dice, paper, typed)


def _displace(dice: random.Random, paper: Paper, put: Callable[[Chars], Chars]) -> None:
    """Take a sentence out of a block and put one into another.

    None like it stands in either, or stood anywhere and is gone, and nothing was done to its
    neighbours: nobody could see which of them it was.
    """
    busy = set(paper.touched)
    chosen = a_sentence(dice, paper)
    if chosen is None:
        return
    chars, start, end = chosen
    other = a_block(dice, paper)
    cut = chars[start:end]
    if len(likes(paper, cut, chars)) > 1 or (other is not chars and likes(paper, cut, other)):
        return
    spans = sentences_of(chars)
    at = spans.index((start, end))
    around = [chars[first:last] for first, last in spans[max(0, at - 1) : at + 2]]
    if lost_likes(paper, cut) or any(n in busy for some in around for _, n in some):
        return
    for some in around:
        touch(paper, some)
    del chars[start : end + 1]
    put_sentence(dice, paper, other, put(cut), at if other is chars else -1)


def lost_likes(paper: Paper, sentence: Chars) -> bool:
    """Tell whether one that looked like a sentence at first has lost a character since."""
    said = paper.said(sentence)
    own = {number for _, number in sentence}
    left = {number for _, chars in paper.blocks for _, number in chars}
    return any(
        any(number not in left for _, number in one)
        for one in paper.sentences
        if not own & {number for _, number in one}
        and any(is_like(string(one), words) for words in said)
    )


def sentence_masked(dice: random.Random, paper: Paper) -> None:
    """Of two sentences that differ in one word at most, one goes and one gets its words."""
    every = [(chars, *span) for _, chars in paper.blocks for span in fresh(chars, paper)]
    dice.shuffle(every)
    for (chars, start, end), (others, first, last) in itertools.combinations(every, 2):
        words, own = string(chars[start:end]).split(" "), string(others[first:last]).split(" ")
        if len(words) == len(own) > 2 and sum(map(str.__ne__, words, own)) <= 1:
            gone = {number for _, number in chars[start : end + 1]}
            for n in range(len(words) - 1, -1, -1):
                if words[n] != own[n]:
                    at, until = words_of(others[first:last])[n]
                    typed = paper.typed(words[n])
                    others[first + at : first + until] = typed
                    touch(paper, [*others[first:last], *typed])
            touch(paper, others[first:last])
            chars[:] = [char for char in chars if char[1] not in gone]
            return


def is_like(one: str, other: str) -> bool:
    """Tell whether two sentences differ in two words at most."""
    words, others = Counter(one.split(" ")), Counter(other.split(" "))
    return sum(((words - others) + (others - words)).values()) <= 2


# blocks


def block_new(dice: random.Random, paper: Paper) -> None:
    """A block put in: new words, or a copy of another, or nearly."""
    words = string(dice.choice(paper.blocks)[1])
    if dice.random() < 0.5:
        words = " ".join(dice.choices(WORDS, k=dice.randint(1, 12))) + "."
    elif dice.random() < 0.5:
        words = look_alike(dice, words)
    elif dice.random() < 0.3:
        words = dice.choice(SHORT)
    typed = paper.typed(words)
    touch(paper, typed)
    paper.blocks.insert(dice.randint(0, len(paper.blocks)), (paper.name(), typed))


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
        touch_seam(paper, chars[: cut - 1], chars[cut:])
        names = [name, paper.name()]
        if dice.random() < 0.3:
            names.reverse()
        paper.blocks[at : at + 1] = [(names[0], chars[:cut]), (names[1], chars[cut:])]


def touch_seam(paper: Paper, before: Chars, after: Chars) -> None:
    start, _ = sentences_of(before)[-1]
    _, end = sentences_of(after)[0]
    touch(paper, [*before[start:], *after[:end]])


def block_merged(dice: random.Random, paper: Paper) -> None:
    """A block and the next become one; either id stays."""
    if len(paper.blocks) > 1:
        at = dice.randrange(len(paper.blocks) - 1)
        (one, first), (two, second) = paper.blocks[at : at + 2]
        touch_seam(paper, first, second)
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
    states = [paper.state()]
    for change in done:
        change(dice, paper)
        paper.tidy()
        paper.settle(states)
        states.append(paper.state())
    return tuple(change.__name__ for change in done)
