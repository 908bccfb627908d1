"""From bytes to text: what may stand in a file, and where something else stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from build_tools.model.place import Place
from build_tools.model.problem import Problem

REPLACEMENT = "\ufffd"
"""What a refused character is read as, so that lines and columns stay what they are."""

_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Controls but tab and line end, the byte order mark, and code points that are no characters."""

_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Controls that turn the direction of writing: they can make a text look other than it is."""

_DIRECTION_HINT = (
    "take it out; characters that turn the direction of writing may stand only in transcriptions "
    "and witness files, where the witness has them"
)
_ABBREVIATIONS = {0x09: "TAB", 0x0A: "LINE FEED", 0x0D: "CARRIAGE RETURN", 0x0C: "FORM FEED"}


def decode(
    data: bytes, file: str, *, witness: bool = False, transcription: bool = False
) -> tuple[str | None, tuple[Problem, ...]]:
    """Read the bytes of a file as text; None where they are not UTF-8.

    Line ends of a witness are kept as they are; everywhere else CRLF is read as LF.
    """
    problems: list[Problem] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems.append(_byte_order_mark(file))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (*problems, _not_utf8(data, file, error))
    if not witness:
        text = text.replace("\r\n", "\n")
    problems += invalid_characters(text, file, directions=witness or transcription, returns=witness)
    return clean(text, returns=witness), tuple(problems)


def clean(text: str, *, returns: bool = False) -> str:
    """Put the replacement character in the place of every refused one."""
    return _REFUSED.sub(lambda m: m[0] if returns and m[0] == "\r" else REPLACEMENT, text)


def _byte_order_mark(file: str) -> Problem:
    return Problem(
        "encoding-invalid",
        Place(file, 1, 1),
        "the file begins with a byte order mark",
        "save it as UTF-8 without BOM; many editors offer this under the name of the encoding",
    )


def _not_utf8(data: bytes, file: str, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start].decode("utf-8")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = "the file is in UTF-16"
    else:
        what = f"the file is not UTF-8: the byte {data[error.start]:#04x} begins no character"
    return Problem(
        "encoding-invalid",
        Place(file, line, column),
        what,
        "open it in the encoding it was written in, and save it as UTF-8",
    )


def invalid_characters(
    text: str, file: str, *, directions: bool = False, returns: bool = False
) -> Iterator[Problem]:
    """Yield a problem for every character that may not stand in a file, at its first place."""
    yield from _each(_REFUSED, text, file, "take it out", "\r" if returns else "")
    if not directions:
        yield from _each(_DIRECTIONS, text, file, _DIRECTION_HINT, "")
    yield from _decomposed(text, file)


def _each(
    pattern: re.Pattern[str], text: str, file: str, hint: str, allowed: str
) -> Iterator[Problem]:
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for match in pattern.finditer(text):
        if match[0] not in allowed:
            counts[match[0]] = counts.get(match[0], 0) + 1
            first.setdefault(match[0], match.start())
    for character, offset in first.items():
        times = f", and {counts[character] - 1} more times below" if counts[character] > 1 else ""
        yield Problem(
            "character-invalid",
            place_at(text, offset, file),
            f"here stands {describe(character)}, which may not stand in a source{times}",
            hint,
        )


def _decomposed(text: str, file: str) -> Iterator[Problem]:
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            start, end = _first_difference(line)
            found = line[start:end]
            composed = unicodedata.normalize("NFC", found)
            yield Problem(
                "character-invalid",
                Place(file, number, start + 1, end - start),
                f"{' + '.join(map(describe, found))} stands for "
                f"{' + '.join(map(describe, composed))}: the file is not in Unicode form NFC",
                f'write "{composed}"; most editors can convert the whole file to NFC',
            )
            return


def _first_difference(line: str) -> tuple[int, int]:
    """Return the bounds of the first sequence that has another composed form."""
    composed = unicodedata.normalize("NFC", line)
    start = next(
        (i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), len(composed)
    )
    while start > 0 and unicodedata.combining(line[start]):
        start -= 1
    end = start + 1
    while end < len(line) and _goes_on(line[start:end], line[end]):
        end += 1
    return start, end


def _goes_on(sequence: str, character: str) -> bool:
    """Tell whether a character belongs to the sequence before it that is to be composed."""
    if unicodedata.combining(character):
        return True
    composed = unicodedata.normalize("NFC", sequence)
    return composed == sequence or unicodedata.normalize("NFC", sequence + character) != (
        composed + character
    )


def describe(character: str) -> str:
    """Name a character: itself where it can be seen, its number and its Unicode name."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, _ABBREVIATIONS.get(ord(character), "CONTROL CHARACTER"))
    if unicodedata.category(character)[0] in "CMZ":
        return f"{number} {name}"
    return f'"{character}" ({number} {name})'


def place_at(text: str, offset: int, file: str, first_line: int = 1, length: int = 1) -> Place:
    """Return line and column of an offset of a text."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, first_line + text.count("\n", 0, offset), offset - start + 1, length)
