"""Which word of an old text is which word of the new, where no explanation speaks against it.

Several explanations of the difference are heard: the cheapest of the whole row and all that are
nearly as cheap, each block by itself, and, where words went from one place to another, that they
stayed and their neighbours went. A word is what all that speak of it say it is, or it is in doubt.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.model.difference import FAR, Pair, crossing, explain, spans
from build_tools.model.rows import EDGE, OPENING, Row, arranged, is_opening, is_worded, row

NARROW = 10
"""An explanation this much dearer than the cheapest is heard: one word replaced, and a sign."""
WIDE = 18
"""The same where :data:`TWIN` words and more read alike: a sentence may be said twice."""
TWIN = 4
"""So many words that read alike are no accident."""
LEAP = 60
"""Over so many words others may have leapt, or these over them: about two sentences."""
BESIDE = 3
"""So near to words that went elsewhere others may have gone along."""
KEPT = 0.85
LARGEST = 1_000_000
"""The most pairs of words that are weighed between two fixed points: about a second."""


@dataclass(frozen=True)
class Alignment:
    """The old row, in the order of the new, beside the new row.

    ``image`` gives for each old word the new one that it certainly is, or -1; ``rivals`` gives
    for words in doubt the new words that may be theirs; ``come`` has the runs of words put in.
    """

    old: Row
    new: Row
    image: list[int]
    rivals: Mapping[int, frozenset[int]]
    come: Sequence[Sequence[int]]


def align(old: Mapping[str, str], new: Mapping[str, str]) -> Alignment:
    """Align two states of a document, each its blocks' base texts in order."""
    weighing = _Weighing(row(old, arranged(old, new)), row(new, tuple(new)))
    weighing.homes([block for block in old if block in new])
    weighing.whole()
    weighing.strangers()
    weighing.leaps()
    weighing.echoes()
    return weighing.result()


@dataclass(frozen=True)
class Heard:
    """The pairs of the cheapest explanation of a stretch, and those of all that are heard."""

    best: list[Pair]
    near: dict[int, list[int]]


