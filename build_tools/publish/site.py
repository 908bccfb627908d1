"""MkDocs, driven in this process: silent, and what it warns of becomes problems."""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.search import SearchPage
from build_tools.publish.finish import finish_pages
from build_tools.publish.search import write_search

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

CONFIGURATION = "mkdocs.yml"
THEME = "material"
EPOCH = "SOURCE_DATE_EPOCH"
OF_THE_DISK = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
Settings = Callable[[Mapping[str, Any]], dict[str, Any]]
PAGE_NAMED = re.compile(r"(?:[Dd]oc file|[Pp]age|page reference) '([^']+\.md)'")


def stage_of(root: Path, name: str = "site") -> Path:
    """Give the folder in which a site is made before it takes the place of the last one."""
    return root / ".edition" / "stage" / name


@dataclass(frozen=True)
class Order:
    """What a site is to be made like.

    ``epoch`` is the moment, in seconds since 1970, that the site says it was built at, unless the
    environment names one. ``site_url`` is the address of the finished site, where it is known and
    mkdocs.yml does not say it. ``searched`` is what the search finds, ``unsearched`` are pages that
    it leaves out. ``guarded``: whether the pages get the security policy.
    """

    epoch: int
    site_url: str = ""
    searched: tuple[SearchPage, ...] = ()
    unsearched: frozenset[str] = frozenset()
    guarded: bool = True

    @property
    def known(self) -> frozenset[str]:
        """The pages that the publisher's own search need not read."""
        return self.unsearched | {page.page for page in self.searched}


def build_site(
    root: Path, stage: Path, order: Order, *, settings: Settings | None = None
) -> tuple[Problem, ...]:
    """Make the site of ``root`` in ``stage``; any warning of MkDocs is a problem.

    ``settings`` makes, from what mkdocs.yml says, what replaces it.
    """
    if not (root / CONFIGURATION).is_file():
        return (
            Problem(
                "file-missing",
                Place(CONFIGURATION),
                "the publisher's file is not there",
                "copy mkdocs.yml from the edition compiler and give it your titles",
            ),
        )
    if stage.exists():
        shutil.rmtree(stage)
    stage.parent.mkdir(parents=True, exist_ok=True)
    finished: tuple[Problem, ...] = ()
    with _collected() as records, _environment(order.epoch):
        try:
            config = _loaded(root / CONFIGURATION, stage, order, settings)
            _run(config)
            failure = ""
            if not records:
                finished = _finished(stage, order, config)
        # MkDocs runs templates, plugins and extensions that may fail in any way, and leaves by
        # SystemExit itself; whatever happens there is told as a problem, not as a traceback.
        except (Exception, SystemExit) as error:
            # A full or locked disk is no fault of the edition or its configuration.
            if isinstance(error, OSError) and error.errno in OF_THE_DISK:
                raise
            failure = f"{type(error).__name__}: {error}"
    problems = [*(_problem(record.getMessage()) for record in records), *finished]
    if failure and not any(record.levelno >= logging.ERROR for record in records):
        problems.append(_problem(failure))
    return tuple(dict.fromkeys(problems))


def _loaded(
    configuration: Path, stage: Path, order: Order, settings: Settings | None
) -> MkDocsConfig:
    # Imported here: MkDocs takes a fifth of a second, which most commands need not spend.
    from mkdocs.config import load_config

    from build_tools.publish.plugin import NAME, BuildPlugin

    changed = settings(_said_by(configuration)) if settings else {}
    config = load_config(str(configuration), site_dir=str(stage), strict=False, **changed)
    if order.site_url and not config.site_url:
        config.site_url = order.site_url.rstrip("/") + "/"
    config.plugins[NAME] = BuildPlugin(order.known)
    return config


def _run(config: MkDocsConfig) -> None:
    from mkdocs.commands.build import build

    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def _finished(stage: Path, order: Order, config: MkDocsConfig) -> tuple[Problem, ...]:
    """Give the site its search and its policy."""
    write_search(stage, order.searched, directories=config.use_directory_urls)
    # The policy knows the scripts of one theme; those of another it would only break.
    guarded = order.guarded and config.theme.name == THEME
    return finish_pages(stage, site_url=config.site_url or "", guarded=guarded)


def _said_by(configuration: Path) -> dict[str, Any]:
    """Read mkdocs.yml as MkDocs does, before it adds what is not said."""
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    said = MkDocsConfig(config_file_path=str(configuration))
    with configuration.open("rb") as file:
        return yaml_load(file, get_yaml_loader(config=said))


class _Collector(logging.Handler):
    """Keeps what is logged instead of printing it."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.records.append(record)


@contextmanager
def _collected() -> Iterator[list[logging.LogRecord]]:
    """Catch what MkDocs and its plugins log at warning level and above; print nothing."""
    collector = _Collector(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    before = logger.propagate, logger.handlers[:]
    logger.propagate, logger.handlers[:] = False, [collector]
    try:
        with warnings.catch_warnings():
            # Warnings of Python are for the makers of MkDocs and its extensions.
            warnings.simplefilter("ignore")
            yield collector.records
    finally:
        logger.propagate, logger.handlers[:] = before


@contextmanager
def _environment(epoch: int) -> Iterator[None]:
    """Tell MkDocs the moment of the build, and Material not to print its notice."""
    wanted = {EPOCH: str(_given_epoch() or epoch), "NO_MKDOCS_2_WARNING": "1"}
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


def _problem(message: str) -> Problem:
    """Make a problem of what MkDocs says, at the page that it names."""
    message = " ".join(message.split())
    named = PAGE_NAMED.search(message)
    place = Place(f"docs/{named[1]}" if named else CONFIGURATION)
    return Problem("publisher-failed", place, f"MkDocs: {message.rstrip('.')}", _hint(place.file))


def _hint(file: str) -> str:
    if file == CONFIGURATION:
        return "look at mkdocs.yml and at what `edition pages` has written"
    if file.startswith("docs/edition/"):
        return "this page is generated: the fault is in what it was made from, or in the builder"
    return "mend the page"


def epoch_of(root: Path) -> int:
    """Give the moment the edition was last changed, in seconds since 1970.

    It is what the environment says (``SOURCE_DATE_EPOCH``), else the last commit of git, else the
    date of the newest source file.
    """
    return _given_epoch() or _committed(root) or _newest(root)


def _given_epoch() -> int:
    value = os.environ.get(EPOCH, "")
    return int(value) if value.isdecimal() else 0


def _committed(root: Path) -> int:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct", "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    value = done.stdout.strip()
    return int(value) if done.returncode == 0 and value.isdecimal() else 0


def _newest(root: Path) -> int:
    generated = root / "docs" / "edition"
    files = [root / CONFIGURATION, *(root / "edition").rglob("*"), *(root / "docs").rglob("*")]
    dates = [
        file.stat().st_mtime
        for file in files
        if file.is_file() and not file.is_relative_to(generated)
    ]
    return int(max(dates, default=0))
