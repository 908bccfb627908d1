"""The explanations of a difference between two rows of words, and what each costs.

An explanation is a row of corrections, each deleting some words and inserting others in their
place. It costs :data:`EDIT` for each correction, however long, and 1 for each word deleted or
inserted, more for the opening of a block that is still there; a word may also have become another
that is like it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_tools.model.rows import EDGE, OPENING, WINDOW, is_opening, is_worded

EDIT = 6
ALIKE = 5
"""What it costs to take a word for another that differs in few letters."""
SEAM = 3
"""What it costs to divide a block or to join two: no correction of words."""
FAR = 1 << 30
"""More than any explanation costs."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Costs:
    """What the best explanation costs, and the best of those with each pair of words."""

    best: int
    pairs: list[dict[int, int]]


def explain(old: Sequence[str], new: Sequence[str]) -> Costs:
    """Weigh all explanations of a difference: forward and backward, as sequences are aligned."""
    gone, come = _prices(old, new), _prices(new, old)
    onward = _onward(old, new, gone, come)
    size = len(new)
    seams = [k for k, key in enumerate(new) if is_opening(key)]
    pairs: list[dict[int, int]] = [{} for _ in old]
    matched = _seamed([0, *[FAR] * size], seams)
    deleted = [FAR] * (size + 1)
    inserted = _inserted(matched, deleted, come)
    for i, word in enumerate(old):
        after = [cost + SEAM for cost in matched] if is_opening(word) else [FAR] * (size + 1)
        for k, other in enumerate(new):
            cost = 0 if word == other else _cost(word, other)
            if cost < FAR:
                here = min(matched[k], deleted[k], inserted[k]) + cost
                after[k + 1] = min(after[k + 1], here)
                pairs[i][k] = here + onward[i + 1][k + 1]
        deleted = [min(m + EDIT, d) + gone[i] for m, d in zip(matched, deleted, strict=True)]
        matched = _seamed(after, seams)
        inserted = _inserted(matched, deleted, come)
    return Costs(min(matched[size], deleted[size], inserted[size]), pairs)


def _prices(keys: Sequence[str], others: Sequence[str]) -> list[int]:
    """Return what it costs to delete or insert each word; the opening of a kept block is a seam."""
    kept = {key for key in others if is_opening(key)}
    return [1 + SEAM if key in kept else 1 for key in keys]


def _seamed(line: list[int], seams: Sequence[int]) -> list[int]:
    """Let blocks be opened where words have just been paired."""
    for k in seams:
        line[k + 1] = min(line[k + 1], line[k] + SEAM)
    return line


def _inserted(matched: list[int], deleted: list[int], come: Sequence[int]) -> list[int]:
    """Return for each place what it costs to come there with a word just inserted."""
    line = [FAR]
    here = FAR
    for m, d, price in zip(matched, deleted, come, strict=False):
        here = min(m + EDIT, d, here) + price
        line.append(here)
    return line


def _onward(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]
) -> list[list[int]]:
    """Return what the rest costs at each place where two words have just been paired."""
    size = len(new)
    seams = [k for k, key in enumerate(new) if is_opening(key)][::-1]
    lines: list[list[int]] = []
    deleting = [FAR] * (size + 1)
    below = [FAR] * (size + 1)
    for i in range(len(old), -1, -1):
        pair = _paired(old[i], new, below) if i < len(old) else [*[FAR] * size, 0]
        inserting = pair[:]
        for k in range(size - 1, -1, -1):
            inserting[k] = min(inserting[k], inserting[k + 1] + come[k])
        price = gone[i] if i < len(old) else 1
        joining = SEAM if i < len(old) and is_opening(old[i]) else FAR
        below = [
            min(p, d + EDIT + price, n + EDIT + its, b + joining)
            for p, d, n, its, b in zip(
                pair, deleting, [*inserting[1:], FAR], [*come, 1], below, strict=True
            )
        ]
        for k in seams:
            below[k] = min(below[k], below[k + 1] + SEAM)
        deleting = [min(d + price, n) for d, n in zip(deleting, inserting, strict=True)]
        lines.append(below)
    return lines[::-1]


