"""The judge: it knows by its number what became of every character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.model.carry import Where
from tests.harness.paper import Char, Paper

Blocks = Mapping[str, list[Char]]


@dataclass(frozen=True)
class Judge:
    """Old and new characters, and where in the new text each old one stands."""

    old: Blocks
    new: Blocks
    place: Mapping[int, tuple[str, int]]

    @classmethod
    def of(cls, old: Blocks, paper: Paper) -> Judge:
        new = dict(paper.blocks)
        known = {serial for chars in old.values() for _, serial in chars}
        place = {
            serial: (name, at)
            for name, chars in new.items()
            for at, (_, serial) in enumerate(chars)
            if serial in known
        }
        return cls(old, new, place)

    def survivors(self, was: Where) -> list[tuple[str, int]]:
        """Return where the characters of a passage stand that are still there."""
        return [
            self.place[serial]
            for character, serial in self.old[was.block][was.start : was.end]
            if character != " " and serial in self.place
        ]

    def is_right(self, was: Where, now: Where) -> bool:
        """Tell whether a passage was carried to where its characters stand."""
        if was.start == was.end:
            return self._is_between(was, now)
        if self._is_in_place(was, now):
            return True
        survivors = self.survivors(was)
        if not survivors:
            return self._is_between(was, now)
        if any(name != now.block for name, _ in survivors):
            return False
        first, last = min(at for _, at in survivors), max(at for _, at in survivors)
        if not (now.start <= first and last < now.end):
            return False
        return self._edge(was, now, first, -1) and self._edge(was, now, last, 1)

    def is_same_block(self, was: Where, now: Where) -> bool:
        """Tell whether a block is what another was: each has most of the other's characters.

        Or it has the same words, between the same neighbours; where none of its characters are
        left, that it stands between the same is all that can be asked.
        """
        if self._is_in_place(was, now):
            return True
        places = Counter(name for name, _ in self.survivors(was))
        if not places:
            return was.block == now.block or self._is_between(was, now)
        own = {serial for _, serial in self.old[was.block]}
        come = [char[1] in own for char in self.new[now.block] if self._is_old(char)]
        return 2 * places[now.block] > places.total() and 2 * sum(come) > len(come)

    def _edge(self, was: Where, now: Where, outermost: int, step: int) -> bool:
        """Judge what the passage now has outside its outermost character that is still there.

        No character of other words; newly typed words only where its own outermost is gone.
        """
        chars = self.new[now.block]
        own = self.old[was.block][was.start : was.end]
        is_whole = own[0 if step < 0 else -1][1] == chars[outermost][1]
        at = outermost + step
        while now.start <= at < now.end:
            character, serial = chars[at]
            if serial in self.place and character != " ":
                return False
            if is_whole and not _is_word_part(character):
                return False
            at += step
        return True

    def _is_in_place(self, was: Where, now: Where) -> bool:
        """Tell whether the same words stand between the very characters that stood around them.

        Then it does not matter that some may have been taken out and typed in again.
        """
        old, new = self.old[was.block], self.new[now.block]
        if was.block == now.block and _holds(old, new, now.start - was.start):
            return True
        if _letters(old[was.start : was.end]) != _letters(new[now.start : now.end]):
            return False
        return all(
            _first(_beyond(self.old, was, step)) == _first(_beyond(self.new, now, step))
            for step in (-1, 1)
        )

    def _is_between(self, was: Where, now: Where) -> bool:
        """Judge a place by the nearest characters before and after that are still there."""
        if any(self._is_old(char) for char in self.new[now.block][now.start : now.end]):
            return False
        if not any(map(self._is_old, self.old[was.block])):
            return any(self._is_beside(was, now, step) for step in (-1, 1))
        return all(self._is_beside(was, now, step) for step in (-1, 1))

    def _is_beside(self, was: Where, now: Where, step: int) -> bool:
        """Judge one side of a place: the nearest character of the block, or else of the next."""
        sides = (_within(self.old, was, step), _within(self.old, was, -step))
        inside = [any(map(self._is_old, side)) for side in sides]
        if not inside[0] and (
            inside[1] or not any(map(self._is_old, _within(self.new, now, step)))
        ):
            return True
        looked_for = next(filter(self._is_old, _beyond(self.old, was, step)), None)
        found = next(filter(self._is_old, _beyond(self.new, now, step)), None)
        return looked_for == found or self._is_same_word(was, looked_for, found)

    def _is_same_word(self, was: Where, one: Char | None, other: Char | None) -> bool:
        """Tell whether two characters stood in the same old word."""
        old = self.old[was.block]
        found = [n for n, char in enumerate(old) if char in (one, other)]
        return len(found) == 2 and all(c != " " for c, _ in old[found[0] : found[1]])

    def _is_old(self, char: Char) -> bool:
        return char[0] != " " and char[1] in self.place


def _beyond(blocks: Blocks, place: Where, step: int) -> Iterator[Char]:
    """Yield the characters before or after a place, the nearest first, over the ends of blocks."""
    names = list(blocks)
    at = names.index(place.block)
    yield from _within(blocks, place, step)
    for name in names[:at][::-1] if step < 0 else names[at + 1 :]:
        yield from blocks[name][::step]


def _within(blocks: Blocks, place: Where, step: int) -> Iterator[Char]:
    own = blocks[place.block]
    yield from own[: place.start][::-1] if step < 0 else own[place.end :]


def _first(chars: Iterator[Char]) -> Char | None:
    return next((char for char in chars if char[0] != " "), None)


def _holds(old: list[Char], new: list[Char], by: int) -> bool:
    """Tell whether a block has all its words still, and at most more before or after them."""
    before, after = ([character for character, _ in chars] for chars in (old, new))
    is_at_an_end = by in (0, len(new) - len(old))
    return is_at_an_end and by >= 0 and after[by : by + len(old)] == before


def _letters(chars: list[Char]) -> str:
    return "".join(character for character, _ in chars if character != " ")


def _is_word_part(character: str) -> bool:
    return character.isalnum() or not character.isascii()
