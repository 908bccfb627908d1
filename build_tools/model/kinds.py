"""The closed tables of blocks and marks: what a transcription may contain.

A block or mark enters here, with its TEI element, or it does not exist. The page of conventions
is made from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

CERTAINTIES = ("high", "medium", "low")
TEXT, FIELD, FURNITURE = "text", "field", "furniture"

INFERRED = {"inferred": CERTAINTIES}
PLACES = ("above", "below", "inline", "margin", "left", "right", "top", "bottom", "overleaf")


@dataclass(frozen=True)
class BlockKind:
    """A kind of block; ``attributes`` maps each name to its allowed values (empty: any)."""

    name: str
    group: str
    tei: str
    says: str
    attributes: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkKind:
    """A kind of inline mark; ``holds`` is ``text``, ``nothing`` or ``add del``."""

    name: str
    tei: str
    says: str
    attributes: Mapping[str, tuple[str, ...]]
    holds: str = "text"


ANY: tuple[str, ...] = ()
ROLES = ("action", "drafting", "date", "approval", "clearance", "reference", "other")
UNITS = ("character", "letter", "word", "line", "group", "page", "other")

Allowed: TypeAlias = Mapping[str, tuple[str, ...]]
PLACED: Allowed = {"place": PLACES}


def _block(
    name: str, group: str, tei: str, says: str, more: Allowed = PLACED, required: str = ""
) -> BlockKind:
    attributes = MappingProxyType({**INFERRED, "hand": ANY, "lang": ANY, **more})
    return BlockKind(name, group, tei, says, attributes, tuple(required.split()))


def _mark(name: str, tei: str, says: str, more: Allowed, holds: str = "text") -> MarkKind:
    attributes = MappingProxyType({**INFERRED, "hand": ANY, "id": ANY, **more})
    return MarkKind(name, tei, says, attributes, holds)


_BLOCKS = (
    _block("p", TEXT, "p", "a paragraph", {}),
    _block("address", TEXT, "ab @type=address", "the line that says for whom it is", {}),
    _block("dateline", TEXT, "ab @type=dateline", "place and date as the document gives them", {}),
    _block("heading", TEXT, "head", "a heading", {}),
    _block("item", TEXT, "item", "an item of a list", {}),
    _block("quote", TEXT, "quote", "a quotation set apart", {}),
    _block("signature", TEXT, "closer/signed", "the signature", {}),
    _block("postscript", TEXT, "postscript", "what was written after the signature", {}),
    _block("marginal", TEXT, "note @type=marginal", "words in the margin"),
    _block("field", FIELD, "ab @type=field", "a field of a form", {"role": ROLES}, "role"),
    _block("letterhead", FURNITURE, "fw @type=letterhead", "the printed head"),
    _block("classification", FURNITURE, "fw @type=classification", "a classification"),
    _block("number", FURNITURE, "fw @type=number", "a number not part of the text"),
    _block("notice", FURNITURE, "fw @type=notice", "a printed notice"),
    _block("stamp", FURNITURE, "fw @type=stamp", "a stamp"),
    _block(
        "catchword",
        FURNITURE,
        "fw @type=catchword",
        "the next page's first word, at the foot",
        {**PLACED, "for": ANY},
    ),
    _block("folio", FURNITURE, "fw @type=folio", "a page or folio number"),
)

_MARKS = (
    _mark("add", "add", "words inserted", PLACED),
    _mark("del", "del", "words deleted", {"rend": ANY}),
    _mark("subst", "subst", "a deletion and the insertion that replaces it", {}, "add del"),
    _mark("caret", "metamark @function=insertion", "the sign of an insertion", {"for": ANY}),
    _mark("label", "label", "a numeral or label", {}),
    _mark("unclear", "unclear", "words that cannot be read with certainty", {"reason": ANY}),
    _mark(
        "gap",
        "gap",
        "something that cannot be read or is lost",
        {"unit": UNITS, "quantity": ANY, "reason": ANY},
        "nothing",
    ),
    _mark("underline", "hi @rend=underline", "words underlined", {}),
    _mark("lang", "foreign", "words in another language", {"code": ANY}),
    _mark("wordbreak", "pc, lb @break=no", "a hyphen that only divides a word at a line end", {}),
)

BLOCKS: Mapping[str, BlockKind] = MappingProxyType({kind.name: kind for kind in _BLOCKS})
MARKS: Mapping[str, MarkKind] = MappingProxyType({kind.name: kind for kind in _MARKS})

MORE_ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType({**INFERRED, "divided": ("yes",)})
PAGE_ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType({**INFERRED})

SUPPLIED = "supplied"
"""The one mark of ``expanded.txt``: words in square brackets, added to help the reader."""

GAP_SIGN = "[\u2026]"
"""What stands in base text, and in every view, where a gap is."""
