"""What the builder does inside MkDocs: a plugin of its own, in memory, for one build.

``mkdocs.yml`` does not name it: whoever builds with MkDocs alone gets the same pages, with
Material's own search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

NAME = "edition/build"


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options."""


class BuildPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Keeps pages out of Material's index for which there are entries of our own."""

    def __init__(self, unsearched: frozenset[str]) -> None:
        """Take the pages that are left out, by their paths under ``docs/``."""
        super().__init__()
        self._unsearched = unsearched

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """Mark a page before the search reads it."""
        if page.file.src_uri in self._unsearched:
            page.meta["search"] = {"exclude": True}
        return context
