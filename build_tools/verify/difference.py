"""Says where two texts part, with the words around the place and the names of odd characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LAYOUT = "\t\n\r\f "
"""White space that a page folds; every other kind of space is part of the text."""

AROUND = 24
PLAIN = frozenset(map(chr, range(0x20, 0x7F)))


def fold(text: str) -> str:
    """Make every run of layout white space one space, and none at either end."""
    for character in "\t\n\r\f":
        text = text.replace(character, " ")
    return " ".join(word for word in text.split(" ") if word)


def first_difference(first: str, second: str) -> int | None:
    """Return the offset of the first character that differs, or None for equal texts."""
    if first == second:
        return None
    for offset, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return offset
    return min(len(first), len(second))


def around(text: str, offset: int) -> str:
    """Quote the words around an offset, invisible characters spelled."""
    start, end = max(0, offset - AROUND), min(len(text), offset + AROUND)
    quoted = "".join(_visible(character) for character in text[start:end])
    return '"' + ("…" if start else "") + quoted + ("…" if end < len(text) else "") + '"'


def character_at(text: str, offset: int) -> str:
    """Name the character at an offset: itself where it is plain, else its code point and name."""
    if offset >= len(text):
        return "the end"
    character = text[offset]
    if character == " ":
        return "a space"
    if character in PLAIN:
        return f'"{character}"'
    name = unicodedata.name(character, "a character without a name")
    point = f"U+{ord(character):04X} {name}"
    return point if _is_invisible(character) else f'"{character}" ({point})'


def _visible(character: str) -> str:
    return f"<U+{ord(character):04X}>" if _is_invisible(character) else character


def _is_invisible(character: str) -> bool:
    return character != " " and unicodedata.category(character)[0] in "CZ"


@dataclass(frozen=True)
class Difference:
    """Where a page leaves its source, in words; ``letters`` are the two that part there."""

    words: str
    letters: str


def difference(shown: str, source: str) -> Difference | None:
    """Say where the text of a page leaves its source, or nothing for equal texts."""
    shown, source = fold(shown), fold(source)
    offset = first_difference(shown, source)
    if offset is None:
        return None
    letters = f"{character_at(shown, offset)} for {character_at(source, offset)}"
    return Difference(
        f"differs at character {offset + 1}: the page has {around(shown, offset)}, "
        f"the source {around(source, offset)} ({letters})",
        letters,
    )
