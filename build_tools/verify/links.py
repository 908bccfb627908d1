"""Finds what a page links to and what it fetches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from build_tools.verify.dom import line_of, select, strings

LINKS = ("href", "xlink:href")
"""The HTML parser knows no namespaces: the prefix is part of the name."""

FETCHING_RELATIONS = frozenset(
    {
        *("stylesheet", "preload", "modulepreload", "prefetch", "prerender", "import", "manifest"),
        *("preconnect", "dns-prefetch", "icon", "mask-icon", "fluid-icon", "apple-touch-icon"),
        *("apple-touch-icon-precomposed", "apple-touch-startup-image"),
    }
)
FETCHING: dict[str, tuple[str, ...]] = {
    "script": ("src", *LINKS),
    "img": ("src", "lowsrc"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "source": ("src",),
    "track": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "object": ("data",),
    "form": ("action",),
    "use": LINKS,
    "image": LINKS,
    "feimage": LINKS,
    "base": ("href",),
    "body": ("background",),
}
"""Attributes by which an element fetches something, or sends something."""

FOLLOWED = ("a", "area")
LINKING = (*FOLLOWED, *FETCHING, "link", "style", "meta")
IDENTIFIERS = "//@id | //a/@name"

CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    | url\(\s*(?: "(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>(?:[^'\\]|\\.)*)'
        | (?P<bare>(?:[^\s"'()\\]|\\.)*) )
    | @import\s*(?: "(?P<idouble>(?:[^"\\]|\\.)*)" | '(?P<isingle>(?:[^'\\]|\\.)*)' )
    | @namespace[^;]*;
    | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
IMAGE_SET = re.compile(r"""image-set\(\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
REFRESH = re.compile(r"[^;,]*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """An address written in a page or style sheet; ``fetched`` when opening it asks for it."""

    url: str
    line: int
    fetched: bool
    said: str


def identifiers(root: etree._Element) -> frozenset[str]:
    """Return every id that a link can lead to."""
    return frozenset(strings(root, IDENTIFIERS))


def addresses(root: etree._Element) -> Iterator[Address]:
    """Yield the addresses of a page: those of its elements, then those of its style attributes."""
    for element in root.iter(*LINKING):
        yield from _of_element(element)
    for element in select(root, "//*[@style]"):
        yield from css_addresses(element.get("style") or "", line_of(element))


def _of_element(element: etree._Element) -> Iterator[Address]:
    tag, line = str(element.tag), line_of(element)
    if tag in FOLLOWED:
        yield from _plain(element, LINKS, line, fetched=False, said="link")
        for url in (element.get("ping") or "").split():
            yield Address(url, line, True, f"<{tag} ping>")
    elif tag == "link":
        yield from _of_link(element, line)
    elif tag == "style":
        yield from css_addresses(element.text or "", line)
    elif tag == "meta":
        yield from _refresh(element, line)
    else:
        yield from _plain(element, FETCHING[tag], line, fetched=True, said=f"<{tag}>")
    for name in ("srcset", "imagesrcset"):
        for url in _candidates(element.get(name) or ""):
            yield Address(url, line, True, f"<{tag} {name}>")


def _plain(
    element: etree._Element, names: tuple[str, ...], line: int, *, fetched: bool, said: str
) -> Iterator[Address]:
    for name in names:
        value = element.get(name)
        if value is not None:
            yield Address(value, line, fetched, said)


def _of_link(element: etree._Element, line: int) -> Iterator[Address]:
    relations = frozenset((element.get("rel") or "").lower().split())
    said = f'<link rel="{element.get("rel") or ""}">'
    fetched = bool(relations & FETCHING_RELATIONS)
    yield from _plain(element, ("href",), line, fetched=fetched, said=said)


def _refresh(element: etree._Element, line: int) -> Iterator[Address]:
    if (element.get("http-equiv") or "").strip().lower() == "refresh":
        found = REFRESH.match(element.get("content") or "")
        if found and found[1].strip():
            yield Address(found[1].strip(), line, True, '<meta http-equiv="refresh">')


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of a srcset: each stands first in its candidate, before a space."""
    rest = srcset.lstrip(" \t\n\r\f,")
    while rest:
        url, _, rest = rest.partition(" ")
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            _, _, rest = rest.partition(",")
        if url:
            yield url
        rest = rest.lstrip(" \t\n\r\f,")


def css_addresses(css: str, line: int = 0) -> Iterator[Address]:
    """Yield what a style sheet fetches; ``line`` is its own line in a page, 0 for a file."""
    breaks, at = max(line, 1), 0
    for found in CSS.finditer(css):
        breaks += css.count("\n", at, found.start())
        at = found.start()
        for url in found.groupdict().values():
            if url is not None:
                yield Address(_css_unescape(url), breaks, True, "a style sheet")
    for found in IMAGE_SET.finditer(css):
        yield Address(found[1] or found[2] or "", max(line, 1), True, "a style sheet")


def _css_unescape(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        if not found[1]:
            return "" if found[2] == "\n" else found[2]
        point = int(found[1], 16)
        return chr(point) if 0 < point < 0x110000 else "\ufffd"

    return CSS_ESCAPE.sub(character, text).strip()
