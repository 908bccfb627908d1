"""What the builder does inside MkDocs: a plugin of its own, in memory, for one build.

``mkdocs.yml`` does not name it: whoever builds with MkDocs alone gets the same pages, with
Material's own search.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority

from build_tools.model.spread import Watch
from build_tools.publish.held import TEMPLATES
from build_tools.publish.share import Share

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

NAME = "edition/build"


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options."""


class BuildPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Makes a share of the pages, and keeps pages out of Material's index that have entries."""

    def __init__(
        self, unsearched: frozenset[str], share: Share, watch: Watch | None = None
    ) -> None:
        """Take the pages that the search leaves out, by their paths under ``docs/``."""
        super().__init__()
        self._unsearched = unsearched
        self._share = share
        self._watch = watch
        self._done = self._total = 0

    @event_priority(-100)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files | None:
        """Tell MkDocs of each file whether it is to be made: as if it had been changed or not."""
        for file in files:
            is_page = file.is_documentation_page()
            made = self._share.makes(file.src_uri, file.dest_uri, is_page=is_page)
            vars(file)["is_modified"] = partial(bool, made)
            self._total += is_page and made
        # Asked for every link of every page, of which most lead to few files.
        vars(files)["get_file_from_path"] = cache(files.get_file_from_path)
        if not self._share.leads:
            config.theme.static_templates.clear()
            config.extra_templates = []
            # The index of the search is one file, and the leading process writes it.
            config.plugins.events["post_build"].clear()
        return files

    @event_priority(-100)
    def on_nav(
        self, nav: Navigation, /, *, config: MkDocsConfig, files: Files
    ) -> Navigation | None:
        """Read the front matter of pages made elsewhere: the navigation may show some of it."""
        for page in nav.pages:
            if not page.file.is_modified():
                page.read_source(config)
        return nav

    @event_priority(100)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> None:
        """Compile each template of the theme once for all builds of this process."""
        env.bytecode_cache = TEMPLATES

    def on_page_content(
        self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Count the page: its text is set, which is most of the work."""
        self._done += 1
        if self._watch is not None:
            self._watch(self._done, self._total)
        return html

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """Mark a page before the search reads it."""
        if page.file.src_uri in self._unsearched:
            page.meta["search"] = {"exclude": True}
        return context
