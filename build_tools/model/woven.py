"""The woven edition: each block as flat segments, with markers, line ends, links and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from build_tools.model.base import FragmentSpan
from build_tools.model.bound import BoundBlock, BoundDocument, BoundEdition

TRANSCRIBED, READING, EXPANDED = "transcribed", "reading", "expanded"
EVERYWHERE = frozenset({TRANSCRIBED, READING, EXPANDED})

COMMENTARY, TEXTUAL = "commentary", "textual"

Shown: TypeAlias = Literal["text", "line", "form", "paper"]
"""Where a block is shown: everywhere; as a quiet line; in the form table; as transcribed only."""

SHOWN_TEXT: Final = "text"
SHOWN_LINE: Final = "line"
SHOWN_FORM: Final = "form"
SHOWN_PAPER: Final = "paper"


@dataclass(frozen=True)
class LinkTo:
    """A link from the text to a term or a register entry, ``kind:id``; ``title`` is its tooltip."""

    ref: str
    title: str


@dataclass(frozen=True)
class Segment:
    """Words shown in the same views, with the same marks, notes and link throughout.

    ``kind`` is ``witness``, ``emended``, ``expansion`` or ``supplied``; only ``witness`` segments
    stand for ``base[start:end]``. ``form`` is the form an expansion takes the place of, ``term``
    the entry of the glossary that expands it.
    """

    text: str
    kind: str
    shown: frozenset[str]
    start: int
    end: int
    marks: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    link: LinkTo | None = None
    form: str = ""
    term: str = ""


@dataclass(frozen=True)
class Marker:
    """The marker of a note, in the text after its passage; ``series`` as below."""

    series: str
    id: str


@dataclass(frozen=True)
class LineBreak:
    """A line end of the source; ``blank`` when a blank line follows."""

    blank: bool


Piece: TypeAlias = Segment | Marker | LineBreak


@dataclass(frozen=True)
class WovenFragment:
    """The part of a block on one page."""

    span: FragmentSpan
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class WovenBlock:
    """A block, woven."""

    bound: BoundBlock
    shown: Shown
    fragments: tuple[WovenFragment, ...]


@dataclass(frozen=True)
class WovenDocument:
    """A document, woven; blocks in the order in which they are opened.

    ``commentary`` lists note ids in the order of their figures; ``letters`` maps the ids of textual
    notes, emendations and variants to their letters, in order. ``page_markers`` and
    ``head_markers`` hold the markers of notes on a whole page or the document.
    """

    bound: BoundDocument
    blocks: Mapping[str, WovenBlock]
    commentary: tuple[str, ...]
    letters: Mapping[str, str]
    head_markers: tuple[Marker, ...]
    page_markers: Mapping[str, tuple[Marker, ...]]


@dataclass(frozen=True)
class Passage:
    """A place where an entry is named: document, block and the words, for back-references."""

    document: str
    block: str
    words: str
    count: int


@dataclass(frozen=True)
class WovenEdition:
    """The whole edition, woven; ``passages`` maps ``kind:id`` to where the text names it."""

    bound: BoundEdition
    documents: Mapping[str, WovenDocument]
    passages: Mapping[str, tuple[Passage, ...]]
