"""Collation: the variants of a further witness that is given by its text.

Text blocks of the two witnesses are compared by id, word by word, on their final texts. The result
is the same kind of record an editor writes, so that both roads give one apparatus.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.model.anchors import Quotation
from build_tools.model.base import Block, blocks
from build_tools.model.bound import Anchor, BoundVariant
from build_tools.model.edits import Edited, final
from build_tools.model.folding import is_unspaced, is_word
from build_tools.model.nearest import did_you_mean
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.prose import Prose
from build_tools.model.records import Target, Variant
from build_tools.model.transcription import Transcription

Position = tuple[int, int]
"""Order of the block in the document, offset in its base text."""


@dataclass(frozen=True)
class Collated:
    """What of a block is compared, and the bounds within which the witness is known."""

    siglum: str
    block: Block
    order: int
    bounds: tuple[Position, Position] | None


def collate(
    siglum: str,
    witness: Transcription,
    base: Mapping[str, Block],
    bounds: tuple[Position, Position] | None,
) -> tuple[tuple[BoundVariant, ...], tuple[Problem, ...]]:
    """Compute the variants of a witness against the transcription's blocks."""
    theirs = {block.id: block for block in blocks(witness)}
    problems = tuple(
        Problem(
            "block-unknown",
            block.place,
            f'witness {siglum} has a block "{block.id}", which the transcription does not have',
            did_you_mean(
                block.id,
                base,
                "give the block the id of the block it is to be compared with",
                instead=True,
            ),
        )
        for block in theirs.values()
        if block.id not in base
    )
    found: list[BoundVariant] = []
    for order, block in enumerate(base.values()):
        if block.group != "text":
            continue
        other = theirs.get(block.id)
        text = final(other).text if other else ""
        collated = Collated(siglum, block, order, bounds)
        found.extend(_variants(collated, text))
    return tuple(found), problems


def _variants(collated: Collated, text: str) -> Iterator[BoundVariant]:
    ours = final(collated.block)
    number = 0
    for start, end, reading in differences(ours.text, text):
        first, last = _base_range(ours, start, end)
        if not _is_known(collated, first, last):
            continue
        number += 1
        yield _bound(collated, number, (first, last), reading)


def differences(ours: str, theirs: str) -> Iterator[tuple[int, int, str]]:
    """Yield where two texts differ: a range of the first, and the words the second has there."""
    a, b = _tokens(ours), _tokens(theirs)
    matcher = difflib.SequenceMatcher(None, [t for _, t in a], [t for _, t in b], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = a[i1][0] if i1 < i2 else (a[i1 - 1][0] + len(a[i1 - 1][1]) if i1 else 0)
        end = a[i2 - 1][0] + len(a[i2 - 1][1]) if i1 < i2 else start
        reading = theirs[b[j1][0] : b[j2 - 1][0] + len(b[j2 - 1][1])] if j1 < j2 else ""
        yield start, end, reading


def _tokens(text: str) -> list[tuple[int, str]]:
    """Part a text into words with what clings to them, as an apparatus quotes them.

    Characters of scripts written without spaces stand alone.
    """
    tokens: list[tuple[int, str]] = []
    for match in re.finditer(r"[^ ]+", text):
        start = match.start()
        for offset in range(match.start(), match.end()):
            if is_unspaced(text[offset]):
                if start < offset:
                    tokens.append((start, text[start:offset]))
                tokens.append((offset, text[offset]))
                start = offset + 1
        if start < match.end():
            tokens.append((start, text[start : match.end()]))
    return tokens


def _base_range(ours: Edited, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return ours.to_base(start, end)
    if start == 0:
        return 0, 0
    at = ours.to_base(start - 1, start)[1]
    return at, at


def _is_known(collated: Collated, start: int, end: int) -> bool:
    if collated.bounds is None:
        return True
    first, last = collated.bounds
    return (collated.order, start) >= first and (collated.order, end) <= last


def _bound(collated: Collated, number: int, span: tuple[int, int], reading: str) -> BoundVariant:
    block = collated.block
    words = block.base[span[0] : span[1]]
    target = Target(block=block.id, quotation=Quotation(words), place=block.place)
    variant = Variant(
        id=f"{collated.siglum.lower()}-{block.id}-{number}",
        target=target,
        witness=collated.siglum,
        reading=reading,
        variant_class=variant_class(words, reading),
        label=f"{collated.siglum}: {reading or 'omitted'}",
        author="",
        license="",
        date="",
        sources=(),
        body=Prose(()),
        place=Place(block.place.file, block.place.line, block.place.column),
        is_computed=True,
    )
    return BoundVariant(variant, Anchor(target, block.id, *span))


def variant_class(ours: str, theirs: str) -> str:
    """Call a variant accidental if only case, punctuation or spacing differ."""
    return "accidental" if _letters(ours) == _letters(theirs) else "substantive"


def _letters(text: str) -> str:
    return "".join(c.casefold() for c in text if is_word(c))
