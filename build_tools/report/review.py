"""What a branch changes, for the terminal and for the summary of a run.

One report is made of parts, and the parts are written in either way.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from build_tools.model.problem import Problem
from build_tools.model.prose import Prose
from build_tools.model.records import Cited
from build_tools.model.review import (
    REMOVED,
    Altered,
    Quoted,
    Review,
    Reviewed,
    ReviewedDocument,
)
from build_tools.report.people import LineOf
from build_tools.report.summary import LARGEST, as_summary, coded, fenced, within

WIDTH = 92


@dataclass(frozen=True)
class Voice:
    """What the page says of a body and of a source, as plain text; ``before``: what it said."""

    body: Callable[[Prose], str]
    reference: Callable[[Cited], str]
    before: Voice | None = None


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is that of a document."""

    level: int
    words: str


@dataclass(frozen=True)
class Line:
    """A line of small print."""

    words: str


@dataclass(frozen=True)
class Listed:
    """Something said under a name."""

    name: str
    words: str


@dataclass(frozen=True)
class Passage:
    """A passage in its sentence."""

    quoted: Quoted


@dataclass(frozen=True)
class Body:
    """What a record says."""

    words: str


@dataclass(frozen=True)
class Change:
    """What something was, and what it is."""

    altered: Altered


@dataclass(frozen=True)
class LeftOut:
    """The file of a record that has problems, with what it says."""

    file: str
    text: str


Part = Heading | Line | Listed | Passage | Body | Change


def as_text(review: Review, voice: Voice, left_out: Sequence[LeftOut] = ()) -> str:
    """Return the review for the terminal; what had to be left out of it comes first."""
    first = left_out_as_text(left_out)
    blocks = () if first and review.is_empty else _blocks(review, voice)
    return first + "".join(_text(part) for block in blocks for part in block).lstrip("\n")


def as_markdown(review: Review, voice: Voice, first: str = "") -> str:
    """Return the review for a summary, after what comes first, no longer than it may be."""
    some = () if first and review.is_empty else _blocks(review, voice)
    blocks = ("".join(map(_markdown, block)) for block in some)
    return first + within(blocks, "changes", LARGEST - len(first.encode())).lstrip("\n")


LEFT_OUT = "Left out below: these files have problems. Mend them, and they are shown like the rest."


def left_out_as_text(some: Sequence[LeftOut]) -> str:
    """Return what had to be left out as it stands in its files, before the review."""
    if not some:
        return ""
    files = (f"\n{_visible(one.file)}\n{_indented(one.text)}" for one in some)
    return f"{LEFT_OUT}\n{''.join(files)}\n"


def _indented(text: str) -> str:
    return "".join(f"  | {_visible(line)}".rstrip() + "\n" for line in text.splitlines())


