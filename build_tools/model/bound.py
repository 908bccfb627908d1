"""The bound edition: every anchor, form, citation and emendation resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.model.base import Block
from build_tools.model.edits import Change, Edited
from build_tools.model.records import (
    Document,
    Edition,
    Emendation,
    Note,
    Override,
    Target,
    Variant,
)


@dataclass(frozen=True)
class Anchor:
    """A target resolved: a stretch of base text, a point (``start == end``), or a whole thing.

    ``whole`` is ``""`` for a stretch or point, else ``block``, ``page`` or ``document``.
    """

    target: Target
    block: str
    start: int
    end: int
    whole: str = ""


@dataclass(frozen=True)
class BoundNote:
    """A note with its anchors, in the order of its targets."""

    note: Note
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True)
class BoundEmendation:
    """An emendation with its changes by block; ``applied``: whether the reading text has it."""

    emendation: Emendation
    anchors: tuple[Anchor, ...]
    changes: tuple[tuple[str, Change], ...]
    applied: bool


@dataclass(frozen=True)
class BoundVariant:
    """A variant with its anchor."""

    variant: Variant
    anchor: Anchor


@dataclass(frozen=True)
class Expansion:
    """A term found in the reading text of a block, at reading offsets.

    ``start`` and ``end`` bound the form; ``take_start`` and ``take_end`` what the expansion takes
    the place of (a space more where it joins a neighbour). ``expansion`` may be empty.
    """

    term: str
    form: str
    expansion: str
    start: int
    end: int
    take_start: int
    take_end: int


@dataclass(frozen=True)
class Mention:
    """A register entry named in a block, at reading offsets; ``ref`` is ``kind:id``.

    ``by`` is ``form``, ``override`` or ``term``.
    """

    ref: str
    start: int
    end: int
    by: str


@dataclass(frozen=True)
class Supplied:
    """Words supplied in the expanded view before reading offset ``at``, spaces included."""

    text: str
    at: int


@dataclass(frozen=True)
class BoundBlock:
    """A block with its texts and everything found in it."""

    block: Block
    final: Edited
    reading: Edited
    expansions: tuple[Expansion, ...]
    mentions: tuple[Mention, ...]
    supplied: tuple[Supplied, ...]
    expanded: str


@dataclass(frozen=True)
class BoundDocument:
    """A document with its blocks in the order in which they are opened."""

    document: Document
    blocks: Mapping[str, BoundBlock]
    notes: tuple[BoundNote, ...]
    emendations: tuple[BoundEmendation, ...]
    variants: tuple[BoundVariant, ...]
    overrides: tuple[tuple[Override, Anchor], ...]
    doubtful: frozenset[str] = frozenset()
    """Blocks whose reading text may be another once an emendation is mended."""

    @property
    def id(self) -> str:
        """The document's id: the name of its folder."""
        return self.document.id


@dataclass(frozen=True)
class BoundEdition:
    """The whole edition, resolved; documents in order of date, then id."""

    edition: Edition
    documents: Mapping[str, BoundDocument]
