"""What lies in a file of the builder's, and is held by a process that builds again and again.

`edition serve` would otherwise read, for every change of a word, what it has written for the last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

from build_tools.publish.files import write_changed

Value = TypeVar("Value")
Mark: TypeAlias = tuple[int, int, int, int]

_HELD: dict[Path, tuple[Mark, object]] = {}


def read(file: Path, parse: Callable[[str], Value]) -> Value:
    """Give the value of a file, parsed once as long as the file is the same; raises OSError."""
    held = _HELD.get(file)
    if held is not None and held[0] == _mark(file):
        return cast("Value", held[1])
    mark = _mark(file)
    value = parse(file.read_text(encoding="utf-8", errors="surrogateescape"))
    _HELD[file] = mark, value
    return value


def write(file: Path, value: Value, text: Callable[[Value], str]) -> None:
    """Write a value and hold it; nobody may change it from now on."""
    write_changed(file, text(value).encode(errors="surrogateescape"))
    _HELD[file] = _mark(file), value


def _mark(file: Path) -> Mark:
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns
