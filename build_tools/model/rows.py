"""A text as one row of words: how two states of a document are laid side by side.

Blocks stand in the row one after another, each with its opening before it, so that what is
divided, joined or set in another order is a difference of the row like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_tools.model.folding import FOLDS, IGNORED, SPACES, is_unspaced, is_word
from build_tools.model.kinds import GAP_SIGN

WINDOW = 3
"""How many words that follow each other are looked at together."""
EDGE = 2 * WINDOW
"""Openings of no block at both ends of a row: every word has neighbours."""
OPENING = "\n"
"""What the key of an opening begins with; no word can."""

Grams = set[tuple[str, ...]]


@lru_cache(maxsize=4096)
def tokens(base: str) -> tuple[tuple[str, int, int], ...]:
    """Cut base text into words and single other characters; white space is left out.

    A character of a script written without spaces is a token of its own, the sign for a gap is
    one. Each token is given as it counts for a quotation, with its start and end.
    """
    found: list[tuple[str, int, int]] = []
    start = -1
    gap_end = 0
    for offset, character in enumerate(base):
        if offset < gap_end:
            continue
        if is_word(character) and not is_unspaced(character):
            start = offset if start < 0 else start
            continue
        if start >= 0:
            found.append((base[start:offset], start, offset))
            start = -1
        if base.startswith(GAP_SIGN, offset):
            gap_end = offset + len(GAP_SIGN)
            found.append((GAP_SIGN, offset, gap_end))
        elif character not in SPACES:
            key = "" if character in IGNORED else FOLDS.get(character, character)
            found.append((key, offset, offset + 1))
    if start >= 0:
        found.append((base[start:], start, len(base)))
    return tuple(found)


def is_opening(key: str) -> bool:
    """Tell whether a key is that of a block's opening."""
    return key[:1] == OPENING


def is_worded(key: str) -> bool:
    """Tell whether a key is a word, not a sign and not an opening."""
    return bool(key) and is_word(key[0])


@dataclass(frozen=True)
class Row:
    """A row: for each token its key, its block, and where in the block's base text it stands."""

    keys: list[str]
    blocks: list[str]
    starts: list[int]
    ends: list[int]
    openings: dict[str, int]

    def words(self, start: int, end: int) -> list[int]:
        """Return the places from ``start`` to ``end`` at which no block is opened."""
        return [at for at in range(start, end) if not is_opening(self.keys[at])]

    def span(self, block: str) -> range:
        """Return the places of a block, its opening first."""
        first = self.openings[block]
        last = first + 1
        while self.blocks[last] == block:
            last += 1
        return range(first, last)

    def within(self, block: str, start: int, end: int) -> tuple[int, int]:
        """Return the range of a block's tokens that meet a range of its base text."""
        places = self.span(block)[1:]
        first = sum(self.ends[at] <= start for at in places)
        last = sum(self.starts[at] < end for at in places)
        return places.start + first, places.start + max(first, last)


def row(blocks: Mapping[str, str], order: Sequence[str]) -> Row:
    """Lay blocks out in the given order."""
    laid = Row([], [], [], [], {})
    for number in range(EDGE):
        _put(laid, f"{OPENING * 2}{number}", "", 0, 0)
    for block in order:
        laid.openings[block] = len(laid.keys)
        _put(laid, OPENING + block, block, 0, 0)
        for key, start, end in tokens(blocks[block]):
            _put(laid, key, block, start, end)
    for number in range(EDGE):
        _put(laid, f"{OPENING * 3}{number}", "", 0, 0)
    return laid


def _put(laid: Row, key: str, block: str, start: int, end: int) -> None:
    laid.keys.append(key)
    laid.blocks.append(block)
    laid.starts.append(start)
    laid.ends.append(end)


def arranged(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the old blocks in the order in which the new text has them.

    A block that is no more keeps to the one before it or the one after it, whichever has more of
    its words now.
    """
    beside = _Beside(new, frozenset(old))
    ids = list(old)
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {"": []}
    for at, block in enumerate(ids):
        if block in new:
            continue
        previous = next((other for other in reversed(ids[:at]) if other in new), "")
        following = next((other for other in ids[at:] if other in new), "")
        words = _grams(old[block])
        is_later = len(words & beside.before[following]) > len(words & beside.after[previous])
        if following and (is_later or not previous):
            before.setdefault(following, []).append(block)
        else:
            after.setdefault(previous, []).append(block)
    order = list(after[""])
    for block in new:
        if block in old:
            order += [*before.get(block, []), block, *after.get(block, [])]
    return tuple(order)


class _Beside:
    """The words that stand in each kept block or in new blocks beside it, before and after."""

    def __init__(self, new: Mapping[str, str], kept: frozenset[str]) -> None:
        self.before: dict[str, Grams] = {"": set()}
        self.after: dict[str, Grams] = {"": set()}
        pending: Grams = set()
        last = ""
        for block, base in new.items():
            words = _grams(base)
            if block in kept:
                self.before[block] = pending | words
                self.after[block] = set(words)
                pending, last = set(), block
            else:
                pending |= words
                self.after[last] |= words


def _grams(base: str) -> Grams:
    keys = [key for key, _, _ in tokens(base)]
    return {tuple(keys[at : at + WINDOW]) for at in range(max(1, len(keys) - WINDOW + 1))}
