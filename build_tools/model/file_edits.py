"""What is to be done to a file of an edition: proposed by ``author``, carried out by the desk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FileEdit:
    """New content for one file under ``edition/``; it holds only for the content it was made from.

    ``path`` is POSIX and relative to the root. ``old`` is None for a file that is not there yet.
    """

    path: str
    old: bytes | None
    new: bytes
