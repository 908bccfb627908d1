"""Aligning two states of a text: which word of the old is which word of the new, where certain.

Both texts are laid out as one row of words, punctuation and block openings. Fixed points are
found first; between them every explanation of the difference is weighed. :mod:`carry` says why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_tools.model.folding import FOLDS, IGNORED, SPACES, is_unspaced, is_word

EDIT = 4
"""What one correction costs, however long, in tokens inserted or deleted."""
ALIKE = 4
"""What it costs to take a word for another that is like it: a correction of letters."""
NARROW = 8
"""An explanation this much dearer than the best still counts: one more word replaced."""
WINDOW = 3
"""Tokens in each of the four windows that make a fixed point, two before and two after."""
LARGEST = 1_000_000
"""The most pairs of tokens that are weighed between two fixed points."""
LEAP = 40
TWIN = 3
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

    def span(self, block: str) -> range:
        """Return the places of a block, its opening first."""
        first = self.openings[block]
        last = first + 1
        while not self.is_opening(last):
            last += 1
        return range(first, last)

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
    rivals: dict[int, set[int]]


def align(old: Mapping[str, str], new: Mapping[str, str]) -> Alignment:
    """Align two states of a text, each given as its blocks' base texts in order."""
    weighing = _Weighing(row(old, arranged(old, new)), row(new, tuple(new)))
    weighing.whole()
    for block, base in old.items():
        if block in new and new[block] != base:
            weighing.block(block)
    weighing.leaps()
    return weighing.result()


