"""Links: to the web, to a mail address, or to something of the edition; nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from build_tools.model.nearest import clipped, listed, nearest, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.prose import Link, Reference, Span
from build_tools.model.records import REGISTERS
from build_tools.read.ids import ID

IN_DOCUMENT = ("note", "block")
"""What is named by its document and its id, ``note:document#id``."""

KINDS = (*IN_DOCUMENT, *REGISTERS, "term", "source", "essay")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028\u2029]")
_MAIL = re.compile(r"[^\s@:/?]+@[^\s@:/?]+(\?\S*)?")
_NAME = re.compile(ID.pattern)
_NAME_IN_DOCUMENT = re.compile(f"{ID.pattern}#{ID.pattern}")


def resolve(
    href: str, content: tuple[Span, ...], place: Place
) -> tuple[Link | Reference | None, tuple[Problem, ...]]:
    """Return the link that an address makes; None, with a problem, where it makes none."""
    if not content:
        return None, (_wordless(place),)
    found = _SCHEME.match(href)
    scheme = found[1] if found else ""
    rest = href[len(scheme) + 1 :] if found else href
    if scheme in KINDS:
        if (_NAME_IN_DOCUMENT if scheme in IN_DOCUMENT else _NAME).fullmatch(rest):
            return Reference(content, scheme, rest, place), ()
        return None, (_misnamed(href, scheme, place),)
    if _is_safe(scheme.lower(), href, rest):
        return Link(content, href, place), ()
    return None, (_unsafe(href, scheme, place),)


def _is_safe(scheme: str, href: str, rest: str) -> bool:
    if _UNSAFE.search(href):
        return False
    if scheme == "mailto":
        return bool(_MAIL.fullmatch(rest))
    if scheme not in ("http", "https") or not rest.startswith("//"):
        return False
    try:
        parts = urlsplit(href)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False


def _wordless(place: Place) -> Problem:
    return Problem(
        "markup-refused",
        place,
        "this link has no words",
        "write [words](address)",
    )


def _misnamed(href: str, kind: str, place: Place) -> Problem:
    form = f"{kind}:document-id#id" if kind in IN_DOCUMENT else f"{kind}:id"
    return Problem(
        "link-broken",
        place,
        f'"{clipped(href)}" names nothing of this edition',
        f"write [words]({form})",
    )


def _unsafe(href: str, scheme: str, place: Place) -> Problem:
    closest = nearest(scheme, KINDS) if scheme else ()
    if href.startswith("www."):
        return Problem(
            "link-unsafe",
            place,
            f'"{clipped(href)}" is not a whole address',
            f"write   https://{href}",
        )
    return Problem(
        "link-unsafe",
        place,
        f'"{clipped(href)}" is not the address of a link' if href else "this link has no address",
        suggestion(
            tuple(f"{kind}:" for kind in closest),
            "an address begins with https://, http:// or mailto:, or names a thing of the edition: "
            f"{listed(f'{kind}:' for kind in KINDS)}",
        ),
        closest,
    )
