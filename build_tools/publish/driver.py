"""MkDocs, run in this process: silent, and what it warns of is collected."""

from __future__ import annotations

import errno
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from build_tools.model.spread import Watch
    from build_tools.publish.share import Share

EPOCH = "SOURCE_DATE_EPOCH"
Settings = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Makes, from what ``mkdocs.yml`` says, what replaces it."""

DIRTY = "A 'dirty' build is being performed"
"""MkDocs warns of builds that make only some of the pages; we choose which, and prove the rest."""


@dataclass(frozen=True)
class Said:
    """A warning or an error of MkDocs."""

    message: str
    is_error: bool


OF_THE_DISK = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
"""A full or locked disk is no fault of the edition or its configuration: it is raised."""


def opened(
    configuration: Path, stage: Path, site_url: str, settings: Settings | None, epoch: int
) -> tuple[MkDocsConfig | None, list[Said], str]:
    """Read ``mkdocs.yml``; give also what MkDocs said of it, and how it failed."""
    with collected() as said, environment(epoch):
        try:
            return loaded(configuration, stage, site_url, settings), said, ""
        except (Exception, SystemExit) as error:  # noqa: BLE001 - see `sentence_of`
            return None, said, sentence_of(error)


def sentence_of(error: BaseException) -> str:
    """Give a failure inside MkDocs as a sentence; a fault of the disk is raised again.

    MkDocs runs templates, plugins and extensions that may fail in any way, and leaves by SystemExit
    itself; whatever happens there is told as a problem, not as a traceback.
    """
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        raise error
    return f"{type(error).__name__}: {error}"


def loaded(
    configuration: Path, stage: Path, site_url: str, settings: Settings | None
) -> MkDocsConfig:
    """Read ``mkdocs.yml``; ``site_url`` stands in where it does not say its own."""
    # Imported here: MkDocs takes a fifth of a second, which most commands need not spend.
    from mkdocs.config import load_config

    changed = settings(said_by(configuration)) if settings else {}
    config = load_config(str(configuration), site_dir=str(stage), strict=False, **changed)
    # Of pages that are made elsewhere, or stay, MkDocs does not know where a link may lead; the
    # proof follows every link of the finished site, and says the same of each.
    config.validation.links.anchors = logging.DEBUG
    if site_url and not config.site_url:
        config.site_url = site_url.rstrip("/") + "/"
    return config


def run(
    config: MkDocsConfig, unsearched: frozenset[str], share: Share, watch: Watch | None = None
) -> None:
    """Make a share of the site in the folder that the configuration names."""
    from mkdocs.commands.build import build

    from build_tools.publish.plain import PlainWords
    from build_tools.publish.plugin import NAME, BuildPlugin

    config.plugins[NAME] = BuildPlugin(unsearched, share, watch)
    # MkDocs passes the list on to Python-Markdown, which takes extensions as well as their names.
    config.markdown_extensions.append(PlainWords())  # type: ignore[arg-type]
    # The proof looks for the end of every link, in every page that links to what has changed.
    config.validation.links.anchors = logging.DEBUG
    config.plugins.on_startup(command="build", dirty=False)
    try:
        # Pages that are not of this share count as unchanged; the folder is not emptied.
        build(config, dirty=True)
    finally:
        config.plugins.on_shutdown()


def said_by(configuration: Path) -> dict[str, Any]:
    """Read mkdocs.yml as MkDocs does, with what it inherits, before defaults are added."""
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    said = MkDocsConfig(config_file_path=str(configuration))
    with configuration.open("rb") as file:
        return yaml_load(file, get_yaml_loader(config=said))


class _Collector(logging.Handler):
    """Keeps what is logged instead of printing it."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[Said] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        message = record.getMessage()
        if not message.startswith(DIRTY):
            self.said.append(Said(message, record.levelno >= logging.ERROR))


@contextmanager
def collected() -> Iterator[list[Said]]:
    """Catch what MkDocs and its plugins log at warning level and above; print nothing."""
    collector = _Collector(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    before = logger.propagate, logger.handlers[:]
    logger.propagate, logger.handlers[:] = False, [collector]
    try:
        with warnings.catch_warnings():
            # Warnings of Python are for the makers of MkDocs and its extensions.
            warnings.simplefilter("ignore")
            yield collector.said
    finally:
        logger.propagate, logger.handlers[:] = before


@contextmanager
def environment(epoch: int) -> Iterator[None]:
    """Tell MkDocs the moment of the build, and Material not to print its notice."""
    wanted = {EPOCH: str(epoch), "NO_MKDOCS_2_WARNING": "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
