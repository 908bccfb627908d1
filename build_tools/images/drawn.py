"""A page drawn from the transcription, where no image of the paper is at hand.

It is drawn as plainly as a typewriter would, and says at its head that it is no photograph. The
same page gives the same bytes. Shapes carry presentation attributes only: the security policy of
the site drops style attributes and style elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from build_tools.images.cells import CARET, Line, Piece, Run, cells_of, is_right_to_left, wrap

__all__ = ["Drawing", "DrawnFragment", "DrawnPage", "Run", "drawn_page"]

# A sheet of letter paper in the units of a typewriter with ten letters to the inch.
CELL = 10
FONT = 16.667
LINE = 20
GAP = 12
SHEET_WIDTH, SHEET_HEIGHT = 850, 1100
COLUMNS = 66
LEFT = (SHEET_WIDTH - COLUMNS * CELL) // 2
BAND = 36
INDENT = 5

RAISED_BY, RAISED_SIZE, RAISED_ROOM = 10, 0.86, 10
FRAME_PADDING = 10

INK, GROUND, BAND_GROUND, BAND_INK = "#1a1a1a", "#ffffff", "#e3e3e3", "#333333"

NOT_HELD = re.compile(r"[\x00-\x1f\ufffe\uffff]")
"""What XML cannot hold."""

BOTH_CONJECTURED = "Line breaks and placement are conjectural."

INDENTED = frozenset(("p",))
CENTRED = frozenset(("classification", "letterhead", "heading"))
AT_THE_RIGHT = frozenset(("number", "folio", "catchword", "dateline"))
SIGNATURE_COLUMN = 40


@dataclass(frozen=True)
class DrawnFragment:
    """The part of a block that stands on the page; ``kind`` and ``group`` are the block's."""

    kind: str
    group: str
    runs: tuple[Run, ...]
    continues: bool = False
    language: str = ""


@dataclass(frozen=True)
class DrawnPage:
    """What is to be drawn: a page of a document, its fragments in the order of the witness."""

    n: str
    title: str
    language: str
    siglum: str
    fragments: tuple[DrawnFragment, ...]
    keeps_lines: bool = False
    """Whether the line ends of the transcription are those of the paper."""


@dataclass(frozen=True)
class Drawing:
    """A finished SVG file and its size in pixels."""

    data: bytes
    width: int
    height: int


def drawn_page(page: DrawnPage) -> Drawing:
    """Draw one page."""
    shapes: list[str] = []
    y: float = BAND + 2 * LINE
    for fragment in page.fragments:
        y = _fragment(fragment, y, shapes) + GAP
    height = max(SHEET_HEIGHT, int(y) + 2 * LINE)
    body = "\n".join([*_head(page, height), *shapes])
    return Drawing(f"{body}\n</g>\n</svg>\n".encode(), SHEET_WIDTH, height)


def _head(page: DrawnPage, height: int) -> Iterator[str]:
    warning = f"Drawn from the transcription (witness {page.siglum}). Not a photograph. " + (
        "Placement is conjectural." if page.keeps_lines else BOTH_CONJECTURED
    )
    language = f' xml:lang="{_text(page.language)}"' if page.language else ""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SHEET_WIDTH}" height="{height}" '
        f'viewBox="0 0 {SHEET_WIDTH} {height}" role="img"{language}>'
    )
    yield f"<title>{_text(page.title)}, page {_text(page.n)}, drawn</title>"
    yield f"<desc>{_text(warning)}</desc>"
    yield f'<rect width="{SHEET_WIDTH}" height="{height}" fill="{GROUND}"/>'
    yield f'<rect width="{SHEET_WIDTH}" height="{BAND}" fill="{BAND_GROUND}"/>'
    yield '<g font-family="Courier New, Courier, monospace">'
    size = min(0.8, (SHEET_WIDTH - 2 * LINE) / CELL / len(warning))
    yield (
        f'<text x="{SHEET_WIDTH // 2}" y="{BAND / 2 + 5:g}" font-size="{size * FONT:.4g}" '
        f'text-anchor="middle" fill="{BAND_INK}" textLength="{size * CELL * len(warning):.5g}" '
        f'lengthAdjust="spacingAndGlyphs">{_text(warning)}</text>'
    )
    yield "</g>"
    yield (
        f'<g font-family="Courier New, Courier, monospace" font-size="{FONT}" fill="{INK}" '
        f'stroke-width="1.6">'
    )


