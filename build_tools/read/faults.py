"""What can be wrong in a transcription, said to the person who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from build_tools.model.kinds import BLOCKS, MARKS, MORE_ATTRIBUTES, PAGE_ATTRIBUTES
from build_tools.model.nearest import clipped, listed, nearest, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.transcription import MORE

PAGE = "page"
KINDS = (*BLOCKS, MORE, PAGE)
"""The words that may follow the @ of a line."""

Allowed: TypeAlias = Mapping[str, tuple[str, ...]]
"""Attributes and their allowed values, as the tables of the model give them; empty: any."""

ATTRIBUTES: Mapping[str, Allowed] = {
    MORE: MORE_ATTRIBUTES,
    PAGE: PAGE_ATTRIBUTES,
    **{name: kind.attributes for name, kind in BLOCKS.items()},
}
"""What may be said on the line of each kind."""

OUTSIDE = "outside"
"""What stands before the first block or directly after ``@page`` is outside every block."""


def backslash(place: Place) -> Problem:
    """Report a backslash that escapes nothing."""
    return Problem(
        "markup-invalid",
        place,
        "this backslash stands before nothing that it could escape",
        "write \\\\ for a backslash of the witness; a backslash is needed before {, } and \\, "
        "and before @ and # at the start of a line, and nowhere else",
    )


def mark_unknown(name: str, place: Place) -> Problem:
    """Report a mark that there is not."""
    closest = nearest(name, MARKS)
    return Problem(
        "mark-unknown",
        place,
        f'there is no mark "{clipped(name)}"',
        suggestion(closest, f"the marks are {listed(MARKS)}"),
        closest,
    )


def mark_unnamed(place: Place) -> Problem:
    """Report a brace without the name of a mark."""
    return Problem(
        "markup-invalid",
        place,
        "a brace opens a mark, and no name of a mark follows it",
        "write \\{ for a brace of the witness; a mark is written {name: words}, without a space "
        "before its name",
    )


def head_unfinished(name: str, place: Place) -> Problem:
    """Report a line end in the head of a mark."""
    return Problem(
        "markup-invalid",
        place,
        f"the line ends in the head of the mark {{{name}}}",
        f"write a colon before the words, {{{name}: words}}, in the line in which it is opened",
    )


def mark_empty(name: str, bracket: bool, place: Place) -> Problem:
    """Report a mark or a pair of brackets without words."""
    hint = "put the words that it is about inside it, or take it out"
    return Problem(
        "markup-invalid",
        place,
        "these square brackets hold no words" if bracket else f"{{{name}}} holds no words",
        hint if bracket else f"{hint}; for a place that cannot be read there is {{gap}}",
    )


def mark_unclosed(name: str, bracket: bool, place: Place) -> Problem:
    """Report a mark or bracket that is still open at the end of its block."""
    sign, own = ("]", "\\[") if bracket else ("}", "\\{")
    return Problem(
        "mark-unclosed",
        place,
        f"{'this square bracket' if bracket else f'the mark {{{name}}}'} is opened here and not "
        "closed",
        f"write {sign} after its last word, in the block in which it begins; "
        f"{own} is a sign of the witness",
    )


def closes_nothing(bracket: bool, place: Place) -> Problem:
    """Report a closing sign without its opening one."""
    what, own = ("square bracket", "\\]") if bracket else ("brace", "\\}")
    return Problem(
        "markup-invalid",
        place,
        f"this {what} closes nothing that is open",
        f"take it out, or write {own} for a {what} of the witness",
    )


def in_brackets(name: str, place: Place) -> Problem:
    """Report a mark, or with no name a bracket, inside square brackets."""
    if name:
        return Problem(
            "mark-misplaced",
            place,
            f"the mark {{{name}}} stands in square brackets",
            "words in square brackets are supplied by the editor and are not words of the "
            "witness: end the bracket before the mark",
        )
    return Problem(
        "mark-misplaced",
        place,
        "a square bracket stands in another one",
        "close the one before it with ], or write \\[ for a bracket of the witness",
    )


def too_deep(deepest: int, place: Place) -> Problem:
    """Report marks in marks in marks."""
    return Problem(
        "mark-misplaced",
        place,
        f"more than {deepest} marks stand in one another; the rest of the block is not read",
        "close the marks that were opened before, or write \\{ for a brace of the witness",
    )


def misplaced(holds: str, name: str, what: str, place: Place) -> Problem:
    """Report what stands in a mark, or outside of every block, and may not."""
    if holds == OUTSIDE:
        return Problem(
            "text-outside-block",
            place,
            f"here {what} outside of every block",
            "open a block before, on a line of its own, as in: @p p1",
        )
    if holds == "nothing":
        return Problem(
            "mark-misplaced",
            place,
            f"in {{{name}}} {what}; it stands for what cannot be read, and is empty",
            f"close it, {{{name}}}; what may have stood there is a conjecture and goes into a note",
        )
    return Problem(
        "mark-misplaced",
        place,
        f"in {{{name}}} {what}; only {{del}} and {{add}} may stand in it",
        f"write {{{name}: {{del: old words}} {{add: new words}}}}",
    )


def kind_unknown(kind: str, place: Place) -> Problem:
    """Report a kind of block that there is not, or none."""
    if not kind:
        return Problem(
            "markup-invalid",
            place,
            "the line begins with @, and no kind of block follows",
            "a block is opened by a line such as   @p p1   ; write \\@ where a line of the witness "
            "begins with @",
        )
    closest = nearest(kind, KINDS)
    return Problem(
        "kind-unknown",
        place,
        f'there is no kind of block "{clipped(kind)}"',
        suggestion(closest, f"the kinds are {listed(KINDS)}"),
        closest,
    )


def id_missing(kind: str, place: Place) -> Problem:
    """Report a block that has no id."""
    return Problem(
        "id-invalid",
        place,
        "this block has no id",
        f"write one after its kind, as in: @{kind} p1",
    )


def id_twice(name: str, first: Place, place: Place) -> Problem:
    """Report an id that is already taken."""
    return Problem(
        "id-duplicate",
        place,
        f'the id "{name}" is given twice: first in line {first.line}',
        f"give one of the two another id; a block that was begun before goes on with @more {name}",
    )


def page_invalid(number: str, place: Place) -> Problem:
    """Report a page without a number, or with one that is none."""
    return Problem(
        "id-invalid",
        place,
        f'"{clipped(number)}" is not the number of a page' if number else "this page has no number",
        "the number of a page is made of letters a-z, digits, stops and hyphens: 2, 12v, iv",
    )


def page_twice(number: str, first: Place, place: Place) -> Problem:
    """Report a page that begins a second time."""
    return Problem(
        "id-duplicate",
        place,
        f'page "{number}" begins twice: first in line {first.line}',
        "give every page a number of its own",
    )


def block_unopened(name: str, names: Collection[str], place: Place) -> Problem:
    """Report the continuation of a block that was never begun."""
    closest = nearest(name, names)
    return Problem(
        "block-unknown",
        place,
        f'no block "{clipped(name)}" was opened before this line',
        suggestion(
            closest,
            "open a new block by its kind; @more goes on with one that was opened before",
            instead=True,
        ),
        closest,
    )


def name_unknown(name: str, names: Collection[str], place: Place) -> Problem:
    """Report ``for=`` with an id that the document does not have."""
    closest = nearest(name, names)
    return Problem(
        "block-unknown",
        place,
        f'this document has no block or mark "{clipped(name)}"',
        suggestion(closest, "give the id of a block, or of a mark that has id="),
        closest,
    )


def attribute_missing(kind: str, key: str, place: Place) -> Problem:
    """Report a block that lacks an attribute it needs."""
    values = ATTRIBUTES[kind][key]
    return Problem(
        "attribute-invalid",
        place,
        f'@{kind} lacks the attribute "{key}"',
        f"add {key}= with one of {listed(values)}" if values else f"add {key}=",
    )