def _paired(word: str, new: Sequence[str], below: Sequence[int]) -> list[int]:
    """Return what the rest costs at each place if a word is paired with the next there."""
    line = [FAR] * (len(new) + 1)
    for k, other in enumerate(new):
        cost = 0 if word == other else _cost(word, other)
        if cost < FAR:
            line[k] = cost + below[k + 1]
    return line


@lru_cache(maxsize=1 << 16)
def _cost(old: str, new: str) -> int:
    word, _, own = old.partition(OPENING)
    other, _, its = new.partition(OPENING)
    return ALIKE if own == its and alike(word, other) else FAR


def alike(old: str, new: str) -> bool:
    """Tell whether two words differ in few letters: one, or no more than a third of them."""
    if not (is_worded(old) and is_worded(new)):
        return False
    longer = max(len(old), len(new))
    if longer == 1 or old.casefold() == new.casefold():
        return old.casefold() == new.casefold()
    allowed = max(1, longer // 3)
    one, other = set(old), set(new)
    if max(abs(len(old) - len(new)), len(one - other), len(other - one)) > allowed:
        return False
    return _distance(old, new) <= allowed


def _distance(old: str, new: str) -> int:
    """Count letters put in, taken out, exchanged, and neighbours that changed places."""
    earlier: list[int] = []
    line = list(range(len(new) + 1))
    for i, letter in enumerate(old, 1):
        after = [i]
        for k, other in enumerate(new, 1):
            cost = min(line[k] + 1, after[k - 1] + 1, line[k - 1] + (letter != other))
            if i > 1 < k and letter == new[k - 2] and other == old[i - 2]:
                cost = min(cost, earlier[k - 2] + 1)
            after.append(cost)
        earlier, line = line, after
    return line[-1]


def spans(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield what stands at and between the fixed points, in order."""
    i = k = 0
    for j, m in [*fixed_points(old, new), (len(old), len(new))]:
        if j > i or m > k:
            yield range(i, j), range(k, m)
        if j < len(old):
            yield range(j, j + 1), range(m, m + 1)
        i, k = j + 1, m + 1


def fixed_points(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return pairs of words that are certainly the same, in order.

    Before such a word stand two windows of words, and after it two; each of the four stands once
    in the old text and once in the new. To be another word it would have to have been corrected
    in four places. Of points that cross, as many are kept as do not.
    """
    where = _unique_windows(old, new)
    offsets = (-EDGE, -WINDOW, 1, 1 + WINDOW)
    found = [
        (i, k)
        for i, k in ((at - 1, now - 1) for at, now in where.items())
        if k >= 0 <= i
        and old[i] == new[k]
        and all(where.get(i + offset) == k + offset for offset in offsets)
    ]
    return _longest_rising(found)


def _unique_windows(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Map where a window begins in the old text to where in the new, if both have it once."""
    one, two = (
        [tuple(keys[at : at + WINDOW]) for at in range(len(keys) - WINDOW + 1)]
        for keys in (old, new)
    )
    in_old, in_new = Counter(one), Counter(two)
    places = {gram: at for at, gram in enumerate(two) if in_new[gram] == 1}
    return {at: places[gram] for at, gram in enumerate(one) if in_old[gram] == 1 and gram in places}


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of the pairs in which the second of each rises as the first does."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, k) in enumerate(pairs):
        at = bisect_left(ends, k)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [k]
        last[at : at + 1] = [number]
    rising: list[Pair] = []
    number = last[-1] if last else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]


def crossing(pairs: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield each place one of whose pairs is crossed by a pair of another place."""
    highest: list[int] = []
    high = -1
    for images in pairs:
        highest.append(high)
        high = max([high, *images])
    low = FAR
    for i in range(len(pairs) - 1, -1, -1):
        if any(highest[i] > k or low < k for k in pairs[i]):
            yield i
        low = min([low, *pairs[i]])
