"""Heads: what stands after the name of a block or mark, ``key=value key="a value"``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.model.nearest import clipped, listed, nearest, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem

_BLANKS = re.compile(r"[ \t]*+")
_WORD = re.compile(r'[^\s":={}\\]++')
_ATTRIBUTE = re.compile(
    r'(?P<key>[^\s":={}\\]++)='
    r'(?:"(?P<quoted>(?:[^"\\\n]++|\\["\\])*+)"|(?P<plain>[^ \t":={}\\\n]++))'
    r"(?=[ \t:}\n]|\Z)"
)
_OPEN_QUOTE = re.compile(r'[^\s":={}\\]++="')


class Cursor:
    """A position in a source text that knows its line and column."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.at = 0
        self.line = 1
        self.line_start = 0

    @property
    def done(self) -> bool:
        """Tell whether the end of the text is reached."""
        return self.at >= len(self.text)

    @property
    def next(self) -> str:
        """The character at the position, or nothing at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def at_line_start(self) -> bool:
        """Tell whether the position is the first of its line."""
        return self.at == self.line_start

    def place(self, length: int = 1, ahead: int = 0) -> Place:
        """Return the place of the position, or of one ``ahead`` of it on the same line."""
        return Place(self.file, self.line, self.at + ahead - self.line_start + 1, max(1, length))

    def rest_of_line(self) -> str:
        """Return what stands from here to the end of the line."""
        end = self.text.find("\n", self.at)
        return self.text[self.at : end if end >= 0 else len(self.text)]

    def word(self) -> str:
        """Take the word at the position, if there is one."""
        found = _WORD.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def blanks(self) -> None:
        """Pass over blanks, not over the end of the line."""
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def leave_line(self) -> None:
        """Go to the start of the next line."""
        self.at += len(self.rest_of_line())
        if not self.done:
            self.newline()

    def newline(self) -> None:
        """Take the line end at the position."""
        self.at += 1
        self.line += 1
        self.line_start = self.at

    def jump(self, to: int) -> None:
        """Go to a later offset, which is the first of its line or the end of the text."""
        self.line += self.text.count("\n", self.at, to)
        self.at = to
        self.line_start = self.text.rfind("\n", 0, to) + 1


@dataclass(frozen=True)
class Given:
    """An attribute as it is given."""

    key: str
    value: str
    place: Place
    value_place: Place


def read_attributes(cursor: Cursor, ends: str) -> tuple[list[Given], Problem | None]:
    """Read attributes up to one of the characters ``ends`` or the end of the line.

    Where something else stands, the cursor stays before it and the problem is given.
    """
    given: list[Given] = []
    while True:
        cursor.blanks()
        if cursor.done or cursor.next in ends or cursor.next == "\n":
            return given, None
        found = _ATTRIBUTE.match(cursor.text, cursor.at)
        if found is None:
            return given, _not_an_attribute(cursor)
        given.append(_given(cursor, found))
        cursor.at = found.end()


def _given(cursor: Cursor, found: re.Match[str]) -> Given:
    quoted = found["quoted"]
    value = found["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    key = found["key"]
    before = len(key) + 1
    return Given(
        key,
        value,
        cursor.place(len(key)),
        cursor.place(len(found[0]) - before, before),
    )


def _not_an_attribute(cursor: Cursor) -> Problem:
    found = _WORD.match(cursor.text, cursor.at)
    words = found[0] if found else cursor.next
    if _OPEN_QUOTE.match(cursor.text, cursor.at):
        return Problem(
            "markup-invalid",
            cursor.place(len(words)),
            f'the value of "{clipped(words)}" is no quotation that ends in this line',
            'write key="a value"; inside the quotation marks write \\" and \\\\ for " and \\',
        )
    return Problem(
        "markup-invalid",
        cursor.place(len(words)),
        f'"{clipped(words)}" is not an attribute',
        "attributes are written key=value; the words of a mark follow a colon, as in "
        "{del: words}, and the words of a block begin on the line after its @ line",
    )


def check_attributes(
    given: list[Given], owner: str, allowed: Mapping[str, tuple[str, ...]]
) -> tuple[list[Given], list[Problem]]:
    """Return the attributes that may stand there, and what is wrong with the others."""
    sound: dict[str, Given] = {}
    problems: list[Problem] = []
    for attribute in given:
        problem = _attribute_problem(attribute, owner, allowed, attribute.key in sound)
        if problem is None:
            sound[attribute.key] = attribute
        else:
            problems.append(problem)
    return list(sound.values()), problems


def _attribute_problem(
    given: Given, owner: str, allowed: Mapping[str, tuple[str, ...]], twice: bool
) -> Problem | None:
    key, value = given.key, given.value
    if key not in allowed:
        closest = nearest(key, allowed)
        names = f"{owner} may have {listed(sorted(allowed))}"
        return Problem(
            "attribute-invalid",
            given.place,
            f'{owner} has no attribute "{clipped(key)}"',
            suggestion(closest, names),
            closest,
        )
    if twice:
        return Problem(
            "attribute-invalid",
            given.place,
            f'{owner} has "{key}" twice',
            "keep one of them",
        )
    if allowed[key] and value not in allowed[key]:
        closest = nearest(value, allowed[key])
        values = f'"{key}" may be {listed(allowed[key])}'
        return Problem(
            "attribute-invalid",
            given.value_place,
            f'"{clipped(value)}" is no value that "{key}" may have',
            suggestion(closest, values),
            closest,
        )
    return None
