"""Variants of further witnesses, within what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.model.bound import Anchor, BoundVariant
from build_tools.model.nearest import did_you_mean
from build_tools.model.problem import Problem
from build_tools.model.records import Description, Variant, Witness

Position = tuple[int, int]


def bind_variants(
    variants: Iterable[Variant], description: Description, around: Surroundings
) -> tuple[tuple[BoundVariant, ...], tuple[Problem, ...]]:
    """Resolve the variants; one whose witness or place fails is left out with its problem."""
    witnesses = {witness.siglum: witness for witness in description.witnesses}
    order = {block: index for index, block in enumerate(around.blocks)}
    bounds: dict[str, tuple[Position, Position]] = {}
    problems: list[Problem] = []
    for witness in description.witnesses:
        for bound in _bounds(witness, around, order):
            if isinstance(bound, Problem):
                problems.append(bound)
            else:
                bounds[witness.siglum] = bound
    found: list[BoundVariant] = []
    for variant in variants:
        anchor = resolve(variant.target, around)
        if isinstance(anchor, Problem):
            problems.append(anchor)
            continue
        faults = list(_faults(variant, anchor, witnesses, bounds, order, description))
        problems.extend(faults)
        if not faults:
            found.append(BoundVariant(variant, anchor))
    return tuple(found), tuple(problems)


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


def _faults(
    variant: Variant,
    anchor: Anchor,
    witnesses: Mapping[str, Witness],
    bounds: Mapping[str, tuple[Position, Position]],
    order: Mapping[str, int],
    description: Description,
) -> Iterator[Problem]:
    siglum = variant.witness
    if siglum not in witnesses or siglum == description.basis:
        yield Problem(
            "witness-unknown",
            variant.place,
            f'"{siglum}" is the basis of the transcription, not a further witness'
            if siglum == description.basis
            else f'document.yml describes no witness "{siglum}"',
            did_you_mean(siglum, witnesses, "the sigla are " + ", ".join(witnesses)),
        )
    elif siglum in bounds and anchor.block:
        first, last = bounds[siglum]
        start, end = (order[anchor.block], anchor.start), (order[anchor.block], anchor.end)
        if start < first or end > last:
            yield Problem(
                "variant-outside-coverage",
                variant.target.place,
                f"the variant lies outside the part of witness {siglum} that is known",
                "covers: in document.yml says where the witness begins and ends; "
                "nothing may be said of it elsewhere",
            )