def left_out_as_markdown(
    some: Sequence[LeftOut], problems: Sequence[Problem], line_of: LineOf
) -> str:
    """Return the problems and what had to be left out; half of a summary at most."""
    if not some:
        return ""
    files = (f"\n### {coded(one.file)}\n\n{fenced(one.text.rstrip())}" for one in some)
    told = as_summary(problems, line_of, LARGEST // 4)
    left = within(files, "files", LARGEST // 4)
    return f"{told}\n## What is left out\n\n{LEFT_OUT}\n{left}\n"


# what is said


def _blocks(review: Review, voice: Voice) -> Iterator[list[Part]]:
    """Yield what belongs together and is cut off together."""
    if review.is_empty:
        yield [Line("Nothing of the edition changes.")]
    for document in review.documents:
        yield [Heading(1, f"{document.title} ({document.id})"), *_state(document)]
        for record in document.records:
            yield list(_record(record, voice))
        yield from _grouped("Passages of other records", document.moved)
        yield from _grouped("The text", document.texts)
        yield from _grouped("Numbered anew", document.numbers)
    if review.shared:
        yield [Heading(1, "What the documents share")]
    for record in review.shared:
        yield list(_record(record, voice))
    if review.files:
        told = [Listed(one.after, one.what) for one in review.files]
        yield [Heading(1, "Other files"), *told]


def _state(document: ReviewedDocument) -> Iterator[Part]:
    if document.state != "changed":
        yield Line(f"This document is {document.state}.")


def _grouped(name: str, some: tuple[Altered, ...]) -> Iterator[list[Part]]:
    for number, one in enumerate(some):
        yield [Heading(2, name), Change(one)] if not number else [Change(one)]


def _record(one: Reviewed, voice: Voice) -> Iterator[Part]:
    if one.state == REMOVED:
        voice = voice.before or voice
    yield Heading(2, f"{one.state}: {one.record}, \u201c{one.label}\u201d")
    yield Line(" \u00b7 ".join(part for part in (*one.facts, one.place.file) if part))
    for number, quoted in enumerate(one.passages):
        yield Passage(quoted)
        if one.reads:
            yield Listed("reads", one.reads[number] or "(left out)")
    if one.body is not None and one.body.blocks:
        yield Body(voice.body(one.body))
    for cited in one.cited:
        yield Listed("source", voice.reference(cited))
    for alike in one.alike:
        yield Listed("like it", f"{alike.record}, \u201c{alike.label}\u201d: {alike.why}")
    for altered in one.altered:
        yield Change(altered)


# as text


def _text(part: Part) -> str:
    match part:
        case Heading(1, words):
            words = _visible(words)
            return f"\n{words}\n{'=' * len(words)}\n"
        case Heading(_, words):
            return f"\n{_visible(words)}\n"
        case Line(words):
            return f"  {_visible(words)}\n"
        case Listed(name, words):
            return _wrapped(f"{name}: {words}", "  ", "      ")
        case Body(words):
            return "".join(_wrapped(line, "    ", "    ") for line in words.split("\n"))
        case Passage(q):
            place = f"{q.block}: " if q.block else ""
            shown = f"{q.before}|{q.words}|{q.after}" if q.block else q.words
            return _wrapped(f"{place}{shown}", "  ", "      ")
        case Change(one):
            return (
                f"  {_visible(one.what)}\n"
                + _wrapped(one.before or "(nothing)", "    - ", "      ")
                + _wrapped(one.after or "(nothing)", "    + ", "      ")
            )


def _wrapped(words: str, first: str, rest: str) -> str:
    if not words.strip():
        return "\n"
    filled = textwrap.fill(
        _visible(words),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{filled}\n"


def _visible(words: str) -> str:
    """Leave no sign that a terminal could act on."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in words)


# as Markdown

ACTING = re.compile(
    r"[\\`*_\[\]<>#|~&@$]"  # emphasis, code, links, tables, HTML, mentions, numbers, formulas
    r"|:(?=[\w+-]+:)|(?<=www)\."  # pictures by name, addresses without a scheme
    r"|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"  # lists and headings, at the start
)


def _markdown(part: Part) -> str:
    match part:
        case Heading(level, words):
            return f"\n{'#' * (level + 1)} {_escaped(words)}\n"
        case Line(words):
            return f"\n{_escaped(words)}\n"
        case Listed(name, words):
            return f"\n- *{name}* {_escaped(words)}\n"
        case Body(words):
            return "\n" + "".join(
                f"> {_escaped(line)}".rstrip() + "\n" for line in words.split("\n")
            )
        case Passage(q):
            words = f"**{_escaped(q.words)}**" if q.words.strip() else "\u2038"
            if not q.block:
                return f"\n{words}\n"
            return f"\n{_escaped(q.block)}: {_spaced(q, words)}\n"
        case Change(one):
            before, after = one.before or "(nothing)", one.after or "(nothing)"
            return (
                f"\n- {_escaped(one.what)}\n  - before: {_escaped(before)}\n"
                f"  - after: {_escaped(after)}\n"
            )


def _spaced(q: Quoted, words: str) -> str:
    """Set words between what stands before and after them, with the spaces that were there."""
    left = " " if q.before[-1:].isspace() else ""
    right = " " if q.after[:1].isspace() else ""
    return f"{_escaped(q.before)}{left}{words}{right}{_escaped(q.after)}"


def _escaped(words: str) -> str:
    """Escape words so that nothing of them is Markdown or HTML, or calls anybody."""
    line = " ".join(words.split())
    return ACTING.sub(lambda found: f"&#{ord(found[0])};", line)
