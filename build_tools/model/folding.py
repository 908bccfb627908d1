"""Folding: which characters count as equal when a quotation is looked for.

The tables are data. A folded text keeps a map to the offsets of the text it was made from.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SPACES = frozenset(
    "\t\n\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Characters that count as one space to a quotation."""

LAYOUT = frozenset("\t\n\r ")
"""White space of the source file: runs of it become one space of base text."""

FOLDS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
}
"""Quotation marks and dashes, and the plain character each counts as."""

IGNORED = frozenset("\u00ad")
"""Characters that a quotation may have or lack: the soft hyphen."""

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),
    (0x3021, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # CJK ideographs
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9D),
    (0x20000, 0x3FFFF),
)
"""Ranges of scripts written without spaces: exempt from the whole-word rule."""

FIRST_UNSPACED = chr(min(first for first, _ in UNSPACED))


@dataclass(frozen=True)
class Folded:
    """A folded text and, for each of its characters, where it began in the original.

    ``starts`` has one entry more than ``text`` has characters: the length of the original.
    """

    text: str
    starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of the folded text to the range of the original it was made from."""
        if start == end:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.starts[end - 1] + 1


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Fold white space, quotation marks and dashes; drop soft hyphens and outer white space."""
    characters: list[str] = []
    starts: list[int] = []
    for offset, character in enumerate(text):
        if character in IGNORED:
            continue
        if character in SPACES:
            if characters and characters[-1] != " ":
                characters.append(" ")
                starts.append(offset)
            continue
        characters.append(FOLDS.get(character, character))
        starts.append(offset)
    if characters and characters[-1] == " ":
        characters.pop()
        starts.pop()
    return Folded("".join(characters), (*starts, len(text)))


def is_word(character: str) -> bool:
    """Tell whether the character is part of a word: a letter, a mark or a digit."""
    return unicodedata.category(character)[0] in "LMN"


def is_unspaced(character: str) -> bool:
    """Tell whether the character belongs to a script written without spaces."""
    if character < FIRST_UNSPACED:
        return False
    point = ord(character)
    return any(first <= point <= last for first, last in UNSPACED)


def cuts_word(text: str, offset: int) -> bool:
    """Tell whether a cut at ``offset`` falls inside a word of a script that has spaces."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if not (is_word(before) and is_word(after)):
        return False
    return not (is_unspaced(before) or is_unspaced(after))
