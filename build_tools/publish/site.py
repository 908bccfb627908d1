"""The site: made by MkDocs in shares, with what of the last one can stay; then finished."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.model.ignored import is_ignored
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.search import SearchPage
from build_tools.model.spread import Watch
from build_tools.publish.driver import EPOCH, Said, Settings, opened
from build_tools.publish.finish import finish_pages, html_files
from build_tools.publish.incremental import (
    CONFIGURATION,
    Plan,
    forget,
    is_closed,
    merge_entries,
    outputs,
    planned,
    read_state,
    sealed,
    write_state,
)
from build_tools.publish.search import write_search
from build_tools.publish.shards import Job, make
from build_tools.publish.share import Share

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEME = "material"
FRESH = ("sitemap.xml.gz",)
"""Made with the sitemap, which is a template of the theme."""
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
    it leaves out. ``guarded``: whether the pages get the security policy. ``watch`` is told of each
    page that is done.
    """

    epoch: int
    site_url: str = ""
    searched: tuple[SearchPage, ...] = ()
    unsearched: frozenset[str] = frozenset()
    guarded: bool = True
    watch: Watch | None = None

    @property
    def known(self) -> frozenset[str]:
        """The pages that the publisher's own search need not read."""
        return self.unsearched | {page.page for page in self.searched}


@dataclass(frozen=True)
class Site:
    """What came of making a site; ``is_closed``: see `incremental.is_closed`."""

    problems: tuple[Problem, ...] = ()
    is_closed: bool = False


def build_site(root: Path, stage: Path, order: Order, *, settings: Settings | None = None) -> Site:
    """Make the site of ``root`` in ``stage``; any warning of MkDocs is a problem.

    ``settings`` makes, from what mkdocs.yml says, what replaces it. What of the last site, the
    folder of the stage's name in ``root``, would be made the same is taken from there.
    """
    if not (root / CONFIGURATION).is_file():
        return Site((no_configuration(),))
    if stage.exists():
        shutil.rmtree(stage)
    stage.mkdir(parents=True)
    epoch = _given_epoch() or order.epoch
    job = Job(root / CONFIGURATION, stage, order.site_url, epoch, settings, order.known, Share())
    config, before, failure = opened(job.configuration, stage, order.site_url, settings, epoch)
    if config is None:
        return Site(_problems(before, failure))
    closed = is_closed(config, root)
    last, name = root / stage.name, stage.name
    plan = planned(config, job, last, read_state(root, name), sealed(root, name))
    said, failure = make(job, plan.parts, config, order.watch)
    problems = _problems([*before, *said], failure)
    if problems:
        return Site(problems)
    entries = merge_entries(stage, plan, directories=config.use_directory_urls)
    finished = _finished(stage, order, config, plan)
    forget(root, stage.name)
    if plan.key and not finished:
        always = {*config.theme.static_templates, *config.extra_templates, *FRESH}
        write_state(root, stage.name, plan.state(outputs(stage, always, plan), entries))
    return Site(finished, closed)


def _finished(stage: Path, order: Order, config: MkDocsConfig, plan: Plan) -> tuple[Problem, ...]:
    """Give the site its search and its policy."""
    write_search(stage, order.searched, directories=config.use_directory_urls)
    # The policy knows the scripts of one theme; those of another it would only break.
    guarded = order.guarded and config.theme.name == THEME
    new = [name for name in html_files(stage) if name not in plan.kept]
    return finish_pages(stage, new, site_url=config.site_url or "", guarded=guarded)


def no_configuration() -> Problem:
    """Say that there is no mkdocs.yml."""
    return Problem(
        "file-missing",
        Place(CONFIGURATION),
        "the publisher's file is not there",
        "copy mkdocs.yml from the edition compiler, give it your site_name, and take its nav: out",
    )


def _problems(said: Sequence[Said], failure: str) -> tuple[Problem, ...]:
    problems = [_problem(one.message) for one in said]
    if failure and not any(one.is_error for one in said):
        problems.append(_problem(failure))
    return tuple(dict.fromkeys(problems))


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
    """Give the date of the commit that is checked out, where the edition is part of it.

    Not of the last one that changed the edition: a clone without all of the history finds another.
    """
    value = _said_by_git(root, "log", "-1", "--format=%ct")
    is_kept = value.isdecimal() and _said_by_git(root, "ls-tree", "--name-only", "HEAD", "./")
    return int(value) if is_kept else 0


def _said_by_git(root: Path, *command: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *command],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _newest(root: Path) -> int:
    dates = [*_dates(root / "edition", None), *_dates(root / "docs", "edition")]
    if (root / CONFIGURATION).is_file():
        dates.append((root / CONFIGURATION).stat().st_mtime)
    return int(max(dates, default=0))


def _dates(folder: Path, without: str | None) -> Iterator[float]:
    """Yield the dates of the files below a folder; ``without`` is a folder of it that is left.

    Nor do files count that nobody has written: a file that an editor keeps is no change.
    """
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name != without:
                yield from _dates(folder / entry.name, None)
        elif entry.is_file():
            yield entry.stat().st_mtime
