"""MkDocs, driven in this process: silent, and what it warns of becomes problems."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from build_tools.model.place import Place
from build_tools.model.problem import Problem

CONFIGURATION = "mkdocs.yml"
EPOCH = "SOURCE_DATE_EPOCH"
Settings = Callable[[Mapping[str, Any]], dict[str, Any]]
PAGE_NAMED = re.compile(r"(?:[Dd]oc file|[Pp]age|page reference) '([^']+\.md)'")


def stage_of(root: Path, name: str = "site") -> Path:
    """Give the folder in which a site is made before it takes the place of the last one."""
    return root / ".edition" / "stage" / name


def build_site(
    root: Path, stage: Path, *, epoch: int, site_url: str = "", settings: Settings | None = None
) -> tuple[Problem, ...]:
    """Make the site of ``root`` in ``stage``; any warning of MkDocs is a problem.

    ``epoch`` is the moment, in seconds since 1970, that the site says it was built at, unless the
    environment names one. ``site_url`` is the address of the finished site, where it is known and
    mkdocs.yml does not say it. ``settings`` makes, from what mkdocs.yml says, what replaces it.
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
    with _collected() as records, _environment(epoch):
        failure = _run(root / CONFIGURATION, stage, site_url, settings)
    problems = [_problem(record.getMessage()) for record in records]
    if failure and not any(record.levelno >= logging.ERROR for record in records):
        problems.append(_problem(failure))
    return tuple(dict.fromkeys(problems))


def _run(configuration: Path, stage: Path, site_url: str, settings: Settings | None) -> str:
    """Run MkDocs; give the sentence it failed with, or nothing."""
    # Imported here: MkDocs takes a fifth of a second, which most commands need not spend.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    try:
        changed = settings(_said_by(configuration)) if settings else {}
        config = load_config(str(configuration), site_dir=str(stage), strict=False, **changed)
        if site_url and not config.site_url:
            config.site_url = site_url.rstrip("/") + "/"
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    # MkDocs runs templates, plugins and extensions that may fail in any way, and leaves by
    # SystemExit itself; whatever happens there is to be told as a problem, not as a traceback.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
    return ""


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
