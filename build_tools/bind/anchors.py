"""Resolving targets: each passage is found exactly once, or a problem says why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from build_tools.model.anchors import Occurrence, Quotation, occurrences, settling_context
from build_tools.model.base import Block
from build_tools.model.bound import Anchor
from build_tools.model.edits import Edited
from build_tools.model.folding import fold, is_word
from build_tools.model.nearest import did_you_mean
from build_tools.model.problem import Problem
from build_tools.model.records import Target

LIKENESS = 70
"""How alike, of 100, a passage must be to be named in a hint."""
SHOWN = 60
MANY, NEAR = 20, 5


@dataclass(frozen=True)
class Surroundings:
    """What a target is looked for in: a document's blocks, pages, retired ids and reading texts.

    ``readings`` is empty while the emendations themselves are bound.
    """

    document: str
    blocks: Mapping[str, Block]
    pages: tuple[str, ...]
    retired: Mapping[str, str]
    readings: Mapping[str, Edited] = field(default_factory=dict)


def resolve(target: Target, around: Surroundings) -> Anchor | Problem:
    """Find what a target names."""
    if target.document:
        return Anchor(target, "", 0, 0, "document")
    if target.page:
        if target.page in around.pages:
            return Anchor(target, "", 0, 0, "page")
        known = ", ".join(around.pages) or "none"
        return Problem(
            "page-unknown",
            target.place,
            f'document {around.document} has no page "{target.page}"',
            f"its pages are {known}",
        )
    block = around.blocks.get(target.block)
    if block is None:
        return _unknown_block(target, around)
    if target.quotation is None:
        return Anchor(target, block.id, 0, len(block.base), "block")
    return _passage(target, target.quotation, block, around)


def _unknown_block(target: Target, around: Surroundings) -> Problem:
    successor = around.retired.get(target.block)
    hint = (
        f'that block was retired: write   block: "{successor}"'
        if successor
        else did_you_mean(target.block, around.blocks, f"the blocks are {_some(around.blocks)}")
    )
    return Problem(
        "block-unknown",
        target.place,
        f'document {around.document} has no block "{target.block}"',
        hint,
    )


def _some(names: Iterable[str]) -> str:
    known = list(names)
    return ", ".join(known[:MANY]) + (", \u2026" if len(known) > MANY else "")


def _passage(
    target: Target, quotation: Quotation, block: Block, around: Surroundings
) -> Anchor | Problem:
    found = occurrences(block.base, quotation)
    in_context = [o for o in found if o.context_holds]
    whole = tuple(o for o in in_context if o.whole_words)
    if len(whole) == 1:
        return Anchor(target, block.id, whole[0].start, whole[0].end)
    if whole:
        return _ambiguous(target, quotation, block, whole)
    if in_context:
        return _partial(target, quotation, block, in_context[0])
    if found and any(o.whole_words for o in found):
        return _context_changed(target, quotation, block, found)
    return _not_here(target, quotation, block, around)


def words_of(quotation: Quotation) -> str:
    """Return what a quotation quotes, as one string."""
    if quotation.exact is not None:
        return quotation.exact
    return " ".join(part.strip() for part in (quotation.prefix, quotation.suffix) if part)


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}\u2026"


def _ambiguous(
    target: Target, quotation: Quotation, block: Block, found: tuple[Occurrence, ...]
) -> Problem:
    words = _shown(words_of(quotation))
    ways: list[str] = []
    for number, place in enumerate(found, 1):
        if quotation.exact is None:
            near = block.base[max(0, place.start - 30) : place.start + 30]
            ways.append(f"place {number}: \u2026{near}\u2026")
            continue
        context = settling_context(block.base, place, found)
        key, value = ("prefix", context.prefix) if context.prefix else ("suffix", context.suffix)
        ways.append(f'place {number}:   {key}: "{value}"')
    return Problem(
        "anchor-ambiguous",
        target.quotation_place,
        f'"{words}" occurs {len(found)} times in block {block.id}',
        "say which place is meant by the words before or after it, as shown",
        tuple(ways),
    )


def _partial(target: Target, quotation: Quotation, block: Block, found: Occurrence) -> Problem:
    start, end = found.start, found.end
    while start > 0 and is_word(block.base[start - 1]):
        start -= 1
    while end < len(block.base) and is_word(block.base[end]):
        end += 1
    whole = block.base[start:end]
    hint = (
        f'quote whole words:   exact: "{whole}"'
        if quotation.exact is not None
        else (f'a point may not stand inside the word "{whole}"')
    )
    return Problem(
        "anchor-partial-word",
        target.quotation_place,
        f'"{_shown(words_of(quotation))}" begins or ends inside a word of block {block.id}',
        hint,
    )


def _context_changed(
    target: Target, quotation: Quotation, block: Block, found: tuple[Occurrence, ...]
) -> Problem:
    ways = []
    for place in found:
        if not place.whole_words:
            continue
        before = " ".join(block.base[: place.start].split()[-NEAR:])
        after = " ".join(block.base[place.end :].split()[:NEAR])
        ways.append(f'block {block.id} has   prefix: "{before}"   suffix: "{after}"')
    return Problem(
        "anchor-context-changed",
        target.quotation_place,
        f'"{_shown(words_of(quotation))}" stands in block {block.id}, '
        "but the words around it are not those of prefix and suffix",
        "look whether the passage is still the one meant, then correct prefix and suffix",
        tuple(ways[:3]),
    )


def _not_here(target: Target, quotation: Quotation, block: Block, around: Surroundings) -> Problem:
    words = words_of(quotation)
    for other in around.blocks.values():
        if other.id != block.id and any(o.whole_words for o in occurrences(other.base, quotation)):
            return Problem(
                "anchor-wrong-block",
                target.quotation_place,
                f'"{_shown(words)}" is not in block {block.id} but in block {other.id}',
                f'if that is the passage meant, write   block: "{other.id}"',
            )
    crossing = _crosses(words, block, around)
    if crossing:
        return Problem(
            "anchor-crosses-block",
            target.quotation_place,
            f'"{_shown(words)}" runs from block {block.id} into block {crossing}',
            "a passage stays in one block: give a list of targets, one for each block",
        )
    return _read_but_not_written(target, words, block, around) or _not_found(
        target, quotation, block, around
    )


def _crosses(words: str, block: Block, around: Surroundings) -> str:
    order = list(around.blocks.values())
    index = order.index(block)
    text = fold(words).text
    for first, second in ((index, index + 1), (index - 1, index)):
        if first >= 0 and second < len(order):
            joined = f"{fold(order[first].base).text} {fold(order[second].base).text}"
            if text and text in joined:
                return order[second if first == index else first].id
    return ""


def _read_but_not_written(
    target: Target, words: str, block: Block, around: Surroundings
) -> Problem | None:
    """Recognise a quotation taken from the reading view, and give the words transcribed."""
    for other in (block, *around.blocks.values()):
        reading = around.readings.get(other.id)
        if reading is None:
            continue
        found = occurrences(reading.text, Quotation(words))
        if found:
            start, end = reading.to_base(found[0].start, found[0].end)
            exact = other.base[start:end]
            return Problem(
                "anchor-not-found",
                target.quotation_place,
                f'"{_shown(words)}" is the reading text of block {other.id}, not its transcription',
                f'quote what is transcribed:   block: "{other.id}"   exact: "{exact}"',
            )
    return None


def _not_found(target: Target, quotation: Quotation, block: Block, around: Surroundings) -> Problem:
    words = words_of(quotation)
    if quotation.exact is None:
        return _point_not_found(target, quotation, block)
    likely = _closest(words, block, around)
    hint = (
        f'did you mean   block: "{likely[0][1]}"   exact: "{likely[0][2]}"'
        if likely
        else "copy the words from the view \u201cas transcribed\u201d; "
        "line ends and curly quotes do not matter"
    )
    return Problem(
        "anchor-not-found",
        target.quotation_place,
        f"the passage this record quotes is not in block {block.id}, nor in any other",
        hint,
        tuple(f'{name} "{text}"' for _, name, text in likely),
    )


def _point_not_found(target: Target, quotation: Quotation, block: Block) -> Problem:
    """Say which side of a point is not there, or that the two do not meet."""
    sides = {"prefix": quotation.prefix, "suffix": quotation.suffix}
    absent = {
        key: words
        for key, words in sides.items()
        if words and not occurrences(block.base, Quotation(words))
    }
    near = [
        f'{key}: "{passage}"'
        for key, words in absent.items()
        if (passage := _likeliest(words, block.base)[1])
    ]
    return Problem(
        "anchor-not-found",
        target.quotation_place,
        " and ".join(f'the {key} "{_shown(words)}"' for key, words in absent.items())
        + f" {'is' if len(absent) == 1 else 'are'} not in block {block.id}"
        if absent
        else f"prefix and suffix do not meet in block {block.id}",
        "did you mean   " + "   ".join(near)
        if near
        else "give the words directly before the place as prefix, those after it as suffix",
    )


def _closest(words: str, block: Block, around: Surroundings) -> list[tuple[float, str, str]]:
    """Return up to three passages like the words, the best first: for the hint only."""
    found: list[tuple[float, str, str]] = []
    for other in around.blocks.values():
        score, passage = _likeliest(words, other.base)
        if passage:
            found.append((score + (other.id == block.id), other.id, passage))
    return sorted(found, key=lambda item: -item[0])[:3]


def _likeliest(words: str, base: str) -> tuple[float, str]:
    """Return the passage of whole words most like those given, with its likeness, or nothing."""
    if len(base) < len(words) / 2:
        return 0, ""
    likeness = fuzz.partial_ratio_alignment(words, base, score_cutoff=LIKENESS)
    if likeness is None:
        return 0, ""
    start, end = likeness.dest_start, likeness.dest_end
    while start > 0 and is_word(base[start - 1]) and is_word(base[start]):
        start -= 1
    while end < len(base) and is_word(base[end - 1]) and is_word(base[end]):
        end += 1
    tokens = base[start:end].split()
    # What the alignment took in of the words beside the passage makes it less like; leave it out.
    best = max(
        (
            " ".join(tokens[first:last])
            for first in range(min(3, len(tokens)))
            for last in range(max(first + 1, len(tokens) - 2), len(tokens) + 1)
        ),
        key=lambda passage: fuzz.ratio(words, passage),
        default="",
    )
    score = fuzz.ratio(words, best)
    return (score, best) if score >= LIKENESS else (0, "")
