"""A block cut into flat segments: what each view shows, where marks, notes and links lie."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.model.bound import BoundBlock, Expansion
from build_tools.model.woven import EVERYWHERE, EXPANDED, READING, TRANSCRIBED, LinkTo, Segment

SHOWN = {
    "kept": EVERYWHERE,
    "inserted": frozenset({READING, EXPANDED}),
}
ONLY_EXPANDED = frozenset({EXPANDED})


@dataclass(frozen=True)
class Lit:
    """The passage of a note: a range of base text."""

    note: str
    start: int
    end: int


@dataclass(frozen=True)
class LinkedRange:
    """A range of the reading text that links to an entry."""

    start: int
    end: int
    link: LinkTo


@dataclass(frozen=True)
class Laid:
    """A segment with its range in the reading text and its unit.

    The range of words that an emendation replaces is that of the words read instead; it is empty
    for all else that is not read.

    Segments of one unit are alternatives of each other: no marker may stand between them.
    """

    segment: Segment
    read_start: int
    read_end: int
    unit: int


def segments(
    bound: BoundBlock, lit: Sequence[Lit], links: Sequence[LinkedRange], cuts: Iterable[int]
) -> tuple[Laid, ...]:
    """Cut a block at every boundary and say of each segment what it bears.

    ``cuts`` are further base offsets to cut at (fragments, line ends).
    """
    base_cuts = {*cuts}
    for span in bound.block.marks:
        base_cuts |= {span.start, span.end}
    for one in lit:
        base_cuts |= {one.start, one.end}
    read_cuts = {one.at for one in bound.supplied}
    for expansion in bound.expansions:
        read_cuts |= {expansion.start, expansion.end, expansion.take_start, expansion.take_end}
    for linked in links:
        read_cuts |= {linked.start, linked.end}
    laid = list(_cut(bound, sorted(base_cuts), sorted(read_cuts)))
    laid = [_dressed(one, bound, lit, links) for one in laid]
    return tuple(_with_supplied(_with_expansions(laid, bound.expansions), bound))


def _cut(bound: BoundBlock, base_cuts: Sequence[int], read_cuts: Sequence[int]) -> Iterator[Laid]:
    """Cut the stretches: those of base text at base offsets, those read at reading offsets."""
    read_at = 0
    units: dict[object, int] = {}
    fresh = itertools.count(1)
    for stretch in bound.reading.stretches:
        size = len(stretch.text)
        is_base = stretch.end > stretch.start
        inner: set[int] = {0, size}
        if is_base:
            inner |= {c - stretch.start for c in base_cuts if stretch.start < c < stretch.end}
        if stretch.is_read:
            inner |= {c - read_at for c in read_cuts if read_at < c < read_at + size}
        change = stretch.change
        unit = units.setdefault(change, next(fresh)) if change else 0
        for first, last in itertools.pairwise(sorted(inner)):
            start, end = (
                (stretch.start + first, stretch.start + last) if is_base else (stretch.start,) * 2
            )
            segment = Segment(
                stretch.text[first:last],
                "emended" if stretch.why == "inserted" else "witness",
                SHOWN.get(stretch.why, frozenset({TRANSCRIBED})),
                start,
                end,
            )
            if stretch.is_read:
                yield Laid(segment, read_at + first, read_at + last, unit)
            else:
                replaced_by = len(change.reading) if change else 0
                yield Laid(segment, read_at, read_at + replaced_by, unit)
        if stretch.is_read:
            read_at += size


def _dressed(
    one: Laid, bound: BoundBlock, lit: Sequence[Lit], links: Sequence[LinkedRange]
) -> Laid:
    """Give a segment its marks, notes and link; the expanded view loses it if replaced there."""
    segment = one.segment
    start, end = _stands_for(segment, bound)
    marks = tuple(
        span.number
        for span in bound.block.marks
        if span.start <= start and end <= span.end and span.start < span.end
    )
    notes = tuple(
        dict.fromkeys(
            note.note
            for note in lit
            if (note.start < end and start < note.end)
            or (start == end and note.start < start < note.end)
        )
    )
    link = None
    if one.read_end > one.read_start:
        link = next(
            (r.link for r in links if r.start <= one.read_start and one.read_end <= r.end), None
        )
    shown = segment.shown
    if READING in shown and any(
        e.expansion and e.take_start <= one.read_start and one.read_end <= e.take_end
        for e in bound.expansions
    ):
        shown = shown - ONLY_EXPANDED
    dressed = Segment(
        segment.text,
        segment.kind,
        shown,
        segment.start,
        segment.end,
        marks,
        notes,
        link,
        segment.form,
    )
    return Laid(dressed, one.read_start, one.read_end, one.unit)


def _stands_for(segment: Segment, bound: BoundBlock) -> tuple[int, int]:
    """Return the base range a segment stands for: of emended words, the range they replace."""
    if segment.kind != "emended":
        return segment.start, segment.end
    for stretch in bound.reading.stretches:
        if stretch.change and stretch.start == segment.start and stretch.why == "inserted":
            return stretch.change.start, stretch.change.end
    return segment.start, segment.end


def _with_expansions(laid: Sequence[Laid], expansions: Sequence[Expansion]) -> list[Laid]:
    """Set each expansion directly after the form it takes the place of, as one unit with it."""
    out = list(laid)
    unit = -1
    for expansion in expansions:
        if not expansion.expansion:
            continue
        inside = [
            i
            for i, one in enumerate(out)
            if READING in one.segment.shown
            and expansion.start <= one.read_start
            and one.read_end <= expansion.end
        ]
        first, last = inside[0], inside[-1]
        own = {out[i].unit for i in range(first, last + 1)} - {0}
        units = own | {unit}
        model = out[first].segment
        words = Segment(
            expansion.expansion,
            "expansion",
            ONLY_EXPANDED,
            out[last].segment.end,
            out[last].segment.end,
            (),
            model.notes,
            model.link,
            expansion.form,
            expansion.term,
        )
        end = out[last].read_end
        out.insert(last + 1, Laid(words, end, end, unit))
        for i, one in enumerate(out):
            if first <= i <= last + 1 or one.unit in units - {unit}:
                out[i] = replace(one, unit=unit)
        unit -= 1
    return out


def _with_supplied(laid: Sequence[Laid], bound: BoundBlock) -> Iterator[Laid]:
    """Set supplied words directly before the words they are supplied to."""
    waiting: Mapping[int, str] = {one.at: one.text for one in bound.supplied}
    left = dict(waiting)
    at = 0
    for one in laid:
        is_read = READING in one.segment.shown
        if is_read and one.read_start in left:
            yield _supplied(left.pop(one.read_start), one.segment.start, one.read_start)
        yield one
        at = one.segment.end
    for offset, text in sorted(left.items()):
        yield _supplied(text, at, offset)


def _supplied(text: str, at: int, read_at: int) -> Laid:
    return Laid(Segment(text, "supplied", ONLY_EXPANDED, at, at), read_at, read_at, 0)
