"""Carrying a passage from one state of a text to the next, or saying that it cannot be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_tools.model.alignment import align
from build_tools.model.folding import fold
from build_tools.model.rows import is_opening, is_worded

UNCHANGED, MOVED, REWRITTEN, LOST, ASK = "unchanged", "moved", "rewritten", "lost", "ask"
NEAR = 3
"""So many new words may stand between words that are still neighbours."""


@dataclass(frozen=True)
class Where:
    """A stretch of base text, or with ``start == end`` a point; offsets count code points."""

    block: str
    start: int
    end: int


@dataclass(frozen=True)
class Carried:
    """What became of a passage.

    ``now`` is where it stands, None where it is lost or somebody must be asked; ``may_be`` lists
    places that may be it; ``why`` says in a clause what is the matter.
    """

    state: str
    now: Where | None = None
    may_be: tuple[Where, ...] = ()
    why: str = ""


class Carrier:
    """Carries passages between two states of a document, each its blocks' base texts in order."""

    def __init__(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        self._texts = old, new
        self._alignment = align(old, new)
        self._old, self._new = self._alignment.old, self._alignment.new
        self._image = self._alignment.image
        self._origin = {k: i for i, k in enumerate(self._image) if k >= 0}
        self._rivals = self._alignment.rivals
        self._come = self._alignment.come

    def passage(self, block: str, start: int, end: int) -> Carried:
        """Carry a stretch of base text, taken as whole words, or a point."""
        first, last = self._old.within(block, start, end)
        if first == last:
            return self._point(Where(block, start, start))
        found = self._words(first, last)
        if isinstance(found, Carried):
            return found
        left, right = found
        new = self._new
        now = Where(new.blocks[left], new.starts[left], new.ends[right - 1])
        return self._told(Where(block, start, end), now)

    def _told(self, was: Where, now: Where) -> Carried:
        old, new = self._texts
        before = fold(old[was.block][was.start : was.end]).text
        after = fold(new[now.block][now.start : now.end]).text
        if before != after:
            return Carried(REWRITTEN, now)
        return Carried(UNCHANGED if now == was else MOVED, now)

    def block(self, block: str) -> Carried:
        """Carry a whole block: it is what it was if no words came from others, or went to them."""
        old, new = self._old.span(block), self._texts[1]
        came = [self._new.blocks[k] for k in self._images(old.start + 1, old.stop)]
        may = {self._new.blocks[k] for at in old[1:] for k in self._rivals.get(at, ())}
        places = dict.fromkeys([*([block] if block in new else []), *came, *sorted(may)])
        may_be = tuple(Where(name, 0, len(new[name])) for name in places)
        if not may_be:
            return Carried(LOST, why="its words are gone")
        if len(may_be) > 1:
            return Carried(ASK, None, may_be, "it was divided, or may have been")
        now = may_be[0]
        if self._others_in(now.block) - {block}:
            return Carried(ASK, None, may_be, "it was joined with another block, or may have been")
        if new[now.block] == self._texts[0][block]:
            return Carried(UNCHANGED if now.block == block else MOVED, now)
        if 2 * len(came) <= max(len(old), len(self._new.span(now.block))) - 1:
            return Carried(ASK, None, may_be, "half of its words are gone, or new")
        return Carried(REWRITTEN, now)

    def _others_in(self, block: str) -> set[str]:
        """Return the old blocks of which words stand in a new one, or may stand there."""
        places = self._new.span(block)[1:]
        certain = {self._old.blocks[self._origin[k]] for k in places if k in self._origin}
        return certain | {
            self._old.blocks[at]
            for at, images in self._rivals.items()
            if any(k in places for k in images)
        }

    # passages

    def _words(self, first: int, last: int) -> tuple[int, int] | Carried:
        """Find the new words that certainly are the old ones."""
        known = [at for at in range(first, last) if self._image[at] >= 0]
        if not (self._is_whole(first, -1) and self._is_whole(last - 1, 1)):
            return self._ask(self._images(first, last), "letters may have gone to another word")
        left = self._edge(first, -1, known[0] if known else last)
        right = self._edge(last - 1, 1, known[-1] if known else first - 1)
        if left is None or right is None:
            return self._unknown(first, last)
        words = self._new.words(left, right + 1)
        if not words:
            return self._unknown(first, last)
        if len({self._new.blocks[at] for at in words}) > 1:
            return self._ask(words, "it is divided between blocks")
        if self._has_grown(first, last, words, known):
            return self._ask(words, "more words stand there now")
        found = self._trimmed(first, last, words)
        if not self._agrees(first, last, found, known):
            return self._unknown(first, last)
        if self._touches(found[0], -1) or self._touches(found[1] - 1, 1):
            return self._ask(words, "letters may have gone beyond its last sign")
        elsewhere = self._elsewhere(first, last, found)
        if elsewhere:
            return self._ask([*words, *elsewhere], "words of it may have gone elsewhere")
        if not self._is_attached(first, last, found, self._old.blocks[first]):
            return self._ask(words, "it would stand in another block, away from its neighbours")
        return found

    def _is_whole(self, at: int, step: int) -> bool:
        """Tell whether an outermost word is whole: letters may have gone to its neighbour.

        One that became a word like it counts only where its neighbour stands beside it as before.
        """
        k = self._image[at]
        if k < 0:
            return True
        if self._old.keys[at] == self._new.keys[k]:
            return not (self._is_doubled(at, k, step) or self._is_cut_nearby(k))
        while True:
            at, k = at + step, k + step
            old, new = self._old.keys[at], self._new.keys[k]
            if is_opening(old) and is_opening(new):
                return True
            if is_opening(old) and self._image[at] < 0:
                k -= step
            elif is_opening(new) and k not in self._origin:
                at -= step
            elif self._image[at] != k or old != new:
                return False
            elif is_worded(old):
                return True

    def _is_doubled(self, at: int, k: int, step: int) -> bool:
        """Tell whether a new neighbour holds the word as well, run together with its own."""
        word, other = self._new.keys[k], self._new.keys[k + step]
        if is_opening(other) or self._image[at + step] == k + step:
            return False
        return (
            len(other) > len(word) and word == (other[-len(word) :], other[: len(word)])[step > 0]
        )

    def _is_cut_nearby(self, k: int) -> bool:
        """Tell whether words put in close to a word make up its like: it may have been cut."""
        new = self._new.keys
        for come in self._come:
            if min(abs(come[0] - k), abs(come[-1] - k)) > 2 * NEAR:
                continue
            words = [new[at] for at in come if is_worded(new[at])]
            for start in range(len(words)):
                for end in range(start + 2, len(words) + 1):
                    if "".join(words[start:end]) == new[k]:
                        return True
        return False

    def _edge(self, at: int, step: int, known: int) -> int | None:
        """Find the outermost new word of a passage, ``known`` being its nearest certain one.

        Where its own outermost word is gone, what stands next to its neighbour took its place,
        if it is certain which neighbour that is.
        """
        if self._image[at] >= 0:
            return self._image[at]
        outer = self._beyond(at, step)
        is_neighbour = self._image[outer] >= 0
        while self._image[outer] < 0:
            if outer in self._rivals:
                return None  # where the neighbour went, it may have gone as well
            outer += step
        if self._old.keys[outer] != self._new.keys[self._image[outer]]:
            return None
        if not self._is_firm(outer, step):
            return None
        if is_neighbour:
            return self._image[outer] - step
        inner = self._image[self._known(known, -step)]
        between = sorted((self._image[outer], inner))
        return None if self._new.words(between[0] + 1, between[1]) else inner

    def _beyond(self, at: int, step: int) -> int:
        """Return the next old word outward; openings that are no more are passed over."""
        at += step
        while self._image[at] < 0 and is_opening(self._old.keys[at]):
            at += step
        return at

    def _known(self, at: int, step: int) -> int:
        while self._image[at] < 0:
            at += step
        return at

    def _has_grown(self, first: int, last: int, words: Sequence[int], known: Sequence[int]) -> bool:
        """Tell whether at an end where words are gone more stand now, and whose they are."""
        if not known:
            ends = [(range(first, last), list(words))]
        else:
            one, two = known[0], known[-1]
            ends = [
                (range(first, one), [at for at in words if at < self._image[one]]),
                (range(two + 1, last), [at for at in words if at > self._image[two]]),
            ]
        return any(
            self._count(self._new.keys, news) > self._count(self._old.keys, olds)
            or self._is_run_together(olds, news)
            for olds, news in ends
        )

    def _count(self, keys: Sequence[str], places: Sequence[int]) -> int:
        return sum(is_worded(keys[at]) for at in places)

    def _is_run_together(self, olds: Sequence[int], news: Sequence[int]) -> bool:
        """Tell whether an outermost word that is gone stands now as part of other words."""
        words = [self._old.keys[at] for at in olds]
        others = [self._new.keys[at] for at in news]
        letters = "".join(others)
        return any(
            word in letters and word not in (others[0], others[-1]) and letters != "".join(words)
            for word in words
        )

    def _trimmed(self, first: int, last: int, words: Sequence[int]) -> tuple[int, int]:
        """Leave out signs at the ends that came with other words."""
        left, right = words[0], words[-1]
        own = {self._image[at] for at in range(first, last)}
        new = self._new.keys
        if is_worded(self._old.keys[first]):
            while left < right and left not in own and not is_worded(new[left]):
                left += 1
        if is_worded(self._old.keys[last - 1]):
            while left < right and right not in own and not is_worded(new[right]):
                right -= 1
        return left, right + 1

    def _agrees(self, first: int, last: int, found: tuple[int, int], known: Sequence[int]) -> bool:
        """Tell whether no word in doubt, of the passage or another, speaks for another place."""
        left, right = found
        for at, edge in ((first, left), (last - 1, right - 1)):
            if at in self._rivals and self._rivals[at] != {edge}:
                return False
        certain = range(self._image[known[0]], self._image[known[-1]] + 1) if known else range(0)
        for at, images in self._rivals.items():
            if first <= at < last:
                if any(not left <= k < right for k in images):
                    return False
            elif any(left <= k < right and k not in certain for k in images):
                return False
        return True

    def _touches(self, k: int, step: int) -> bool:
        """Tell whether a new word stands close to an outermost sign: its letters may be others'."""
        new, other = self._new, k + step
        if is_worded(new.keys[k]) or not is_worded(new.keys[other]) or other in self._origin:
            return False
        first, second = sorted((k, other))
        return new.ends[first] == new.starts[second]

    def _elsewhere(self, first: int, last: int, found: tuple[int, int]) -> Sequence[int]:
        """Return words that came elsewhere and have what is gone from a passage.

        That is half of the words that are gone, or one that was its first or last.
        """
        gone = {at: self._old.keys[at] for at in range(first, last) if self._image[at] < 0}
        words = {key for key in gone.values() if is_worded(key)}
        outer = {gone[at] for at in (first, last - 1) if at in gone} & words
        for come in self._come if words else ():
            same = words & {self._new.keys[k] for k in come}
            is_half = len(same) > 1 and 2 * len(same) >= len(words)
            if (is_half or same & outer) and not found[0] <= come[0] < found[1]:
                return come
        return ()

    def _is_attached(self, first: int, last: int, found: tuple[int, int], own: str) -> bool:
        """Tell whether a passage in another block than its own came with neighbours.

        They must be beyond doubt; it must reach an end of that block, or words that were there
        before; and a block that was there before must have stood beside its own.
        """
        block = self._new.blocks[found[0]]
        if own == block:
            return True
        if block in self._texts[0] and not self._stood_beside(own, block):
            return False
        near = self._old.span(own)[1:]
        if block in self._texts[0]:
            near = range(max(near.start, first - NEAR), min(near.stop, last + NEAR))
        if any(at in self._rivals for at in near):
            return False
        return any(
            self._reaches(block, at, step) for at, step in ((found[0], -1), (found[1] - 1, 1))
        )

    def _reaches(self, block: str, at: int, step: int) -> bool:
        gap = 0
        while gap <= NEAR:
            at += step
            if is_opening(self._new.keys[at]):
                return True
            gap = 0 if at in self._origin else gap + 1
            if at in self._origin and self._old.blocks[self._origin[at]] == block:
                return True
        return False

    def _stood_beside(self, one: str, other: str) -> bool:
        old, new = self._texts
        order = [block for block in old if block in new or block in (one, other)]
        return abs(order.index(one) - order.index(other)) == 1

    # points

    def _point(self, was: Where) -> Carried:
        """Carry the place of something missing: its neighbours must still be neighbours."""
        old, new = self._old, self._new
        right = next(
            (at for at in old.span(was.block)[1:] if old.starts[at] >= was.start),
            old.span(was.block).stop,
        )
        left = right - 1
        one = left if not is_opening(old.keys[left]) else self._beyond(right, -1)
        two = right if not is_opening(old.keys[right]) else self._beyond(left, 1)
        problem = self._parted(one, two, was.block)
        if problem is not None:
            return problem
        first, last = self._image[one], self._image[two]
        left_is_word, right_is_word = (not is_opening(new.keys[k]) for k in (first, last))
        is_after = old.ends[left] == was.start and not is_opening(old.keys[left])
        if left_is_word and (is_after or not right_is_word):
            now = Where(new.blocks[first], new.ends[first], new.ends[first])
        elif right_is_word:
            now = Where(new.blocks[last], new.starts[last], new.starts[last])
        else:
            return Carried(LOST, why="the words around it are gone")
        return Carried(UNCHANGED if now == was else MOVED, now)

    def _parted(self, one: int, two: int, own: str) -> Carried | None:
        """Say why the neighbours of a point are none any more; None if they are."""
        new = self._new
        doubtful = sorted({k for at in (one, two) for k in self._rivals.get(at, ())})
        if doubtful:
            return self._ask(doubtful, "the words around it may stand elsewhere")
        places = [self._image[at] for at in (one, two) if self._image[at] >= 0]
        words = [k for k in places if not is_opening(new.keys[k])]
        if not words:
            return Carried(LOST, why="the words around it are gone")
        if len(places) < 2:
            return self._ask(words, "a word beside it is gone")
        if not (self._is_firm(one, -1) and self._is_firm(two, 1)):
            return self._ask(words, "a word beside it is gone")
        between = new.words(places[0] + 1, places[1])
        if between:
            return self._ask(between, "words stand now where something was missing")
        if len({new.blocks[k] for k in words}) > 1:
            return self._ask(words, "its neighbours stand in different blocks now")
        left, right = (
            (self._old.keys[one], new.keys[places[0]]),
            (self._old.keys[two], new.keys[places[1]]),
        )
        if left[0][-1:] != left[1][-1:] or right[0][:1] != right[1][:1]:
            return self._ask(words, "letters beside it have changed")
        if not self._is_attached(one, two + 1, (words[0], words[-1] + 1), own):
            return self._ask(words, "it would stand in another block, away from its neighbours")
        return None

    def _is_firm(self, at: int, step: int) -> bool:
        """Tell whether a neighbour is a word, or a sign that has its word beside it still."""
        while not (is_worded(self._old.keys[at]) or is_opening(self._old.keys[at])):
            k = self._image[at] + step
            at += step
            if is_opening(self._old.keys[at]):
                return True
            if self._image[at] != k:
                return False
        return True

    # answers

    def _images(self, first: int, last: int) -> list[int]:
        return [self._image[at] for at in range(first, last) if self._image[at] >= 0]

    def _unknown(self, first: int, last: int) -> Carried:
        places = {k for at in range(first, last) for k in self._rivals.get(at, ())}
        places.update(self._images(first, last))
        if not places:
            return Carried(LOST, why="its words are gone")
        return self._ask(sorted(places), "it may stand in more than one place")

    def _ask(self, places: Sequence[int], why: str) -> Carried:
        """Ask, showing the places: words near each other make one place."""
        new = self._new
        shown: list[Where] = []
        last = -2 * NEAR
        for at in places:
            where = Where(new.blocks[at], new.starts[at], new.ends[at])
            if at - last <= NEAR and shown[-1].block == where.block:
                shown[-1] = Where(where.block, shown[-1].start, where.end)
            else:
                shown.append(where)
            last = at
        return Carried(ASK, None, tuple(shown), why)
