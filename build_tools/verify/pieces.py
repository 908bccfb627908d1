"""The words of one element, cut where their view or their marks change, and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lxml import etree

from build_tools.verify import contract
from build_tools.verify.contract import View
from build_tools.verify.dom import Fault, classes_of, is_element, is_hidden, line_of, words_of

PieceKind: TypeAlias = Literal["text", "line end", "gap"]


@dataclass(frozen=True)
class OpenMark:
    """A mark around words: its number in the block, and its sign where the witness has one."""

    number: str
    sign: str


@dataclass(frozen=True)
class Piece:
    """Words (or a line end, or a gap) with the views that show them and the marks around them."""

    kind: PieceKind
    text: str
    views: frozenset[View]
    marks: tuple[OpenMark, ...]


class PieceReader:
    """Reads the pieces of one element in the order of the page, and its faults."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.faults: list[Fault] = []

    def read(self, element: etree._Element) -> None:
        """Read what an element holds, not the element itself."""
        self._inside(element, contract.EVERY_VIEW, ())

    def _inside(
        self,
        element: etree._Element,
        views: frozenset[View],
        marks: tuple[OpenMark, ...],
    ) -> None:
        self._text(element.text, views, marks)
        for child in element:
            if is_element(child):
                self._child(child, views, marks)
            self._text(child.tail, views, marks)

    def _text(
        self,
        text: str | None,
        views: frozenset[View],
        marks: tuple[OpenMark, ...],
    ) -> None:
        if text:
            self.pieces.append(Piece("text", text, views, marks))

    def _child(
        self,
        element: etree._Element,
        views: frozenset[View],
        marks: tuple[OpenMark, ...],
    ) -> None:
        classes = classes_of(element)
        if element.tag in contract.NOT_TEXT_TAGS or classes & contract.NOT_TEXT:
            if element.tag == "sup" and is_hidden(element):
                self._fault(element, "the marker of a note is hidden")
            return
        if element.tag == "br":
            self._line_end(element, classes, views, marks)
            return
        own = self._views(element, classes)
        self._check_hidden(element, must=own is not None and contract.READING not in own)
        if own is not None:
            if views != contract.EVERY_VIEW:
                self._fault(element, "a span of one view stands in a span of another")
            views = views & own
        marks = self._marks(element, marks)
        if contract.GAP in classes:
            self.pieces.append(Piece("gap", words_of(element), views, marks))
            return
        if not element.text and not len(element) and element.tag in contract.SIGNS:
            self.pieces.append(Piece("text", "", views, marks))
        self._inside(element, views, marks)

    def _views(self, element: etree._Element, classes: frozenset[str]) -> frozenset[View] | None:
        """Return the views that show a span, or None where its classes leave that open."""
        alternatives = classes & contract.ALTERNATIVE_CLASSES
        if not alternatives:
            return None
        views = contract.ALTERNATIVES.get(alternatives)
        if views is None:
            names = " ".join(sorted(alternatives))
            self._fault(element, f"a span has the classes {names}, which together say nothing")
        return views

    def _marks(self, element: etree._Element, marks: tuple[OpenMark, ...]) -> tuple[OpenMark, ...]:
        number = element.get("data-mark")
        sign = contract.SIGNS.get(str(element.tag), "")
        if sign and number is None:
            self._fault(element, f"a mark <{element.tag}> has no data-mark")
            number = f"line {line_of(element)}, mark {len(self.pieces)}"
        if number is None:
            return marks
        if element.get("data-inferred") is not None:
            sign = ""
        return (*marks, OpenMark(number, sign))

    def _line_end(
        self,
        element: etree._Element,
        classes: frozenset[str],
        views: frozenset[View],
        marks: tuple[OpenMark, ...],
    ) -> None:
        if contract.LINE_END not in classes:
            self._fault(element, "a line break that is no line end of the source")
        else:
            self._check_hidden(element, must=True)
        self.pieces.append(Piece("line end", "", views, marks))

    def _check_hidden(self, element: etree._Element, *, must: bool) -> None:
        if is_hidden(element) == must:
            return
        words = " ".join(words_of(element).split())
        of = f' of "{words[:40]}"' if words else ""
        name = f'<{element.tag} class="{element.get("class") or ""}">{of}'
        self._fault(element, f"{name} {'lacks' if must else 'has'} the attribute hidden")

    def _fault(self, element: etree._Element, message: str) -> None:
        self.faults.append(Fault(line_of(element), message))


def text_of_view(pieces: Sequence[Piece], view: View) -> str:
    """Join the words that a view shows."""
    return "".join(piece.text for piece in pieces if view in piece.views)


def spell(pieces: Sequence[Piece], notation: Mapping[str, str]) -> str:
    """Spell the words of the witness with its own signs for insertions and deletions."""
    return "".join(_spelled(pieces, notation))


def _spelled(pieces: Sequence[Piece], notation: Mapping[str, str]) -> Iterator[str]:
    signs = {name: tuple(pattern.split("%", 1)) for name, pattern in notation.items()}
    opened: tuple[OpenMark, ...] = ()
    pending = ""
    after_space = False
    for piece in pieces:
        if contract.TRANSCRIBED not in piece.views:
            continue
        if piece.kind == "line end":
            # After a space the newline belongs to it, inside or outside a mark, and is folded
            # with it. After a word break there is no space: then it waits for the next word.
            if after_space:
                yield "\n"
            else:
                pending = "\n"
            continue
        common = _common(opened, piece.marks)
        yield from (_sign(mark, signs, 1) for mark in reversed(opened[common:]))
        yield pending
        yield from (_sign(mark, signs, 0) for mark in piece.marks[common:])
        if piece.kind == "text":
            yield piece.text
        opened, pending = piece.marks, ""
        after_space = piece.kind == "text" and piece.text[-1:].isspace()
    yield from (_sign(mark, signs, 1) for mark in reversed(opened))
    yield pending


def _common(first: tuple[OpenMark, ...], second: tuple[OpenMark, ...]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _sign(mark: OpenMark, signs: Mapping[str, tuple[str, ...]], side: int) -> str:
    pattern = signs.get(mark.sign)
    return pattern[side] if pattern is not None and side < len(pattern) else ""
