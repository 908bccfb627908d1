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

    ``reached`` are the files that its links lead to, from the folder that it is served under; None
    where not every link led somewhere.
    """

    files: Mapping[str, Proved] = field(default_factory=dict)
    prefix: str = ""
    reached: frozenset[str] | None = None


def mark_of(file: Path) -> Mark:
    """Return what tells a file from one that was written since."""
    found = file.stat()
    return (found.st_size, found.st_mtime_ns, found.st_ino)


def shown_by(documents: Sequence[ExpectedDocument]) -> str:
    """Return a hash of what a page must show."""
    return hashlib.sha256(repr(documents).encode(errors="surrogateescape")).hexdigest()


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
    reached = None if known.reached is None else sorted(known.reached)
    return json.dumps([known.prefix, reached, files], ensure_ascii=False)


def once(addresses: Iterable[Address]) -> tuple[Address, ...]:
    """Return each address once: most stand in a page several times."""
    first: dict[tuple[str, bool], Address] = {}
    for address in addresses:
        first.setdefault((address.url, address.fetched), address)
    return tuple(first.values())


def from_json(text: str) -> Known:
    """Read what is known; nothing where the text is not what was written."""
    try:
        prefix, reached, files = json.loads(text)
        proved = {name: _proved(*one) for name, one in files.items()}
        return Known(proved, str(prefix), None if reached is None else frozenset(reached))
    except (ValueError, TypeError, AttributeError):
        return Known()


def _proved(mark: Any, shows: str, canonical: str, ids: Any, links: Any) -> Proved:  # noqa: ANN401
    size, modified, number = mark
    addresses = tuple(Address(*link) for link in links)
    return Proved((size, modified, number), shows, Read(addresses, frozenset(ids), canonical))
