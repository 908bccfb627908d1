"""Transcriptions: from the text of a file to pages, blocks and marks; the inverse of ``write``.

One pass over the characters, no step back. What cannot be understood is reported and read as the
words it is, so that one run finds everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from build_tools.model.folding import LAYOUT
from build_tools.model.kinds import BLOCKS, MARKS, SUPPLIED
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.transcription import (
    MORE,
    Attributes,
    Comment,
    Fragment,
    Inline,
    Mark,
    PageBreak,
    Text,
    Transcription,
)
from build_tools.read import faults
from build_tools.read.faults import KINDS, OUTSIDE, PAGE
from build_tools.read.heads import Cursor, Given, check_attributes, read_attributes
from build_tools.read.ids import Ids

MAY_BE_EMPTY = frozenset({"gap", "caret", "wordbreak"})
"""Marks that say something also where the witness has no sign for it."""

DEEPEST = 16
"""How many marks may stand in one another."""

_LAYOUT = "".join(sorted(LAYOUT))
_RUN = re.compile(r"[^\\{}\n]++")
_RUN_WITH_BRACKETS = re.compile(r"[^\\{}\[\]\n]++")


def parse_transcription(
    text: str, file: str, *, brackets: bool = False
) -> tuple[Transcription, tuple[Problem, ...]]:
    """Read a transcription; with ``brackets`` (expanded.txt) also words in square brackets."""
    parser = _Parser(Cursor(text, file), brackets)
    return parser.run(), tuple(sorted(parser.problems, key=lambda problem: problem.place))


@dataclass
class _Open:
    """A part of the file, a mark or a bracket that is being read.

    ``name`` is empty for a mark that was not understood: its words go to what it stands in.
    """

    name: str
    place: Place
    holds: str = "text"
    kind: str = ""
    bracket: bool = False
    attributes: Attributes = ()
    values: dict[str, Place] = field(default_factory=dict)
    content: list[Inline] = field(default_factory=list)
    blamed: bool = False
    """Whether something that may not stand in it was reported: once is enough."""


class _Parser:
    def __init__(self, cursor: Cursor, brackets: bool) -> None:
        self.cursor = cursor
        self.brackets = brackets
        self.run_of_words = _RUN_WITH_BRACKETS if brackets else _RUN
        self.problems: list[Problem] = []
        self.preamble: tuple[Inline, ...] = ()
        self.parts: list[PageBreak | Fragment] = []
        self.stack = [_Open("", cursor.place(), OUTSIDE)]
        self.words: list[str] = []
        self.words_place = cursor.place()
        self.ids = Ids()

    def run(self) -> Transcription:
        cursor = self.cursor
        while not cursor.done:
            if cursor.at_line_start and cursor.next == "@":
                self.end_part()
                self.begin_part()
            elif cursor.at_line_start and cursor.next == "#":
                self.comment()
            else:
                self.step()
        self.end_part()
        self.problems += self.ids.unknown()
        return Transcription(self.preamble, tuple(self.parts))

    def step(self) -> None:
        cursor = self.cursor
        found = self.run_of_words.match(cursor.text, cursor.at)
        if found:
            self.put(found[0])
            cursor.at = found.end()
            return
        match cursor.next:
            case "\n":
                self.put("\n")
                cursor.newline()
            case "\\":
                self.escape()
            case "{":
                self.open_mark()
            case "}":
                self.close_mark()
            case "[":
                self.open_bracket()
            case _:
                self.close_bracket()

    # words and comments

    def put(self, words: str) -> None:
        """Take words of the witness that stand at the cursor."""
        if not self.words:
            self.words_place = self.cursor.place()
        self.words.append(words)
        holds = self.stack[-1].holds
        if holds == "text":
            return
        shown = words.strip(_LAYOUT)
        if shown:
            self.misplaced(self.cursor.place(len(shown), words.index(shown)), "stand words")
        elif holds == "nothing":
            self.misplaced(self.cursor.place(), "stands a space or a line end")

    def flush(self) -> None:
        if self.words:
            self.stack[-1].content.append(Text("".join(self.words), self.words_place))
            self.words = []

    def escape(self) -> None:
        cursor = self.cursor
        escaped = cursor.text[cursor.at + 1 : cursor.at + 2]
        if escaped and escaped in ("{}\\@#" if cursor.at_line_start else "{}\\"):
            self.put(escaped)
            cursor.at += 2
        elif self.brackets and escaped and escaped in "[]":
            self.flush()  # a text of its own, so that places in it stay exact
            cursor.at += 1
            self.put(escaped)
            cursor.at += 1
        else:
            self.problems.append(faults.backslash(cursor.place()))
            self.put("\\")
            cursor.at += 1

    def comment(self) -> None:
        cursor = self.cursor
        self.flush()
        line = cursor.rest_of_line()
        place = cursor.place(len(line))
        if self.stack[-1].holds == "nothing":
            self.misplaced(place, "stands a comment")
        self.stack[-1].content.append(Comment(line[1:], place))
        cursor.leave_line()

    def misplaced(self, place: Place, what: str) -> None:
        top = self.stack[-1]
        if not top.blamed:
            top.blamed = True
            self.problems.append(faults.misplaced(top.holds, top.name, what, place))

    # marks

    def open_mark(self) -> None:
        cursor = self.cursor
        self.flush()
        if self.too_deep():
            return
        place = cursor.place()
        cursor.at += 1
        name = cursor.word() if cursor.next.isalpha() else ""
        mark = self.mark_of(name, Place(place.file, place.line, place.column, 1 + len(name)))
        self.check_nesting(mark)
        ended = not name or self.read_head(name, mark)
        self.stack.append(mark)
        if name and ended and cursor.next == ":":
            cursor.at += 1
            cursor.at += cursor.next == " "

    def mark_of(self, name: str, place: Place) -> _Open:
        """Return the mark that begins here, without a name where there is no such mark."""
        if name in MARKS:
            return _Open(name, place, MARKS[name].holds)
        fault = faults.mark_unknown(name, place) if name else faults.mark_unnamed(place)
        self.problems.append(fault)
        return _Open("", place)

    def read_head(self, name: str, mark: _Open) -> bool:
        """Read the attributes of a mark; tell whether its head ends as it should."""
        given, fault = read_attributes(self.cursor, ":}")
        if mark.name:
            self.set_sound(mark, given, f"{{{name}}}", MARKS[name].attributes)
        if fault is None and self.cursor.next not in (":", "}"):
            fault = faults.head_unfinished(name, self.cursor.place())
        self.problems += [fault] if fault else []
        return fault is None

    def check_nesting(self, mark: _Open) -> None:
        holds = self.stack[-1].holds
        if not mark.name:
            return
        if holds != "text" and not (holds == "add del" and mark.name in holds.split()):
            self.misplaced(mark.place, f"stands the mark {{{mark.name}}}")
        elif self.in_brackets():
            self.problems.append(faults.in_brackets(mark.name, mark.place))

    def too_deep(self) -> bool:
        """Report marks that stand too deep, and go on at the next block."""
        cursor = self.cursor
        if len(self.stack) <= DEEPEST:
            return False
        self.problems.append(faults.too_deep(DEEPEST, cursor.place()))
        following = cursor.text.find("\n@", cursor.at)
        cursor.jump(following + 1 if following >= 0 else len(cursor.text))
        while len(self.stack) > 1:
            self.close()
        return True

    def close_mark(self) -> None:
        if all(each.bracket for each in self.stack[1:]):
            self.problems.append(faults.closes_nothing(False, self.cursor.place()))
            self.cursor.at += 1
            return
        while self.stack[-1].bracket:
            self.close_unfinished()
        self.close_finished()

    def close_finished(self) -> None:
        """Close what is on top at the sign that closes it."""
        self.flush()
        top = self.stack[-1]
        if top.name and not top.content and top.name not in MAY_BE_EMPTY:
            self.problems.append(faults.mark_empty(top.name, top.bracket, top.place))
        self.cursor.at += 1
        self.close()

    def close_unfinished(self) -> None:
        """Close what is on top where its closing sign should have stood before."""
        top = self.stack[-1]
        if top.name and not (top.bracket and top.blamed):  # that another stands in it is told
            self.problems.append(faults.mark_unclosed(top.name, top.bracket, top.place))
        self.close()

    def close(self) -> None:
        self.flush()
        mark = self.stack.pop()
        parent = self.stack[-1].content
        if mark.name:
            content = tuple(mark.content)
            parent.append(Mark(mark.name, mark.attributes, content, mark.place, mark.values))
        else:
            parent.extend(mark.content)

    # square brackets of expanded.txt

    def in_brackets(self) -> bool:
        return any(each.bracket for each in self.stack)

    def open_bracket(self) -> None:
        self.flush()
        if self.too_deep():
            return
        place = self.cursor.place()
        nested = self.in_brackets()
        if nested:
            self.problems.append(faults.in_brackets("", place))
            for each in self.stack:
                each.blamed = each.blamed or each.bracket
        elif self.stack[-1].holds != "text":
            self.misplaced(place, "stand words in square brackets")
        self.stack.append(_Open("" if nested else SUPPLIED, place, bracket=True))
        self.cursor.at += 1

    def close_bracket(self) -> None:
        if not self.in_brackets():
            self.problems.append(faults.closes_nothing(True, self.cursor.place()))
            self.cursor.at += 1
            return
        while not self.stack[-1].bracket:
            self.close_unfinished()
        self.close_finished()

    # pages and blocks

    def end_part(self) -> None:
        """End what stands before the first block, a page or a block, with the marks open in it."""
        self.flush()
        while len(self.stack) > 1:
            self.close_unfinished()
        part = self.stack.pop()
        content = tuple(part.content)
        if part.kind == PAGE:
            self.parts.append(PageBreak(part.name, part.attributes, content, part.place))
        elif part.kind:
            self.parts.append(
                Fragment(part.kind, part.name, part.attributes, content, part.place, part.values)
            )
        else:
            self.preamble = content

    def begin_part(self) -> None:
        """Read a line that begins with @."""
        cursor = self.cursor
        part = _Open("", cursor.place(len(cursor.rest_of_line())))
        self.stack.append(part)
        cursor.at += 1
        kind_place = cursor.place()
        kind = cursor.word()
        part.kind = self.kind_of(kind, _stretched(kind_place, kind))
        cursor.blanks()
        place = cursor.place()
        part.name = self.name_on_line()
        self.name_part(part, _stretched(place, part.name))
        given, fault = read_attributes(cursor, "")
        self.problems += [fault] if fault else []
        self.set_attributes(part, given, kind)
        cursor.leave_line()

    def kind_of(self, kind: str, place: Place) -> str:
        """Return the kind of a block; for one that there is not, the nearest."""
        if kind in KINDS:
            return kind
        fault = faults.kind_unknown(kind, place)
        self.problems.append(fault)
        return next((name for name in fault.closest if name in BLOCKS), "p")

    def name_on_line(self) -> str:
        """Return the id at the cursor; nothing where an attribute stands in its place."""
        start = self.cursor.at
        name = self.cursor.word()
        if self.cursor.next == "=":
            self.cursor.at = start
            return ""
        return name

    def name_part(self, part: _Open, place: Place) -> None:
        if part.kind == PAGE:
            part.holds = OUTSIDE
            self.problems += self.ids.begin_page(part.name, place)
        elif not part.name:
            part.name = f"line-{place.line}"
            self.problems.append(faults.id_missing(part.kind, place))
        elif part.kind == MORE:
            self.problems += self.ids.go_on(part.name, place)
        else:
            self.problems += self.ids.open(part.name, place)

    def set_attributes(self, part: _Open, given: list[Given], kind: str) -> None:
        """Set the attributes of a block; of an unknown kind nothing is known to be wrong."""
        if kind not in KINDS:
            return
        self.set_sound(part, given, f"@{kind}", faults.ATTRIBUTES[kind])
        required = BLOCKS[kind].required if kind in BLOCKS else ()
        keys = {each.key for each in given}
        self.problems += [
            faults.attribute_missing(kind, key, part.place) for key in required if key not in keys
        ]

    def set_sound(
        self, part: _Open, given: list[Given], owner: str, allowed: faults.Allowed
    ) -> None:
        """Set those of the attributes that may stand there."""
        sound, problems = check_attributes(given, owner, allowed)
        self.problems += problems
        for each in sound:
            self.problems += self.ids.take(each)
        part.attributes = tuple((each.key, each.value) for each in sound)
        part.values = {each.key: each.value_place for each in sound}


def _stretched(place: Place, words: str) -> Place:
    return Place(place.file, place.line, place.column, max(1, len(words)))
