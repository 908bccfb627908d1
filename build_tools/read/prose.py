"""Prose: the bodies of records, a fixed subset of Markdown with citations and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.prose import (
    Citation,
    Emphasis,
    Heading,
    Listing,
    Paragraph,
    Prose,
    ProseBlock,
    Quote,
    Span,
    Words,
)
from build_tools.read.links import resolve
from build_tools.read.markdown import CITATION, CITE, parser
from build_tools.read.text import invalid_characters

DEEPEST = 4
"""How deep quotations and lists may stand in one another."""

DEEPEST_EMPHASIS = 4

_BARE_CITATION = re.compile(r"(?<![\w.@\\])@[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
"""What looks like the id of a source after the sign that cites it."""

_DEFINITION = re.compile(r"\[(?![@^])[^\[\]]+\]:")
_REFUSED_BLOCKS = {
    "fence": (
        "a line of ``` or ~~~ begins a block of code",
        "set a quotation apart with > at the start of its lines",
    ),
    "code_block": (
        "a line indented by four spaces or more is a block of code",
        "begin it in the first column; set a quotation apart with > at the start of its lines",
    ),
    "hr": ("this line is a rule across the page", "take it out; a blank line divides paragraphs"),
    "table_open": (
        "this is a table",
        "write a list or sentences; write \\| for the sign itself",
    ),
}
_HEADING = "notes and entries have no headings; an essay has them, ## and ###, outside of lists"
_SETEXT = "text over a line of === or --- is a heading"


def parse_prose(
    body: str, file: str, first_line: int, *, headings: bool = False
) -> tuple[Prose, tuple[Problem, ...]]:
    """Read the body of a record whose first line has the number ``first_line`` in the file."""
    reader = _Reader(body.split("\n"), file, first_line, headings)
    tokens = parser().parse(body.replace("\r", " "))
    blocks = reader.blocks(iter(tokens), 0)
    return Prose(blocks), tuple(sorted(reader.problems, key=lambda problem: problem.place))


@dataclass
class _Open:
    """A link or emphasis that is being read; the outermost one is the paragraph."""

    token: Token | None
    content: list[Span] = field(default_factory=list)

    def add_words(self, text: str) -> None:
        last = self.content[-1] if self.content else None
        if isinstance(last, Words) and not last.breaks:
            self.content[-1] = Words(last.text + text)
        elif text:
            self.content.append(Words(text))


class _Reader:
    def __init__(self, lines: list[str], file: str, first_line: int, headings: bool) -> None:
        self.lines = lines
        self.file = file
        self.first_line = first_line
        self.headings = headings
        self.problems: list[Problem] = []

    # blocks

    def blocks(self, tokens: Iterator[Token], depth: int) -> tuple[ProseBlock, ...]:
        """Read blocks up to the end of what they stand in."""
        found: list[ProseBlock] = []
        for token in tokens:
            if token.type in ("blockquote_close", "list_item_close"):
                break
            block = self.block(token, tokens, depth)
            if block is not None:
                found.append(block)
        return tuple(found)

    def block(self, token: Token, tokens: Iterator[Token], depth: int) -> ProseBlock | None:
        match token.type:
            case "paragraph_open":
                content = self.inline(next(tokens))
                next(tokens)
                line = self.first_line + (token.map[0] if token.map else 0)
                return Paragraph(content, line) if content else None
            case "heading_open":
                return self.heading(token, tokens, depth)
            case "blockquote_open":
                self.check_depth(token, depth)
                return Quote(self.blocks(tokens, depth + 1))
            case "bullet_list_open" | "ordered_list_open":
                self.check_depth(token, depth)
                return self.listing(token, tokens, depth)
        self.refuse_block(token)
        if token.type == "table_open":
            while next(tokens).type != "table_close":
                pass
        return None

    def heading(self, token: Token, tokens: Iterator[Token], depth: int) -> ProseBlock | None:
        inline = next(tokens)
        next(tokens)
        level = int(token.tag[1:])
        if token.markup[0] != "#":
            place = self.place_of_line(token.map[1] - 1 if token.map else 0)
            self.refuse("markup-refused", place, _SETEXT, f"{_HEADING}; leave a blank line before")
        elif not self.headings or depth or level not in (2, 3):
            place = self.place_of_line(token.map[0] if token.map else 0, token.markup)
            what = f"this line is a heading of level {level}"
            self.refuse("markup-refused", place, what, f"{_HEADING}; write \\# for the sign itself")
        content = self.inline(inline)
        return Heading(content, level) if self.headings else Paragraph(content)

    def listing(self, token: Token, tokens: Iterator[Token], depth: int) -> Listing:
        ordered = token.type == "ordered_list_open"
        if ordered and "start" in token.attrs:
            number = str(token.attrs["start"])
            self.refuse(
                "markup-refused",
                self.place_of_line(token.map[0] if token.map else 0, number),
                f"this line begins a list with the number {number}",
                f"a numbered list begins with 1; write {number}\\. if the line is a sentence",
            )
        items: list[tuple[ProseBlock, ...]] = []
        for each in tokens:
            if each.type != "list_item_open":
                break
            items.append(self.blocks(tokens, depth + 1))
        return Listing(tuple(items), ordered)

    def check_depth(self, token: Token, depth: int) -> None:
        if depth == DEEPEST:
            self.refuse(
                "markup-refused",
                self.place_of_line(token.map[0] if token.map else 0),
                f"more than {DEEPEST} quotations or lists stand in one another",
                "write them one after the other",
            )

    def refuse_block(self, token: Token) -> None:
        message, hint = _REFUSED_BLOCKS[token.type]
        line = token.map[0] if token.map else 0
        sign = token.markup if token.type == "fence" else ""
        self.refuse("markup-refused", self.place_of_line(line, sign), message, hint)

    def place_of_line(self, line: int, sign: str = "") -> Place:
        """Return the place of a sign in a line of the body, or of the first thing in the line."""
        text = self.lines[line] if line < len(self.lines) else ""
        at = text.find(sign) if sign else -1
        at = at if at >= 0 else len(text) - len(text.lstrip(" \t>"))
        return Place(self.file, self.first_line + line, at + 1, max(1, len(sign)))

    def refuse(self, code: str, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem(code, place, message, hint))

    # words

    def inline(self, inline: Token) -> tuple[Span, ...]:
        """Read the words of a paragraph or heading."""
        where = _Offsets(inline, self.lines, self.file, self.first_line)
        self.definitions(inline.content, where)
        self.bare_citations(inline.content, where)
        children = inline.children or []
        stack = [_Open(None)]
        for number, token in enumerate(children):
            following = children[number + 1] if number + 1 < len(children) else None
            self.span(token, following, stack, where)
        return tuple(stack[0].content)

    def span(
        self, token: Token, following: Token | None, stack: list[_Open], where: _Offsets
    ) -> None:
        top = stack[-1]
        match token.type:
            case "text":
                self.check_bare(token, following, where)
                top.add_words(token.content)
            case "text_special":
                self.check_entity(token, top, where)
                top.add_words(token.content)
            case "softbreak":
                top.add_words(" ")
            case "hardbreak":
                top.content.append(Words("", breaks=True))
            case "citation":
                place = where.place(token)
                top.content.append(Citation(token.info, token.content, place))
            case "refused":
                meta = token.meta
                self.refuse(meta["code"], where.place(token), meta["message"], meta["hint"])
            case "em_open" | "strong_open" | "link_open":
                self.check_emphasis(token, stack, where)
                stack.append(_Open(token))
            case _:
                self.close(stack, where)

    def close(self, stack: list[_Open], where: _Offsets) -> None:
        done = stack.pop()
        assert done.token is not None
        content = tuple(done.content)
        if done.token.type == "link_open":
            href, title = str(done.token.attrs["href"]), done.token.attrs.get("title")
            link, problems = resolve(href, content, where.place(done.token))
            self.problems += problems
            if title:
                hint = "put the words of the title into the sentence"
                place = where.place(done.token)
                self.refuse("markup-refused", place, "a link has no title here", hint)
            stack[-1].content.extend(content if link is None else (link,))
        else:
            strong = done.token.type == "strong_open"
            stack[-1].content.append(Emphasis(content, strong))

    def check_bare(self, token: Token, following: Token | None, where: _Offsets) -> None:
        """Refuse ``*[`` where the asterisk is no emphasis: elsewhere it defines abbreviations."""
        if (
            token.content == "*"
            and following is not None
            and following.type == "text"
            and following.content.startswith("[")
        ):
            self.refuse(
                "markup-refused",
                where.place(token),
                "here stands *[, which begins no markup of this edition",
                "write \\*[ if the signs themselves are meant; abbreviations have their glossary",
            )

    def check_entity(self, token: Token, top: _Open, where: _Offsets) -> None:
        """Check a character given by its name or number, also together with the one before it."""
        if token.info != "entity":
            return
        last = top.content[-1] if top.content else None
        before = last.text[-1:] if isinstance(last, Words) else ""
        for problem in invalid_characters(before + token.content, self.file):
            self.refuse(problem.code, where.place(token), problem.message, problem.hint)

    def check_emphasis(self, token: Token, stack: list[_Open], where: _Offsets) -> None:
        if len(stack) == DEEPEST_EMPHASIS + 1:
            self.refuse(
                "markup-refused",
                where.place(token),
                f"more than {DEEPEST_EMPHASIS} emphases stand in one another",
                "write \\* or \\_ if the sign itself is meant",
            )

    def definitions(self, content: str, where: _Offsets) -> None:
        """Refuse definitions of links, which stand one after the other before all words."""
        offset = 0
        for line in content.split("\n"):
            start = offset + len(line) - len(line.lstrip())
            found = _DEFINITION.match(content, start)
            if found is None:
                return
            self.refuse(
                "markup-refused",
                where.at(start, len(found[0])),
                "this line defines the address of a link elsewhere",
                "write the address where the link is, [words](https://…); write \\[ for the sign",
            )
            offset += len(line) + 1

    def bare_citations(self, content: str, where: _Offsets) -> None:
        """Refuse ``@source-id`` outside of ``[@source-id]``: it would be printed as it stands."""
        cited = [(m.start(), m.end()) for m in CITATION.finditer(content)]
        for found in _BARE_CITATION.finditer(content):
            if any(start <= found.start() < end for start, end in cited):
                continue
            self.refuse(
                "markup-refused",
                where.at(found.start(), len(found[0])),
                f'"{found[0]}" stands outside of a citation',
                f"{CITE}; write \\@ for the sign",
            )


class _Offsets:
    """Finds the places of offsets in the content of a paragraph or heading.

    The content has the lines of the source without what stands before them: the signs of
    quotations and lists, and white space.
    """

    def __init__(self, inline: Token, lines: list[str], file: str, first_line: int) -> None:
        self.file = file
        self.starts: list[tuple[int, int, int]] = []
        first = inline.map[0] if inline.map else 0
        offset = 0
        for number, content in enumerate(inline.content.split("\n"), first):
            column = _column(lines[number] if number < len(lines) else "", content)
            self.starts.append((offset, first_line + number, column))
            offset += len(content) + 1

    def place(self, token: Token) -> Place:
        return self.at(token.meta["at"], token.meta["length"])

    def at(self, offset: int, length: int) -> Place:
        start, line, column = next(each for each in reversed(self.starts) if each[0] <= offset)
        following = [each[0] - 1 for each in self.starts if each[0] > offset]
        end = min(offset + length, *following) if following else offset + length
        return Place(self.file, line, column + offset - start, max(1, end - offset))


def _column(source: str, content: str) -> int:
    """Return the column in which the content of a line begins, counted from 1."""
    words = content.strip()
    at = source.rstrip().rfind(words)
    return at + 1 - (len(content) - len(content.lstrip()))
