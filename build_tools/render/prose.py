"""Prose of records as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.model.prose import (
    Citation,
    Emphasis,
    Heading,
    Link,
    Listing,
    Paragraph,
    Prose,
    ProseBlock,
    Quote,
    Reference,
    Span,
    Words,
)
from build_tools.model.records import Cited, Edition
from build_tools.render.addresses import (
    CONTRIBUTORS,
    SOURCES,
    document_page,
    note_fragment,
    page_of,
    relative,
)
from build_tools.render.markdown import link, text
from build_tools.render.sources import short


@dataclass(frozen=True)
class Setting:
    """The page prose is set on, and the edition its links lead into.

    ``textual`` holds ``document#id`` of the notes of the second series.
    """

    page: str
    edition: Edition
    textual: frozenset[str]


def prose(body: Prose, setting: Setting, indent: str = "") -> str:
    """Set a body as Markdown blocks, each line indented (as in a footnote's continuation)."""
    blocks = [_block(block, setting) for block in body.blocks]
    return _indented("\n\n".join(blocks), indent)


def _indented(lines: str, indent: str) -> str:
    return "\n".join(indent + line if line else line for line in lines.split("\n"))


def _block(block: ProseBlock, setting: Setting) -> str:
    if isinstance(block, Paragraph):
        return _line(block.content, setting)
    if isinstance(block, Heading):
        return "#" * block.level + " " + _line(block.content, setting)
    if isinstance(block, Quote):
        inner = "\n\n".join(_block(one, setting) for one in block.content)
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    return _listing(block, setting)


def _listing(listing: Listing, setting: Setting) -> str:
    items = []
    for number, item in enumerate(listing.items, 1):
        sign = f"{number}." if listing.ordered else "-"
        inner = "\n\n".join(_block(one, setting) for one in item)
        items.append(sign.ljust(4) + _indented(inner, "    ")[4:])
    return "\n".join(items)


def _line(content: Sequence[Span], setting: Setting) -> str:
    written = "".join(_spans(content, setting))
    return _start_guarded(written)


def _start_guarded(line: str) -> str:
    """Keep the first characters of a paragraph from being read as a list, heading or quotation."""
    if line[:1] in ("-", " "):
        return f"&#{ord(line[0])};{line[1:]}"
    digits = len(line) - len(line.lstrip("0123456789"))
    if digits and line[digits : digits + 1] in (".", ")"):
        return f"{line[:digits]}&#{ord(line[digits])};{line[digits + 1 :]}"
    return line


def _spans(content: Sequence[Span], setting: Setting) -> Iterator[str]:
    waiting: list[str] = []
    for index, span in enumerate(content):
        if isinstance(span, Citation):
            waiting.append(_citation(span, setting))
            continue
        between = (
            isinstance(span, Words)
            and waiting
            and not span.text.strip()
            and not span.breaks
            and index + 1 < len(content)
            and isinstance(content[index + 1], Citation)
        )
        if between:
            continue
        if waiting:
            yield f"({'; '.join(waiting)})"
            waiting = []
        yield _span(span, setting)
    if waiting:
        yield f"({'; '.join(waiting)})"


def _span(span: Span, setting: Setting) -> str:
    if isinstance(span, Words):
        return "<br>" if span.breaks else text(span.text)
    inner = "" if isinstance(span, Citation) else "".join(_spans(span.content, setting))
    if isinstance(span, Emphasis):
        name = "strong" if span.strong else "em"
        return f"<{name}>{inner}</{name}>"
    if isinstance(span, Link):
        return link(inner, address(span.target))
    if isinstance(span, Reference):
        return link(inner, _target(span, setting))
    return _citation(span, setting)


def address(target: str) -> str:
    """Write a web address so that Markdown takes it whole."""
    return "".join(
        c if c.isascii() and c not in " <>()[]\\`*_\"'{}|^" else _percent(c) for c in target
    )


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _target(reference: Reference, setting: Setting) -> str:
    if reference.kind == "note":
        document, _, note = reference.name.partition("#")
        fragment = note_fragment(note, textual=reference.name in setting.textual)
        return relative(setting.page, document_page(document), fragment)
    page, fragment = page_of(reference.kind, reference.name)
    return relative(setting.page, page, fragment)


def _citation(citation: Citation, setting: Setting) -> str:
    return cited(citation.source, citation.locator, setting)


def cited(source: str, locator: str, setting: Setting) -> str:
    """Set a source's short title, with the locator, as a link to the list of sources."""
    record = setting.edition.sources[source]
    words = short(record) + (text(f", {locator}") if locator else "")
    return link(words, relative(setting.page, SOURCES, source), css="ed-cite")


def further_sources(body: Prose, sources: tuple[Cited, ...], setting: Setting) -> str:
    """Set the sources named in the head of a record that its prose does not cite, or nothing."""
    in_prose = {citation.source for citation in body.citations()}
    rest = [one for one in sources if one.source not in in_prose]
    return "; ".join(cited(one.source, one.locator, setting) for one in rest)


def person_link(name: str, setting: Setting) -> str:
    """Set the name of a contributor, which leads to all that they have done."""
    words = text(setting.edition.contributors[name].name)
    return link(words, relative(setting.page, CONTRIBUTORS, name), css="ed-by")
