"""expanded.txt: the words telegraphese leaves out, proved against the reading text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from build_tools.model.base import Block, blocks
from build_tools.model.bound import Expansion, Supplied
from build_tools.model.edits import Edited
from build_tools.model.kinds import SUPPLIED
from build_tools.model.nearest import did_you_mean
from build_tools.model.problem import Problem
from build_tools.model.transcription import Transcription

AROUND = 30


def supplied_words(
    expanded: Transcription | None,
    readings: Mapping[str, Edited],
    document: str,
    doubtful: Collection[str],
) -> tuple[dict[str, tuple[Supplied, ...]], tuple[Problem, ...]]:
    """Take the bracketed words out of each block of expanded.txt and prove the rest.

    A block whose reading text is doubtful is proved once that is mended.
    """
    words: dict[str, tuple[Supplied, ...]] = {}
    problems: list[Problem] = []
    for block in blocks(expanded) if expanded else ():
        reading = readings.get(block.id)
        if reading is None:
            problems.append(
                Problem(
                    "block-unknown",
                    block.place,
                    f'expanded.txt has a block "{block.id}", which {document} does not have',
                    did_you_mean(block.id, readings),
                )
            )
            continue
        supplied, rest, offsets = _part(block)
        if rest == reading.text:
            words[block.id] = supplied
        elif block.id not in doubtful:
            problems.append(_differs(block, rest, offsets, reading.text))
    return words, tuple(problems)


def _part(block: Block) -> tuple[tuple[Supplied, ...], str, list[int]]:
    """Part a block into its supplied words and the rest; each takes one adjoining space with it."""
    base = block.base
    spans = [(span.start, span.end) for span in block.marks if span.mark.name == SUPPLIED]
    supplied: list[Supplied] = []
    rest: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end in spans:
        words = f"[{base[start:end]}]"
        offsets.extend(range(at, start))
        rest.extend(base[at:start])
        at = end
        if base[end : end + 1] == " ":
            words, at = f"{words} ", end + 1
        elif rest and rest[-1] == " ":
            rest.pop()
            offsets.pop()
            words = f" {words}"
        supplied.append(Supplied(words, len(rest)))
    rest.extend(base[at:])
    offsets.extend(range(at, len(base) + 1))
    return tuple(supplied), "".join(rest), offsets


def _differs(block: Block, rest: str, offsets: list[int], reading: str) -> Problem:
    at = next(
        (i for i, (a, b) in enumerate(zip(rest, reading, strict=False)) if a != b),
        min(len(rest), len(reading)),
    )
    offset = offsets[min(at, len(offsets) - 1)]
    return Problem(
        "expansion-differs",
        block.place_of(offset, offset + 1),
        f"without its brackets block {block.id} of expanded.txt is not the reading text",
        "expanded.txt adds words in square brackets and changes nothing else; "
        "abbreviations are expanded by the glossary",
        (
            f"expanded.txt has   {_around(rest, at)}",
            f"the reading text has   {_around(reading, at)}",
        ),
    )


def _around(text: str, at: int) -> str:
    cut = "\u2026" if at > AROUND else "", "\u2026" if at + AROUND < len(text) else ""
    return f"{cut[0]}{text[max(0, at - AROUND) : at]}\u2038{text[at : at + AROUND]}{cut[1]}"


def expanded_text(
    reading: str, expansions: Sequence[Expansion], supplied: Sequence[Supplied]
) -> str:
    """Return the text of the expanded view: reading text, expansions in, supplied words in."""
    takes = {e.take_start: (e.take_end, e.expansion) for e in expansions if e.expansion}
    words: dict[int, str] = {}
    for one in supplied:
        words[one.at] = words.get(one.at, "") + one.text
    out: list[str] = []
    at = 0
    for cut in sorted({*takes, *words, len(reading)}):
        if cut < at:
            continue
        out += (reading[at:cut], words.pop(cut, ""))
        at = cut
        if cut in takes:
            at, expansion = takes[cut]
            out.append(expansion)
    out.append(reading[at:])
    assert not words, "supplied words inside an abbreviation are refused before"
    return "".join(out)


def misplaced(
    block: str, expansions: Sequence[Expansion], supplied: Sequence[Supplied], place: Block
) -> tuple[Problem, ...]:
    """Refuse supplied words inside a form that the glossary expands."""
    return tuple(
        Problem(
            "expansion-differs",
            place.place,
            f'the supplied words "{one.text.strip()}" in block {block} stand inside '
            f'"{expansion.form}", which the glossary expands',
            "set the words before or after the abbreviation",
        )
        for one in supplied
        for expansion in expansions
        if expansion.expansion and expansion.take_start < one.at < expansion.take_end
    )
