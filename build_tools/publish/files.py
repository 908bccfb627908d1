"""Writing files so that no reader ever sees half of one, and nothing is written without need."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEFTOVER = ".writing-"
"""So begins the name of a file that is being written; one that was killed leaves it."""


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds exactly these bytes; tell whether it was written.

    Leaving equal files alone keeps their dates, so that nothing that watches the folder starts.
    """
    if holds(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=LEFTOVER, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes files that only their owner may read; a web site is for everybody.
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed while it wrote has left below a folder."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(LEFTOVER):
                (Path(place) / name).unlink()


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a file stands here with exactly these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


@contextmanager
def for_everybody() -> Iterator[None]:
    """Let all that is made be readable for everybody, whatever the person's own files are."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def remove_empty_folders(root: Path) -> None:
    """Remove the folders below ``root`` in which nothing is left."""
    for folder, _, _ in os.walk(root, topdown=False):
        if Path(folder) != root and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
