"""Where a thing stands: a file of the edition, a line, a column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of one line of one file; lines and columns count from 1, in characters.

    ``line`` 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
