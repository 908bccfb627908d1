"""Aligning two states of a text: which word of the old is which word of the new, where certain.

Both texts are laid out as one row of words, punctuation and block openings. Fixed points are
found first; between them every explanation of the difference is weighed. :mod:`carry` says why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from build_tools.model.folding import FOLDS, IGNORED, SPACES, is_unspaced, is_word

EDIT = 4
"""What one correction costs, however long, in tokens inserted or deleted."""
ALIKE = 4
"""What it costs to take a word for another that is like it: a correction of letters."""
NARROW = 6
"""An explanation this much dearer than the best still counts: one more word replaced."""
WINDOW = 3
"""Tokens in each of the four windows that make a fixed point, two before and two after."""
LARGEST = 1_000_000
"""The most pairs of tokens that are weighed between two fixed points."""
LEAP = 40
FAR = 1 << 30

Weights = list[list[int]]


@lru_cache(maxsize=4096)
def tokens(base: str) -> tuple[tuple[str, int, int], ...]:
    """Cut base text into words and single other characters, white space left out.

    A character of a script written without spaces is a token of its own. Each token is given
    folded, with its start and end.
    """
    found: list[tuple[str, int, int]] = []
    start = -1
    for offset, character in enumerate(base):
        if is_word(character) and not is_unspaced(character):
            start = offset if start < 0 else start
            continue
        if start >= 0:
            found.append((base[start:offset], start, offset))
            start = -1
        if character not in SPACES:
            key = "" if character in IGNORED else FOLDS.get(character, character)
            found.append((key, offset, offset + 1))
    if start >= 0:
        found.append((base[start:], start, len(base)))
    return tuple(found)


@dataclass(frozen=True)
class Row:
    """Blocks laid out as one row of tokens; before each block stands its opening.

    The key of an opening is a line feed and the block's id, which no word can be. At both ends
    stand openings of no block, so that every token has neighbours.
    """

    keys: list[str]
    blocks: list[str]
    starts: list[int]
    ends: list[int]
    openings: dict[str, int]

    def is_opening(self, at: int) -> bool:
        """Tell whether a block is opened at this place of the row."""
        return self.keys[at][:1] == "\n"

    def words(self, start: int, end: int) -> Iterator[int]:
        """Yield the places from ``start`` to ``end`` at which no block is opened."""
        return (at for at in range(start, end) if not self.is_opening(at))

    def within(self, block: str, start: int, end: int) -> tuple[int, int]:
        """Return the tokens of a block that meet a range of its base text."""
        first = self.openings[block] + 1
        last = first
        while self.blocks[last] == block and self.starts[last] < end:
            first += self.ends[last] <= start
            last += 1
        return first, max(first, last)


def row(blocks: Mapping[str, str], order: Sequence[str]) -> Row:
    """Lay blocks out in the given order."""
    laid = Row([], [], [], [], {})
    for number in range(2 * WINDOW):
        _put(laid, f"\n\n{number}", "", 0, 0)
    for block in order:
        laid.openings[block] = len(laid.keys)
        _put(laid, f"\n{block}", "", 0, 0)
        for key, start, end in tokens(blocks[block]):
            _put(laid, key, block, start, end)
    for number in range(2 * WINDOW):
        _put(laid, f"\n\n\n{number}", "", 0, 0)
    return laid


def _put(laid: Row, key: str, block: str, start: int, end: int) -> None:
    laid.keys.append(key)
    laid.blocks.append(block)
    laid.starts.append(start)
    laid.ends.append(end)


def arranged(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the old blocks in the order the new text has them.

    A block that is no more keeps to the one before it or the one after it, whichever has more of
    its words now.
    """
    kept = [block for block in old if block in new]
    chunks = _chunks(new, set(kept))
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    ids = list(old)
    for at, block in enumerate(ids):
        if block in new:
            continue
        previous = next((b for b in reversed(ids[:at]) if b in new), "")
        following = next((b for b in ids[at:] if b in new), "")
        grams = _grams(old[block])
        left = len(grams & chunks[previous][1]) if previous else 0
        right = len(grams & chunks[following][0]) if following else 0
        if following and (right > left or not previous):
            before.setdefault(following, []).append(block)
        else:
            after.setdefault(previous, []).append(block)
    order = list(after.get("", []))
    for block in new:
        if block in old:
            order += [*before.get(block, []), block, *after.get(block, [])]
    return tuple(order)


def _chunks(
    new: Mapping[str, str], kept: set[str]
) -> dict[str, tuple[set[tuple[str, ...]], set[tuple[str, ...]]]]:
    """For each kept block: the words in it and in the new blocks before it, and after it."""
    chunks: dict[str, tuple[set[tuple[str, ...]], set[tuple[str, ...]]]] = {}
    pending: set[tuple[str, ...]] = set()
    last = ""
    for block, base in new.items():
        grams = _grams(base)
        if block in kept:
            chunks[block] = (pending | grams, set(grams))
            pending, last = set(), block
        else:
            pending |= grams
            if last:
                chunks[last][1].update(grams)
    return chunks


