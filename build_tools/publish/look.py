"""What lies in folders now, and whether it is what lay there before.

A file that has the same size, dates and number as before, and was not written in the last moment
before the earlier look, has not been changed; any other is read again and its hash compared. What
a link leads to is read every time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from build_tools.publish.files import LEFTOVER

Mark: TypeAlias = tuple[int, int, int, int]
"""Size, date of the content, date of the entry, number of the file."""

Seen: TypeAlias = tuple[int, int, int, int, str]
"""A mark, and the hash of the bytes."""

LINKED: Mark = (0, 0, 0, 0)
"""The mark of every link: its own says nothing of what it leads to."""

JUST = 2_000_000_000
"""Nanoseconds: a file this new may be written again with the same date."""


def look(root: Path, tops: Iterable[str], before: Mapping[str, Seen], when: int) -> dict[str, Seen]:
    """See every file below the tops, hidden ones left out; ``when`` is the time of ``before``."""
    found: dict[str, Seen] = {}
    for top in tops:
        for path, mark in _files(root / top, top):
            known = before.get(path)
            if known is not None and known[:4] == mark != LINKED and mark[1] < when - JUST:
                found[path] = known
            else:
                found[path] = (*mark, digest_of(root / path))
    return found


def digest_of(file: Path) -> str:
    """Return the hash of a file's bytes; that of a folder that a link leads to is always new."""
    try:
        data = b"%d" % time.time_ns() if file.is_dir() else file.read_bytes()
    except OSError as error:
        data = repr(error).encode()
    return hashlib.sha256(data).hexdigest()


def _files(folder: Path, name: str) -> Iterator[tuple[str, Mark]]:
    for path, found in _entries(folder, name, hidden=False):
        yield path, LINKED if stat.S_ISLNK(found.st_mode) else mark_of(found)


def _entries(folder: Path, name: str, *, hidden: bool) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file and link; hidden ones if told so, and what an interrupted write left."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except NotADirectoryError:
        yield name, folder.lstat()
        return
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith(".") and not hidden and not entry.name.startswith(LEFTOVER):
            continue
        path = f"{name}/{entry.name}"
        found = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(found.st_mode):
            yield from _entries(folder / entry.name, path, hidden=hidden)
        else:
            yield path, found


def mark_of(found: os.stat_result) -> Mark:
    """Return what tells a file from any other, and from itself once it was written to."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def finger(folder: Path) -> str:
    """Return one hash for the paths, kinds, sizes, dates and numbers of all files of a folder.

    The date of the entry tells what was written in place with the old date put back. A further name
    for the same file changes it as well, so a finger is taken when the last name has been given.
    """
    digest = hashlib.sha256()
    for path, found in _entries(folder, ".", hidden=True):
        told = f"{path} {found.st_mode} {mark_of(found)}\n"
        digest.update(told.encode(errors="surrogateescape"))
    return digest.hexdigest()


def tool_digest(tool: Path) -> str:
    """Return a hash of the builder's own code and theme."""
    digest = hashlib.sha256()
    for path in sorted(tool.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(tool).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