def _fragment(fragment: DrawnFragment, top: float, shapes: list[str]) -> float:
    """Draw a fragment whose first line stands below ``top``; give where its last line ends."""
    indent = INDENT if fragment.kind in INDENTED and not fragment.continues else 0
    columns = COLUMNS - (SIGNATURE_COLUMN if fragment.kind == "signature" else 0)
    lines = wrap(fragment.runs, columns, indent)
    if not lines:
        return top - GAP
    stamped = fragment.kind == "stamp"
    widest = max(cells_of(line) for line in lines)
    backwards = is_right_to_left("".join(run.text for run in fragment.runs))
    y = top + (FRAME_PADDING if stamped else 0)
    signed = False
    for line in lines:
        y += _line_height(line)
        start = _start(fragment.kind, line, widest, backwards)
        for piece in line:
            shapes.extend(_piece(piece, start, y, backwards))
            if CARET in piece.marks and not signed:
                shapes.append(_caret(piece, start, y, backwards))
            signed = CARET in piece.marks
    bottom = y + LINE / 4
    if stamped:
        x = LEFT + (COLUMNS - widest) * CELL if backwards else LEFT
        shapes.append(_frame(x, top, widest * CELL, bottom + FRAME_PADDING - top))
        bottom += FRAME_PADDING
    return bottom


def _line_height(line: Line) -> int:
    """Give the height of a line: more where words stand above it, less where there is nothing."""
    if not line:
        return LINE // 2
    return LINE + (RAISED_ROOM if any(_raised(piece) for piece in line) else 0)


def _start(kind: str, line: Line, widest: int, backwards: bool) -> float:
    """Give the x at which the first cell of a line begins; from the right edge when backwards."""
    free = COLUMNS - cells_of(line)
    offset: float = 0
    if kind in CENTRED:
        offset = free / 2
    elif kind in AT_THE_RIGHT:
        offset = COLUMNS - widest
    elif kind == "signature":
        offset = SIGNATURE_COLUMN
    elif kind == "stamp":
        offset = (widest - cells_of(line)) / 2
    return LEFT + (COLUMNS - offset if backwards else offset) * CELL


def _piece(piece: Piece, start: float, y: float, backwards: bool) -> Iterator[str]:
    if not piece.text.strip() and not piece.marks:
        return
    size = RAISED_SIZE if _raised(piece) or _lowered(piece) else 1
    length = piece.cells * CELL * size
    x = start - piece.column * CELL if backwards else start + piece.column * CELL
    base = y - (RAISED_BY if _raised(piece) else 0) + (RAISED_BY / 2 if _lowered(piece) else 0)
    attributes = f'xml:space="preserve" x="{x:g}" y="{base:g}"'
    if size != 1:
        attributes += f' font-size="{FONT * size:.4g}"'
    if backwards:
        # In text that runs backwards the start is the right edge.
        attributes += ' direction="rtl" text-anchor="start"'
    if piece.cells:
        attributes += f' textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
    yield f"<text {attributes}>{_text(piece.text)}</text>"
    left = x - length if backwards else x
    if "del" in piece.marks:
        yield _rule(left, base - 5 * size, length)
    if "underline" in piece.marks:
        yield _rule(left, base + 3, length)
    if "unclear" in piece.marks:
        yield _rule(left, base + 3, length, ' stroke-dasharray="1.6 3"')


def _raised(piece: Piece) -> bool:
    return "add" in piece.marks and not piece.marks & {"inline", "below"}


def _lowered(piece: Piece) -> bool:
    return "add" in piece.marks and "below" in piece.marks


def _rule(x: float, y: float, length: float, more: str = "") -> str:
    return f'<path d="M{x:g} {y:g}h{length:g}" stroke="{INK}"{more}/>'


def _caret(piece: Piece, start: float, y: float, backwards: bool) -> str:
    """Draw the sign under the line where an insertion begins."""
    x = start - piece.column * CELL if backwards else start + piece.column * CELL
    return f'<path d="M{x - 3:g} {y + 5:g}l3 -4l3 4" fill="none" stroke="{INK}"/>'


def _frame(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x - FRAME_PADDING:g}" y="{y:g}" width="{width + 2 * FRAME_PADDING:g}" '
        f'height="{height:g}" fill="none" stroke="{INK}"/>'
    )


def _text(text: str) -> str:
    """Escape text for XML; a character that XML cannot hold becomes the sign for that."""
    return escape(NOT_HELD.sub("\ufffd", text), {'"': "&quot;"})
