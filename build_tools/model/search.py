"""What a search of the site can find: entries, each with its place and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

IN_TRANSCRIBED: Final = 1
IN_READING: Final = 2
IN_EXPANDED: Final = 4
IN_ALL: Final = IN_TRANSCRIBED | IN_READING | IN_EXPANDED

Run: TypeAlias = tuple[int, str]
"""Words, and the views that show them, as a sum of the numbers above."""


@dataclass(frozen=True)
class SearchEntry:
    """One place that a search can find: a block, a note, an entry of a register.

    ``fragment`` is the id to which the hit leads, empty for the page itself. ``seen`` says in which
    views the place is seen; a hit elsewhere would lead to something hidden.
    """

    fragment: str
    title: str
    runs: tuple[Run, ...]
    seen: int = IN_ALL

    def text(self, view: int) -> str:
        """Return the words that one view shows."""
        return "".join(words for views, words in self.runs if views & view)


@dataclass(frozen=True)
class SearchPage:
    """A page with everything on it that can be found; ``page`` is its path under ``docs/``."""

    page: str
    title: str
    entries: tuple[SearchEntry, ...]


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbouring runs that the same views show."""
    return tuple(_joined(runs))


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    views, waiting = 0, ""
    for seen, words in runs:
        if seen != views and waiting:
            yield views, waiting
            waiting = ""
        views = seen
        waiting += words
    if waiting:
        yield views, waiting


def everywhere(words: str) -> tuple[Run, ...]:
    """Make the runs of words that do not differ from view to view."""
    return ((IN_ALL, words),) if words else ()
