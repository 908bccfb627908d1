"""What was proved of a page, so that the very same file need not be read again.

It holds for a file only while size, date and number are those it had when it was proved, and while
what it must show is the same. A folder that came from elsewhere has other numbers and dates.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def mark_of(file: Path) -> Mark:
    """Return what tells a file from one that was written since."""
    found = file.stat()
    return (found.st_size, found.st_mtime_ns, found.st_ino)


def shown_by(documents: Sequence[ExpectedDocument]) -> str:
    """Return a hash of what a page must show."""
    return hashlib.sha256(repr(documents).encode(errors="surrogateescape")).hexdigest()


def as_json(proved: Mapping[str, Proved]) -> str:
    """Write what was proved."""
    data = {
        name: [
            one.mark,
            one.shows,
            one.read.canonical,
            sorted(one.read.identifiers),
            [[a.url, a.line, a.fetched, a.said] for a in one.read.addresses],
        ]
        for name, one in proved.items()
    }
    return json.dumps(data, ensure_ascii=False)


def once(addresses: Iterable[Address]) -> tuple[Address, ...]:
    """Return each address once: most stand in a page several times."""
    first: dict[tuple[str, bool], Address] = {}
    for address in addresses:
        first.setdefault((address.url, address.fetched), address)
    return tuple(first.values())


def from_json(text: str) -> dict[str, Proved]:
    """Read what was proved; nothing where the text is not what was written."""
    try:
        data: dict[str, Any] = json.loads(text)
        return {name: _proved(*one) for name, one in data.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _proved(mark: Any, shows: str, canonical: str, ids: Any, links: Any) -> Proved:  # noqa: ANN401
    size, modified, number = mark
    addresses = tuple(Address(*link) for link in links)
    return Proved((size, modified, number), shows, Read(addresses, frozenset(ids), canonical))
