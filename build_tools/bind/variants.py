"""Variants of further witnesses, within what is known of each: on record, or computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.bind.collation import Position, collate
from build_tools.model.bound import Anchor, BoundVariant
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
        problems.extend(_unfounded(own, computed))
        judged = {_reading(one) for one in own}
        recorded.extend(one for one in computed if _reading(one) not in judged)
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
    if siglum and (siglum not in known.witnesses or siglum == basis):
        yield Problem(
            "witness-unknown",
            variant.witness_place,
            f'"{siglum}" is the basis of the transcription, not a further witness'
            if siglum == basis
            else f'document.yml describes no witness "{siglum}"',
            did_you_mean(siglum, known.witnesses, "the sigla are " + ", ".join(known.witnesses)),
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


def _reading(bound: BoundVariant) -> tuple[str, int, int, str]:
    return bound.anchor.block, bound.anchor.start, bound.anchor.end, bound.variant.reading


def _unfounded(
    recorded: Iterable[BoundVariant], computed: Iterable[BoundVariant]
) -> Iterator[Problem]:
    """Yield a problem for each record that the text of its witness does not bear out."""
    found = {_reading(one) for one in computed}
    for one in recorded:
        if _reading(one) in found:
            continue
        here = [
            f'{c.variant.witness} has "{c.variant.reading}" for '
            f'"{c.variant.target.quotation.exact if c.variant.target.quotation else ""}"'
            for c in computed
            if c.anchor.block == one.anchor.block
        ]
        yield Problem(
            "variant-differs",
            one.variant.place,
            f"the text of witness {one.variant.witness} does not have this variant "
            f"in block {one.anchor.block}",
            "give target and reading as the collation has them, or mend the witness's text",
            tuple(here[:3]),
        )