class _Weighing:
    """Hears one explanation after the other.

    ``best`` holds the pairs of the cheapest explanation of the whole, ``back`` the same the other
    way round; ``claims`` what any explanation holds each old word to be.
    """

    def __init__(self, old: Row, new: Row) -> None:
        self.old = old
        self.new = new
        self.best: dict[int, int] = {}
        self.back: dict[int, int] = {}
        self.claims: list[set[int]] = [set() for _ in old.keys]
        self.doubted: set[int] = set()
        self.home: dict[int, int] = {}
        self.own_old = list(old.keys)
        self.own_new = list(new.keys)

    def homes(self, blocks: Iterable[str]) -> None:
        """Hear what each block says by itself, as if no other were there.

        A block that has its id still and most of its words is the block it was: its words are
        nowhere else, and others are not among them.
        """
        for block in blocks:
            olds, news = self.old.span(block), self.new.span(block)
            heard = [
                self._heard(
                    _moved(some, olds.start),
                    _moved(others, news.start),
                    self.old.keys,
                    self.new.keys,
                )
                for some, others in spans(_keys(self.old, olds), _keys(self.new, news))
            ]
            best = {i: k for one in heard for i, k in one.best}
            self.home.update(best)
            is_kept = len(best) >= max(KEPT * len(olds), len(news) / 2)
            for one in heard:
                self._hear(one, 1 if is_kept else TWIN)
            if is_kept:
                self._keep(block, olds, best)

    def _keep(self, block: str, olds: range, best: Mapping[int, int]) -> None:
        """Give the words of a block keys of their own; those that are certain, one for each."""
        claimed = Counter(k for at in olds for k in self.claims[at])
        for at in olds:
            for k in self.claims[at]:
                own = f"{OPENING}{block}"
                if self.claims[at] == {best.get(at)} and claimed[k] == 1:
                    own += f"{OPENING}{at}"
                    self.own_old[at] = self.new.keys[k] + own
                else:
                    self.own_old[at] = self.old.keys[at] + own
                self.own_new[k] = self.new.keys[k] + own

    def whole(self) -> None:
        """Hear the cheapest explanation of the whole, and those nearly as cheap.

        Words in another block now, that crossed words that stayed at home, are doubted.
        """
        for olds, news in spans(self.own_old, self.own_new):
            self.best.update(self._weigh(olds, news, self.own_old, self.own_new))
        for at in range(EDGE):
            for i, k in ((at, at), (len(self.old.keys) - 1 - at, len(self.new.keys) - 1 - at)):
                self.best[i] = k
                self.claims[i] = {k}
        self.back.update({k: i for i, k in self.best.items()})
        paths: list[list[int]] = [[] for _ in self.old.keys]
        for i, k in self.home.items():
            paths[i] = [] if is_opening(self.old.keys[i]) else [k]
        moved = [i for i, k in self.best.items() if self.old.blocks[i] != self.new.blocks[k]]
        for i in moved:
            paths[i] = [self.best[i]]
        self.doubted.update({*crossing(paths)} & {*moved})

    def strangers(self) -> None:
        """Doubt words in another block now whose like was written elsewhere, or is gone.

        Where two blocks were joined, words of the one are doubted whose like in the other is gone.
        """
        come = _places(self.new.keys, self.back)
        gone = _places(self.old.keys, self.best)
        joined: set[tuple[str, str]] = set()
        for i, k in self.best.items():
            key = self.old.keys[i]
            if self.old.blocks[i] == self.new.blocks[k] or not is_worded(key):
                continue
            joined.add((self.old.blocks[i], self.new.blocks[k]))
            self._claim((i, other) for other in come.get(key, ()) if self._is_twin(i, other))
            self._claim((other, k) for other in gone.get(key, ()) if self._is_twin(other, k))
        for one, other in joined:
            for k in self.new.span(other):
                key = self.new.keys[k]
                self._claim(
                    (i, k)
                    for i in gone.get(key, ())
                    if self.old.blocks[i] == one and self._is_twin(i, k)
                )

    def leaps(self) -> None:
        """Hear for words that went elsewhere that they stayed, and what stood between went."""
        for i, k, size in list(self._leaps()):
            over = self._leapt_over(i, k)
            if not over or (size < 2 and not self._is_twin(i, k)):
                continue
            run = self._run(i, k) if self._is_twin(i, k) else range(i, i + size)
            self._claim((at, at - i + k) for at in run)
            self._claim(self._went_along(i - 1, k - 1, -1))
            self._claim(self._went_along(i + size, k + size, 1))
            if len(over) <= LEAP and self._is_leap_of_others(i, k, size, over):
                self.doubted.update(over)
            if len(over) <= LEAP:
                start, end = self._about(i, k, -1), self._about(i + size - 1, k + size - 1, 1)
                keys = self.old.keys, self.new.keys
                self._weigh(range(start[0] + 1, i), range(start[1] + 1, k), *keys, TWIN)
                self._weigh(range(i + size, end[0]), range(k + size, end[1]), *keys, TWIN)

    def echoes(self) -> None:
        """Doubt words beside which others much like them were put in, or taken out.

        Either may be the old, and either may be what was taken out.
        """
        for come in self._come():
            if sum(is_worded(self.new.keys[at]) for at in come) >= TWIN:
                self._doubt_echoed(come)
        for gone in self._gone():
            if sum(is_worded(self.old.keys[at]) for at in gone) >= TWIN:
                self._doubt_survivors(gone)

    def _come(self) -> Iterator[list[int]]:
        """Yield the runs of new words that the cheapest explanation holds to have been put in."""
        come: list[int] = []
        for k in range(len(self.new.keys)):
            if self._is_come(k):
                come.append(k)
            elif come:
                yield come
                come = []

    def _doubt_echoed(self, come: Sequence[int]) -> None:
        """Doubt words near to words put in, if half of these are among them."""
        size, keys = len(come), self.new.keys
        words = Counter(keys[k] for k in come)
        for first in (come[0] - 2 * size, come[-1] + 1):
            places = range(max(0, first), min(len(keys), first + 2 * size))
            beside = [k for k in places if k in self.back and not is_opening(keys[k])]
            same = words & Counter(keys[k] for k in beside)
            if 2 * same.total() >= size:
                self._claim(
                    (self.back[k], other)
                    for k in beside
                    for other in come
                    if keys[k] == keys[other]
                )

    def _gone(self) -> Iterator[list[int]]:
        """Yield the runs of old words that the cheapest explanation holds to be taken out."""
        gone: list[int] = []
        for i, key in enumerate(self.old.keys):
            if i not in self.best and not is_opening(key):
                gone.append(i)
            elif gone:
                yield gone
                gone = []

    def _doubt_survivors(self, gone: Sequence[int]) -> None:
        """Doubt words near to words taken out, if nearly all of these are among them.

        They must stand in one block, which is still there. What stands between them may have been
        typed in where the others went.
        """
        size, keys = len(gone), self.old.keys
        block = self.old.span(self.old.blocks[gone[0]])
        if block.start not in self.best:
            return
        words = Counter(keys[i] for i in gone)
        for first in (gone[0] - 2 * size, gone[-1] + 1):
            places = range(max(block.start + 1, first), min(block.stop, first + 2 * size))
            beside = [i for i in places if i in self.best]
            same = [i for i in beside if keys[i] in words]
            if (words & Counter(keys[i] for i in same)).total() >= max(TWIN - 1, size - 2):
                self._claim((i, self.best[at]) for at in same for i in gone if keys[i] == keys[at])
                self.doubted.update(at for at in beside if same[0] <= at <= same[-1])

    def result(self) -> Alignment:
        """Return what no explanation contradicts."""
        claimed = Counter(k for images in self.claims for k in images)
        image = [-1] * len(self.old.keys)
        rivals: dict[int, frozenset[int]] = {}
        for i, images in enumerate(self.claims):
            k = self.best.get(i, -1)
            if images == {k} and claimed[k] == 1 and i not in self.doubted:
                image[i] = k
            elif images:
                rivals[i] = frozenset(images)
        return Alignment(self.old, self.new, image, rivals, list(self._come()))

    # claims

    def _claim(self, pairs: Iterable[Pair]) -> None:
        for i, k in pairs:
            self.claims[i].add(k)

    def _weigh(
        self, olds: range, news: range, old_keys: list[str], new_keys: list[str], least: int = 1
    ) -> list[Pair]:
        heard = self._heard(olds, news, old_keys, new_keys)
        self._hear(heard, least)
        return heard.best

    def _heard(self, olds: range, news: range, old_keys: list[str], new_keys: list[str]) -> Heard:
        """Return every pair of the explanations that are heard of a stretch."""
        old, new = old_keys[olds.start : olds.stop], new_keys[news.start : news.stop]
        if old == new:
            same = list(zip(olds, news, strict=True))
            return Heard(same, {i: [k] for i, k in same})
        if not old or not new or len(old) * len(new) > LARGEST:
            return Heard([], {})
        costs = explain(old, new)
        near: dict[int, list[int]] = {}
        cheapest: list[Pair] = []
        for i, line in zip(olds, costs.pairs, strict=True):
            near[i] = [
                news.start + k
                for k, cost in line.items()
                if cost <= costs.best + NARROW
                or (cost <= costs.best + WIDE and self._is_twin(i, news.start + k))
            ]
            k = min((k for k in near[i] if line[k - news.start] == costs.best), default=-1)
            if k > (cheapest[-1][1] if cheapest else -1):
                cheapest.append((i, k))
        return Heard(filled(cheapest, near), near)

    def _hear(self, heard: Heard, least: int) -> None:
        """Claim the pairs heard, if so many words around them read alike."""
        near = [
            [k for k in images if least == 1 or self._is_twin(i, k)]
            for i, images in heard.near.items()
        ]
        for i, images in zip(heard.near, near, strict=True):
            self.claims[i].update(images)
        places = list(heard.near)
        self.doubted.update(places[at] for at in crossing(near))

    def _is_twin(self, i: int, k: int) -> bool:
        """Tell whether so many words around two read alike that it is no accident.

        At an end of a block one less will do; a whole block may be shorter still.
        """
        run = self._run(i, k)
        if len(run) >= TWIN:
            return True
        ends = ((self.old.keys, run), (self.new.keys, _moved(run, k - i)))
        seams = [
            [is_opening(keys[at % len(keys)]) for at in (places.start - 1, places.stop)]
            for keys, places in ends
        ]
        if len(run) == TWIN - 1:
            return any(any(some) for some in seams)
        return len(run) > 0 and any(all(some) for some in seams)

    def _run(self, i: int, k: int) -> range:
        """Return the old words around one that read on as the new ones around another."""
        old, new, by = self.old.keys, self.new.keys, k - i
        first, last = i, i
        while first > 0 < first + by and old[first - 1] == new[first + by - 1]:
            first -= 1
        while last < len(old) and last + by < len(new) and old[last] == new[last + by]:
            last += 1
        return range(first, last)

    # leaps

    def _leaps(self) -> Iterator[tuple[int, int, int]]:
        """Yield words, or an opening, gone from one place and new in another, with their number."""
        come = _places(self.new.keys, {k for k in self.back if self._is_home(self.back[k], k)})
        seen: set[Pair] = set()
        for i, key in enumerate(self.old.keys):
            if not self._is_gone(i) or not (is_worded(key) or is_opening(key)):
                continue
            for k in come.get(key, ()):
                size = 0
                while (i + size, k + size) not in seen and self._is_leap(i + size, k + size):
                    seen.add((i + size, k + size))
                    size += 1
                if size:
                    yield i, k, size

    def _went_along(self, i: int, k: int, step: int) -> Iterator[Pair]:
        """Yield words beside a leap that may have leapt too: their like came with it, beside it.

        So it is where a word was put in between, and one stayed that was written twice.
        """
        came = range(k, k + BESIDE * step, step)
        stayed = range(i, i + BESIDE * step, step)
        for other in itertools.takewhile(self._is_come, came):
            for at in itertools.takewhile(self._is_word_kept, stayed):
                if self.old.keys[at] == self.new.keys[other]:
                    yield at, other

    def _is_come(self, k: int) -> bool:
        return k not in self.back and not is_opening(self.new.keys[k])

    def _is_word_kept(self, i: int) -> bool:
        return i in self.best and not is_opening(self.old.keys[i])

    def _is_home(self, i: int, k: int) -> bool:
        return self.old.blocks[i] == self.new.blocks[k]

    def _is_gone(self, i: int) -> bool:
        return i not in self.best or not self._is_home(i, self.best[i])

    def _is_leap(self, i: int, k: int) -> bool:
        if self.old.keys[i] != self.new.keys[k]:
            return False
        return self._is_gone(i) and not (k in self.back and self._is_home(self.back[k], k))

    def _leapt_over(self, i: int, k: int) -> list[int]:
        """Return the old words that stand between a word's old place and its new one."""
        before, after = _around(self.back, k)
        over = range(after, i) if i > after else range(i + 1, before + 1)
        return [at for at in over if at in self.best]

    def _about(self, i: int, k: int, step: int) -> Pair:
        """Return a pair of the cheapest explanation a good way before or after a leap."""
        at = i + 2 * LEAP * step
        at = min(max(at, 0), len(self.old.keys) - 1)
        while at not in self.best or (self.best[at] - k) * step <= 0:
            at += step
        return at, self.best[at]

    def _is_leap_of_others(self, i: int, k: int, size: int, over: list[int]) -> bool:
        """Tell whether what stands between may have leapt: words of one block, or a seam moved."""
        if is_opening(self.old.keys[i]):
            return not self._is_exchanged(i, k)
        return size > 1 and not any(is_opening(self.old.keys[at]) for at in over)

    def _is_exchanged(self, i: int, k: int) -> bool:
        """Tell whether an opening gave its place to a new one, or took that of one given up.

        So it is where blocks are divided or joined.
        """
        first, last = _around(self.best, i)
        came = self.new.keys[first + 1 : last]
        first, last = _around(self.back, k)
        gone = self.old.keys[first + 1 : last]
        return any(is_opening(key) and key[1:] not in self.old.openings for key in came) or any(
            is_opening(key) and key[1:] not in self.new.openings for key in gone
        )