class _Weighing:
    """Collects what the explanations of a difference claim each old token to be.

    ``best`` holds the pairs of the best explanation of the whole.
    """

    def __init__(self, old: Row, new: Row) -> None:
        self.old = old
        self.new = new
        self.best: dict[int, int] = {}
        self.claims: list[set[int]] = [set() for _ in old.keys]
        self.doubted: set[int] = set()
        self.regions: list[tuple[range, range]] = []

    def whole(self) -> None:
        """Explain the difference of the whole text."""
        for olds, news in spans(self.old.keys, self.new.keys):
            if self._keys(olds, news):
                self._claim(zip(olds, news, strict=True))
                self.best.update(zip(olds, news, strict=True))
            else:
                self.regions.append((olds, news))
                self.best.update(self._weigh(olds, news))

    def _keys(self, olds: range, news: range) -> bool:
        return (
            self.old.keys[olds.start : olds.stop] == self.new.keys[news.start : news.stop]
        )

    def _claim(self, pairs: Iterable[tuple[int, int]]) -> None:
        for i, k in pairs:
            self.claims[i].add(k)

    def _weigh(self, olds: range, news: range, run: int = 1) -> Iterator[tuple[int, int]]:
        """Claim every pair of a nearly best explanation; yield those of the best.

        ``run`` is the least number of words that read on alike for a pair to count.
        """
        old = self.old.keys[olds.start : olds.stop]
        new = self.new.keys[news.start : news.stop]
        if not old or not new or len(old) * len(new) > LARGEST:
            return
        costs = through(old, new)
        near = [
            [k for k, cost in line.items() if cost <= costs.best + NARROW] for line in costs.pairs
        ]
        last = -1
        for i, images in enumerate(near):
            at = olds.start + i
            images = [
                k for k in images if run < 2 or self._run(at, news.start + k) >= run
            ]
            near[i] = images
            self.claims[at].update(news.start + k for k in images)
            k = min((k for k in images if costs.pairs[i][k] == costs.best), default=-1)
            if k > last:
                yield at, news.start + k
                last = k
        self.doubted.update(olds.start + i for i in crossing(near))

    def _run(self, i: int, k: int) -> int:
        """Return how many old tokens around one read on as the new ones around another."""
        old, new, by = self.old.keys, self.new.keys, k - i
        first, last = i, i
        while first > 0 < first + by and old[first - 1] == new[first + by - 1]:
            first -= 1
        while last < len(old) and last + by < len(new) and old[last] == new[last + by]:
            last += 1
        return last - first

    def block(self, block: str) -> None:
        """Explain the difference of a block by itself, as if no other were there."""
        olds, news = self.old.span(block), self.new.span(block)
        old = self.old.keys[olds.start : olds.stop]
        new = self.new.keys[news.start : news.stop]
        for some, others in spans(old, new):
            some = range(some.start + olds.start, some.stop + olds.start)
            others = range(others.start + news.start, others.stop + news.start)
            if self._keys(some, others):
                self._claim(zip(some, others, strict=True))
            else:
                list(self._weigh(some, others, TWIN))

    def leaps(self) -> None:
        """Explain the difference as if words that moved had stayed, and the others moved."""
        back = {k: i for i, k in self.best.items()}
        for i, k, size in self._leaps(back):
            over = self._leapt_over(back, i, k)
            if not over or (size < 2 and self._run(i, k) < TWIN):
                continue
            is_near = len(over) <= LEAP and not any(self.old.is_opening(at) for at in over)
            for at in range(size):
                self.claims[i + at].add(k + at)
            if is_near and size > 1:
                self.doubted.update(over)
            if self.old.is_opening(i) and len(over) <= LEAP and not self._is_exchanged(back, i, k):
                self.doubted.update(over)
            for olds, news in self.regions:
                if i in olds and k in news:
                    list(self._weigh(range(olds.start, i), range(news.start, k), TWIN))
                    list(
                        self._weigh(
                            range(i + size, olds.stop), range(k + size, news.stop), TWIN
                        )
                    )

    def _leaps(self, back: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
        """Yield each run of words, or opening, that is gone from one place and new in another."""
        old, new = self.old.keys, self.new.keys
        come: dict[str, list[int]] = {}
        for k, key in enumerate(new):
            if k not in back and (is_word(key[:1] or "-") or key[:1] == "\n"):
                come.setdefault(key, []).append(k)
        seen: set[tuple[int, int]] = set()
        for i, key in enumerate(old):
            for k in come.get(key, ()) if i not in self.best else ():
                size = 0
                while (i + size, k + size) not in seen and self._is_leap(back, i + size, k + size):
                    seen.add((i + size, k + size))
                    size += 1
                if size:
                    yield i, k, size

    def _is_leap(self, back: Mapping[int, int], i: int, k: int) -> bool:
        return i not in self.best and k not in back and self.old.keys[i] == self.new.keys[k]

    def _leapt_over(self, back: Mapping[int, int], i: int, k: int) -> list[int]:
        """Return the old tokens that stand between a word's old place and its new one."""
        before, after = _around(back, k)
        over = range(after, i) if i > after else range(i + 1, before + 1)
        return [at for at in over if at in self.best]

    def _is_exchanged(self, back: Mapping[int, int], i: int, k: int) -> bool:
        """Tell whether the opening of a block gave its place to a new one, or took one given up.

        So it is where blocks are divided or joined; else words went from one block to the next.
        """
        first, last = _around(self.best, i)
        came = any(
            self.new.is_opening(at) and self.new.keys[at][1:] not in self.old.openings
            for at in range(first + 1, last)
        )
        first, last = _around(back, k)
        return came or any(
            self.old.is_opening(at) and self.old.keys[at][1:] not in self.new.openings
            for at in range(first + 1, last)
        )

    def result(self) -> Alignment:
        """Return what no explanation contradicts."""
        claimed = Counter(k for images in self.claims for k in images)
        image = [-1] * len(self.old.keys)
        rivals: dict[int, set[int]] = {}
        for i, images in enumerate(self.claims):
            k = self.best.get(i, -1)
            if images == {k} and claimed[k] == 1 and i not in self.doubted:
                image[i] = k
            elif images:
                rivals[i] = images
        return Alignment(self.old, self.new, image, rivals)


def crossing(near: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield each place that has a pair which another pair crosses."""
    highest: list[int] = []
    high = -1
    for images in near:
        highest.append(high)
        high = max([high, *images])
    low = FAR
    for i in range(len(near) - 1, -1, -1):
        if any(highest[i] > k or low < k for k in near[i]):
            yield i
        low = min([low, *near[i]])


def _around(pairs: Mapping[int, int], at: int) -> tuple[int, int]:
    """Return what the nearest paired tokens before and after a place are paired with."""
    before, after = at, at
    while before not in pairs:
        before -= 1
    while after not in pairs:
        after += 1
    return pairs[before], pairs[after]


def spans(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield what stands at and between the fixed points, in order."""
    before = (-1, -1)
    for i, k in [*fixed_points(old, new), (len(old), len(new))]:
        if i > before[0] + 1 or k > before[1] + 1:
            yield range(before[0] + 1, i), range(before[1] + 1, k)
        if i < len(old):
            yield range(i, i + 1), range(k, k + 1)
        before = i, k


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
    return _longest_rising(found)


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
