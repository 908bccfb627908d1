"""What was proved of a page, so that the very same file need not be read again.

It holds for a file only while size, date and number are those it had when it was proved, and while
what it must show is the same. A folder that came from elsewhere has other numbers and dates.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from build_tools.verify.expected import ExpectedDocument
from build_tools.verify.links import Address

Mark: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True)
class Read:
    """What is kept of a file once it has been parsed; each address once, where it stands first."""

    addresses: tuple[Address, ...]
    identifiers: frozenset[str]
    canonical: str


@dataclass(frozen=True)
class Proved:
    """A file without a fault: which it was, what it had to show, and what its links need."""

    mark: Mark
    shows: str
    read: Read


@dataclass(frozen=True)
class Known:
    """What is known of a site: its files without a fault, by name.

    ``linked`` is a hash of the names of its files if every link in them led somewhere, else empty.
    """

    files: Mapping[str, Proved] = field(default_factory=dict)
    linked: str = ""


def mark_of(file: Path) -> Mark:
    """Return what tells a file from one that was written since."""
    found = file.stat()
    return (found.st_size, found.st_mtime_ns, found.st_ino)


def shown_by(documents: Sequence[ExpectedDocument]) -> str:
    """Return a hash of what a page must show."""
    return hashlib.sha256(repr(documents).encode(errors="surrogateescape")).hexdigest()


def linked_by(files: Iterable[str], prefix: str) -> str:
    """Return a hash of what links can lead to, beside ids: files, and where they are served."""
    return hashlib.sha256(
        repr((sorted(files), prefix)).encode(errors="surrogateescape")
    ).hexdigest()


def as_json(known: Known) -> str:
    """Write what is known."""
    files = {
        name: [
            one.mark,
            one.shows,
            one.read.canonical,
            sorted(one.read.identifiers),
            [[a.url, a.line, a.fetched, a.said] for a in one.read.addresses],
        ]
        for name, one in known.files.items()
    }
    return json.dumps([known.linked, files], ensure_ascii=False)


def once(addresses: Iterable[Address]) -> tuple[Address, ...]:
    """Return each address once: most stand in a page several times."""
    first: dict[tuple[str, bool], Address] = {}
    for address in addresses:
        first.setdefault((address.url, address.fetched), address)
    return tuple(first.values())


def from_json(text: str) -> Known:
    """Read what is known; nothing where the text is not what was written."""
    try:
        linked, files = json.loads(text)
        return Known({name: _proved(*one) for name, one in files.items()}, str(linked))
    except (ValueError, TypeError, AttributeError):
        return Known()


def _proved(mark: Any, shows: str, canonical: str, ids: Any, links: Any) -> Proved:  # noqa: ANN401
    size, modified, number = mark
    addresses = tuple(Address(*link) for link in links)
    return Proved((size, modified, number), shows, Read(addresses, frozenset(ids), canonical))
