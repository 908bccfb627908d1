"""The part of a site that one process makes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """The part of a site that one process makes.

    ``kept`` are files of the site, by their paths there, that lie in the stage already. ``pages``
    are those of this process, by their paths under ``docs/``; None is all. Only the ``leads``
    process makes what is not a page.
    """

    kept: frozenset[str] = frozenset()
    pages: frozenset[str] | None = None
    leads: bool = True

    def makes(self, source: str, target: str, *, is_page: bool) -> bool:
        """Tell whether a file is to be made here."""
        if target in self.kept:
            return False
        if not is_page:
            return self.leads
        return self.pages is None or source in self.pages
