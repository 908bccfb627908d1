"""What a finished page must show: filled by the pipeline, compared by this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from build_tools.model.place import Place

Shown: TypeAlias = Literal["text", "line", "form", "paper"]


@dataclass(frozen=True)
class ExpectedBlock:
    """A block of a document with the texts that its views must show.

    Every block is compared in all three texts where it stands, whatever views show it; a ``form``
    block in its reading and expanded text also where its cell of the form repeats it.
    """

    id: str
    base: str
    reading: str
    expanded: str
    place: Place
    shown: Shown


@dataclass(frozen=True)
class ExpectedDocument:
    """A document with the page that shows it.

    ``page`` is the path of the HTML file relative to the site, with ``/``. ``witness_text`` is the
    text of the basis witness, or None where the basis is an image. ``notation`` maps ``add`` and
    ``del`` to a pattern with ``%`` for the words.
    """

    id: str
    page: str
    source_file: str
    witness_file: str
    witness_text: str | None
    notation: Mapping[str, str]
    blocks: tuple[ExpectedBlock, ...]
