"""Records of one document about the same words, and records that say nearly the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from build_tools.model.bound import Anchor
from build_tools.model.review import Alike

SHARED = 50
"""So much of the shorter passage, of 100, must be the other's too to be told."""
ALL, SAME = 100, 101
LIKENESS = 85
"""So alike, of 100, must two bodies be to be told."""
SHORTEST = 40
"""Characters of a body that may be like another; shorter ones are alike by accident."""


@dataclass(frozen=True)
class About:
    """A record with what it is about and what it says."""

    record: str
    label: str
    anchors: tuple[Anchor, ...]
    words: str


def alike(one: About, others: Sequence[About]) -> Iterator[Alike]:
    """Yield the records that are like one, and why."""
    for other in others:
        if other.record == one.record:
            continue
        whys = [*_shared(one.anchors, other.anchors), *_said(one.words, other.words)]
        if whys:
            yield Alike(other.record, other.label, "; ".join(whys))


def _shared(anchors: Sequence[Anchor], others: Sequence[Anchor]) -> Iterator[str]:
    best = max((_share(one, other) for one in anchors for other in others), default=0)
    if best == SAME:
        yield "about the same passage"
    elif best == ALL:
        yield "one passage is part of the other"
    elif best > SHARED:
        yield f"{best} % of the shorter passage is shared"


def _share(one: Anchor, other: Anchor) -> int:
    """Return how much of the shorter passage both have, of 100; more only for the very same."""
    if (one.whole, one.block, one.target.page) != (other.whole, other.block, other.target.page):
        return 0
    if (one.start, one.end) == (other.start, other.end):
        return SAME
    shorter = min(one.end - one.start, other.end - other.start)
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 100 * shared // shorter if shorter and shared > 0 else 0


def _said(words: str, others: str) -> Iterator[str]:
    if min(len(words), len(others)) >= SHORTEST:
        likeness = fuzz.ratio(words, others, score_cutoff=LIKENESS)
        if likeness:
            yield f"what they say is alike, {likeness:.0f} of 100"