def filled(pairs: list[Pair], near: Mapping[int, Sequence[int]]) -> list[Pair]:
    """Add to the pairs of one explanation those that no other contradicts, in their place.

    Between two corrections it is no dearer to write a word again than to leave it.
    """
    image = dict(pairs)
    claimed = Counter(k for images in near.values() for k in images)
    ceiling = FAR
    ceilings: dict[int, int] = {}
    for i in reversed(list(near)):
        ceilings[i] = ceiling
        ceiling = image.get(i, ceiling)
    floor = -1
    for i, images in near.items():
        is_alone = len(images) == 1 and claimed[images[0]] == 1
        if i not in image and is_alone and floor < images[0] < ceilings[i]:
            image[i] = images[0]
        floor = image.get(i, floor)
    return sorted(image.items())


def _keys(row: Row, places: range) -> list[str]:
    return row.keys[places.start : places.stop]


def _moved(places: range, by: int) -> range:
    return range(places.start + by, places.stop + by)


def _places(keys: Iterable[str], taken: Container[int]) -> dict[str, list[int]]:
    """Map each key to the places where it stands and is not taken."""
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if at not in taken:
            places.setdefault(key, []).append(at)
    return places


def _around(pairs: Mapping[int, int], at: int) -> Pair:
    """Return what the nearest paired words before and after a place are paired with."""
    before = after = at
    while before not in pairs:
        before -= 1
    while after not in pairs:
        after += 1
    return pairs[before], pairs[after]