def _grams(base: str) -> set[tuple[str, ...]]:
    keys = [key for key, _, _ in tokens(base)]
    return {tuple(keys[at : at + WINDOW]) for at in range(max(1, len(keys) - WINDOW + 1))}


@dataclass
class Alignment:
    """The old row beside the new, in the order of the new.

    ``image`` gives for each old token the new one that it certainly is, or -1; ``rivals`` gives
    for tokens in doubt the new tokens that may be theirs.
    """

    old: Row
    new: Row
    image: list[int]
    rivals: dict[int, set[int]] = field(default_factory=dict)


def align(old: Mapping[str, str], new: Mapping[str, str]) -> Alignment:
    """Align two states of a text, each given as its blocks' base texts in order."""
    old_row, new_row = row(old, arranged(old, new)), row(new, tuple(new))
    alignment = Alignment(old_row, new_row, [-1] * len(old_row.keys))
    points = fixed_points(old_row.keys, new_row.keys)
    for i, k in points:
        alignment.image[i] = k
    for (i, k), (j, m) in zip(points, points[1:], strict=False):
        if j > i + 1 or m > k + 1:
            _between(alignment, range(i + 1, j), range(k + 1, m))
    _doubt_leaps(alignment)
    return alignment


def _doubt_leaps(alignment: Alignment) -> None:
    """Doubt what words have leapt over, where it may as well have leapt over them."""
    back = {k: i for i, k in enumerate(alignment.image) if k >= 0}
    for i, k, size in list(leaps(alignment, back)):
        for at in range(size):
            alignment.rivals.setdefault(i + at, set()).add(k + at)
        before = next(back[a] for a in range(k, -1, -1) if a in back)
        after = next(back[a] for a in range(k, len(alignment.new.keys)) if a in back)
        if i > after:
            over = range(after, i)
        elif i < before:
            over = range(i + size, before + 1)
        else:
            continue
        held = [at for at in over if alignment.image[at] >= 0]
        if len(held) <= LEAP and not any(alignment.old.is_opening(at) for at in held):
            for at in held:
                alignment.rivals.setdefault(at, set()).add(alignment.image[at])
                alignment.image[at] = -1


