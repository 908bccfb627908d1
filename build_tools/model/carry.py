"""Carrying a passage from one state of a text to the next, or saying that it cannot be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.model.alignment import Alignment, align
from build_tools.model.folding import fold, is_word

NEAR = 3
UNCHANGED, MOVED, REWRITTEN, LOST, ASK = "unchanged", "moved", "rewritten", "lost", "ask"


@dataclass(frozen=True)
class Where:
    """A stretch of base text, or with ``start == end`` a point."""

    block: str
    start: int
    end: int


@dataclass(frozen=True)
class Carried:
    """What became of a passage.

    ``now`` is where it stands, None where it is lost or somebody must be asked; ``may_be`` lists
    the places that may be it; ``why`` says in a clause why it is not known.
    """

    state: str
    now: Where | None = None
    may_be: tuple[Where, ...] = ()
    why: str = ""


class Carrier:
    """Carries passages between two states of a document, each its blocks' base texts in order."""

    def __init__(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        self.alignment: Alignment = align(old, new)
        self.image = self.alignment.image
        self.origin = {k: at for at, k in enumerate(self.image) if k >= 0}

    def passage(self, block: str, start: int, end: int) -> Carried:
        """Carry a stretch of base text; it is taken as whole words."""
        first, last = self.alignment.old.within(block, start, end)
        if first == last:
            return self.point(block, start)
        found = self._range(first, last)
        if isinstance(found, Carried):
            return found
        return self._settled(Where(block, start, end), found)

    def _settled(self, was: Where, found: tuple[int, int]) -> Carried:
        new = self.alignment.new
        first, last = found
        now = Where(new.blocks[first], new.starts[first], new.ends[last - 1])
        if now == was and self.old[was.block] == self.new[now.block]:
            return Carried(UNCHANGED, now)
        before = fold(self.old[was.block][was.start : was.end]).text
        after = fold(self.new[now.block][now.start : now.end]).text
        if before != after:
            return Carried(REWRITTEN, now)
        return Carried(UNCHANGED if now == was else MOVED, now)

    def _range(self, first: int, last: int) -> tuple[int, int] | Carried:
        """Find the new tokens between which the old ones certainly stand."""
        if not (self._holds(first, -1) and self._holds(last - 1, 1)):
            return self._unknown(first, last)
        known = [at for at in range(first, last) if self.image[at] >= 0]
        left = self._left(first, known[0] if known else last)
        right = self._right(last, known[-1] if known else first - 1)
        if left is None or right is None:
            return self._unknown(first, last)
        words = list(self.alignment.new.words(left, right))
        if not words:
            return self._unknown(first, last)
        if len({self.alignment.new.blocks[at] for at in words}) > 1:
            return self._ask(words, "it is divided between blocks")
        if not known and len(words) > 2 * (last - first) + 2:
            return self._ask(words, "nothing of it is left, and many words stand in its place")
        if self._is_run_together((first, last), words, known):
            return self._ask(words, "words were run together or divided here")
        found = self._trimmed(first, last, words[0], words[-1] + 1)
        if not self._agrees((first, last), found, known):
            return self._unknown(first, last)
        if known and not self._is_attached(first, found):
            return self._ask(words, "it would stand among new words in another block")
        return found

    def _is_attached(self, first: int, news: tuple[int, int]) -> bool:
        """Tell whether a passage in another block than its own came with neighbours.

        It must reach an end of the block, or words that were in that block before.
        """
        old, new = self.alignment.old, self.alignment.new
        block = new.blocks[news[0]]
        if old.blocks[first] == block:
            return True
        if block in self.old and not self._is_neighbour(old.blocks[first], block):
            return False
        for at, step in ((news[0], -1), (news[1] - 1, 1)):
            gap = 0
            while gap <= NEAR:
                at += step
                if new.is_opening(at):
                    return True
                if at not in self.origin:
                    gap += 1
                elif old.blocks[self.origin[at]] == block:
                    return True
                else:
                    gap = 0
        return False

    def _agrees(self, olds: tuple[int, int], news: tuple[int, int], known: list[int]) -> bool:
        """Tell whether nothing in doubt, inside the passage or outside, speaks for another place.
        """
        rivals = self.alignment.rivals
        (first, last), (left, right) = olds, news
        for at, edge in ((first, left), (last - 1, right - 1)):
            if at in rivals and rivals[at] != {edge}:
                return False
        if any(not left <= k < right for at in range(first, last) for k in rivals.get(at, ())):
            return False
        sure = range(self.image[known[0]], self.image[known[-1]] + 1) if known else range(0)
        return not any(
            left <= k < right and k not in sure
            for at, images in rivals.items()
            if not first <= at < last
            for k in images
        )

    def _is_neighbour(self, one: str, other: str) -> bool:
        """Tell whether two blocks stood together, but for blocks that are no more."""
        order = [block for block in self.old if block in self.new or block in (one, other)]
        return abs(order.index(one) - order.index(other)) == 1

    def _is_run_together(self, olds: tuple[int, int], words: list[int], known: list[int]) -> bool:
        """Tell whether an outermost word that is gone was run together with others, or cut up."""
        old, new = self.alignment.old, self.alignment.new
        first, last = olds
        letters = "".join(new.keys[at] for at in words)
        one, other = old.keys[first], old.keys[last - 1]
        return (self.image[first] < 0 and 0 < letters.find(one)) or (
            self.image[last - 1] < 0
            and other in letters
            and letters.rfind(other) < len(letters) - len(other)
        )

    def _holds(self, at: int, step: int) -> bool:
        """Tell whether an outermost word is whole: corrected letters may have crossed a space.

        A word that became another like it counts only if its neighbour stands beside it still.
        """
        old, new, k = self.alignment.old, self.alignment.new, self.image[at]
        if k < 0 or old.keys[at] == new.keys[k]:
            return True
        while True:
            at, k = at + step, k + step
            edges = old.is_opening(at), new.is_opening(k)
            if all(edges):
                return True
            if edges[0] and self.image[at] < 0:
                k -= step
            elif edges[1] and k not in self.origin:
                at -= step
            elif self.image[at] != k or old.keys[at] != new.keys[k]:
                return False
            elif _is_word(old.keys[at]):
                return True

    def _left(self, first: int, known: int) -> int | None:
        """Find where the passage begins, ``known`` being its first certain token."""
        if self.image[first] >= 0:
            return self.image[first]
        old, new = self.alignment.old, self.alignment.new
        at = first - 1
        while self.image[at] < 0 and old.is_opening(at):
            at -= 1
        adjacent = self.image[at] >= 0
        while self.image[at] < 0:
            at -= 1
        begin = self.image[at] + 1
        if adjacent:
            return begin
        end = next(self.image[a] for a in range(known, len(self.image)) if self.image[a] >= 0)
        return None if any(new.words(begin, end)) else end

    def _right(self, last: int, known: int) -> int | None:
        if self.image[last - 1] >= 0:
            return self.image[last - 1] + 1
        old, new = self.alignment.old, self.alignment.new
        at = last
        while self.image[at] < 0 and old.is_opening(at):
            at += 1
        adjacent = self.image[at] >= 0
        while self.image[at] < 0:
            at += 1
        end = self.image[at]
        if adjacent:
            return end
        begin = next(self.image[a] for a in range(known, -1, -1) if self.image[a] >= 0) + 1
        return None if any(new.words(begin, end)) else begin

    def _trimmed(self, first: int, last: int, left: int, right: int) -> tuple[int, int]:
        """Leave out signs at the edges that came with other words."""
        old, new = self.alignment.old, self.alignment.new
        own = {self.image[at] for at in range(first, last)}
        if _is_word(old.keys[first]):
            while right - left > 1 and left not in own and not _is_word(new.keys[left]):
                left += 1
        if _is_word(old.keys[last - 1]):
            while right - left > 1 and right - 1 not in own and not _is_word(new.keys[right - 1]):
                right -= 1
        return left, right

    def _unknown(self, first: int, last: int) -> Carried:
        rivals = self.alignment.rivals
        new = self.alignment.new
        places = sorted({k for at in range(first, last) for k in rivals.get(at, ())})
        if not places:
            return Carried(LOST, why="its words are gone")
        return Carried(
            ASK,
            None,
            tuple(Where(new.blocks[k], new.starts[k], new.ends[k]) for k in places),
            "it may stand in more than one place",
        )

    def _ask(self, words: list[int], why: str) -> Carried:
        new = self.alignment.new
        found: dict[str, Where] = {}
        for at in words:
            block = new.blocks[at]
            begun = found.get(block)
            start = begun.start if begun else new.starts[at]
            found[block] = Where(block, start, new.ends[at])
        return Carried(ASK, None, tuple(found.values()), why)

    def point(self, block: str, at: int) -> Carried:
        """Carry the place of something missing: its neighbours must still be neighbours."""
        old, new = self.alignment.old, self.alignment.new
        right = old.openings[block] + 1
        while old.blocks[right] == block and old.starts[right] < at:
            right += 1
        left = right - 1
        rivals = self.alignment.rivals
        doubtful = sorted({*rivals.get(left, ()), *rivals.get(right, ())})
        if doubtful:
            return self._ask(doubtful, "the words around it may stand elsewhere")
        stands = [self.image[at] >= 0 and not old.is_opening(at) for at in (left, right)]
        if not any(stands):
            return Carried(LOST, why="the words around it are gone")
        after_left = not old.is_opening(left) and old.ends[left] == at
        one, two = left, right
        while self.image[one] < 0:
            one -= 1
        while self.image[two] < 0:
            two += 1
        first, last = self.image[one], self.image[two]
        return self._point(Where(block, at, at), (left, right), (first, last), after_left)

    def _point(
        self, was: Where, olds: tuple[int, int], news: tuple[int, int], after_left: bool
    ) -> Carried:
        new = self.alignment.new
        first, last = news
        between = list(new.words(first + 1, last))
        if between:
            return self._ask(between, "words stand now where something was missing")
        left_word, right_word = not new.is_opening(first), not new.is_opening(last)
        if left_word and right_word and new.blocks[first] != new.blocks[last]:
            return self._ask([first, last], "its neighbours stand in different blocks now")
        if left_word and (after_left or not right_word):
            now = Where(new.blocks[first], new.ends[first], new.ends[first])
        elif right_word:
            now = Where(new.blocks[last], new.starts[last], new.starts[last])
        else:
            return Carried(LOST, why="the words around it are gone")
        return Carried(UNCHANGED if now == was else MOVED, now)


def _is_word(key: str) -> bool:
    return is_word(key[:1] or "-")
