"""Variants of further witnesses, within what is known of each: on record, or computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.bind.collation import Position, collate
from build_tools.model.base import Block
from build_tools.model.bound import Anchor, BoundVariant
from build_tools.model.edits import Edited, final
from build_tools.model.nearest import did_you_mean
from build_tools.model.problem import Problem
from build_tools.model.records import Description, Document, Variant, Witness


@dataclass(frozen=True)
class Known:
    """What is known of the witnesses: descriptions, bounds, the order of the blocks."""

    description: Description
    witnesses: Mapping[str, Witness]
    bounds: Mapping[str, tuple[Position, Position]]
    order: Mapping[str, int]


def bind_variants(
    document: Document, around: Surroundings
) -> tuple[tuple[BoundVariant, ...], tuple[Problem, ...]]:
    """Resolve the variants on record and compute those of witnesses given by their text.

    A computed variant that is also on record is represented by the record, which judges it.
    """
    known, faults = _known(document.description, around)
    problems = list(faults)
    recorded: list[BoundVariant] = []
    for variant in document.variants:
        anchor = resolve(variant.target, around)
        if isinstance(anchor, Problem):
            problems.append(anchor)
            continue
        wrong = list(_faults(variant, anchor, known))
        problems.extend(wrong)
        if not wrong:
            recorded.append(BoundVariant(variant, anchor))
    for siglum, transcription in document.further.items():
        computed, faults = collate(siglum, transcription, around.blocks, known.bounds.get(siglum))
        problems.extend(faults)
        own = [one for one in recorded if one.variant.witness == siglum]
        judged: set[str] = set()
        for one in own:
            found = _borne_out(one, computed, around.blocks)
            judged.update(each.variant.id for each in found)
            if not found:
                problems.append(_unfounded(one, computed))
        recorded.extend(each for each in computed if each.variant.id not in judged)
    return tuple(recorded), tuple(problems)


def _known(description: Description, around: Surroundings) -> tuple[Known, tuple[Problem, ...]]:
    order = {block: index for index, block in enumerate(around.blocks)}
    bounds: dict[str, tuple[Position, Position]] = {}
    problems: list[Problem] = []
    for witness in description.witnesses:
        for bound in _bounds(witness, around, order):
            if isinstance(bound, Problem):
                problems.append(bound)
            else:
                bounds[witness.siglum] = bound
    witnesses = {witness.siglum: witness for witness in description.witnesses}
    return Known(description, witnesses, bounds, order), tuple(problems)


def _bounds(
    witness: Witness, around: Surroundings, order: Mapping[str, int]
) -> Iterator[tuple[Position, Position] | Problem]:
    if witness.covers is None:
        return
    start, end = (resolve(target, around) for target in witness.covers)
    if isinstance(start, Problem):
        yield start
    if isinstance(end, Problem):
        yield end
    if isinstance(start, Anchor) and isinstance(end, Anchor):
        yield (order[start.block], start.start), (order[end.block], end.end)


def _faults(variant: Variant, anchor: Anchor, known: Known) -> Iterator[Problem]:
    siglum, basis = variant.witness, known.description.basis
    further = [one for one in known.witnesses if one != basis]
    if siglum and (siglum not in known.witnesses or siglum == basis):
        yield Problem(
            "witness-unknown",
            variant.witness_place,
            f'"{siglum}" is the basis of the transcription, not a further witness'
            if siglum == basis
            else f'document.yml describes no witness "{siglum}"',
            did_you_mean(
                siglum, further, f"the further witnesses are {', '.join(further) or 'none'}"
            ),
        )
    elif siglum in known.bounds and anchor.block:
        first, last = known.bounds[siglum]
        place = known.order[anchor.block]
        if (place, anchor.start) < first or (place, anchor.end) > last:
            yield Problem(
                "variant-outside-coverage",
                variant.target.place,
                f"the variant lies outside the part of witness {siglum} that is known",
                "covers: in document.yml says where the witness begins and ends; "
                "nothing may be said of it elsewhere",
            )


def _borne_out(
    recorded: BoundVariant, computed: Iterable[BoundVariant], blocks: Mapping[str, Block]
) -> tuple[BoundVariant, ...]:
    """Return the computed variants that a record gives, perhaps with words around them.

    Where the record says something else than the text of its witness there are none.
    """
    anchor = recorded.anchor
    if anchor.block not in blocks:
        return ()
    inside = tuple(
        one
        for one in computed
        if one.anchor.block == anchor.block
        and anchor.start <= one.anchor.start
        and one.anchor.end <= anchor.end
    )
    ours = final(blocks[anchor.block])
    words: list[str] = []
    at = anchor.start
    for one in inside:
        words += (_between(ours, at, one.anchor.start), one.variant.reading)
        at = one.anchor.end
    words.append(_between(ours, at, anchor.end))
    same = "".join("".join(words).split()) == "".join(recorded.variant.reading.split())
    return inside if same else ()


def _between(ours: Edited, start: int, end: int) -> str:
    first, last = ours.from_base(start, end)
    return ours.text[first:last] if start < end else ""


def _unfounded(recorded: BoundVariant, computed: Iterable[BoundVariant]) -> Problem:
    """Report a record that the text of its witness does not bear out."""
    variant, anchor = recorded.variant, recorded.anchor
    here = [one for one in computed if one.anchor.block == anchor.block]
    at = [one for one in here if (one.anchor.start, one.anchor.end) == (anchor.start, anchor.end)]
    return Problem(
        "variant-differs",
        variant.reading_place if at else variant.target.quotation_place,
        f"the text of witness {variant.witness} does not have this variant in block {anchor.block}",
        "give target and reading as the collation has them, or mend the witness's text",
        tuple(_told(one) for one in (at or here)[:3]),
    )


def _told(one: BoundVariant) -> str:
    words = one.variant.target.quotation.exact if one.variant.target.quotation else ""
    siglum, reading = one.variant.witness, one.variant.reading
    if not words:
        return f'{siglum} adds "{reading}"'
    return (
        f'{siglum} has "{reading}" for "{words}"' if reading else f'{siglum} leaves out "{words}"'
    )