def leaps(alignment: Alignment, back: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield each run of words that is gone from one place and new in another: both, and its size.
    """
    old, new = alignment.old, alignment.new
    gone = [at for at, k in enumerate(alignment.image) if k < 0 and not old.is_opening(at)]
    come: dict[tuple[str, str], list[int]] = {}
    for k in range(len(new.keys) - 1):
        if k not in back and k + 1 not in back:
            come.setdefault((new.keys[k], new.keys[k + 1]), []).append(k)
    seen: set[tuple[int, int]] = set()
    for i in gone:
        for k in come.get((old.keys[i], old.keys[i + 1]), ()):
            if (i, k) in seen:
                continue
            size = 0
            while (
                alignment.image[i + size] < 0
                and k + size not in back
                and old.keys[i + size] == new.keys[k + size]
            ):
                seen.add((i + size, k + size))
                size += 1
            if size > 1:
                yield i, k, size


def fixed_points(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of tokens that are certainly the same, in order.

    Before and after such a token stand two windows of words each; all four stand once in the old
    text and once in the new. To be another token it would have to have been corrected in four
    places. Of points that cross, as many as do not cross are kept.
    """
    where = _unique_windows(old, new)
    size = WINDOW
    offsets = (-2 * size, -size, 1, 1 + size)
    found: list[tuple[int, int]] = []
    for i in range(2 * size, len(old) - 2 * size):
        k = where.get(i + 1, -1) - 1
        if k >= 2 * size and old[i] == new[k]:
            if all(where.get(i + offset, -1) == k + offset for offset in offsets):
                found.append((i, k))
    edge = 2 * size
    rising = _longest_rising(found)
    start = [(at, at) for at in range(edge)]
    end = [(len(old) - at, len(new) - at) for at in range(edge, 0, -1)]
    return [*start, *rising, *end]


def _unique_windows(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Map where in the old text a window begins that both texts have once to where in the new."""
    one, two = ([tuple(k[a : a + WINDOW]) for a in range(len(k) - WINDOW + 1)] for k in (old, new))
    in_old, in_new = Counter(one), Counter(two)
    places = {gram: at for at, gram in enumerate(two) if in_new[gram] == 1}
    return {at: places[gram] for at, gram in enumerate(one) if in_old[gram] == 1 and gram in places}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which the second of each rises as the first does."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, k) in enumerate(pairs):
        at = bisect_left(ends, k)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [k]
        last[at : at + 1] = [number]
    rising: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]


def _between(alignment: Alignment, olds: range, news: range) -> None:
    """Weigh what stands between two fixed points."""
    old = [alignment.old.keys[i] for i in olds]
    new = [alignment.new.keys[k] for k in news]
    if old == new:
        for i, k in zip(olds, news, strict=True):
            alignment.image[i] = k
        return
    if not old or not new or len(old) * len(new) > LARGEST:
        return
    for i, k in certain(old, new, alignment.rivals, olds.start, news.start):
        alignment.image[i] = k


def certain(
    old: Sequence[str],
    new: Sequence[str],
    rivals: dict[int, set[int]],
    old_start: int = 0,
    new_start: int = 0,
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of tokens that every explanation nearly as cheap as the best agrees on.

    Whatever may be the image of a token in doubt is put into ``rivals``.
    """
    costs = through(old, new)
    dearest = costs.best + NARROW
    near = [{k for k, cost in line.items() if cost <= dearest} for line in costs.pairs]
    claims = Counter(k for images in near for k in images)
    for i, images in enumerate(near):
        k = min(images, default=-1)
        if len(images) == 1 and claims[k] == 1 and costs.pairs[i][k] == costs.best:
            yield old_start + i, new_start + k
        elif images:
            rivals[old_start + i] = {new_start + k for k in images}


@dataclass(frozen=True)
class Costs:
    """The cost of the best explanation, and of the best through each pair of tokens."""

    best: int
    pairs: list[dict[int, int]]


def through(old: Sequence[str], new: Sequence[str]) -> Costs:
    """Weigh all explanations of a difference.

    An explanation is a row of corrections, each deleting some tokens and inserting others in
    their place. It costs EDIT for each correction and 1 for each token; a word may also become
    one that is like it. Weights run forward and backward, as in the alignment of sequences.
    """
    backward = _backward(old, new)
    n, m = len(old), len(new)
    pairs: list[dict[int, int]] = [{} for _ in old]
    matched = [0, *[FAR] * m]
    deleted = [FAR] * (m + 1)
    inserted = [FAR] * (m + 1)
    for i in range(n + 1):
        for k in range(1, m + 1):
            inserted[k] = min(matched[k - 1] + EDIT, deleted[k - 1], inserted[k - 1]) + 1
        if i == n:
            break
        next_matched = [FAR] * (m + 1)
        for k in range(m):
            cost = _cost(old[i], new[k])
            if cost < FAR:
                here = min(matched[k], deleted[k], inserted[k]) + cost
                next_matched[k + 1] = here
                pairs[i][k] = here + backward[i + 1][k + 1]
        deleted = [min(matched[k] + EDIT, deleted[k]) + 1 for k in range(m + 1)]
        matched = next_matched
        inserted = [FAR] * (m + 1)
    return Costs(min(matched[m], deleted[m], inserted[m]), pairs)


def _backward(old: Sequence[str], new: Sequence[str]) -> Weights:
    """For each place: what the rest costs at least, where a match has just been made."""
    n, m = len(old), len(new)
    matched: Weights = [[]] * (n + 1)
    deleted = [FAR] * (m + 1)
    below: list[int] = []
    for i in range(n, -1, -1):
        pair = [FAR] * (m + 1)
        if i < n:
            for k in range(m):
                cost = _cost(old[i], new[k])
                if cost < FAR:
                    pair[k] = cost + below[k + 1]
        inserted = pair[:]
        inserted[m] = 0 if i == n else FAR
        for k in range(m - 1, -1, -1):
            inserted[k] = min(inserted[k], inserted[k + 1] + 1)
        here_deleted = [min(pair[k], deleted[k] + 1, inserted[k]) for k in range(m + 1)]
        below = [
            min(
                pair[k],
                deleted[k] + EDIT + 1,
                inserted[k + 1] + EDIT + 1 if k < m else FAR,
            )
            for k in range(m + 1)
        ]
        if i == n:
            below[m] = 0
        matched[i] = below
        deleted = here_deleted
    return matched


@lru_cache(maxsize=65536)
def _cost(old: str, new: str) -> int:
    if old == new:
        return 0
    return ALIKE if alike(old, new) else FAR


def alike(old: str, new: str) -> bool:
    """Tell whether two words differ by letters only: no more than a third of them, or one."""
    if not (old[:1].isalnum() and new[:1].isalnum()):
        return False
    longer = max(len(old), len(new))
    if longer == 1 or old.casefold() == new.casefold():
        return old.casefold() == new.casefold()
    allowed = max(1, longer // 3)
    return abs(len(old) - len(new)) <= allowed and _distance(old, new) <= allowed


def _distance(old: str, new: str) -> int:
    line = list(range(len(new) + 1))
    for i, letter in enumerate(old, 1):
        corner, line[0] = line[0], i
        for k, other in enumerate(new, 1):
            corner, line[k] = (
                line[k],
                min(line[k] + 1, line[k - 1] + 1, corner + (letter != other)),
            )
    return line[-1]
