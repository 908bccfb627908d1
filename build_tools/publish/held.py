"""What lies in a file of the builder's, and is held by a process that builds again and again.

`edition serve` would otherwise read, for every change of a word, what it has written for the last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from jinja2.bccache import Bucket, BytecodeCache

from build_tools.publish.files import write_changed
from build_tools.publish.look import Mark, mark_of

Value = TypeVar("Value")


class Templates(BytecodeCache):
    """The templates of the theme, compiled: for the next build of this process."""

    def __init__(self) -> None:
        self._compiled: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of the same words."""
        checksum, code = self._compiled.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._compiled[bucket.key] = (bucket.checksum, bucket.bytecode_to_string())


TEMPLATES = Templates()

_HELD: dict[Path, tuple[Mark, object]] = {}


def read(file: Path, parse: Callable[[str], Value]) -> Value:
    """Give the value of a file, parsed once as long as the file is the same; raises OSError."""
    held = _HELD.get(file)
    if held is not None and held[0] == mark_of(file.stat()):
        return cast("Value", held[1])
    mark = mark_of(file.stat())
    value = parse(file.read_text(encoding="utf-8", errors="surrogateescape"))
    _HELD[file] = mark, value
    return value


def write(file: Path, value: Value, text: Callable[[Value], str]) -> None:
    """Write a value and hold it; nobody may change it from now on."""
    write_changed(file, text(value).encode(errors="surrogateescape"))
    _HELD[file] = mark_of(file.stat()), value
