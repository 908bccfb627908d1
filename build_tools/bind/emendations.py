"""Emendations: which are applied, and whether they may be."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.model.base import Block
from build_tools.model.bound import Anchor, BoundEmendation
from build_tools.model.edits import DELETION, Change, Edited, edited, final
from build_tools.model.kinds import CERTAINTIES
from build_tools.model.problem import Problem
from build_tools.model.records import Emendation, EmendationChange


@dataclass(frozen=True)
class Emended:
    """Emendations, resolved, with what is wrong with others.

    ``doubtful`` are the blocks whose reading text may be another once that is mended.
    """

    emendations: tuple[BoundEmendation, ...]
    problems: tuple[Problem, ...]
    doubtful: frozenset[str]


def bind_emendations(
    emendations: Iterable[Emendation], apply: str, around: Surroundings
) -> Emended:
    """Resolve every change; an emendation is left out, with its problem, if one change fails."""
    doubtful: set[str] = set()
    bound: list[BoundEmendation] = []
    problems: list[Problem] = []
    enough = CERTAINTIES[: CERTAINTIES.index(apply) + 1 if apply in CERTAINTIES else 1]
    for emendation in emendations:
        anchors: list[Anchor] = []
        changes: list[tuple[str, Change]] = []
        faults: list[Problem] = []
        for number, change in enumerate(emendation.changes):
            anchor = resolve(change.target, around)
            if isinstance(anchor, Problem):
                faults.append(anchor)
                doubtful.update(around.blocks)  # it may have meant words of any of them
                continue
            anchors.append(anchor)
            changes.append(
                (
                    anchor.block,
                    Change(emendation.id, number, anchor.start, anchor.end, change.reading),
                )
            )
            faults.extend(_change_problems(change, anchor, around.blocks[anchor.block]))
        problems.extend(faults)
        if faults:
            doubtful.update(block for block, _ in changes)
        else:
            applied = emendation.certainty in enough
            bound.append(BoundEmendation(emendation, tuple(anchors), tuple(changes), applied))
    overlaps = dict(_overlaps(bound))
    problems.extend(overlaps)
    return Emended(tuple(bound), tuple(problems), frozenset(doubtful.union(overlaps.values())))


def _change_problems(change: EmendationChange, anchor: Anchor, block: Block) -> Iterator[Problem]:
    start, end = anchor.start, anchor.end
    for span in block.marks:
        if span.start < start < span.end < end or start < span.start < end < span.end:
            words = block.base[span.start : span.end]
            yield Problem(
                "emendation-crosses-mark",
                change.place,
                f"the emendation covers part of the mark {{{span.mark.name}: {words}}} "
                f"in block {block.id} and words outside it",
                "emend the whole mark, or only words inside it or outside it",
            )
    shown = final(block)
    first, last = shown.from_base(start, end)
    deleted = end > start and all(
        stretch.why == DELETION
        for stretch in shown.stretches
        if stretch.start < end and stretch.end > start
    )
    if deleted or (start == end and (not change.reading or _inside_deletion(block, start))):
        yield Problem(
            "emendation-no-effect",
            change.place,
            f"the emendation is confined to deleted words of block {block.id}: it changes nothing",
            "say in a note what you think of the deleted words",
        )
    elif end > start and shown.text[first:last] == change.reading:
        yield Problem(
            "emendation-no-effect",
            change.place,
            f'"{change.reading}" is what block {block.id} has already',
            "give the corrected words under reading:",
        )


def _inside_deletion(block: Block, at: int) -> bool:
    return any(span.mark.name == "del" and span.start < at < span.end for span in block.marks)


def _overlaps(bound: Iterable[BoundEmendation]) -> Iterator[tuple[Problem, str]]:
    """Yield a problem for each two that change the same words, with their block."""
    by_block: dict[str, list[tuple[Change, BoundEmendation]]] = defaultdict(list)
    for one in bound:
        if one.applied:
            for block, change in one.changes:
                by_block[block].append((change, one))
    for block, changes in by_block.items():
        changes.sort(key=lambda pair: (pair[0].start, pair[0].end))
        for (a, first), (b, second) in itertools.pairwise(changes):
            shares_point = (a.start == a.end or b.start == b.end) and b.start <= a.end
            if b.start < a.end or shares_point:
                where = second.emendation.changes[b.number].place
                other = first.emendation
                yield (
                    Problem(
                        "emendation-overlap",
                        where,
                        f'the emendations "{other.id}" and "{second.emendation.id}" '
                        f"change the same words of block {block}",
                        "apply one of them: give the other a lower certainty, or make one record "
                        f"of both (the other stands in {other.place.file})",
                    ),
                    block,
                )


@dataclass(frozen=True)
class Readings:
    """The reading text of every block; ``doubtful`` as for :class:`Emended`."""

    texts: dict[str, Edited]
    problems: tuple[Problem, ...]
    doubtful: frozenset[str]


def readings(blocks: Mapping[str, Block], bound: Iterable[BoundEmendation]) -> Readings:
    """Make the reading text of every block with the applied emendations."""
    by_block: dict[str, list[Change]] = defaultdict(list)
    places: dict[tuple[str, int], EmendationChange] = {}
    for one in bound:
        for number, change in enumerate(one.emendation.changes):
            places[one.emendation.id, number] = change
        if one.applied:
            for name, applied in one.changes:
                by_block[name].append(applied)
    texts: dict[str, Edited] = {}
    problems: list[Problem] = []
    doubtful: set[str] = set()
    for block in blocks.values():
        changes = by_block.get(block.id, [])
        if _collide(changes):
            changes = []
        texts[block.id] = edited(block, changes)
        faults = tuple(_spacing(block, changes, texts[block.id], places))
        problems.extend(faults)
        if faults:
            doubtful.add(block.id)
    return Readings(texts, tuple(problems), frozenset(doubtful))


def _collide(changes: list[Change]) -> bool:
    ordered = sorted(changes, key=lambda change: (change.start, change.end))
    return any(b.start < a.end for a, b in itertools.pairwise(ordered))


def _spacing(
    block: Block,
    changes: Iterable[Change],
    text: Edited,
    places: Mapping[tuple[str, int], EmendationChange],
) -> Iterator[Problem]:
    if "  " not in text.text and text.text == text.text.strip(" "):
        return
    for change in changes:
        without = edited(block, [other for other in changes if other != change])
        if "  " in without.text or without.text != without.text.strip(" "):
            continue
        yield Problem(
            "emendation-spacing",
            places[change.emendation, change.number].place,
            f"with this emendation block {block.id} has two spaces together, or one at its edge",
            "write single spaces, and none at the ends of the reading; "
            'a removal (reading: "") takes one space with it',
        )
