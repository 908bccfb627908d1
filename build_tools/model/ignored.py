"""Files that are nobody's work: hidden ones, and what editors and systems leave in a folder."""

from __future__ import annotations

from pathlib import PurePosixPath

LEFTOVERS = frozenset({"Thumbs.db", "desktop.ini"})
"""Files that systems leave in a folder without being asked; hidden files are passed over anyway."""


def is_ignored(path: str) -> bool:
    """Tell whether a path is hidden, or something an editor or a system left behind."""
    return any(_is_leftover(name) for name in PurePosixPath(path).parts)


def _is_leftover(name: str) -> bool:
    return name.startswith(".") or name.endswith(("~", ".swp")) or name in LEFTOVERS
