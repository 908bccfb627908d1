"""From base text to the final and the reading text: stretches kept, dropped and inserted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from build_tools.model.base import Block
from build_tools.model.folding import is_word

DELETION, CARET, SPACE = "deletion", "caret", "space"

DROPPED = {"del": DELETION, "caret": CARET, "wordbreak": CARET}
"""The marks whose words are not read, with what takes them out."""

OPENING = frozenset("([{\u2018\u201c\u00ab\u00bf\u00a1/-")
CLOSING = frozenset(".,;:!?)]}\u2019\u201d\u00bb/-'")


@dataclass(frozen=True)
class Change:
    """One change of an applied emendation, resolved to base offsets.

    ``emendation`` is the record's id and ``number`` the place of the change in the record.
    """

    emendation: str
    number: int
    start: int
    end: int
    reading: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of a block: ``base[start:end]`` kept or dropped, or words inserted at ``start``.

    ``why`` is ``kept``, ``deletion``, ``caret``, ``space``, ``emendation`` or ``inserted``;
    inserted stretches have ``start == end``.
    """

    text: str
    start: int
    end: int
    why: str
    change: Change | None = None

    @property
    def is_read(self) -> bool:
        """Tell whether the stretch belongs to the text that is read."""
        return self.why in ("kept", "inserted")


@dataclass(frozen=True)
class Edited:
    """A text made from base text, with the stretches that account for every character of both."""

    text: str
    stretches: tuple[Stretch, ...]

    def to_base(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of this text to the range of base text it stands for.

        An inserted stretch stands for the whole range its change replaced.
        """
        low: int | None = None
        high = 0
        at = 0
        for stretch in self.stretches:
            if not stretch.is_read:
                continue
            size = len(stretch.text)
            if at < end and at + size > start:
                if stretch.change is not None:
                    first, last = stretch.change.start, stretch.change.end
                else:
                    first = stretch.start + max(0, start - at)
                    last = stretch.start + min(size, end - at)
                low, high = first if low is None else min(low, first), max(high, last)
            at += size
        return (low, high) if low is not None else (0, 0)

    def from_base(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of base text to the range of this text that shows it (empty if none does)."""
        low: int | None = None
        high = 0
        at = 0
        for stretch in self.stretches:
            if not stretch.is_read:
                continue
            size = len(stretch.text)
            if stretch.change is not None:
                change = stretch.change
                meets = change.start < end and change.end > start
                meets = meets or (change.start == change.end and start < change.start < end)
                first, last = at, at + size
            else:
                meets = stretch.start < end and stretch.end > start
                first = at + max(0, start - stretch.start)
                last = at + min(size, end - stretch.start)
            if meets:
                low, high = first if low is None else low, last
            at += size
        return (low, high) if low is not None else (0, 0)


def final(block: Block) -> Edited:
    """Return base text without deletions and carets."""
    return edited(block, ())


def edited(block: Block, changes: Sequence[Change]) -> Edited:
    """Apply changes to a block; deletions and carets go out, white space stays single.

    ``changes`` do not overlap. A dropped stretch takes with it the space that would be doubled.
    """
    if not changes and not any(span.mark.name in DROPPED for span in block.marks):
        whole = Stretch(block.base, 0, len(block.base), "kept")
        return Edited(block.base, (whole,) if block.base else ())
    why = _drops(block)
    ordered = sorted(changes, key=lambda change: (change.start, change.end))
    for change in ordered:
        for offset in range(change.start, change.end):
            why[offset] = "emendation"
    for change in ordered:
        _take_space(block.base, why, change)
    _single_space(block.base, why, {c.end for c in ordered if c.reading})
    return _assemble(block.base, why, ordered)


def _drops(block: Block) -> list[str]:
    why = ["kept"] * len(block.base)
    for span in block.marks:
        reason = DROPPED.get(span.mark.name)
        if reason:
            why[span.start : span.end] = [reason] * (span.end - span.start)
    return why


def _take_space(base: str, why: list[str], change: Change) -> None:
    """Let the removal of a word take the space before it where punctuation follows."""
    start, end = change.start, change.end
    if change.reading or start == end or start == 0 or not is_word(base[start]):
        return
    if base[start - 1] == " " and end < len(base) and base[end] != " ":
        why[start - 1] = SPACE


def _single_space(base: str, why: list[str], filled: set[int]) -> None:
    """Drop the space before a dropped stretch that would leave two, or one at an edge.

    ``filled`` holds the ends of dropped stretches whose place is taken by other words.
    """
    offset = 0
    previous = ""
    while offset < len(base):
        if why[offset] == "kept":
            previous = base[offset]
            offset += 1
            continue
        start = offset
        stands = False
        while offset < len(base) and why[offset] != "kept":
            offset += 1
            stands = stands or offset in filled
        if stands:
            previous = "x"
            continue
        following = base[offset] if offset < len(base) else ""
        if following in (" ", "") and previous == " ":
            why[start - 1] = SPACE
            previous = ""
        elif following == " " and previous == "":
            why[offset] = SPACE


def _assemble(base: str, why: list[str], changes: Sequence[Change]) -> Edited:
    stretches: list[Stretch] = []
    owner = {offset: change for change in changes for offset in range(change.start, change.end)}
    inserts: dict[int, list[Change]] = {}
    for change in changes:
        if change.reading:
            inserts.setdefault(change.end, []).append(change)
    start = 0
    for offset in range(len(base) + 1):
        at_cut = (
            offset == len(base)
            or offset in inserts
            or (
                offset > start
                and (why[offset], owner.get(offset)) != (why[start], owner.get(start))
            )
        )
        if at_cut and offset > start:
            stretches.append(
                Stretch(base[start:offset], start, offset, why[start], owner.get(start))
            )
            start = offset
        for change in inserts.get(offset, ()):
            words = _spaced(change, stretches, base, why, offset)
            stretches.append(Stretch(words, offset, offset, "inserted", change))
    text = "".join(stretch.text for stretch in stretches if stretch.is_read)
    return Edited(text, tuple(stretches))


def _spaced(
    change: Change, before: Sequence[Stretch], base: str, why: Sequence[str], offset: int
) -> str:
    """Give words inserted at a point the spaces that their neighbours need."""
    if change.start != change.end:
        return change.reading
    left = next((s.text[-1] for s in reversed(before) if s.is_read and s.text), "")
    right = next((base[i] for i in range(offset, len(base)) if why[i] == "kept"), "")
    words = change.reading
    if _needs_space(left, words[0]):
        words = " " + words
    if _needs_space(words[-1], right):
        words += " "
    return words


def _needs_space(left: str, right: str) -> bool:
    if not left or not right or left == " " or right == " ":
        return False
    return left not in OPENING and right not in CLOSING
